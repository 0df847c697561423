// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"
#include "ui/session/new_project_dialog.h"

#include <QObject>
#include <QStringList>

#include <filesystem>
#include <functional>
#include <memory>

class QMessageBox;
class QWidget;

namespace nunatak::ui {
class UserSettings;
} // namespace nunatak::ui

namespace nunatak::ui::session {

class Session;
class Workspace;

/// Opens, makes, saves and closes projects, each in the background.
class ProjectController : public QObject {
    Q_OBJECT

public:
    ProjectController(Workspace& workspace, UserSettings& settings, QWidget* window);

    void open(const std::filesystem::path& file);
    /// What came of making a project: nothing, or a sentence why it failed (empty: it was cancelled).
    using Made = std::function<void(bool isMade, const QString& sentence)>;
    /// `made` is told, and shows what failed; where there is none that is done here.
    void make(const NewProject& request, Made made = {});
    /// Opens the demo in this folder; makes it first when it is not there.
    void openDemo(const std::filesystem::path& folder);
    void askForNew();
    void askForOpen();
    /// Saves and closes what is open, then calls `closed`; at once when nothing is open. Asks first while
    /// jobs run; then the user may decide against it, and `closed` is not called, nor is it where something
    /// else is asked for before the end.
    void close(std::function<void()> closed);
    /// True from the first request to close until it is closed or the user kept it open.
    bool isClosing() const { return m_closing; }

    QStringList recent() const;

Q_SIGNALS:
    void recentChanged();
    void openingStarted(const QString& name);
    /// What other programs did to the project since it was last open.
    void noticed(const QString& sentence);
    void openingFailed(const QString& sentence);
    /// It could not be opened, since it is damaged; follows openingFailed(), and has to be told to the user.
    void damaged(const std::filesystem::path& file, const QString& sentence);

private:
    void openNow(const std::filesystem::path& file);
    void offerReadOnly(const std::filesystem::path& file, const QString& sentence,
                       std::shared_ptr<std::unique_ptr<project::Project>> readOnly);
    void makeNow(const NewProject& request, const Made& made);
    void takeOver(std::unique_ptr<project::Project> project);
    /// Shows the project's notes, in a dialog where they are new.
    void tellNotes(const std::filesystem::path& file);
    void fail(const QString& what, const QString& sentence);
    void closeWhenSaved(std::function<void()> closed);
    void closeNow(std::function<void()> closed);
    void remember(const std::filesystem::path& file);

    Workspace& m_workspace;
    UserSettings& m_settings;
    QWidget* m_window;
    bool m_closing = false;
    /// What follows when the session has ended and the rest is being written; the last wish counts.
    std::function<void()> m_afterwards;
};

} // namespace nunatak::ui::session
