// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tasks/split_task.h"

#include <QObject>
#include <QPointer>

#include <string>

class QWidget;

namespace nunatak::ui {
class UserSettings;
} // namespace nunatak::ui

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::team {

class SplitDialog;

/// Shares the open project out among experts: shows who gets what while it is chosen, then makes their
/// projects as a job.
class SplitController : public QObject {
    Q_OBJECT

public:
    SplitController(session::Workspace& workspace, UserSettings& settings, QWidget* window);

    void ask();

private:
    /// Works out who gets what as the dialog says; only the last answer counts.
    void look();
    void split();
    void show(const tasks::SplitDone& done);

    session::Workspace& m_workspace;
    UserSettings& m_settings;
    QWidget* m_window;
    QPointer<SplitDialog> m_dialog;
    std::string m_inventory;
    int m_asked = 0;
};

} // namespace nunatak::ui::team
