// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ground/scene_controller.h"

#include "scene/stored_scene.h"
#include "ui/base/format.h"
#include "ui/ground/picture_panel.h"
#include "ui/session/drape_state.h"
#include "ui/session/workspace.h"
#include "ui/viewport/viewport.h"

#include <QPointer>

#include <algorithm>
#include <utility>

namespace nunatak::ui::ground {

using session::drapeFor;
using session::JobQueue;
using session::Session;
using session::withKind;
using session::Workspace;
using viewport::Viewport;

namespace {

/// What a picture is made of, as a sentence names it.
QString needsOf(const QString& picture) {
    if (picture == QLatin1String("natural")) {
        return SceneController::tr("red, green and blue");
    }
    if (picture == QLatin1String("infrared")) {
        return SceneController::tr("NIR, red and green");
    }
    if (picture == QLatin1String("ice")) {
        return SceneController::tr("SWIR1, NIR and red");
    }
    if (picture == QLatin1String("NDSI")) {
        return SceneController::tr("green and SWIR1");
    }
    if (picture == QLatin1String("hillshade")) {
        return SceneController::tr("an elevation model");
    }
    return SceneController::tr("more optical bands");
}

} // namespace

SceneController::SceneController(Workspace& workspace, Viewport& viewport)
    : m_workspace(workspace), m_viewport(viewport) {
    connect(&m_workspace, &Workspace::sessionStarted, this, &SceneController::begin);
    connect(&m_workspace, &Workspace::sessionEnding, this, &SceneController::describe);
    connect(&m_workspace, &Workspace::sessionEnded, this, &SceneController::end);
}

void SceneController::leaveSceneThatIsGone() {
    const auto* session = m_workspace.session();
    if (session == nullptr || session->scene() == nullptr || session->project().scenes().empty()) {
        return;
    }
    const auto& scenes = session->project().scenes();
    const bool isThere = std::any_of(scenes.begin(), scenes.end(), [&](const auto& scene) {
        return scene.id == session->scene()->scene().id;
    });
    if (!isThere) { // it went with a step that was taken back
        setScene(session->project().scene().id);
    }
}

void SceneController::begin() {
    connect(m_workspace.session(), &Session::scenesChanged, this, &SceneController::leaveSceneThatIsGone,
            Qt::QueuedConnection); // not from within the step that takes it away
    const auto& view = m_workspace.session()->view();
    m_framed = false;
    m_drape = view.drape;
    m_ownBands = view.ownBands;
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
    view.drape = m_toReturn.value_or(m_drape);
    view.ownBands = m_ownBands;
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
    m_before.reset();
    m_toReturn.reset();
    m_ownBands = {};
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
             [this, session, drawn = session->scene()->scene().id](Terrain& terrain) {
                 if (session == nullptr || session != m_workspace.session()) {
                     return;
                 }
                 m_viewport.setTerrain(terrain);
                 if (m_viewport.terrain() == nullptr) {
                     return; // the view says why it draws nothing
                 }
                 session->setPictureDrawn(drawn);
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

std::vector<terrain::DrapeStyle> SceneController::styles() const {
    const auto* session = m_workspace.session();
    if (session == nullptr || session->scene() == nullptr) {
        return {};
    }
    const auto& scene = session->scene()->scene();
    auto styles = terrain::availableStyles(scene);
    const auto bands = scene.bands("optical");
    if (bands.size() < 2) {
        return styles;
    }
    terrain::Composite own{terrain::bandsOfChoice, m_ownBands, "optical"};
    for (std::size_t i = 0; i < own.bands.size(); ++i) {
        if (!scene.hasBand("optical", own.bands[i])) { // what is seen now is a beginning
            own.bands[i] = scene.hasBand("optical", m_drape.composite.bands[i])
                               ? m_drape.composite.bands[i]
                               : bands[std::min(i, bands.size() - 1)];
        }
    }
    styles.push_back({.kind = terrain::DrapeKind::Composite, .composite = own});
    return styles;
}

QStringList SceneController::composites() const {
    QStringList names;
    for (const auto& style : styles()) {
        names << text(style.composite.name);
    }
    return names;
}

QString SceneController::composite() const {
    return text(m_drape.composite.name);
}

void SceneController::setComposite(const QString& name) {
    if (m_workspace.session() == nullptr || m_workspace.session()->scene() == nullptr) {
        return;
    }
    for (const auto& style : styles()) {
        if (text(style.composite.name) == name) {
            setDrape(withKind(m_drape, style));
            if (style.composite.name == terrain::bandsOfChoice) {
                const auto& bands = style.composite.bands;
                Q_EMIT said(tr("Own bands: %1, %2, %3. The panel Picture chooses others.")
                                .arg(text(bands[0]), text(bands[1]), text(bands[2])));
            }
            return;
        }
    }
    Q_EMIT said(
        tr("This scene cannot show %1: that takes %2.").arg(styleText(name.toStdString()), needsOf(name)));
}

bool SceneController::showBefore() {
    const auto* session = m_workspace.session();
    if (session == nullptr || session->scene() == nullptr || m_toReturn) {
        return false;
    }
    if (!m_before) {
        Q_EMIT said(tr("There is no picture before this one: no earlier date, no other bands yet."));
        return false;
    }
    auto wanted = m_drape;
    for (const auto& style : styles()) {
        if (style.composite.name == m_before->name) {
            wanted = withKind(m_drape, style);
        }
    }
    m_toReturn = m_drape;
    paint(wanted);
    return true;
}

void SceneController::endBefore() {
    if (const auto back = std::exchange(m_toReturn, std::nullopt)) {
        paint(*back);
    }
}

void SceneController::setDrape(const terrain::DrapeStyle& style) {
    const auto* session = m_workspace.session();
    if (session == nullptr || session->scene() == nullptr || style == m_drape) {
        return;
    }
    m_toReturn.reset(); // who chooses now means it
    if (style.composite.name != m_drape.composite.name) {
        m_before = m_drape.composite;
    }
    if (style.composite.name == terrain::bandsOfChoice) {
        m_ownBands = style.composite.bands;
    }
    paint(style);
}

void SceneController::paint(const terrain::DrapeStyle& style) {
    const auto* session = m_workspace.session();
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
