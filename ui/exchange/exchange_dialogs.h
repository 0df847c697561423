// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"

#include "ui/base/layer_combo.h"

#include <QDialog>
#include <QStringList>

class QComboBox;
class QDialogButtonBox;
class QLabel;

namespace nunatak::ui {
class UserSettings;
class PathField;
} // namespace nunatak::ui

namespace nunatak::ui::exchange {

/// Which layer goes into which file.
class ExportDialog : public QDialog {
    Q_OBJECT

public:
    ExportDialog(UserSettings& settings, const QStringList& layers, const LayerTitle& title,
                 const QString& chosen, QWidget* parent);

    QString layer() const;
    QString file() const;
    /// The user agreed to lose what is there and no export made.
    bool replaces() const { return m_replaces; }

    void accept() override;

private:
    void update();

    QComboBox* m_layer = nullptr;
    PathField* m_file = nullptr;
    QLabel* m_hint = nullptr;
    QDialogButtonBox* m_buttons = nullptr;
    bool m_replaces = false;
};

} // namespace nunatak::ui::exchange
