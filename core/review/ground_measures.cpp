// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/ground_measures.h"

#include "geo/ground_scale.h"
#include "geo/rings.h"
#include "geo/segments.h"

#include <cmath>

namespace nunatak::review {

namespace {

std::pair<std::int64_t, std::int64_t> cellOf(geo::Point place, double side) {
    return {static_cast<std::int64_t>(std::floor(place.x / side)),
            static_cast<std::int64_t>(std::floor(place.y / side))};
}

} // namespace

double GroundMeasures::metresPerUnit(geo::Point place) {
    const double cell = 10'000 / m_crs.metresPerUnit();
    const auto key = cellOf(place, cell);
    const auto known = m_known.find(key);
    if (known != m_known.end()) {
        return known->second;
    }
    const double metres = geo::groundMetresPerUnit(m_crs, {(static_cast<double>(key.first) + 0.5) * cell,
                                                           (static_cast<double>(key.second) + 0.5) * cell});
    m_known.emplace(key, metres);
    return metres;
}

double GroundMeasures::area(const outlines::SharedOutline& outline) {
    const double cell = 100'000 / m_crs.metresPerUnit();
    const auto key = cellOf(outline.extent().center(), cell);
    auto known = m_areas.find(key);
    if (known == m_areas.end()) {
        const double west = static_cast<double>(key.first) * cell;
        const double south = static_cast<double>(key.second) * cell;
        known = m_areas.emplace(key, geo::GroundAreas(m_crs, {west, south, west + cell, south + cell})).first;
    }
    return known->second.of(outline.geometry);
}

double lengthOf(const geo::MultiPolygon& shape) {
    double length = 0;
    geo::forEachRing(shape, [&](const geo::Ring& ring, int, int) {
        for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
            length += geo::distance(ring[j], ring[i]);
        }
    });
    return length;
}

} // namespace nunatak::review
