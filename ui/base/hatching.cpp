// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/base/hatching.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <vector>

namespace nunatak::ui {

namespace {

/// Turned so that the lines run along x, and back: a reflection and a turn by 45 degrees, which undoes
/// itself for one direction and is its own transpose for the other.
geo::Point turned(geo::Point point, HatchDirection direction) {
    const double y = direction == HatchDirection::NorthEast ? point.y : -point.y;
    return {(point.x + y) / std::numbers::sqrt2, (point.x - y) / std::numbers::sqrt2};
}

geo::Point turnedBack(geo::Point point, HatchDirection direction) {
    const double x = (point.x + point.y) / std::numbers::sqrt2;
    const double y = (point.x - point.y) / std::numbers::sqrt2;
    return {x, direction == HatchDirection::NorthEast ? y : -y};
}

} // namespace

geo::MultiPolygon hatching(const geo::MultiPolygon& shape, double spacing, HatchDirection direction) {
    std::map<long long, std::vector<double>> crossings; // where each line enters and leaves
    const auto cut = [&](const geo::Ring& ring) {
        for (std::size_t i = 0; i < ring.size(); ++i) {
            geo::Point a = turned(ring[i], direction);
            geo::Point b = turned(ring[(i + 1) % ring.size()], direction);
            if (a.y > b.y) {
                std::swap(a, b);
            }
            for (auto line = static_cast<long long>(std::ceil(a.y / spacing));
                 static_cast<double>(line) * spacing < b.y; ++line) {
                const double y = static_cast<double>(line) * spacing;
                crossings[line].push_back(a.x + (b.x - a.x) * (y - a.y) / (b.y - a.y));
            }
        }
    };
    for (const auto& polygon : shape) {
        cut(polygon.outer);
        for (const auto& hole : polygon.holes) {
            cut(hole);
        }
    }
    geo::MultiPolygon lines;
    for (auto& [line, places] : crossings) {
        std::sort(places.begin(), places.end());
        const double y = static_cast<double>(line) * spacing;
        for (std::size_t i = 0; i + 1 < places.size(); i += 2) {
            const geo::Point begin = turnedBack({places[i], y}, direction);
            const geo::Point middle = turnedBack({(places[i] + places[i + 1]) / 2, y}, direction);
            const geo::Point end = turnedBack({places[i + 1], y}, direction);
            lines.push_back({{begin, middle, end, middle}, {}});
        }
    }
    return lines;
}

} // namespace nunatak::ui
