// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/viewport_probe.h"

#include "ui/viewport/scene_graph.h"
#include "ui/viewport/terrain_node.h"
#include "ui/viewport/viewport_impl.h"

namespace nunatak::ui::viewport {

void ViewportProbe::showCoordinates(const geo::Extent& extent) {
    if (auto* node = m_viewport.m_impl->scene ? m_viewport.m_impl->scene->terrainNode() : nullptr) {
        node->showCoordinates(extent);
        m_viewport.update();
    }
}

void ViewportProbe::paintByShader(bool paints) {
    m_viewport.m_impl->painting = paints;
    if (m_viewport.m_impl->scene) {
        m_viewport.m_impl->sharp = false;
        m_viewport.m_impl->scene->setPaintsByShader(paints);
        m_viewport.update();
    }
}

void ViewportProbe::holdMorph(double morph) {
    if (auto* node = m_viewport.m_impl->scene ? m_viewport.m_impl->scene->terrainNode() : nullptr) {
        node->holdMorph(morph);
        m_viewport.update();
    }
}

} // namespace nunatak::ui::viewport
