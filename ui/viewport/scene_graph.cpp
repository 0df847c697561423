// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/scene_graph.h"

#include "ui/viewport/tile_node.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <utility>

#include <osg/Depth>
#include <osg/Notify>
#include <osgUtil/CullVisitor>

namespace nunatak::ui::viewport {

namespace {

constexpr int skyBin = 5; // after the ground, so that only what it leaves free is shaded
/// One reads while another decompresses or lays lines; more would take the processor from drawing.
constexpr int workers = 2;

} // namespace

SceneGraph::SceneGraph(const std::filesystem::path& shaders, std::function<void()> wake)
    : m_programs(ShaderPrograms::load(shaders)), m_root(new osg::Group), m_world(new osg::MatrixTransform),
      m_outlines(new osg::Group), m_viewSize(new osg::Uniform("viewSize", osg::Vec2(1, 1))),
      m_pixelScale(new osg::Uniform("pixelScale", 1.0F)), m_painter(m_programs), m_selectionNode(m_programs),
      m_marksNode(m_programs), m_queue(workers, std::move(wake)) {
    // What goes wrong is told to the user by the widget; a library does not write to the terminal.
    osg::setNotifyLevel(osg::ALWAYS);
    auto* state = m_root->getOrCreateStateSet();
    state->setMode(GL_LIGHTING, osg::StateAttribute::OFF);
    state->addUniform(m_viewSize);
    state->addUniform(m_pixelScale);
    addSky();
    m_root->addChild(m_world);
    m_outlines->addChild(m_selectionNode.node());
    m_outlines->addChild(m_marksNode.node());
    m_world->addChild(m_outlines);
}

SceneGraph::~SceneGraph() = default;

void SceneGraph::addSky() {
    auto sky = groundQuad({1, 1});
    auto* state = sky->getOrCreateStateSet();
    state->setAttributeAndModes(m_programs.sky);
    state->addUniform(new osg::Uniform("skyUpper", osg::Vec3(0.49F, 0.63F, 0.76F)));
    state->addUniform(new osg::Uniform("skyLower", osg::Vec3(0.93F, 0.95F, 0.965F)));
    state->setAttributeAndModes(new osg::Depth(osg::Depth::LEQUAL, 0, 1, false));
    state->setRenderBinDetails(skyBin, "RenderBin");
    sky->setCullingActive(false);
    m_sky = sky;
    m_root->addChild(sky);
}

void SceneGraph::attachContext() {
    m_viewer = new osgViewer::Viewer;
    m_viewer->setThreadingModel(osgViewer::ViewerBase::SingleThreaded);
    m_viewer->setKeyEventSetsDone(0);
    m_viewer->setReleaseContextAtEndOfFrameHint(false);
    m_viewer->setLightingMode(osg::View::NO_LIGHT);
    m_window = m_viewer->setUpViewerAsEmbeddedInWindow(0, 0, 1, 1);
    auto* camera = m_viewer->getCamera();
    camera->setComputeNearFarMode(osg::CullSettings::DO_NOT_COMPUTE_NEAR_FAR);
    camera->setProjectionResizePolicy(osg::Camera::FIXED);
    camera->setCullingMode(osg::CullSettings::VIEW_FRUSTUM_SIDES_CULLING);
    camera->setClearColor({0.9F, 0.92F, 0.94F, 1});
    camera->setClearMask(GL_COLOR_BUFFER_BIT | GL_DEPTH_BUFFER_BIT | GL_STENCIL_BUFFER_BIT);
    m_viewer->setSceneData(m_root);
    m_viewer->realize();
    m_canPaint = ShaderPainter::isPossible(*m_window->getState());
    choosePainter();
}

void SceneGraph::setPaintsByShader(bool wanted) {
    m_wantsPainter = wanted;
    choosePainter();
}

void SceneGraph::choosePainter() {
    const bool paints = m_wantsPainter && m_canPaint;
    if (m_terrainNode) {
        m_terrainNode->paintWith(paints ? &m_painter : nullptr);
    }
}

void SceneGraph::detachContext() {
    if (!m_viewer) {
        return;
    }
    auto* state = m_window->getState();
    m_root->releaseGLObjects(state);
    m_painter.release(*state);
    if (m_terrainNode) {
        m_terrainNode->releaseGraphics(*state);
    }
    m_viewer->getCamera()->releaseGLObjects(state);
    osg::flushAllDeletedGLObjects(state->getContextID());
    m_viewer->setSceneData(nullptr);
    m_viewer = nullptr;
    m_window = nullptr;
}

geo::Point SceneGraph::origin() const {
    return m_terrainNode ? m_terrainNode->origin() : geo::Point{};
}

std::vector<std::string> SceneGraph::takeFailures() {
    return std::exchange(m_failures, {});
}

const terrain::DrawnSurface& SceneGraph::surface() const {
    static const terrain::DrawnSurface none;
    return m_terrainNode ? m_terrainNode->surface() : none;
}

void SceneGraph::setStyle(const terrain::DrapeStyle& style) {
    if (m_terrainNode) {
        m_terrainNode->setStyle(style, ++m_versions);
    }
}

void SceneGraph::setOverlay(TerrainNode::Overlay overlay) {
    if (m_terrainNode) {
        m_terrainNode->setOverlay(std::move(overlay), ++m_versions);
    }
}

void SceneGraph::setOther(std::shared_ptr<const terrain::Terrain> other) {
    if (m_terrainNode) {
        m_terrainNode->setOther(std::move(other), ++m_versions);
    }
}

std::string SceneGraph::failure() const {
    if (!m_window) {
        return {};
    }
    const auto program = m_programs.refused(*m_window->getState());
    return program.empty() ? std::string()
                           : "The graphics driver cannot run the shader \"" + program +
                                 "\" of the 3D view; a newer driver, or software OpenGL "
                                 "(LIBGL_ALWAYS_SOFTWARE=1), may help.";
}

void SceneGraph::setTerrain(std::shared_ptr<const terrain::Terrain> terrain) {
    if (m_terrainNode) {
        m_world->removeChild(m_terrainNode->node());
        m_terrainNode.reset();
    }
    if (terrain) {
        m_terrainNode = std::make_unique<TerrainNode>(std::move(terrain), m_programs, ++m_versions);
        m_terrainNode->setExaggeration(m_exaggeration);
        choosePainter();
        m_world->insertChild(0, m_terrainNode->node());
    }
    for (const auto& [name, layer] : m_layers) {
        layer->forgetTiles();
    }
    m_selectionNode.forgetTiles();
    m_marksNode.forgetTiles();
    m_queue.forgetFailures();
}

std::shared_ptr<const terrain::Terrain> SceneGraph::terrain() const {
    return m_terrainNode ? m_terrainNode->terrain() : nullptr;
}

void SceneGraph::setExaggeration(double factor) {
    m_exaggeration = factor;
    m_world->setMatrix(osg::Matrixd::scale(1, 1, factor));
    if (m_terrainNode) {
        m_terrainNode->setExaggeration(factor);
    }
}

void SceneGraph::setGroundAlone(bool alone) {
    m_groundAlone = alone;
    updateMasks();
}

void SceneGraph::setOutlinesShown(bool shown) {
    m_showsOutlines = shown;
    updateMasks();
}

void SceneGraph::updateMasks() {
    m_outlines->setNodeMask(m_showsOutlines && !m_groundAlone ? ~0U : 0U);
    m_sky->setNodeMask(m_groundAlone ? 0U : ~0U);
}

void SceneGraph::setLayer(const QString& name, const std::vector<outlines::OutlineSet::Handle>& outlines,
                          const LayerStyle& style) {
    auto& layer = m_layers[name];
    if (!layer) {
        layer = std::make_unique<OutlineLayer>(m_programs, m_nextOrder++, [this] { return ++m_versions; });
        layer->setHiddenShown(m_showsHidden);
        m_outlines->addChild(layer->node());
    }
    layer->setStyle(style);
    layer->setOutlines(outlines);
    if (hasSelected(name)) {
        updateSelection();
    }
}

void SceneGraph::changeLayer(const QString& name, const std::vector<outlines::OutlineSet::Handle>& put,
                             const std::vector<std::string>& removed) {
    const auto found = m_layers.find(name);
    if (found == m_layers.end()) {
        return;
    }
    found->second->changeOutlines(put, removed);
    if (hasSelected(name)) {
        updateSelection();
    }
}

void SceneGraph::setLayerOrder(const QStringList& topmostFirst) {
    int place = 0;
    for (auto name = topmostFirst.rbegin(); name != topmostFirst.rend(); ++name) {
        if (const auto found = m_layers.find(*name); found != m_layers.end()) {
            found->second->setPlace(place++);
        }
    }
    // What was not named (confidence, for one) lies over all that was.
    for (const auto& [name, layer] : m_layers) {
        if (!topmostFirst.contains(name)) {
            layer->setPlace(place++);
        }
    }
}

void SceneGraph::setLayerStyle(const QString& name, const LayerStyle& style) {
    const auto found = m_layers.find(name);
    if (found == m_layers.end()) {
        return;
    }
    found->second->setStyle(style);
    if (hasSelected(name)) {
        updateSelection();
    }
}

void SceneGraph::removeLayer(const QString& name) {
    const auto found = m_layers.find(name);
    if (found == m_layers.end()) {
        return;
    }
    m_outlines->removeChild(found->second->node());
    m_layers.erase(found);
    updateSelection();
}

void SceneGraph::setLiveOutlines(const QString& name, const LiveOutlines& outlines) {
    const auto found = m_layers.find(name);
    if (found != m_layers.end()) {
        found->second->setLive(outlines);
        updateSelection();
    }
}

void SceneGraph::setSelection(std::vector<outlines::OutlineRef> selection) {
    m_selection = std::move(selection);
    updateSelection();
    updateHovered();
}

bool SceneGraph::setMarks(const Marks& marks) {
    return m_marksNode.show(marks);
}

void SceneGraph::setHoveredVertex(const std::optional<geo::VertexId>& vertex) {
    m_hovered = vertex;
    m_selectionNode.setHovered(m_hovered);
}

bool SceneGraph::setHoveredOutline(const std::optional<outlines::OutlineRef>& outline) {
    if (outline == m_hoveredOutline) {
        return false;
    }
    m_hoveredOutline = outline;
    updateHovered();
    return true;
}

void SceneGraph::updateHovered() {
    const bool isOther = m_hoveredOutline && std::find(m_selection.begin(), m_selection.end(),
                                                       *m_hoveredOutline) == m_selection.end();
    for (const auto& [name, layer] : m_layers) {
        layer->setHovered(isOther && QString::fromStdString(m_hoveredOutline->layer) == name
                              ? m_hoveredOutline->uuid
                              : std::string());
    }
}

void SceneGraph::setHiddenShown(bool shown) {
    m_showsHidden = shown;
    for (const auto& [name, layer] : m_layers) {
        layer->setHiddenShown(shown);
    }
    m_selectionNode.setHiddenShown(shown);
}

bool SceneGraph::hasSelected(const QString& layer) const {
    const auto name = layer.toStdString();
    return std::any_of(m_selection.begin(), m_selection.end(),
                       [&name](const outlines::OutlineRef& ref) { return ref.layer == name; });
}

void SceneGraph::updateSelection() {
    std::vector<SelectionNode::Shown> shown;
    std::map<const OutlineLayer*, std::set<std::string>> uuids;
    LayerStyle style;
    auto layer = m_layers.end();
    for (const auto& ref : m_selection) { // of one layer, most often
        if (layer == m_layers.end() || layer->first.toStdString() != ref.layer) {
            layer = m_layers.find(QString::fromStdString(ref.layer));
        }
        if (layer == m_layers.end() || !layer->second->style().visible) {
            continue;
        }
        if (auto outline = layer->second->shown(ref.uuid)) {
            shown.push_back(std::move(outline));
            uuids[layer->second.get()].insert(ref.uuid);
            style = layer->second->style();
        }
    }
    const bool areGiven = shown.size() > SelectionNode::most;
    for (const auto& [name, each] : m_layers) {
        each->setSelected(areGiven ? std::move(uuids[each.get()]) : std::set<std::string>());
    }
    m_selectionNode.show(shown, style, areGiven ? SelectionNode::Lines::Given : SelectionNode::Lines::Own);
}

} // namespace nunatak::ui::viewport
