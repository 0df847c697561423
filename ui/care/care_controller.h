// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tasks/project_copy.h"

#include <QObject>
#include <QString>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

class QWidget;

namespace nunatak::ui {
class UserSettings;
} // namespace nunatak::ui

namespace nunatak::ui::session {
class ProjectController;
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::care {

/// What is done to a project's file as a whole: copied, compacted, looked through, recovered. Each is a job,
/// and says at its end what came of it.
class CareController : public QObject {
    Q_OBJECT

public:
    CareController(session::Workspace& workspace, session::ProjectController& projects,
                   UserSettings& settings, QWidget* window);

    /// Copies the open project while one goes on working.
    void askForCopy();
    /// Closes the open project, gives back room in its file and opens it again.
    void compact();
    /// Looks through the open project's file, or through one that is asked for.
    void check();
    /// Asks for a damaged project.
    void askForRecovery();
    /// It could not be opened, since it is damaged: asks whether what can be read shall be recovered.
    void offerRecovery(const std::filesystem::path& file, const QString& sentence);

private:
    void copyTo(const std::filesystem::path& target);
    void copy(const std::filesystem::path& target, tasks::TakeRasters rasters);
    void showCopy(const std::filesystem::path& copy, const std::vector<std::string>& sentences);
    void checkFile(const std::filesystem::path& file);
    void recover(const std::filesystem::path& damaged);
    /// Once no edit waits to be written; where one cannot be, that is told and nothing follows.
    void whenSaved(const QString& what, std::function<void()> then);
    /// Where the open project lies; empty: none is open.
    QString folder() const;

    session::Workspace& m_workspace;
    session::ProjectController& m_projects;
    UserSettings& m_settings;
    QWidget* m_window;
};

} // namespace nunatak::ui::care
