// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ground/scene_controller.h"

#include "geo/shape_operations.h"
#include "ui/base/format.h"
#include "ui/layers/glacier_order.h"
#include "ui/layers/inspector_panel.h"
#include "ui/session/drape_state.h"
#include "ui/session/workspace.h"

#include <QPointer>

#include <algorithm>

namespace nunatak::ui::ground {

using layers::InspectorPanel;
using layers::LayerPanel;
using layers::LayerStack;
using layers::neighbourByArea;
using session::drapeFor;
using session::JobQueue;
using session::readViewState;
using session::Session;
using session::withComposite;
using session::Workspace;
using session::writeViewState;
using viewport::PointerEvent;
using viewport::Viewport;

SceneController::SceneController(Workspace& workspace, Viewport& viewport, LayerPanel& layers,
                                 InspectorPanel& inspector, QObject* parent)
    : QObject(parent), m_workspace(workspace), m_viewport(viewport), m_inspector(inspector),
      m_stack(workspace, viewport, layers, nullptr), m_hover(workspace, viewport, m_stack),
      m_tool(
          viewport,
          [this](const QString& layer, const std::string& uuid, const geo::MultiPolygon& geometry) {
              edit(layer, uuid, geometry);
          },
          [this](const QString& reason) { Q_EMIT hint(reason); }) {
    m_viewport.setTool(&m_tool);
    connect(&m_workspace, &Workspace::sessionStarted, this, &SceneController::begin);
    connect(&m_workspace, &Workspace::sessionEnding, this, &SceneController::store);
    connect(&m_workspace, &Workspace::sessionEnded, this, &SceneController::end);
    connect(&m_viewport, &Viewport::clicked, this, [this](const PointerEvent& event) {
        if (m_workspace.session() != nullptr) {
            select(m_stack.at(event.map));
        }
    });
    connect(&m_stack, &LayerStack::changed, this, &SceneController::layersChanged);
    connect(&layers, &LayerPanel::zoomRequested, this, &SceneController::zoomToLayer);
    connect(&m_inspector, &InspectorPanel::zoomRequested, this, &SceneController::zoomToSelection);
}

SceneController::~SceneController() {
    m_viewport.setTool(nullptr);
}

void SceneController::begin() {
    auto* session = m_workspace.session();
    m_framed = false;
    m_view = readViewState(session->project());
    if (!m_view.scene.isEmpty() && !session->sceneName(m_view.scene.toStdString()).isEmpty()) {
        session->useScene(m_view.scene.toStdString());
    }
    connect(session, &Session::outlinesChanged, this, &SceneController::onOutlinesChanged);
    connect(session, &Session::layersChanged, this, [this] {
        m_stack.refresh();
        Q_EMIT historyChanged();
    });
    m_stack.restore(m_view.layers);
    select(outlines::OutlineRef{m_view.selectedLayer.toStdString(), m_view.selectedUuid.toStdString()});
    m_viewport.setFlatMap(m_view.flatMap);
    m_viewport.setHiddenOutlinesShown(m_view.hiddenOutlines);
    loadTerrain();
    Q_EMIT sceneChanged();
    Q_EMIT historyChanged();
}

void SceneController::store() {
    auto& project = m_workspace.session()->project();
    if (project.isReadOnly()) {
        return;
    }
    if (m_framed) {
        m_view.camera = m_viewport.cameraState();
    }
    m_view.exaggeration = m_viewport.verticalExaggeration();
    m_view.flatMap = m_viewport.isFlatMap();
    m_view.hiddenOutlines = m_viewport.hiddenOutlinesShown();
    if (m_workspace.session()->scene() != nullptr) {
        m_view.scene = text(m_workspace.session()->scene()->scene().id);
    }
    m_view.selectedLayer = m_selection ? text(m_selection->layer) : QString();
    m_view.selectedUuid = m_selection ? text(m_selection->uuid) : QString();
    m_view.layers = m_stack.layers();
    m_workspace.attempt(tr("Store the view"), [&] { writeViewState(m_view, project); });
}

void SceneController::end() {
    if (m_terrainJob != nullptr) {
        m_terrainJob->cancel();
    }
    m_selection.reset();
    m_tool.setSelected({}, nullptr);
    m_viewport.setSelection(std::nullopt);
    m_viewport.clearPreview();
    m_stack.clear();
    m_viewport.setTerrain(nullptr);
    m_inspector.clear();
    m_view = {};
    m_framed = false;
    Q_EMIT selectionChanged();
    Q_EMIT compositesChanged();
    Q_EMIT drapeChanged();
    Q_EMIT historyChanged();
}

void SceneController::loadTerrain() {
    const QPointer<Session> session = m_workspace.session();
    if (session->scene() == nullptr) {
        return;
    }
    const auto style = drapeFor(session->scene()->scene(), m_view.drape);
    m_view.drape = style;
    Q_EMIT compositesChanged();
    Q_EMIT drapeChanged();
    if (m_terrainJob != nullptr) {
        m_terrainJob->cancel();
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
                 m_viewport.setDrapeStyle(m_view.drape);
                 if (!m_framed) {
                     setExaggeration(m_view.exaggeration);
                     if (!m_viewport.restoreCamera(m_view.camera)) {
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
    m_view.camera = {};
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
    return text(m_view.drape.composite.name);
}

void SceneController::setComposite(const QString& name) {
    const auto* session = m_workspace.session();
    if (session != nullptr && name != composite() && composites().contains(name)) {
        setDrape(withComposite(session->scene()->scene(), m_view.drape, name.toStdString()));
    }
}

void SceneController::setDrape(const terrain::DrapeStyle& style) {
    const auto* session = m_workspace.session();
    if (session == nullptr || session->scene() == nullptr || style == m_view.drape) {
        return;
    }
    const bool isOther = !(style.composite == m_view.drape.composite);
    m_view.drape = drapeFor(session->scene()->scene(), style);
    const auto terrain = m_viewport.terrain();
    const bool isThere = terrain != nullptr &&
                         (!m_view.drape.showsBands() || terrain->feature == m_view.drape.composite.feature);
    if (!isThere && (m_terrainJob == nullptr || m_terrainJob->finished())) {
        loadTerrain(); // its tiles have other bands
        return;
    }
    m_viewport.setDrapeStyle(m_view.drape);
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

void SceneController::stepGlacier(int step, const QString& layer) {
    const auto* session = m_workspace.session();
    const auto name = m_selection ? text(m_selection->layer) : layer;
    if (session == nullptr || !session->project().hasLayer(name.toStdString())) {
        return;
    }
    const auto next =
        neighbourByArea(session->outlines(name), m_selection ? m_selection->uuid : std::string(), step);
    if (next != nullptr) {
        m_stack.setVisible(name, true);
        select(outlines::OutlineRef{name.toStdString(), next->uuid});
        zoomToSelection();
    }
}

void SceneController::setExaggeration(double factor) {
    if (factor != m_viewport.verticalExaggeration()) {
        m_viewport.setVerticalExaggeration(factor);
    }
    Q_EMIT exaggerationChanged(factor);
}

void SceneController::select(const std::optional<outlines::OutlineRef>& selection) {
    const auto outline = selection ? m_workspace.session()->outline(*selection) : nullptr;
    m_selection = outline != nullptr ? selection : std::nullopt;
    m_viewport.setSelection(m_selection);
    const bool editable = m_selection && !m_workspace.session()->project().isReadOnly();
    m_tool.setSelected(m_selection ? text(m_selection->layer) : QString(), editable ? outline : nullptr);
    if (m_selection && !editable) {
        Q_EMIT hint(m_workspace.session()->readOnlySentence()); // or a drag that moves no vertex is a riddle
    }
    refreshInspector();
    Q_EMIT selectionChanged();
}

void SceneController::refreshInspector() {
    const auto outline = m_selection ? m_workspace.session()->outline(*m_selection) : nullptr;
    if (outline == nullptr) {
        m_inspector.clear();
        return;
    }
    m_workspace.attempt(tr("Measure the glacier"), [&] {
        const auto& session = *m_workspace.session();
        m_inspector.showOutline(*outline, text(m_selection->layer),
                                geo::geodesicArea(outline->geometry, session.crs()),
                                session.sceneName(outline->sceneId),
                                session.project().reviewOf(m_selection->layer, outline->uuid));
    });
}

void SceneController::edit(const QString& layer, const std::string& uuid, const geo::MultiPolygon& geometry) {
    auto* session = m_workspace.session();
    const auto outline = session->outline({layer.toStdString(), uuid});
    if (outline == nullptr) {
        return;
    }
    const auto name = outline->name.empty() ? tr("a glacier") : text(outline->name);
    m_workspace.attempt(tr("Move vertex"), [&] {
        const auto carrier = session->project().editGeometry(layer.toStdString(), uuid, geometry,
                                                             tr("Move vertex of %1").arg(name).toStdString());
        m_stack.setVisible(text(carrier), true);
        select(outlines::OutlineRef{carrier, uuid});
    });
}

void SceneController::onOutlinesChanged(const QStringList& layers) {
    m_stack.redraw(layers);
    if (m_selection) {
        // An undo may have taken the selected copy away; the glacier it was made from is the next best.
        const auto uuid = m_selection->uuid;
        select(m_workspace.session()->outline(*m_selection) != nullptr ? m_selection
                                                                       : m_stack.holderOf(uuid));
    }
    Q_EMIT historyChanged();
}

void SceneController::undo() {
    step(tr("Undo"), m_workspace.session()->project().isUndoAtHand(), &project::Project::planUndo);
}

void SceneController::redo() {
    step(tr("Redo"), m_workspace.session()->project().isRedoAtHand(), &project::Project::planRedo);
}

void SceneController::step(const QString& what, bool isAtHand,
                           std::function<project::StepBack()> (project::Project::*plan)() const) {
    if (m_isStepping) {
        return; // the step before is still being read
    }
    const QPointer<Session> session = m_workspace.session();
    const auto take = [this, session, what](project::StepBack& back) {
        m_isStepping = false;
        if (session != nullptr) {
            m_workspace.attempt(what, [&] { session->project().take(std::move(back)); });
        }
    };
    m_workspace.attempt(what, [&] {
        const auto work = (session->project().*plan)();
        if (isAtHand) {
            auto back = work();
            take(back);
            return;
        }
        m_isStepping = true;
        m_workspace.jobs().start<project::StepBack>(
            what, jobs::Lane::Background, [work](const Progress&) { return work(); },
            {.succeeded = take,
             .failed =
                 [this, session, what](const QString& sentence) {
                     m_isStepping = false;
                     if (session != nullptr) { // else the project was closed meanwhile
                         Q_EMIT m_workspace.problem(what, sentence);
                     }
                 },
             .cancelled = [this] { m_isStepping = false; }},
            JobQueue::Shown::Silently);
    });
}

void SceneController::zoomToScene() {
    if (const auto terrain = m_viewport.terrain(); terrain != nullptr) {
        m_viewport.frame(terrain->heightGrid.extent());
    }
}

void SceneController::zoomToSelection() {
    if (const auto outline = m_selection ? m_workspace.session()->outline(*m_selection) : nullptr) {
        const auto& extent = outline->extent();
        m_viewport.frame(extent.grown(0.15 * std::max(extent.width(), extent.height())));
    }
}

void SceneController::zoomToLayer(const QString& layer) {
    const auto extent = m_workspace.session()->project().outlines(layer.toStdString()).extent();
    if (!extent.empty()) {
        m_viewport.frame(extent);
    }
}

void SceneController::flyTo(const comparison::GlacierRow& row) {
    if (m_workspace.session() == nullptr || row.extent.empty()) {
        return;
    }
    select(m_stack.holderOf(row.uuid));
    m_viewport.frame(row.extent.grown(0.15 * std::max(row.extent.width(), row.extent.height())));
}

} // namespace nunatak::ui::ground
