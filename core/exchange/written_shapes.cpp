// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/written_shapes.h"

#include "geo/antimeridian.h"
#include "geo/paths.h"
#include "geo/shape_operations.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace nunatak::exchange {

namespace {

constexpr double turn = 360;
constexpr double half = turn / 2;

bool isWithinOneTurn(const geo::MultiPolygon& shape) {
    const geo::Extent extent = geo::extentOf(shape);
    return extent.xmin >= -half && extent.xmax <= half && extent.width() < half;
}

} // namespace

geo::MultiPolygon asWritten(geo::MultiPolygon inDegrees) {
    geo::unwrap(inDegrees);
    return geo::cutAtAntimeridian(geo::invalidReason(inDegrees).empty() ? inDegrees
                                                                        : geo::madeValid(inDegrees));
}

WrittenShapes::WrittenShapes(const PreparedExport& prepared, const geo::Crs& crs)
    : m_prepared(prepared), m_isSame(prepared.crs == crs), m_transform(crs, prepared.crs) {}

const geo::MultiPolygon& WrittenShapes::operator()(std::size_t i) {
    const auto& shape = m_prepared.measured.shape(i);
    const bool isGeographic = m_prepared.crs.isGeographic() && !geo::isPath(shape);
    if (m_isSame && (!isGeographic || isWithinOneTurn(shape))) {
        return shape;
    }
    if (!isGeographic) {
        m_made = m_transform(shape);
        return m_made;
    }
    const auto& known = m_prepared.measured.inDegrees;
    m_made = asWritten(m_isSame                               ? shape
                       : !m_prepared.isWgs84 || known.empty() ? m_transform(shape)
                                                              : known[i]);
    return m_made;
}

double normalLongitude(double longitude) {
    return longitude - turn * std::floor((longitude + half) / turn);
}

geo::Extent extentInDegrees(std::span<const geo::Extent> extents) {
    std::vector<geo::Extent> sorted;
    geo::Extent all;
    for (geo::Extent each : extents) {
        if (each.empty()) {
            continue;
        }
        const double width = std::min(each.width(), turn);
        each.xmin = normalLongitude(each.xmin);
        each.xmax = each.xmin + width;
        sorted.push_back(each);
        all.include(each);
    }
    if (sorted.empty()) {
        return all;
    }
    // What lies between two neighbours that are farthest from one another is left out.
    std::sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.xmin < b.xmin; });
    double east = sorted.front().xmax;
    all.xmin = sorted.front().xmin;
    for (const geo::Extent& each : sorted) {
        east = std::max(east, each.xmax);
    }
    double widest = sorted.front().xmin + turn - east;
    all.xmax = widest < 0 ? all.xmin + turn : east;
    double reached =
        std::max(sorted.front().xmax, east - turn); // what lies beyond 180° lies in the west, too
    for (const geo::Extent& each : sorted) {
        if (const double gap = each.xmin - reached; gap > widest) {
            widest = gap;
            all.xmin = each.xmin;
            all.xmax = std::max(reached + turn, east);
        }
        reached = std::max(reached, each.xmax);
    }
    return all;
}

geo::Extent extentInDegrees(std::span<const ExportedOutline> outlines) {
    constexpr double pole = 90;
    std::vector<geo::Extent> extents;
    for (const ExportedOutline& each : outlines) {
        geo::Extent extent = each.extentInDegrees;
        if (extent.empty()) {
            extent = {};
            extent.include(geo::Point{-half, each.inside.y});
            extent.include(geo::Point{half, each.inside.y < 0 ? -pole : pole});
        }
        extents.push_back(extent);
    }
    return extentInDegrees(extents);
}

} // namespace nunatak::exchange
