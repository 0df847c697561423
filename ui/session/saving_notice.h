// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QTimer>

class QWidget;

namespace nunatak::ui::session {

class Workspace;

/// Tells in a dialog when edits cannot be saved for a while (a full disk, another program's lock): once,
/// until all are saved again. The status bar shows the rest.
class SavingNotice : public QObject {
    Q_OBJECT

public:
    SavingNotice(Workspace& workspace, QWidget* window);

private:
    void look();
    void tell();

    Workspace& m_workspace;
    QWidget* m_window;
    QTimer m_patience;
    bool m_told = false;
};

} // namespace nunatak::ui::session
