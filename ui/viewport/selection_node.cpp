// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/selection_node.h"

#include "geo/paths.h"
#include "geo/ring_difference.h"
#include "geo/rings.h"
#include "geo/segments.h"
#include "ui/viewport/line_geometry.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace nunatak::ui::viewport {

namespace {

constexpr double closestHandles = 6; // pixels between neighbours
const QColor dark(8, 14, 22, 230);
const QColor white(255, 255, 255);
const QColor emphasis(255, 196, 0);
constexpr float hiddenOpacity = 0.6F;

double medianSpacing(const geo::MultiPolygon& shape) {
    std::vector<double> lengths;
    if (geo::kindOf(shape) == geo::ShapeKind::Point) {
        return std::numeric_limits<double>::infinity(); // can be taken hold of from anywhere
    }
    geo::forEachRing(shape, [&](const geo::Ring& ring, int, int) {
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const auto& a = ring[i];
            const auto& b = ring[(i + 1) % ring.size()];
            lengths.push_back(geo::distance(a, b));
        }
    });
    if (lengths.empty()) {
        return 0;
    }
    const auto middle = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 2);
    std::nth_element(lengths.begin(), middle, lengths.end());
    return *middle;
}

} // namespace

SelectionNode::SelectionNode(const ShaderPrograms& programs)
    : m_root(new osg::Group), m_hidden(programs, LinePass::Layers - 1), m_halo(programs, LinePass::Selected),
      m_rim(programs, LinePass::Selected + 1), m_core(programs, LinePass::Selected + 2),
      m_handleRims(programs, LinePass::Selected + 3), m_handles(programs, LinePass::Selected + 4),
      m_hoverRim(programs, LinePass::Selected + 5), m_hover(programs, LinePass::Selected + 6),
      m_lines(new osg::Group), m_dots(new osg::Group), m_hoverDot(new osg::Group) {
    for (auto* pass : {&m_hidden, &m_halo, &m_rim, &m_core}) {
        pass->add(m_lines);
        m_root->addChild(pass->node());
    }
    for (auto* pass : {&m_handleRims, &m_handles}) {
        pass->add(m_dots);
        m_root->addChild(pass->node());
    }
    for (auto* pass : {&m_hoverRim, &m_hover}) {
        pass->add(m_hoverDot);
        m_root->addChild(pass->node());
    }
    m_hidden.setEven(true);
    m_hidden.setVisible(false);
    m_handleRims.setLook(dark, 8.5);
    m_handles.setLook(white, 6);
    m_hoverRim.setLook(dark, 14);
    m_hover.setLook(emphasis, 10.5);
}

void SelectionNode::show(const std::vector<Shown>& outlines, const LayerStyle& style, Lines lines) {
    m_isReference = style.isReference;
    m_halo.setLook(dark, style.width + 6);
    m_rim.setLook(white, style.width + 3.6);
    m_core.setLook(style.color, style.width + 0.4);
    auto pale = style.color;
    pale.setAlphaF(hiddenOpacity);
    m_hidden.setLook(pale, style.width);
    const bool hasState = std::any_of(outlines.begin(), outlines.end(), [](const Shown& outline) {
        return nunatak::outlines::stateOf(*outline->outline()) != nunatak::outlines::OutlineState::Untouched;
    });
    m_core.setStates(hasState, LinePass::Middles{style.acceptedMiddle, style.changedMiddle});
    for (auto* pass : {&m_halo, &m_rim}) {
        pass->setStates(hasState, std::nullopt);
    }
    if (lines != m_linesAre) {
        m_linesAre = lines;
        m_tiles.clear();
    }
    const bool isSame = std::equal(
        outlines.begin(), outlines.end(), m_outlines.begin(), m_outlines.end(),
        [](const Shown& outline, const Shown& shown) { return shown->outline() == outline->outline(); });
    if (isSame && !outlines.empty()) {
        return;
    }
    if (const auto changed = edited(outlines)) {
        std::erase_if(m_tiles,
                      [&changed](const auto& tile) { return tile.second.ground.intersects(*changed); });
    } else {
        m_tiles.clear();
        m_spacing = outlines.size() == 1 ? medianSpacing(outlines.front()->outline()->geometry) : 0;
    }
    m_outlines = outlines;
}

std::optional<geo::Extent> SelectionNode::edited(const std::vector<Shown>& outlines) const {
    if (outlines.size() != 1 || m_outlines.size() != 1) {
        return std::nullopt;
    }
    const auto& before = *m_outlines.front()->outline();
    const auto& after = *outlines.front()->outline();
    const bool isEdit =
        before.uuid == after.uuid && nunatak::outlines::stateOf(before) == nunatak::outlines::stateOf(after);
    return isEdit ? geo::changedExtent(before.geometry, after.geometry) : std::nullopt;
}

void SelectionNode::setHovered(const std::optional<geo::VertexId>& vertex) {
    m_hovered = vertex;
}

void SelectionNode::forgetTiles() {
    m_tiles.clear();
    for (auto* group : {m_lines.get(), m_dots.get(), m_hoverDot.get()}) {
        group->removeChildren(0, group->getNumChildren());
    }
}

bool SelectionNode::showsVertices(double metresPerPixel) const {
    return m_outlines.size() == 1 && m_spacing >= closestHandles * metresPerPixel;
}

void SelectionNode::prepare(const TileFrame& frame, const Scale& metresPerPixel) {
    for (auto* group : {m_lines.get(), m_dots.get(), m_hoverDot.get()}) {
        group->removeChildren(0, group->getNumChildren());
    }
    if (m_outlines.empty()) {
        return;
    }
    constexpr std::size_t mostTiles = 400;
    if (m_tiles.size() > mostTiles) {
        m_tiles.clear();
    }
    const bool hasHandles = m_outlines.size() == 1;
    if (m_linesAre == Lines::Given && !hasHandles) {
        return;
    }
    const auto& shape = m_outlines.front()->outline()->geometry;
    const auto* hovered = m_hovered && hasHandles ? geo::vertexAt(shape, *m_hovered) : nullptr;
    const auto add = [](osg::Group& group, osg::Geometry* geometry, const TileFrame::Item& item) {
        if (geometry != nullptr) {
            geometry->setStateSet(item.morphState);
            group.addChild(geometry);
        }
    };
    terrain::RingsOfFrame rings;
    for (const auto& item : frame.drawn) {
        auto& tile = m_tiles[item.data->id];
        if (tile.tolerance != item.tolerance && m_linesAre == Lines::Own) {
            terrain::TileLineBuilder lines(*item.data, frame.origin, item.tolerance);
            for (const auto& outline : m_outlines) {
                if (outline->extent().intersects(item.data->ground)) {
                    lines.addOutline(*outline, rings.of(*outline, item.tolerance), false);
                }
            }
            tile.line = lineGeometry(lines.take());
            tile.tolerance = item.tolerance;
        }
        tile.ground = item.data->ground;
        const auto middle = item.data->ground.center();
        const bool showsDots =
            hasHandles && !m_isReference && m_outlines.front()->extent().intersects(item.data->ground) &&
            showsVertices(metresPerPixel({middle.x, middle.y, (item.data->lowest + item.data->highest) / 2}));
        if (showsDots && !tile.hasDots) {
            terrain::TileLineBuilder dots(*item.data, frame.origin, 0);
            geo::forEachRing(shape, [&](const geo::Ring& ring, int, int) {
                for (const auto& point : ring) {
                    dots.addDot(point);
                }
            });
            tile.dots = lineGeometry(dots.take());
            tile.hasDots = true;
        }
        add(*m_lines, tile.line, item);
        if (showsDots) {
            add(*m_dots, tile.dots, item);
        }
        if (hovered != nullptr) {
            terrain::TileLineBuilder dot(*item.data, frame.origin, 0);
            dot.addDot(*hovered);
            add(*m_hoverDot, lineGeometry(dot.take()), item);
        }
    }
}

} // namespace nunatak::ui::viewport
