// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"
#include "project/join.h"

#include <QObject>
#include <QPointer>
#include <QStringList>
#include <QTimer>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

class QWidget;

namespace nunatak::ui {
class UserSettings;
} // namespace nunatak::ui

namespace nunatak::ui::layers {
class LayerController;
} // namespace nunatak::ui::layers

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::team {

class JoinDialog;

/// Joins what others did to parts or copies of the open project: reads it in the background, lets the user
/// decide what two changed, and does it as one step.
class JoinController : public QObject {
    Q_OBJECT

public:
    JoinController(session::Workspace& workspace, layers::LayerController& layers, UserSettings& settings,
                   QWidget* window);

    /// Asks for their files first.
    void askForFiles();
    /// The dialog, with these.
    void open(const QStringList& files);

Q_SIGNALS:
    /// What was done just now, which undo takes back.
    void done(const QString& sentence);

private:
    using Sources = std::vector<std::shared_ptr<const project::Project>>;

    void close();
    void askForMore();
    /// Reads the files that are chosen, then compares.
    void look();
    /// Works out what comes of it; `joins`: with what was decided, to be done where nothing is left open.
    void compare(bool joins);
    void take(project::Join& join);
    void flyTo(const project::JoinConflict& conflict);
    void stop();
    void begin(std::shared_ptr<jobs::Job> job);

    session::Workspace& m_workspace;
    layers::LayerController& m_layers;
    UserSettings& m_settings;
    QWidget* m_window;
    QPointer<JoinDialog> m_dialog;
    Sources m_sources;                ///< as they were read
    std::shared_ptr<jobs::Job> m_job; ///< of the dialog
    QTimer m_watch;                   ///< shows how far it is
    int m_asked = 0;                  ///< looks so far; only the last one's answer counts
};

} // namespace nunatak::ui::team
