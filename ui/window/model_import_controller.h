// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/import_model.h"

#include <QDialog>
#include <QObject>

class QDialogButtonBox;
class QDoubleSpinBox;
class QLineEdit;
class QSettings;

namespace nunatak::ui {

class PathField;
class Workspace;

/// Which weights come in under which name.
class ModelImportDialog : public QDialog {
    Q_OBJECT

public:
    ModelImportDialog(QSettings& settings, QWidget* parent);

    exchange::ModelImport request() const;

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
    ModelImportController(Workspace& workspace, QSettings& settings, QWidget* window);

    void askForWeights();

Q_SIGNALS:
    void imported(const QString& sentence);

private:
    void start(const exchange::ModelImport& request);

    Workspace& m_workspace;
    QSettings& m_settings;
    QWidget* m_window;
};

} // namespace nunatak::ui
