// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewport/selection_node.h"

#include "viewport/line_geometry.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace nunatak::ui {

namespace {

constexpr double closestHandles = 6; // pixels between neighbours
const QColor dark(8, 14, 22, 230);
const QColor white(255, 255, 255);
const QColor emphasis(255, 196, 0);

template <typename Visit> void visitRings(const geo::MultiPolygon& shape, Visit visit) {
    for (const auto& polygon : shape) {
        visit(polygon.outer);
        for (const auto& hole : polygon.holes) {
            visit(hole);
        }
    }
}

double medianSpacing(const geo::MultiPolygon& shape) {
    std::vector<double> lengths;
    visitRings(shape, [&](const geo::Ring& ring) {
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const auto& a = ring[i];
            const auto& b = ring[(i + 1) % ring.size()];
            lengths.push_back(std::hypot(b.x - a.x, b.y - a.y));
        }
    });
    if (lengths.empty()) {
        return 0;
    }
    const auto middle = lengths.begin() + static_cast<std::ptrdiff_t>(lengths.size() / 2);
    std::nth_element(lengths.begin(), middle, lengths.end());
    return *middle;
}

const geo::Point* vertexOf(const geo::MultiPolygon& shape, const geo::VertexId& vertex) {
    if (vertex.part < 0 || static_cast<std::size_t>(vertex.part) >= shape.size()) {
        return nullptr;
    }
    const auto& polygon = shape[static_cast<std::size_t>(vertex.part)];
    if (vertex.ring < 0 || static_cast<std::size_t>(vertex.ring) > polygon.holes.size()) {
        return nullptr;
    }
    const auto& ring =
        vertex.ring == 0 ? polygon.outer : polygon.holes[static_cast<std::size_t>(vertex.ring) - 1];
    if (vertex.index < 0 || static_cast<std::size_t>(vertex.index) >= ring.size()) {
        return nullptr;
    }
    return &ring[static_cast<std::size_t>(vertex.index)];
}

} // namespace

SelectionNode::SelectionNode(const ShaderPrograms& programs, int order)
    : m_root(new osg::Group), m_halo(programs, order), m_rim(programs, order + 1),
      m_core(programs, order + 2), m_handleRims(programs, order + 3), m_handles(programs, order + 4),
      m_hoverRim(programs, order + 5), m_hover(programs, order + 6) {
    for (const auto* pass : {&m_halo, &m_rim, &m_core, &m_handleRims, &m_handles, &m_hoverRim, &m_hover}) {
        m_root->addChild(pass->group());
    }
    m_handleRims.setLook(dark, 8.5);
    m_handles.setLook(white, 6);
    m_hoverRim.setLook(dark, 14);
    m_hover.setLook(emphasis, 10.5);
}

void SelectionNode::show(const geo::MultiPolygon* shape, const terrain::Terrain* terrain, geo::Point origin,
                         const QColor& color, double width) {
    osg::ref_ptr<osg::Geometry> line;
    osg::ref_ptr<osg::Geometry> dots;
    if (shape != nullptr && terrain != nullptr) {
        LineGeometryBuilder lines(*terrain, origin);
        lines.addShape(*shape);
        line = lines.take();
        LineGeometryBuilder handles(*terrain, origin);
        const auto extent = terrain->heightGrid.extent();
        visitRings(*shape, [&](const geo::Ring& ring) {
            for (const auto& point : ring) {
                if (extent.contains(point)) {
                    handles.addDot(point);
                }
            }
        });
        dots = handles.take();
        m_spacing = medianSpacing(*shape);
    }
    m_halo.setLook(dark, width + 6);
    m_rim.setLook(white, width + 3.6);
    m_core.setLook(color, width + 0.4);
    for (auto* pass : {&m_halo, &m_rim, &m_core}) {
        pass->replaceWith(line);
    }
    m_handleRims.replaceWith(dots);
    m_handles.replaceWith(dots);
}

void SelectionNode::setHovered(const std::optional<geo::VertexId>& vertex, const geo::MultiPolygon* shape,
                               const terrain::Terrain* terrain, geo::Point origin) {
    osg::ref_ptr<osg::Geometry> dot;
    if (vertex && shape != nullptr && terrain != nullptr) {
        if (const auto* point = vertexOf(*shape, *vertex)) {
            LineGeometryBuilder builder(*terrain, origin);
            builder.addDot(*point);
            dot = builder.take();
        }
    }
    m_hoverRim.replaceWith(dot);
    m_hover.replaceWith(dot);
}

void SelectionNode::setMetresPerPixel(double metres) {
    const bool visible = m_spacing >= closestHandles * metres;
    m_handleRims.setVisible(visible);
    m_handles.setVisible(visible);
}

} // namespace nunatak::ui
