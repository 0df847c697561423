// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/layers/layer_stack.h"

#include "ui/base/format.h"
#include "ui/session/workspace.h"

#include <algorithm>

namespace nunatak::ui::layers {

using session::LineLook;
using session::orderedLayers;
using session::ViewState;
using session::Workspace;
using viewport::LayerStyle;
using viewport::Viewport;

LayerStyle styleOf(const ViewState::Layer& layer) {
    auto color = layer.look.color;
    color.setAlphaF(static_cast<float>(layer.look.opacity));
    return {color, layer.look.width, layer.visible, figure::middleOf(color)};
}

LayerStack::LayerStack(Workspace& workspace, Viewport& viewport, LayerPanel& panel, QObject* parent)
    : QObject(parent), m_workspace(workspace), m_viewport(viewport), m_panel(panel) {
    connect(&m_panel, &LayerPanel::visibilityChanged, this, &LayerStack::setVisible);
    connect(&m_panel, &LayerPanel::lookChanged, this, [this](const QString& name, const LineLook& look) {
        if (auto* layer = find(name); layer != nullptr) {
            layer->look = look;
            m_viewport.setLayerStyle(name, styleOf(*layer));
            fillPanel();
        }
    });
    connect(&m_panel, &LayerPanel::orderChanged, this, &LayerStack::adoptOrder);
}

void LayerStack::restore(std::vector<ViewState::Layer> layers) {
    m_layers = std::move(layers);
    refresh();
}

void LayerStack::clear() {
    for (const auto& layer : m_layers) {
        m_viewport.removeLayer(layer.name);
    }
    m_layers.clear();
    m_reviewed.clear();
    m_panel.setLayers({});
    Q_EMIT changed();
}

void LayerStack::refresh() {
    const auto* session = m_workspace.session();
    if (session == nullptr) {
        return;
    }
    auto ordered = orderedLayers(m_layers, session->project().layers());
    for (const auto& layer : m_layers) {
        const bool kept = std::any_of(ordered.begin(), ordered.end(),
                                      [&layer](const auto& other) { return other.name == layer.name; });
        if (!kept) {
            m_viewport.removeLayer(layer.name);
        }
    }
    m_layers = std::move(ordered);
    // The viewport draws in the order in which it is told; the topmost comes last.
    for (auto layer = m_layers.rbegin(); layer != m_layers.rend(); ++layer) {
        draw(*layer);
    }
    countReviews();
    fillPanel();
}

void LayerStack::redraw(const QStringList& layers) {
    for (const auto& name : layers) {
        if (const auto* layer = find(name); layer != nullptr) {
            draw(*layer);
        }
    }
    countReviews();
    fillPanel();
}

void LayerStack::countReviews() {
    const auto& project = m_workspace.session()->project();
    m_reviewed.clear();
    for (const auto& layer : m_layers) {
        const auto name = layer.name.toStdString();
        auto& reviewed = m_reviewed[layer.name];
        reviewed.count = project.reviewCount(name);
        for (const auto& outline : project.outlines(name).all()) {
            if (outline->review != outlines::Review::NotReviewed) {
                reviewed.ofItsOwn.insert(outline->review);
            }
        }
    }
}

std::vector<figure::LineSample> LayerStack::reviews() const {
    std::set<outlines::Review> occurring;
    const ViewState::Layer* topmost = nullptr;
    for (const auto& layer : m_layers) {
        const auto found = m_reviewed.find(layer.name);
        if (!layer.visible || found == m_reviewed.end()) {
            continue;
        }
        const auto& [count, own] = found->second;
        occurring.insert(own.begin(), own.end());
        if (count.reviewed() < count.outlines) {
            occurring.insert(outlines::Review::NotReviewed);
        }
        if (topmost == nullptr &&
            (own.contains(outlines::Review::Accepted) || own.contains(outlines::Review::Doubtful))) {
            topmost = &layer;
        }
    }
    std::vector<figure::LineSample> samples;
    if (topmost != nullptr) {
        const auto style = styleOf(*topmost);
        for (const auto review :
             {outlines::Review::Accepted, outlines::Review::Doubtful, outlines::Review::NotReviewed}) {
            if (occurring.contains(review)) {
                samples.push_back({reviewText(review), {style.color, style.width, review}});
            }
        }
    }
    return samples;
}

void LayerStack::draw(const ViewState::Layer& layer) {
    m_viewport.setLayer(layer.name, m_workspace.session()->outlines(layer.name), styleOf(layer));
}

void LayerStack::setVisible(const QString& name, bool visible) {
    if (auto* layer = find(name); layer != nullptr && layer->visible != visible) {
        layer->visible = visible;
        m_viewport.setLayerStyle(name, styleOf(*layer));
        fillPanel();
    }
}

void LayerStack::fillPanel() {
    const auto& project = m_workspace.session()->project();
    std::vector<LayerRow> rows;
    for (const auto& layer : m_layers) {
        const auto info = project.layer(layer.name.toStdString());
        const auto& count = m_reviewed[layer.name].count;
        rows.push_back({layer.name, info.kind, text(info.date),
                        static_cast<int>(project.outlines(info.name).size()), count.accepted, count.doubtful,
                        layer.look, layer.visible});
    }
    m_panel.setLayers(rows);
    Q_EMIT changed();
}

void LayerStack::adoptOrder() {
    std::vector<ViewState::Layer> ordered;
    for (const auto& row : m_panel.layers()) {
        ordered.push_back({row.name, row.look, row.visible});
    }
    for (const auto& layer : m_layers) {
        m_viewport.removeLayer(layer.name);
    }
    m_layers = std::move(ordered);
    refresh();
}

ViewState::Layer* LayerStack::find(const QString& name) {
    const auto found = std::find_if(m_layers.begin(), m_layers.end(),
                                    [&name](const auto& layer) { return layer.name == name; });
    return found != m_layers.end() ? &*found : nullptr;
}

QStringList LayerStack::clickable() const {
    QStringList edited;
    QStringList references;
    for (const auto& layer : m_layers) {
        if (layer.visible) {
            const auto kind = m_workspace.session()->project().layer(layer.name.toStdString()).kind;
            (outlines::isReference(kind) ? references : edited) << layer.name;
        }
    }
    return edited + references;
}

std::optional<outlines::OutlineRef> LayerStack::at(geo::Point point) const {
    for (const auto& layer : clickable()) {
        const auto name = layer.toStdString();
        if (const auto hit = m_workspace.session()->project().outlines(name).at(point)) {
            return outlines::OutlineRef{name, hit->uuid};
        }
    }
    return std::nullopt;
}

std::optional<outlines::OutlineRef> LayerStack::holderOf(const std::string& uuid) const {
    for (const auto& layer : m_layers) {
        const outlines::OutlineRef candidate{layer.name.toStdString(), uuid};
        if (m_workspace.session()->outline(candidate) != nullptr) {
            return candidate;
        }
    }
    return std::nullopt;
}

} // namespace nunatak::ui::layers
