// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ground/scene_controller.h"

#include "scene/stored_scene.h"
#include "ui/base/format.h"
#include "ui/session/drape_state.h"
#include "ui/session/workspace.h"
#include "ui/viewport/viewport.h"

#include <QPointer>

namespace nunatak::ui::ground {

using session::drapeFor;
using session::JobQueue;
using session::Session;
using session::withComposite;
using session::Workspace;
using viewport::Viewport;

SceneController::SceneController(Workspace& workspace, Viewport& viewport)
    : m_workspace(workspace), m_viewport(viewport) {
    connect(&m_workspace, &Workspace::sessionStarted, this, &SceneController::begin);
    connect(&m_workspace, &Workspace::sessionEnding, this, &SceneController::describe);
    connect(&m_workspace, &Workspace::sessionEnded, this, &SceneController::end);
}

void SceneController::begin() {
    const auto& view = m_workspace.session()->view();
    m_framed = false;
    m_drape = view.drape;
    m_viewport.setFlatMap(view.flatMap);
    m_viewport.setHiddenOutlinesShown(view.hiddenOutlines);
    loadTerrain();
    Q_EMIT sceneChanged();
}

void SceneController::describe() {
    auto& view = m_workspace.session()->view();
    if (m_framed) {
        view.camera = m_viewport.cameraState();
    }
    view.exaggeration = m_viewport.verticalExaggeration();
    view.flatMap = m_viewport.isFlatMap();
    view.hiddenOutlines = m_viewport.hiddenOutlinesShown();
    view.drape = m_drape;
    if (m_workspace.session()->scene() != nullptr) {
        view.scene = text(m_workspace.session()->scene()->scene().id);
    }
}

void SceneController::end() {
    if (m_terrainJob != nullptr) {
        m_terrainJob->cancel();
    }
    m_viewport.clearPreview();
    m_viewport.setTerrain(nullptr);
    m_drape = {};
    m_framed = false;
    Q_EMIT compositesChanged();
    Q_EMIT drapeChanged();
}

void SceneController::loadTerrain() {
    const QPointer<Session> session = m_workspace.session();
    if (session->scene() == nullptr) {
        return;
    }
    const auto style = drapeFor(session->scene()->scene(), m_drape);
    m_drape = style;
    Q_EMIT compositesChanged();
    Q_EMIT drapeChanged();
    if (m_terrainJob != nullptr) {
        m_terrainJob->cancel();
    }
    if (!scene::missingFiles(session->scene()->scene()).empty()) {
        Q_EMIT rastersMissing(session->scene()->scene().id);
        return;
    }
    using Terrain = std::shared_ptr<const terrain::Terrain>;
    m_terrainJob = m_workspace.jobs().start<Terrain>(
        tr("Draw the scene"), jobs::Lane::Background,
        [scene = session->pictureReader(session->scene()->scene().id), crs = session->crs(),
         style](const Progress& progress) {
            scene::checkFiles(scene->scene());
            return terrain::buildTerrain(scene, crs, style, progress);
        },
        {.succeeded =
             [this, session](Terrain& terrain) {
                 if (session == nullptr || session != m_workspace.session()) {
                     return;
                 }
                 m_viewport.setTerrain(terrain);
                 m_viewport.setDrapeStyle(m_drape);
                 if (!m_framed) {
                     setExaggeration(session->view().exaggeration);
                     if (!m_viewport.restoreCamera(session->view().camera)) {
                         m_viewport.frame(m_viewport.terrain()->heightGrid.extent(), false);
                     }
                     m_framed = true;
                 }
                 Q_EMIT terrainShown();
             },
         .failed = {},
         .cancelled = {}},
        JobQueue::Shown::InPassing);
}

void SceneController::showScene(const std::string& id) {
    m_workspace.session()->useScene(id);
    m_framed = false; // it may lie elsewhere
    m_workspace.session()->view().camera = {};
    loadTerrain();
}

QStringList SceneController::composites() const {
    QStringList names;
    if (const auto* session = m_workspace.session(); session != nullptr && session->scene() != nullptr) {
        for (const auto& style : terrain::availableStyles(session->scene()->scene())) {
            names << text(style.composite.name);
        }
    }
    return names;
}

QString SceneController::composite() const {
    return text(m_drape.composite.name);
}

void SceneController::setComposite(const QString& name) {
    const auto* session = m_workspace.session();
    if (session != nullptr && name != composite() && composites().contains(name)) {
        setDrape(withComposite(session->scene()->scene(), m_drape, name.toStdString()));
    }
}

void SceneController::setDrape(const terrain::DrapeStyle& style) {
    const auto* session = m_workspace.session();
    if (session == nullptr || session->scene() == nullptr || style == m_drape) {
        return;
    }
    const bool isOther = !(style.composite == m_drape.composite);
    m_drape = drapeFor(session->scene()->scene(), style);
    const auto terrain = m_viewport.terrain();
    const bool isThere =
        terrain != nullptr && (!m_drape.showsBands() || terrain->feature == m_drape.composite.feature);
    if (!isThere && (m_terrainJob == nullptr || m_terrainJob->finished())) {
        loadTerrain(); // its tiles have other bands
        return;
    }
    m_viewport.setDrapeStyle(m_drape);
    if (isOther) {
        Q_EMIT compositesChanged();
    }
    Q_EMIT drapeChanged();
}

void SceneController::setScene(const std::string& id) {
    auto* session = m_workspace.session();
    if (session == nullptr || (session->scene() != nullptr && session->scene()->scene().id == id)) {
        return;
    }
    m_workspace.attempt(tr("Show the scene"), [&] {
        session->useScene(id);
        loadTerrain();
        Q_EMIT sceneChanged();
    });
}

void SceneController::setExaggeration(double factor) {
    if (factor != m_viewport.verticalExaggeration()) {
        m_viewport.setVerticalExaggeration(factor);
    }
    Q_EMIT exaggerationChanged(factor);
}

void SceneController::zoomToScene() {
    if (const auto terrain = m_viewport.terrain(); terrain != nullptr) {
        m_viewport.frame(terrain->heightGrid.extent());
    }
}

} // namespace nunatak::ui::ground
