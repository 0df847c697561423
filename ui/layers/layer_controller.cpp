// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/layers/layer_controller.h"

#include "review/glacier_order.h"
#include "ui/base/format.h"
#include "ui/layers/layer_panel.h"
#include "ui/session/workspace.h"
#include "ui/viewport/clear_framing.h"
#include "ui/viewport/viewport.h"

#include <algorithm>

namespace nunatak::ui::layers {

using session::SelectionModel;
using session::Session;
using session::Workspace;
using viewport::Viewport;

namespace {

constexpr double mostTilt = 35; // degrees: steeper than slopes that glaciers lie behind

/// Of what is selected.
std::vector<geo::Point> placesOf(const Workspace& workspace) {
    std::vector<geo::Point> places;
    for (const auto& selected : workspace.selection().outlines()) {
        if (const auto outline = workspace.session()->outline(selected)) {
            viewport::addPlaces(outline->geometry, outline->extent(), places);
        }
    }
    return places;
}

} // namespace

LayerController::LayerController(Workspace& workspace, Viewport& viewport, LayerPanel& panel)
    : m_workspace(workspace), m_viewport(viewport), m_stack(workspace, viewport, panel, nullptr),
      m_hover(workspace, viewport, m_stack) {
    connect(&m_workspace, &Workspace::sessionStarted, this, &LayerController::begin);
    connect(&m_workspace, &Workspace::sessionEnding, this, [this] {
        auto& view = m_workspace.session()->view();
        const auto selected = m_workspace.selection().current();
        view.layers = m_stack.layers();
        view.selectedLayer = selected ? text(selected->layer) : QString();
        view.selectedUuid = selected ? text(selected->uuid) : QString();
    });
    connect(&m_workspace, &Workspace::sessionEnded, this, &LayerController::end);
    connect(&m_workspace.selection(), &SelectionModel::changed, this, &LayerController::showSelection);
    connect(&m_workspace.selection(), &SelectionModel::edited, this, &LayerController::showSelection);
    connect(&m_stack, &LayerStack::changed, this, &LayerController::changed);
    connect(&panel, &LayerPanel::zoomRequested, this, &LayerController::zoomToLayer);
}

void LayerController::begin() {
    auto* session = m_workspace.session();
    const auto& view = session->view();
    m_stack.restore(view.layers);
    m_workspace.selection().select(
        outlines::OutlineRef{view.selectedLayer.toStdString(), view.selectedUuid.toStdString()});
}

void LayerController::end() {
    showSelection();
    m_stack.clear();
}

void LayerController::showSelection() {
    // First what there is to select.
    m_stack.setSelected(m_workspace.session() != nullptr ? m_workspace.selection().outlines()
                                                         : std::vector<outlines::OutlineRef>());
    m_viewport.setSelection(m_workspace.selection().outlines());
}

void LayerController::stepGlacier(int step, const QString& layer) {
    const auto* session = m_workspace.session();
    const auto selected = m_workspace.selection().current();
    const auto name = selected ? text(selected->layer) : layer;
    if (session == nullptr || !session->project().hasLayer(name.toStdString())) {
        return;
    }
    const auto next = nunatak::review::neighbourByArea(session->outlines(name),
                                                       selected ? selected->uuid : std::string(), step);
    if (next != nullptr) {
        m_stack.setVisible(name, true);
        m_workspace.selection().select(outlines::OutlineRef{name.toStdString(), next->uuid});
        zoomToSelection();
    }
}

void LayerController::frame(const geo::Extent& extent, double mostTilt) {
    viewport::frameClear(m_viewport, extent, mostTilt);
}

geo::Extent LayerController::extentOfSelection() const {
    geo::Extent extent;
    for (const auto& selected : m_workspace.selection().outlines()) {
        if (const auto outline = m_workspace.session()->outline(selected)) {
            extent.include(outline->extent());
        }
    }
    return extent;
}

void LayerController::zoomToSelection() {
    viewport::frameClear(m_viewport, placesOf(m_workspace));
}

void LayerController::lookDownOnSelection() {
    frame(extentOfSelection(), mostTilt);
}

void LayerController::flyTo(const geo::Extent& extent) {
    frame(extent, mostTilt);
}

void LayerController::lookFromTheSide() {
    geo::MultiPolygon selected;
    for (const auto& ref : m_workspace.selection().outlines()) {
        if (const auto outline = m_workspace.session()->outline(ref)) {
            selected.insert(selected.end(), outline->geometry.begin(), outline->geometry.end());
        }
    }
    if (selected.empty()) {
        m_viewport.setView(Viewport::View::Oblique);
    } else {
        m_viewport.lookUp(selected);
    }
}

void LayerController::zoomToLayer(const QString& layer) {
    const auto extent = m_workspace.session()->project().outlines(layer.toStdString()).extent();
    if (!extent.empty()) {
        m_viewport.frame(extent);
    }
}

void LayerController::flyTo(const comparison::GlacierRow& row) {
    if (m_workspace.session() == nullptr || row.extent.empty()) {
        return;
    }
    m_workspace.selection().select(m_stack.holderOf(row.uuid));
    frame(row.extent);
}

} // namespace nunatak::ui::layers
