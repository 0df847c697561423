// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editing/tool_host.h"

#include <QActionGroup>
#include <QList>
#include <QObject>

class QAction;
class QWidget;

namespace nunatak::ui::editing {

/// An action for each entry of the host's table, for menu, strip and keys; the tool in use is the checked
/// one. And one for each option, which is possible while the tool in use has it.
class ToolActions : public QObject {
    Q_OBJECT

public:
    ToolActions(QWidget& window, ToolHost& host);

    const QList<QAction*>& all() const { return m_all; }
    const QList<QAction*>& options() const { return m_options; }
    /// Null when there is none of that id.
    QAction* find(const QString& id) const;
    /// Tools need an open project, what is done at once something selected that can be edited; else their
    /// tooltip says why not.
    void setEnabled(bool isOpen, bool hasSelection);

protected:
    /// The key of what is not possible now is answered, too.
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void update();
    /// Why what is selected cannot be edited; empty: it can.
    QString lock() const;

    ToolHost& m_host;
    bool m_isOpen = false;
    bool m_hasSelection = false;
    QList<QAction*> m_all;
    QList<QAction*> m_options;
    QActionGroup m_tools;
};

} // namespace nunatak::ui::editing
