// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/glacier_order.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace nunatak::ui {

namespace {

/// Map units squared, by the shoelace formula about the ring's first vertex, since coordinates are large.
double ringArea(const geo::Ring& ring) {
    double twice = 0;
    for (std::size_t i = 1; i + 1 < ring.size(); ++i) {
        twice += (ring[i].x - ring[0].x) * (ring[i + 1].y - ring[0].y) -
                 (ring[i + 1].x - ring[0].x) * (ring[i].y - ring[0].y);
    }
    return std::abs(twice) / 2;
}

double planeArea(const geo::MultiPolygon& shape) {
    double area = 0;
    for (const auto& polygon : shape) {
        area += ringArea(polygon.outer);
        for (const auto& hole : polygon.holes) {
            area -= ringArea(hole);
        }
    }
    return area;
}

} // namespace

outlines::OutlineSet::Handle neighbourByArea(const std::vector<outlines::OutlineSet::Handle>& outlines,
                                             const std::string& uuid, int step) {
    if (outlines.empty()) {
        return nullptr;
    }
    std::vector<std::pair<double, outlines::OutlineSet::Handle>> ordered;
    ordered.reserve(outlines.size());
    for (const auto& outline : outlines) {
        ordered.emplace_back(planeArea(outline->geometry), outline);
    }
    std::sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second->uuid < b.second->uuid;
    });
    const auto found = std::find_if(ordered.begin(), ordered.end(),
                                    [&uuid](const auto& entry) { return entry.second->uuid == uuid; });
    const auto count = static_cast<std::ptrdiff_t>(ordered.size());
    const auto from = found != ordered.end() ? found - ordered.begin() : (step > 0 ? -1 : 0);
    const auto to = ((from + step) % count + count) % count;
    return ordered[static_cast<std::size_t>(to)].second;
}

} // namespace nunatak::ui
