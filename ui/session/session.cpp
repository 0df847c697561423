// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/session.h"

#include "project/inventory.h"
#include "project/why_read_only.h"
#include "ui/base/format.h"

#include <algorithm>
#include <set>

namespace nunatak::ui::session {

namespace {

/// Tiles of the view take memory, too; what a sweep over a satellite tile needs at once still fits.
raster::CacheLimits besideView() {
    raster::CacheLimits limits;
    limits.bytes = std::size_t{272} << 20;
    return limits;
}

} // namespace

std::shared_ptr<const scene::SceneOverviews> overviewsOf(const project::Project& project) {
    return std::make_shared<const scene::SceneOverviews>(project.filesPlace() / "overviews");
}

Session::Session(std::unique_ptr<project::Project> project, QObject* parent)
    : QObject(parent), m_project(std::move(project)),
      m_pool(std::make_shared<raster::ReaderPool>(besideView())), m_overviews(overviewsOf(*m_project)),
      m_view(readViewState(*m_project)) {
    m_subscription = m_project->subscribe([this](const project::Event& event) { onEvent(event); });
    if (!m_project->scenes().empty()) {
        const auto stored = m_view.scene.toStdString();
        useScene(sceneName(stored).isEmpty() ? std::string() : stored);
    }
}

Session::~Session() = default;

QString Session::name() const {
    return text(m_project->file().stem().string());
}

QString Session::readOnlySentence() const {
    const auto reason = project::whyReadOnly(m_project->file());
    return tr("The project is open read-only, so nothing can be changed in it. %1")
        .arg(reason.empty() ? tr("It could be written now: close it and open it again.") : text(reason));
}

void Session::useScene(const std::string& id) {
    m_scene = reader(id);
    Q_EMIT pictureChanged();
}

std::optional<outlines::LayerInfo> Session::inventory() const {
    const auto date = m_scene != nullptr ? m_scene->scene().date : std::string();
    if (auto found = m_project->inventoryOf(date)) {
        return found;
    }
    auto all = m_project->inventories();
    return all.empty() ? std::nullopt : std::optional(std::move(all.front()));
}

QString Session::titleOf(const QString& layer) const {
    return text(outlines::titleOf(m_project->layer(layer.toStdString())));
}

QString Session::inventoryOr(const QString& layer) const {
    const auto edited = inventory();
    return edited ? text(edited->name) : layer;
}

std::shared_ptr<const scene::SceneReader> Session::sceneOf(const QString& layer) const {
    const auto id = m_project->layer(layer.toStdString()).sceneId;
    if (m_scene == nullptr || id.empty() || id == m_scene->scene().id || sceneName(id).isEmpty()) {
        return m_scene;
    }
    return reader(id);
}

std::shared_ptr<const scene::SceneReader> Session::reader(const std::string& id) const {
    return std::make_shared<const scene::SceneReader>(m_project->scene(id), m_pool);
}

std::shared_ptr<const scene::SceneReader> Session::pictureReader(const std::string& id) const {
    return std::make_shared<const scene::SceneReader>(m_project->scene(id), m_pool, m_overviews);
}

QString Session::sceneName(const std::string& id) const {
    const auto& scenes = m_project->scenes();
    const auto found = std::find_if(scenes.begin(), scenes.end(),
                                    [&id](const scene::Scene& scene) { return scene.id == id; });
    return found != scenes.end() ? text(found->name) : QString();
}

outlines::OutlineSet::Handle Session::outline(const outlines::OutlineRef& selection) const {
    return m_project->hasLayer(selection.layer) ? m_project->outlines(selection.layer).find(selection.uuid)
                                                : nullptr;
}

QStringList Session::layersOf(std::initializer_list<outlines::LayerKind> kinds) const {
    QStringList names;
    for (const auto kind : kinds) {
        for (const auto& layer : m_project->layers()) {
            if (layer.kind == kind) {
                names << text(layer.name);
            }
        }
    }
    return names;
}

std::vector<outlines::OutlineSet::Handle> Session::outlines(const QString& layer) const {
    return m_project->outlines(layer.toStdString()).all();
}

std::unique_ptr<project::Project> Session::release() {
    m_subscription.reset();
    return std::move(m_project);
}

void Session::onEvent(const project::Event& event) {
    switch (event.kind) {
    case project::Event::Kind::Step: {
        Q_EMIT stepped(event);
        if (!event.layers.empty()) {
            Q_EMIT layersChanged();
        }
        std::set<std::string> names;
        for (const auto& change : event.changes) {
            names.insert(change.layer);
        }
        QStringList layers;
        for (const auto& name : names) {
            layers << text(name);
        }
        Q_EMIT outlinesChanged(layers);
        break;
    }
    case project::Event::Kind::ScenesChanged:
        Q_EMIT scenesChanged();
        break;
    case project::Event::Kind::SavingChanged:
        // The one event that comes from the project's own thread.
        QMetaObject::invokeMethod(
            this, [this] { Q_EMIT savingChanged(); }, Qt::QueuedConnection);
        break;
    }
}

} // namespace nunatak::ui::session
