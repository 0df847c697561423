// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline_ref.h"
#include "project/project.h"
#include "scene/scene_overviews.h"
#include "scene/scene_reader.h"
#include "ui/session/view_state.h"

#include <QObject>
#include <QStringList>

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace nunatak::ui::session {

/// The overviews beside a project (NAME.files/overviews), which may not be there.
std::shared_ptr<const scene::SceneOverviews> overviewsOf(const project::Project& project);

/// The open project on the UI thread: tells of changes as signals and holds what is read from its scene.
class Session : public QObject {
    Q_OBJECT

public:
    explicit Session(std::unique_ptr<project::Project> project, QObject* parent = nullptr);
    ~Session() override;

    project::Project& project() const { return *m_project; }
    const geo::Crs& crs() const { return m_project->crs(); }
    /// Name of the file without folder and ending.
    QString name() const;
    /// For whoever wants to change a project that is open for reading only.
    QString readOnlySentence() const;

    /// How the project is looked at: as it was found, and what shall be found the next time.
    ViewState& view() { return m_view; }
    const ViewState& view() const { return m_view; }
    /// Throws Error.
    void storeView() { writeViewState(m_view, *m_project); }

    /// The scene that is looked at: chosen by id, by default the newest. Null when the project has none.
    std::shared_ptr<const scene::SceneReader> scene() const { return m_scene; }
    void useScene(const std::string& id);
    /// The id of the scene whose picture is drawn: while another one is read, or where its rasters are
    /// missing, it is not the one that was chosen. Empty: none yet. What a hand draws is of this picture's
    /// date.
    const std::string& pictureDrawn() const { return m_pictureDrawn; }
    void setPictureDrawn(std::string scene) { m_pictureDrawn = std::move(scene); }
    /// The scene that is drawn beside it to compare with; empty: none.
    const std::string& otherDrawn() const { return m_otherDrawn; }
    void setOtherDrawn(std::string scene) { m_otherDrawn = std::move(scene); }
    /// The inventory that is edited: the one that the picture's date belongs into, else the first; none where
    /// there is none.
    std::optional<outlines::LayerInfo> inventory() const;
    /// Its name, else this one.
    QString inventoryOr(const QString& layer) const;
    /// What people read for a layer.
    QString titleOf(const QString& layer) const;
    /// The scene that a layer belongs to; the one that is looked at when that is unknown.
    std::shared_ptr<const scene::SceneReader> sceneOf(const QString& layer) const;
    /// A scene of this project, read through what all read through. Throws Error when there is none.
    std::shared_ptr<const scene::SceneReader> reader(const std::string& id) const;
    /// The same for pictures alone: where a raster has no overviews of its own, coarse pixels come from those
    /// beside the project.
    std::shared_ptr<const scene::SceneReader> pictureReader(const std::string& id) const;
    const std::shared_ptr<raster::ReaderPool>& readers() const { return m_pool; }
    const std::shared_ptr<const scene::SceneOverviews>& overviews() const { return m_overviews; }
    /// The name of a scene of this project; empty when it is unknown.
    QString sceneName(const std::string& id) const;

    outlines::OutlineSet::Handle outline(const outlines::OutlineRef& selection) const;
    /// Names of the layers of these kinds, as the project lists them.
    QStringList layersOf(std::initializer_list<outlines::LayerKind> kinds) const;
    std::vector<outlines::OutlineSet::Handle> outlines(const QString& layer) const;

    /// Takes the project out, for the job that saves and closes it. Nothing else may be called afterwards.
    std::unique_ptr<project::Project> release();

Q_SIGNALS:
    /// A step of the history was taken; what it changed, whole. Comes before the next two.
    void stepped(const nunatak::project::Event& event);
    /// Another scene is looked at.
    void pictureChanged();
    void outlinesChanged(const QStringList& layers);
    void layersChanged();
    void scenesChanged();
    void savingChanged();

private:
    void onEvent(const project::Event& event);

    std::unique_ptr<project::Project> m_project;
    std::shared_ptr<raster::ReaderPool> m_pool;
    std::shared_ptr<const scene::SceneOverviews> m_overviews;
    std::shared_ptr<const scene::SceneReader> m_scene;
    std::string m_pictureDrawn;
    std::string m_otherDrawn;
    ViewState m_view;
    project::Project::Subscription m_subscription;
};

} // namespace nunatak::ui::session
