// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "jobs/job.h"
#include "scene/scene_reader.h"

#include <QImage>
#include <QObject>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::scenes {

class ScenePanel;

/// A scene as a small picture, its longer side at most so many pixels. Throws Error, Cancelled.
QImage thumbnailOf(const scene::SceneReader& scene, QSize size, const Progress& progress);

/// Small pictures of the project's scenes, made one after the other in the background when the panel is
/// looked at, and kept beside the project (NAME.files/thumbnails).
class SceneThumbnails : public QObject {
    Q_OBJECT

public:
    SceneThumbnails(session::Workspace& workspace, ScenePanel& panel, QObject* parent);

    /// Scenes came, or the panel is seen now.
    void refresh();
    /// Pictures are made for a panel that is seen.
    void setWanted(bool wanted);

private:
    void makeNext();
    void show(const std::string& id, const QImage& picture);

    session::Workspace& m_workspace;
    ScenePanel& m_panel;
    bool m_wanted = false;
    std::map<std::string, QImage> m_pictures; ///< by scene id; null where there can be none
    std::shared_ptr<jobs::Job> m_job;
};

} // namespace nunatak::ui::scenes
