// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/wire_line.h"

#include "editing/line_shape.h"
#include "editing/thin_stroke.h"
#include "geo/segments.h"
#include "wire/even_line.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace nunatak::wire {

namespace {

constexpr std::size_t lookAlong = 3;  // pixels to either side that say which way a path goes
constexpr std::size_t endPixels = 8;  // among which an end's edge is
constexpr int asGood = 8;             // costs
constexpr double farthestBeside = 3;  // pixels from an edge that an end is meant to be beside
constexpr double spacing = 0.5;       // pixels between places that are smoothed
constexpr std::size_t lookAcross = 4; // places to either side that say which way the line goes
// Twice the spacing is to the fourth power what a place on a clear edge weighs against: a clear edge is
// smoothed over two to three pixels, one of a third of that clarity over seven.
constexpr double stiffness = 500;
constexpr double tolerance = 0.25; // pixels
constexpr double slip = 4;         // pixels along a loop

geo::Point middleOf(PathSearch::Pixel pixel) {
    return {pixel.column + 0.5, pixel.row + 0.5};
}

/// Across the way from one place to another; {0, 0} where they are one.
geo::Point across(geo::Point from, geo::Point to) {
    const double length = geo::distance(from, to);
    return length > 0 ? geo::Point{(from.y - to.y) / length, (to.x - from.x) / length} : geo::Point{0, 0};
}

/// The path in pixels, on the edge where there is one; straight over what has none.
geo::Ring onEdges(const std::vector<PathSearch::Pixel>& path, const CostSurface& surface, geo::Point from,
                  geo::Point to) {
    const auto last = path.size() - 1;
    const auto isEdge = [&](std::size_t k) {
        return surface.costAt(path[k].column, path[k].row) < CostSurface::dearest;
    };
    geo::Ring places{from};
    for (std::size_t i = 1; i < last; ++i) {
        geo::Point place = middleOf(path[i]);
        if (isEdge(i)) {
            const auto normal = across(middleOf(path[i - std::min(i, lookAlong)]),
                                       middleOf(path[std::min(last, i + lookAlong)]));
            const double away = surface.offset(place, normal);
            place = {place.x + away * normal.x, place.y + away * normal.y};
        } else if (!isEdge(i - 1) && !isEdge(i + 1)) {
            continue; // nothing to follow here: straight on to where there is
        }
        places.push_back(place);
    }
    places.push_back(to);
    return places;
}

/// Sets an end onto the edge that begins near it, without the way there: of the first pixels of the path the
/// nearest one on as good an edge as there is. How far the end lies beside it, to the right of the way.
double ontoEdge(geo::Ring& places, const CostSurface& surface) {
    const geo::Point end = places.front();
    const std::size_t reach = std::min(endPixels, places.size() - 2);
    const auto costAt = [&](std::size_t i) {
        return surface.costAt(std::clamp(static_cast<int>(places[i].x), 0, surface.grid().columns - 1),
                              std::clamp(static_cast<int>(places[i].y), 0, surface.grid().rows - 1));
    };
    int best = CostSurface::dearest;
    for (std::size_t i = 1; i <= reach; ++i) {
        best = std::min(best, costAt(i));
    }
    std::size_t first = 1;
    while (costAt(first) > best + asGood) {
        ++first;
    }
    const geo::Point normal = across(places[first], places[std::min(first + lookAlong, places.size() - 2)]);
    const double beside = (end.x - places[first].x) * normal.x + (end.y - places[first].y) * normal.y;
    if (best == CostSurface::dearest || std::abs(beside) > farthestBeside) {
        return 0;
    }
    places.front() = {end.x - beside * normal.x, end.y - beside * normal.y};
    places.erase(places.begin() + 1, places.begin() + static_cast<std::ptrdiff_t>(first));
    return beside;
}

} // namespace

geo::Ring wireLine(const std::vector<PathSearch::Pixel>& path, const CostSurface& surface, geo::Point from,
                   geo::Point to) {
    const auto& grid = surface.grid();
    geo::Ring places = onEdges(path, surface, grid.toPixel(from), grid.toPixel(to));
    double atFrom = 0;
    double atTo = 0;
    if (places.size() > endPixels) {
        // How clear the edge is counts on it, and not on what lies between it and an end.
        atFrom = ontoEdge(places, surface);
        std::reverse(places.begin(), places.end());
        atTo = -ontoEdge(places, surface); // looked at the other way
        std::reverse(places.begin(), places.end());
    }
    places = editing::resampled(places, spacing);
    const std::size_t last = places.size() - 1;
    std::vector<double> held(places.size());
    geo::Ring line(places.size());
    for (std::size_t i = 0; i <= last; ++i) {
        const auto normal =
            across(places[i - std::min(i, lookAcross)], places[std::min(last, i + lookAcross)]);
        const double clarity = surface.clarity(places[i], normal);
        held[i] = clarity * clarity * clarity;
        const double way = static_cast<double>(i) / static_cast<double>(std::max<std::size_t>(1, last));
        const double beside = (1 - way) * atFrom + way * atTo;
        line[i] = {places[i].x + beside * normal.x, places[i].y + beside * normal.y};
    }
    line = evenLine(line, held, stiffness);
    for (geo::Point& place : line) {
        place = grid.toMap(place.x, place.y);
    }
    line.front() = from;
    line.back() = to;
    return editing::withoutSlips(editing::douglasPeucker(line, tolerance * grid.pixelSize),
                                 slip * grid.pixelSize);
}

} // namespace nunatak::wire
