// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <filesystem>
#include <string>

class QWidget;

namespace nunatak::ui {
class UserSettings;
} // namespace nunatak::ui

namespace nunatak::ui::ground {
class SceneController;
} // namespace nunatak::ui::ground

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::scenes {

/// Says where the rasters of a scene are now, when they were moved without their project.
class RelinkController : public QObject {
    Q_OBJECT

public:
    RelinkController(session::Workspace& workspace, UserSettings& settings, ground::SceneController& scenes,
                     QWidget* window);

    /// Asks for the folder in which the rasters of the scene that is looked at are.
    void ask();
    /// Rasters of a scene that shall be drawn are gone: says so and offers to find them.
    void offer(const std::string& scene);
    /// Looks there, under their names and by what is in them, for its rasters, and for those of other scenes
    /// of which some are gone.
    void relink(const std::string& scene, const std::filesystem::path& folder);

Q_SIGNALS:
    void relinked(const QString& sentence);

private:
    session::Workspace& m_workspace;
    UserSettings& m_settings;
    ground::SceneController& m_scenes;
    QWidget* m_window;
};

} // namespace nunatak::ui::scenes
