// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terrain/tile_lines.h"

#include "geo/paths.h"
#include "geo/rings.h"
#include "ui/terrain/draped_line.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>

namespace nunatak::ui::terrain {

namespace {

/// How far a point lies from a piece, in space and where the tile is drawn as its parent.
double squaredDistance(const MorphPoint& point, const MorphPoint& from, const MorphPoint& to) {
    const auto span = to.place - from.place;
    const double coarseSpan = to.coarse - from.coarse;
    const double size = span.x * span.x + span.y * span.y;
    const auto offset = point.place - from.place;
    // On the map, the point and the piece are in one straight line or nearly so.
    const double along = size > 0 ? std::clamp((offset.x * span.x + offset.y * span.y) / size, 0.0, 1.0) : 0;
    const auto away = offset - span * along;
    const double coarse = point.coarse - from.coarse - coarseSpan * along;
    return away.x * away.x + away.y * away.y + std::max(away.z * away.z, coarse * coarse);
}

/// The part of a segment inside an extent (Liang and Barsky 1984); none when it misses it.
std::optional<std::pair<geo::Point, geo::Point>> clipped(geo::Point from, geo::Point to,
                                                         const geo::Extent& extent) {
    double begin = 0;
    double end = 1;
    const auto axis = [&](double start, double step, double low, double high) {
        if (step == 0) {
            return start >= low && start <= high;
        }
        const double a = (low - start) / step;
        const double b = (high - start) / step;
        begin = std::max(begin, std::min(a, b));
        end = std::min(end, std::max(a, b));
        return begin <= end;
    };
    const double dx = to.x - from.x;
    const double dy = to.y - from.y;
    if (!axis(from.x, dx, extent.xmin, extent.xmax) || !axis(from.y, dy, extent.ymin, extent.ymax)) {
        return std::nullopt;
    }
    const auto at = [&](double t) { return geo::Point{from.x + dx * t, from.y + dy * t}; };
    return std::pair(begin > 0 ? at(begin) : from, end < 1 ? at(end) : to);
}

bool isDashedLine(outlines::OutlineState state) {
    return state == outlines::OutlineState::Doubtful || state == outlines::OutlineState::Removed ||
           state == outlines::OutlineState::Reference;
}

} // namespace

TileLineBuilder::TileLineBuilder(const TileData& tile, geo::Point origin, double tolerance)
    : m_tile(tile), m_origin(origin), m_tolerance(tolerance), m_extent(tile.ground) {}

void TileLineBuilder::addOutline(const ThinnedOutline& outline, bool isReference) {
    if (outline.extent().intersects(m_extent)) {
        addOutline(outline, outline.rings(m_tolerance), isReference);
    }
}

void TileLineBuilder::addOutline(const ThinnedOutline& outline, const std::vector<geo::Ring>& rings,
                                 bool isReference) {
    const auto first = m_lines.pieces();
    m_state = isReference ? outlines::OutlineState::Reference : outlines::stateOf(*outline.outline());
    const bool isPath = geo::isPath(outline.outline()->geometry);
    for (const auto& ring : rings) {
        if (isPath && ring.size() == 1) {
            addDot(ring.front());
        } else {
            addPath(ring, !isPath);
        }
    }
    m_state = outlines::OutlineState::Untouched;
    if (m_lines.pieces() > first) {
        m_lines.ranges.push_back({outline.outline()->uuid, first, m_lines.pieces() - first});
    }
}

void TileLineBuilder::addShape(const geo::MultiPolygon& shape) {
    geo::forEachRing(shape, [this](const geo::Ring& ring, int, int) { addPath(ring, true); });
}

void TileLineBuilder::addDashedPath(const std::vector<geo::Point>& points, bool isClosed) {
    m_state = outlines::OutlineState::Reference;
    addPath(points, isClosed);
    m_state = outlines::OutlineState::Untouched;
}

void TileLineBuilder::addPath(const std::vector<geo::Point>& points, bool isClosed) {
    const bool isDashed = isDashedLine(m_state);
    double travel = 0;  // to the segment's beginning
    double passing = 0; // to its end
    const std::size_t segments = isClosed || points.empty() ? points.size() : points.size() - 1;
    for (std::size_t i = 0; i < segments; ++i) {
        const auto& from = points[i];
        const auto& to = points[(i + 1) % points.size()];
        if (isDashed) {
            travel = passing;
            passing += std::hypot(to.x - from.x, to.y - from.y);
        }
        if (std::max(from.x, to.x) < m_extent.xmin || std::min(from.x, to.x) > m_extent.xmax ||
            std::max(from.y, to.y) < m_extent.ymin || std::min(from.y, to.y) > m_extent.ymax) {
            addLine();
            continue;
        }
        m_segment.clear();
        if (const auto part = clipped(from, to, m_extent)) {
            appendDraped(m_tile.mesh, part->first, part->second, m_segment);
        }
        if (m_segment.empty()) {
            addLine();
            continue;
        }
        // Where a ring leaves the tile and comes back, a line ends and another begins.
        const bool continues =
            !m_line.empty() && length(m_segment.front() - m_line.back().point.place) < 1e-3;
        if (!continues) {
            addLine();
        }
        for (std::size_t k = continues ? 1 : 0; k < m_segment.size(); ++k) {
            const auto& place = m_segment[k];
            const double here = isDashed ? travel + std::hypot(place.x - from.x, place.y - from.y) : 0;
            m_line.push_back({{place, m_tile.coarse.heightAt({place.x, place.y})}, here});
        }
    }
    addLine();
}

void TileLineBuilder::addLine() {
    if (m_line.size() < 2) {
        m_line.clear();
        return;
    }
    std::vector<bool> kept(m_line.size(), m_tolerance <= 0);
    kept.front() = kept.back() = true;
    std::vector<std::pair<std::size_t, std::size_t>> open;
    if (m_tolerance > 0) {
        open.emplace_back(0, m_line.size() - 1);
    }
    while (!open.empty()) {
        const auto [first, last] = open.back();
        open.pop_back();
        double most = m_tolerance * m_tolerance;
        std::size_t farthest = first;
        for (std::size_t i = first + 1; i < last; ++i) {
            const double distance = squaredDistance(m_line[i].point, m_line[first].point, m_line[last].point);
            if (distance > most) {
                most = distance;
                farthest = i;
            }
        }
        if (farthest != first) {
            kept[farthest] = true;
            open.emplace_back(first, farthest);
            open.emplace_back(farthest, last);
        }
    }
    std::size_t last = 0;
    for (std::size_t i = 1; i < m_line.size(); ++i) {
        if (kept[i]) {
            addPiece(m_line[last], m_line[i]);
            last = i;
        }
    }
    m_line.clear();
}

void TileLineBuilder::addDot(geo::Point map) {
    // Half-open, or a place on the edge of two tiles gets two dots.
    if (map.x < m_extent.xmin || map.x >= m_extent.xmax || map.y <= m_extent.ymin || map.y > m_extent.ymax) {
        return;
    }
    const LinePoint place{{{map.x, map.y, m_tile.mesh.heightAt(map)}, m_tile.coarse.heightAt(map)}, 0};
    addPiece(place, place);
}

void TileLineBuilder::addPiece(const LinePoint& from, const LinePoint& to) {
    const auto local = [this](const MorphPoint& point) {
        return std::array<float, 3>{static_cast<float>(point.place.x - m_origin.x),
                                    static_cast<float>(point.place.y - m_origin.y),
                                    static_cast<float>(point.place.z)};
    };
    const auto a = local(from.point);
    const auto b = local(to.point);
    const auto coarseA = static_cast<float>(from.point.coarse);
    const auto coarseB = static_cast<float>(to.point.coarse);
    const float side = 1.0F + static_cast<float>(m_state);
    const auto travelA = static_cast<float>(1 + from.travel);
    const auto travelB = static_cast<float>(1 + to.travel);
    for (const float across : {-side, side}) {
        m_lines.vertices.push_back({a, b, {-travelA, across, coarseA, coarseB}});
    }
    for (const float across : {-side, side}) {
        m_lines.vertices.push_back({b, a, {travelB, across, coarseB, coarseA}});
    }
}

TileLines buildTileLines(const OutlineSnapshot& outlines, const TileData& tile, geo::Point origin,
                         double tolerance, const Progress& progress) {
    TileLineBuilder builder(tile, origin, tolerance);
    std::size_t count = 0;
    outlines.forEach([&](const ThinnedOutline& outline) {
        if (++count % 64 == 0) {
            progress.throwIfStopped();
        }
        builder.addOutline(outline, outlines.isReference);
    });
    return builder.take();
}

} // namespace nunatak::ui::terrain
