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

geo::Extent extentInDegrees(std::span<const geo::Point> points) {
    geo::Extent extent;
    std::vector<double> longitudes;
    for (const geo::Point& point : points) {
        extent.include(point);
        longitudes.push_back(normalLongitude(point.x));
    }
    if (longitudes.empty()) {
        return extent;
    }
    // What lies between the two neighbours that are farthest from one another is left out.
    std::sort(longitudes.begin(), longitudes.end());
    extent.xmin = longitudes.front();
    extent.xmax = longitudes.back();
    double widest = longitudes.front() + turn - longitudes.back();
    for (std::size_t i = 1; i < longitudes.size(); ++i) {
        if (const double gap = longitudes[i] - longitudes[i - 1]; gap > widest) {
            widest = gap;
            extent.xmin = longitudes[i];
            extent.xmax = longitudes[i - 1] + turn;
        }
    }
    return extent;
}

} // namespace nunatak::exchange
