// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/brush.h"

#include "base/error.h"
#include "editing/gate.h"
#include "editing/reshape.h"
#include "editing/thin_stroke.h"
#include "geo/rings.h"
#include "geo/shape_operations.h"
#include "outlines/outline_name.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace nunatak::editing {

namespace {

constexpr double pi = 3.14159265358979323846;
constexpr double fewestCorners = 16;
constexpr double mostCorners = 256;

/// The corners of a disc around the origin, counter-clockwise.
geo::Ring disc(const Brush& brush) {
    const double within = brush.pixel / 4;
    const double turn = within < brush.radius ? std::acos(1 - within / brush.radius) : pi;
    const double corners = std::clamp(std::ceil(pi / std::max(turn, 1e-6)), fewestCorners, mostCorners);
    geo::Ring ring;
    for (double i = 0; i < corners; ++i) {
        const double angle = 2 * pi * i / corners;
        ring.push_back({brush.radius * std::cos(angle), brush.radius * std::sin(angle)});
    }
    return ring;
}

/// Without holes that the brush left between its ways, of less than a pixel.
geo::MultiPolygon withoutPinholes(geo::MultiPolygon region, double pixel) {
    for (geo::Polygon& part : region) {
        std::erase_if(part.holes,
                      [&](const geo::Ring& hole) { return std::abs(geo::signedArea(hole)) < pixel * pixel; });
    }
    return region;
}

} // namespace

geo::MultiPolygon swept(geo::Point from, geo::Point to, const Brush& brush) {
    if (!(brush.radius > 0) || !std::isfinite(brush.radius)) {
        throw Error("A brush has a radius.");
    }
    const geo::Ring corners = disc(brush);
    geo::Ring ring;
    const auto add = [&](geo::Point corner, geo::Point at) {
        const geo::Point point{at.x + corner.x, at.y + corner.y};
        if (ring.empty() || point != ring.back()) {
            ring.push_back(point);
        }
    };
    // Edges that look ahead are those of the disc at the end of the way.
    for (std::size_t i = 0; i < corners.size(); ++i) {
        const geo::Point a = corners[i];
        const geo::Point b = corners[(i + 1) % corners.size()];
        const bool isAhead = (b.y - a.y) * (to.x - from.x) - (b.x - a.x) * (to.y - from.y) > 0;
        add(a, isAhead ? to : from);
        add(b, isAhead ? to : from);
    }
    while (ring.size() > 1 && ring.front() == ring.back()) {
        ring.pop_back();
    }
    return {{std::move(ring), {}}};
}

BrushStroke::BrushStroke(Draft draft, outlines::OutlineRef ref, Brush brush, Neighbours neighbours)
    : m_start(draft), m_painted(std::move(draft)), m_ref(std::move(ref)), m_brush(brush),
      m_neighbours(neighbours) {}

void BrushStroke::paintTo(geo::Point place) {
    if (!geo::isFinite(place)) {
        throw Error("A line cannot lead through a place without coordinates.");
    }
    if (!m_way.empty() && place == m_way.back()) {
        return;
    }
    Draft painted = m_painted;
    try {
        layRegion(painted, m_ref, swept(m_way.empty() ? place : m_way.back(), place, m_brush), m_brush.ground,
                  m_neighbours);
    } catch (const GroundIsTaken&) {
        m_metOthers = true;
    } catch (const NothingChanges&) {
        // The way counts: what is painted later hangs on it.
    }
    m_painted = std::move(painted);
    m_way.push_back(place);
}

Edit BrushStroke::editOf(const Draft& draft) const {
    const std::string name = withNeighbours(draft, m_ref, outlines::nameInSentence(*m_start.require(m_ref)));
    return draft.edit(m_brush.ground == Ground::Add ? "Paint ice of " + name : "Paint ice off " + name,
                      m_ref);
}

Edit BrushStroke::edit() const {
    return editOf(m_painted);
}

Edit BrushStroke::finished() const {
    if (edit().empty()) {
        return edit();
    }
    const geo::Ring way = thinnedStroke(m_way, m_brush.pixel);
    std::vector<geo::MultiPolygon> ways{swept(way.front(), way.front(), m_brush)};
    for (std::size_t i = 0; i + 1 < way.size(); ++i) {
        ways.push_back(swept(way[i], way[i + 1], m_brush));
    }
    Draft smooth = m_start;
    try {
        layRegion(smooth, m_ref, withoutPinholes(geo::unionOf(ways), m_brush.pixel), m_brush.ground,
                  m_neighbours);
    } catch (const Refused&) {
        return edit(); // what is less smooth was possible all along
    }
    return editOf(smooth);
}

} // namespace nunatak::editing
