// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/import_model.h"

#include <QDialog>
#include <QObject>

class QDialogButtonBox;
class QDoubleSpinBox;
class QLineEdit;

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui {
class UserSettings;
class PathField;
} // namespace nunatak::ui

namespace nunatak::ui::exchange {

/// Which weights come in under which name.
class ModelImportDialog : public QDialog {
    Q_OBJECT

public:
    ModelImportDialog(UserSettings& settings, QWidget* parent);

    nunatak::exchange::ModelImport request() const;

private:
    void update();

    PathField* m_file = nullptr;
    QLineEdit* m_name = nullptr;
    QLineEdit* m_features = nullptr;
    QDoubleSpinBox* m_pixelSize = nullptr;
    PathField* m_calibration = nullptr;
    QDialogButtonBox* m_buttons = nullptr;
};

/// Brings in weights that the published Keras code saved.
class ModelImportController : public QObject {
    Q_OBJECT

public:
    ModelImportController(session::Workspace& workspace, UserSettings& settings, QWidget* window);

    void askForWeights();

Q_SIGNALS:
    void imported(const QString& sentence);

private:
    void start(const nunatak::exchange::ModelImport& request);

    session::Workspace& m_workspace;
    UserSettings& m_settings;
    QWidget* m_window;
};

} // namespace nunatak::ui::exchange
