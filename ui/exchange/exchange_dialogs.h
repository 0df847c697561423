// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/base/file_question.h"

#include <QDialog>
#include <QString>

#include <vector>

class QComboBox;
class QDialogButtonBox;
class QLabel;

namespace nunatak::ui {
class UserSettings;
class PathField;
} // namespace nunatak::ui

namespace nunatak::ui::exchange {

/// A layer that can be handed in.
struct ExportableLayer {
    QString name;
    QString title;    ///< what people read
    QString fileName; ///< that it may have, with an ending
    int outlines = 0; ///< that are handed in
    int left = 0;     ///< others, which are marked as no glaciers
};

/// Which layer goes into which file. A name is suggested, until the user gives one.
class ExportDialog : public QDialog {
    Q_OBJECT

public:
    ExportDialog(UserSettings& settings, std::vector<ExportableLayer> layers, const QString& chosen,
                 QWidget* parent);

    QString layer() const;
    QString file() const;
    /// The user agreed to lose what is there and no export made.
    bool replaces() const { return m_replaces; }

    void accept() override;

private:
    void update();
    void suggest();
    /// Null where there is none.
    const ExportableLayer* chosen() const;

    UserSettings& m_settings;
    std::vector<ExportableLayer> m_layers;
    FileQuestion m_question;
    QString m_suggested; ///< as it was put into the field
    QComboBox* m_layer = nullptr;
    PathField* m_file = nullptr;
    QLabel* m_count = nullptr;
    QLabel* m_hint = nullptr;
    QDialogButtonBox* m_buttons = nullptr;
    bool m_replaces = false;
};

} // namespace nunatak::ui::exchange
