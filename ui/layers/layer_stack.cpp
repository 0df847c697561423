// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/layers/layer_stack.h"

#include "geo/paths.h"
#include "geo/segments.h"
#include "ui/base/format.h"
#include "ui/base/state_text.h"
#include "ui/session/workspace.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <iterator>
#include <limits>
#include <utility>

namespace nunatak::ui::layers {

using outlines::LayerKind;
using outlines::OutlineHandle;
using outlines::OutlineState;
using session::LineLook;
using session::orderedLayers;
using session::Session;
using session::ViewState;
using session::Workspace;
using viewport::LayerStyle;
using viewport::Viewport;

LayerStyle styleOf(const ViewState::Layer& layer, LayerKind kind) {
    auto color = layer.look.color;
    color.setAlphaF(static_cast<float>(layer.look.opacity));
    return {color, layer.look.width, layer.visible, figure::middleOf(color, OutlineState::Accepted),
            // What is in a side layer was drawn: that says nothing, and its colour says what it is.
            kind == LayerKind::Side ? color : figure::middleOf(color, OutlineState::Changed),
            outlines::isReference(kind)};
}

std::vector<OutlineHandle> drawnOutlines(const project::Project& project,
                                         const std::vector<ViewState::Layer>& layers, const QString& layer) {
    auto all = project.outlines(layer.toStdString()).all();
    if (!outlines::isReference(project.layer(layer.toStdString()).kind)) {
        return all;
    }
    ReferenceDifference difference;
    ReferenceDifference::Turned none;
    for (const auto& other : layers) {
        if (other.visible && project.layer(other.name.toStdString()).kind == LayerKind::Inventory) {
            for (const auto& outline : project.outlines(other.name.toStdString()).all()) {
                difference.addShown(outline, none);
            }
        }
    }
    std::erase_if(all, [&](const auto& outline) { return !difference.differs(outline); });
    return all;
}

namespace {

/// An inventory of another epoch than the one that is edited.
bool isAside(const Session* session, const QString& layer) {
    return session != nullptr && session->project().hasLayer(layer.toStdString()) &&
           session->project().layer(layer.toStdString()).kind == LayerKind::Inventory &&
           session->inventoryOr(layer) != layer;
}

/// Beside the one that is edited an inventory is drawn as a reference is, and shows nothing of its review.
LayerStyle styleNow(const Session* session, const ViewState::Layer& layer, LayerKind kind) {
    LayerStyle style = styleOf(layer, kind);
    if (isAside(session, layer.name)) {
        style.isReference = true;
        style.acceptedMiddle = style.changedMiddle = style.color;
    }
    return style;
}

/// Metres from a line or a point.
double distanceTo(const outlines::Outline& outline, geo::Point point) {
    double least = std::numeric_limits<double>::infinity();
    for (const auto& line : geo::linesOf(outline.geometry)) {
        for (std::size_t i = 0; i < line.size(); ++i) {
            least = std::min(least,
                             geo::distanceToSegment(point, line[i], line[std::min(i + 1, line.size() - 1)]));
        }
    }
    return least;
}

/// Of one layer: lines and points over what they lie in, the smaller over the larger.
std::vector<std::string> uuidsAt(const outlines::OutlineSet& layer, geo::Point point, double reach) {
    std::vector<std::pair<double, std::string>> hit;
    for (const auto& outline : layer.in(geo::Extent{point.x, point.y, point.x, point.y}.grown(reach))) {
        if (geo::isPath(outline->geometry)) {
            if (const double away = distanceTo(*outline, point); away <= reach) {
                hit.emplace_back(away - reach, outline->uuid);
            }
        } else if (geo::contains(outline->geometry, point)) {
            hit.emplace_back(outline->area(), outline->uuid);
        }
    }
    std::sort(hit.begin(), hit.end());
    std::vector<std::string> uuids;
    for (auto& [rank, uuid] : hit) {
        uuids.push_back(std::move(uuid));
    }
    return uuids;
}

} // namespace

LayerStack::LayerStack(Workspace& workspace, Viewport& viewport, LayerPanel& panel, QObject* parent)
    : QObject(parent), m_workspace(workspace), m_viewport(viewport), m_panel(panel) {
    connect(&m_workspace, &Workspace::sessionStarted, this, [this] {
        connect(m_workspace.session(), &Session::stepped, this, &LayerStack::apply);
        connect(m_workspace.session(), &Session::pictureChanged, this, [this] {
            for (const auto& layer : m_layers) { // of another epoch's picture another inventory is edited
                if (m_kinds[layer.name] == LayerKind::Inventory) {
                    m_viewport.setLayerStyle(layer.name,
                                             styleNow(m_workspace.session(), layer, m_kinds[layer.name]));
                }
            }
            fillPanel();
        });
    });
    connect(&m_panel, &LayerPanel::visibilityChanged, this, &LayerStack::setVisible);
    connect(&m_panel, &LayerPanel::lookChanged, this, [this](const QString& name, const LineLook& look) {
        if (auto* layer = find(name); layer != nullptr) {
            layer->look = look;
            m_viewport.setLayerStyle(name, styleNow(m_workspace.session(), *layer, m_kinds[name]));
            m_panel.setLayer(rowOf(*layer));
            Q_EMIT changed();
        }
    });
    connect(&m_panel, &LayerPanel::orderChanged, this, &LayerStack::adoptOrder);
    m_turnSoon.setSingleShot(true);
    connect(&m_turnSoon, &QTimer::timeout, this, &LayerStack::turnSome);
}

void LayerStack::restore(std::vector<ViewState::Layer> layers) {
    m_layers = std::move(layers);
    adoptLayers();
    drawAll();
    fillPanel();
}

void LayerStack::clear() {
    m_turnSoon.stop();
    m_waiting.clear();
    m_turned.clear();
    for (const auto& layer : m_layers) {
        m_viewport.removeLayer(layer.name);
    }
    m_layers.clear();
    m_kinds.clear();
    m_side.clear();
    m_states.clear();
    m_difference.clear();
    m_selected.clear();
    m_panel.setLayers({});
    Q_EMIT changed();
}

void LayerStack::adoptLayers() {
    const auto infos = m_workspace.session()->project().layers();
    m_layers = orderedLayers(m_layers, infos);
    m_kinds.clear();
    for (const auto& info : infos) {
        m_kinds[text(info.name)] = info.kind;
    }
}

void LayerStack::drawAll() {
    const auto& project = m_workspace.session()->project();
    m_states.clear();
    m_difference.clear();
    ReferenceDifference::Turned none;
    for (const auto& layer : m_layers) {
        const auto name = layer.name.toStdString();
        for (const auto& outline : project.outlines(name).all()) {
            if (outlines::isReference(m_kinds[layer.name])) {
                m_difference.addReference(name, outline);
            } else {
                ++m_states[layer.name][outlines::stateOf(*outline)];
            }
            if (layer.visible && m_kinds[layer.name] == LayerKind::Inventory) {
                m_difference.addShown(outline, none);
            }
        }
    }
    for (const auto& layer : m_layers) {
        auto drawn = project.outlines(layer.name.toStdString()).all();
        if (outlines::isReference(m_kinds[layer.name])) {
            std::erase_if(drawn, [&](const auto& outline) {
                return !m_difference.differs(outline) &&
                       !m_selected.contains({layer.name.toStdString(), outline->uuid});
            });
        }
        m_viewport.setLayer(layer.name, drawn, styleNow(m_workspace.session(), layer, m_kinds[layer.name]));
    }
    showOrder();
}

void LayerStack::apply(const project::Event& event) {
    std::set<std::string> coming;
    std::set<std::string> going;
    for (const auto& change : event.layers) {
        if (!change.before) {
            coming.insert(change.after->name);
        } else if (!change.after) {
            going.insert(change.before->name);
        }
    }
    turnWaiting();
    Changes drawn;
    ReferenceDifference::Turned turned;
    // What a layer that goes took away is told by how it was shown, the rest by how the layers are now.
    for (const auto& change : event.changes) {
        if (going.contains(change.layer)) {
            note(change, drawn, turned);
        }
    }
    if (!coming.empty() || !going.empty()) {
        adoptLayers();
    }
    for (const auto& name : coming) {
        const auto& layer = *find(text(name));
        m_viewport.setLayer(layer.name, {}, styleNow(m_workspace.session(), layer, m_kinds[layer.name]));
    }
    for (const auto& change : event.changes) {
        if (!going.contains(change.layer)) {
            note(change, drawn, turned);
        }
    }
    constexpr std::size_t few = 200; // shapes that are compared at once
    if (turned.size() <= few) {
        turn(turned, drawn);
    } else {
        m_waiting = std::move(turned);
        m_turnSoon.start(0);
    }
    draw(drawn);
    for (const auto& name : going) {
        m_viewport.removeLayer(text(name));
        m_states.erase(text(name));
    }
    if (!coming.empty() || !going.empty()) {
        showOrder();
        for (const auto& layer : m_layers) { // and another inventory is edited, perhaps
            if (m_kinds[layer.name] == LayerKind::Inventory) {
                m_viewport.setLayerStyle(layer.name,
                                         styleNow(m_workspace.session(), layer, m_kinds[layer.name]));
            }
        }
    }
    if (!event.layers.empty()) {
        fillPanel();
        return;
    }
    for (const auto& [name, change] : drawn) {
        if (const auto* layer = find(name); layer != nullptr) {
            m_panel.setLayer(rowOf(*layer));
        }
    }
    Q_EMIT changed();
}

void LayerStack::note(const outlines::OutlineChange& change, Changes& drawn,
                      ReferenceDifference::Turned& turned) {
    const auto name = text(change.layer);
    const bool isReference = outlines::isReference(m_kinds[name]);
    auto& [put, removed] = drawn[name];
    if (isReference) {
        if (change.before) {
            m_difference.removeReference(change.layer, change.before);
        }
        if (change.after) {
            m_difference.addReference(change.layer, change.after);
            turned.insert({change.layer, change.after->uuid}); // drawn where it differs when all is known
        }
    } else {
        const bool isShape =
            m_kinds[name] == LayerKind::Inventory &&
            (!change.before || !change.after || change.before->geometry != change.after->geometry) &&
            isVisible(name);
        if (change.before) {
            --m_states[name][outlines::stateOf(*change.before)];
            if (isShape) {
                m_difference.removeShown(change.before, turned);
            }
        }
        if (change.after) {
            ++m_states[name][outlines::stateOf(*change.after)];
            if (isShape) {
                m_difference.addShown(change.after, turned);
            }
            put.push_back(change.after);
        }
    }
    if (!change.after) {
        removed.push_back(change.before->uuid);
    }
}

void LayerStack::turn(const ReferenceDifference::Turned& turned, Changes& drawn) const {
    for (const auto& reference : turned) {
        const auto outline = m_workspace.session()->outline(reference);
        if (outline == nullptr) {
            continue; // it goes in the same step
        }
        auto& [put, removed] = drawn[text(reference.layer)];
        if (m_difference.differs(outline) || m_selected.contains(reference)) {
            put.push_back(outline);
        } else {
            removed.push_back(outline->uuid);
        }
    }
}

void LayerStack::turnSome() {
    constexpr auto budget = std::chrono::milliseconds(4);
    const auto end = std::chrono::steady_clock::now() + budget;
    while (!m_waiting.empty() && std::chrono::steady_clock::now() < end) {
        turn({m_waiting.extract(m_waiting.begin()).value()}, m_turned);
    }
    if (m_waiting.empty()) {
        turnWaiting();
    } else {
        m_turnSoon.start(0);
    }
}

void LayerStack::turnWaiting() {
    turn(std::exchange(m_waiting, {}), m_turned);
    draw(std::exchange(m_turned, {}));
}

void LayerStack::setSelected(const std::vector<outlines::OutlineRef>& selected) {
    ReferenceDifference::Turned turned;
    std::set<outlines::OutlineRef> references;
    for (const auto& outline : selected) {
        const auto kind = m_kinds.find(text(outline.layer));
        if (kind != m_kinds.end() && outlines::isReference(kind->second)) {
            references.insert(outline);
        }
    }
    std::set_symmetric_difference(m_selected.begin(), m_selected.end(), references.begin(), references.end(),
                                  std::inserter(turned, turned.end()));
    m_selected = std::move(references);
    if (m_workspace.session() == nullptr) {
        return;
    }
    turnWaiting();
    Changes drawn;
    turn(turned, drawn);
    draw(drawn);
}

void LayerStack::draw(const Changes& drawn) {
    for (const auto& [name, change] : drawn) {
        if (find(name) != nullptr) {
            m_viewport.changeLayer(name, change.first, change.second);
        }
    }
}

void LayerStack::showOrder() {
    QStringList names;
    for (const auto& layer : m_layers) {
        names << layer.name;
    }
    m_viewport.setLayerOrder(names);
}

std::vector<figure::LineSample> LayerStack::reviews() const {
    std::vector<figure::LineSample> samples;
    std::vector<figure::LineSample> aside;
    std::set<OutlineState> occurring;
    const ViewState::Layer* topmost = nullptr;
    for (const auto& layer : m_layers) {
        const auto found = m_states.find(layer.name);
        if (!layer.visible || found == m_states.end() || m_kinds.at(layer.name) == LayerKind::Side) {
            continue;
        }
        const auto title = m_workspace.session()->titleOf(layer.name);
        const auto style = styleOf(layer, LayerKind::Inventory);
        if (isAside(m_workspace.session(), layer.name)) {
            aside.push_back({title, {style.color, style.width, OutlineState::Reference}});
            continue;
        }
        samples.push_back({title, {style.color, style.width, OutlineState::Untouched}});
        for (const auto& [state, count] : found->second) {
            if (count > 0) {
                occurring.insert(state);
                topmost = topmost == nullptr && state != OutlineState::Untouched ? &layer : topmost;
            }
        }
    }
    if (aside.empty()) {
        samples.clear(); // whose lines these are is no question
    }
    samples.insert(samples.end(), aside.begin(), aside.end());
    if (topmost != nullptr) {
        const auto style = styleOf(*topmost, LayerKind::Inventory);
        for (const auto state : {OutlineState::Accepted, OutlineState::Doubtful, OutlineState::Changed,
                                 OutlineState::Untouched, OutlineState::Removed}) {
            if (occurring.contains(state)) {
                samples.push_back({stateText(state), {style.color, style.width, state}});
            }
        }
    }
    return samples;
}

void LayerStack::setVisible(const QString& name, bool visible) {
    auto* layer = find(name);
    if (layer == nullptr || layer->visible == visible) {
        return;
    }
    layer->visible = visible;
    m_viewport.setLayerStyle(name, styleNow(m_workspace.session(), *layer, m_kinds[name]));
    if (m_kinds[name] == LayerKind::Inventory) {
        // While it is hidden the references are whole.
        turnWaiting();
        ReferenceDifference::Turned turned;
        for (const auto& outline : m_workspace.session()->outlines(name)) {
            if (visible) {
                m_difference.addShown(outline, turned);
            } else {
                m_difference.removeShown(outline, turned);
            }
        }
        Changes drawn;
        turn(turned, drawn);
        draw(drawn);
    }
    m_panel.setLayer(rowOf(*layer));
    Q_EMIT changed();
}

LayerRow LayerStack::rowOf(const ViewState::Layer& layer) const {
    const auto& project = m_workspace.session()->project();
    const auto info = project.layer(layer.name.toStdString());
    const auto& count = project.reviewCount(info.name);
    LayerRow row;
    row.name = layer.name;
    row.title = text(outlines::titleOf(info));
    row.kind = info.kind;
    row.date = text(info.date);
    row.epoch = info.kind == LayerKind::Inventory ? text(info.epoch.name) : QString();
    row.glaciers = count.outlines;
    row.accepted = count.accepted;
    row.doubtful = count.doubtful;
    row.removed = count.removed;
    row.outdated = count.outdated;
    row.look = layer.look;
    row.visible = layer.visible;
    row.isEdited = edited() == layer.name && !project.isReadOnly();
    row.canBeChanged = !project.isReadOnly();
    return row;
}

void LayerStack::fillPanel() {
    std::vector<LayerRow> rows;
    for (const auto& layer : m_layers) {
        rows.push_back(rowOf(layer));
    }
    m_panel.setLayers(rows);
    Q_EMIT changed();
}

void LayerStack::adoptOrder() {
    std::vector<ViewState::Layer> ordered;
    for (const auto& row : m_panel.layers()) {
        ordered.push_back({row.name, row.look, row.visible});
    }
    m_layers = std::move(ordered);
    showOrder();
    fillPanel();
}

ViewState::Layer* LayerStack::find(const QString& name) {
    const auto found = std::find_if(m_layers.begin(), m_layers.end(),
                                    [&name](const auto& layer) { return layer.name == name; });
    return found != m_layers.end() ? &*found : nullptr;
}

bool LayerStack::isVisible(const QString& name) const {
    return std::any_of(m_layers.begin(), m_layers.end(),
                       [&name](const auto& layer) { return layer.name == name && layer.visible; });
}

QStringList LayerStack::clickable() const {
    std::array<QStringList, 3> ranks;
    for (const auto& layer : m_layers) {
        if (layer.visible) {
            const auto kind = m_kinds.at(layer.name);
            ranks[kind == LayerKind::Inventory ? 0 : outlines::isReference(kind) ? 2 : 1] << layer.name;
        }
    }
    // Of several epochs, or side layers, the one that is edited.
    if (const auto at = ranks[0].indexOf(edited()); at > 0) {
        ranks[0].move(at, 0);
    }
    if (ranks[1].removeOne(edited())) {
        ranks[0].prepend(edited());
    }
    return ranks[0] + ranks[1] + ranks[2];
}

std::vector<outlines::OutlineRef> LayerStack::at(geo::Point point, double reach) const {
    std::vector<outlines::OutlineRef> refs;
    for (const auto& layer : clickable()) {
        for (auto& uuid :
             uuidsAt(m_workspace.session()->project().outlines(layer.toStdString()), point, reach)) {
            refs.push_back({layer.toStdString(), std::move(uuid)});
        }
    }
    return refs;
}

std::optional<outlines::OutlineRef> LayerStack::topmostAt(geo::Point point, double reach) const {
    for (const auto& layer : clickable()) {
        auto there = uuidsAt(m_workspace.session()->project().outlines(layer.toStdString()), point, reach);
        if (!there.empty()) {
            return outlines::OutlineRef{layer.toStdString(), std::move(there.front())};
        }
    }
    return std::nullopt;
}

void LayerStack::edit(const QString& sideLayer) {
    m_side = sideLayer;
    if (const auto side = editedSide()) {
        setVisible(text(side->name), true);
    }
    fillPanel();
}

std::optional<outlines::LayerInfo> LayerStack::editedSide() const {
    const auto kind = m_kinds.find(m_side);
    const auto* session = m_workspace.session();
    return session != nullptr && kind != m_kinds.end() && kind->second == LayerKind::Side
               ? std::optional(session->project().layer(m_side.toStdString()))
               : std::nullopt;
}

QString LayerStack::edited() const {
    const auto side = editedSide();
    return side                               ? text(side->name)
           : m_workspace.session() != nullptr ? m_workspace.session()->inventoryOr({})
                                              : QString();
}

std::optional<outlines::OutlineRef> LayerStack::holderOf(const std::string& uuid) const {
    std::optional<outlines::OutlineRef> reference;
    for (const auto& layer : m_layers) {
        const outlines::OutlineRef candidate{layer.name.toStdString(), uuid};
        if (m_workspace.session()->outline(candidate) == nullptr) {
            continue;
        }
        if (!outlines::isReference(m_kinds.at(layer.name))) {
            return candidate;
        }
        reference = reference ? reference : candidate;
    }
    return reference;
}

} // namespace nunatak::ui::layers
