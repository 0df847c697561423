// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>
#include <QTimer>

class QMessageBox;
class QWidget;

namespace nunatak::ui::session {

class Session;

/// Waits, without holding the window up, until every change is on disk; says why when that takes long.
/// Deletes itself after either signal.
class SavingWait : public QObject {
    Q_OBJECT

public:
    SavingWait(Session& session, QWidget* window);

    void begin();

Q_SIGNALS:
    void saved();
    void keptOpen();

private:
    void look();
    void showWhy();

    Session& m_session;
    QWidget* m_window;
    QPointer<QMessageBox> m_box;
    QTimer m_patience;
    bool m_over = false;
};

} // namespace nunatak::ui::session
