// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/outline_difference.h"

#include "base/error.h"
#include "editing/nearest.h"
#include "geo/edge_index.h"
#include "geo/ground_scale.h"
#include "geo/rings.h"
#include "geo/segments.h"
#include "geo/shape_operations.h"
#include "review/ground_measures.h"

#include <algorithm>
#include <cmath>

namespace nunatak::review {

namespace {

geo::MultiPolygon onlyIn(const geo::MultiPolygon& one, const geo::MultiPolygon& other) {
    try {
        return geo::difference(one, other);
    } catch (const Error&) { // what is not valid
        return geo::difference(geo::madeValid(one), geo::madeValid(other));
    }
}

/// Distances from one line to another, in units of the coordinates.
struct OneWay {
    double sum = 0; ///< each times the length that it stands for
    double length = 0;
    double largest = -1;
    geo::Point farthest;
};

OneWay distancesTo(const geo::MultiPolygon& to, const geo::EdgeIndex& index, const geo::MultiPolygon& from) {
    const double step = lengthOf(from) / 1000;
    const geo::Extent all = geo::extentOf(to);
    double reach = 1;
    const auto distanceAt = [&](geo::Point place) {
        // Neighbours on a line are about as far away: the last distance is where to begin to look.
        for (double within = reach;; within *= 4) {
            if (!(within < 1e15)) {
                throw Error(
                    "An outline has coordinates that are no numbers, so nothing can be said of how far "
                    "its line is away.");
            }
            if (const auto near = editing::nearestEdge(to, index, place, within)) {
                reach = std::max(2 * near->distance, 1e-3);
                return near->distance;
            }
        }
    };
    OneWay found;
    if (all.empty() || !(step > 0)) {
        return found;
    }
    geo::forEachRing(from, [&](const geo::Ring& ring, int, int) {
        for (std::size_t i = 0, j = ring.size() - 1; i < ring.size(); j = i++) {
            const double length = geo::distance(ring[j], ring[i]);
            const int pieces = std::max(1, static_cast<int>(std::ceil(length / step)));
            for (int piece = 0; piece < pieces; ++piece) {
                const geo::Point place =
                    geo::pointAlong(ring[j], ring[i], static_cast<double>(piece) / pieces);
                const double distance = distanceAt(place);
                found.sum += distance * length / pieces;
                found.length += length / pieces;
                if (distance > found.largest) {
                    found.largest = distance;
                    found.farthest = place;
                }
            }
        }
    });
    return found;
}

} // namespace

OutlineDifference differenceBetween(const geo::MultiPolygon& before, const geo::MultiPolygon& after,
                                    const geo::Crs& crs) {
    OutlineDifference difference;
    difference.areaBefore = geo::geodesicArea(before, crs);
    difference.areaAfter = geo::geodesicArea(after, crs);
    if (before == after) {
        difference.meanDistance = difference.largestDistance =
            before.empty() ? std::nullopt : std::optional(0.0);
        return difference;
    }
    difference.gained = onlyIn(after, before);
    difference.lost = onlyIn(before, after);
    difference.gainedArea = geo::geodesicArea(difference.gained, crs);
    difference.lostArea = geo::geodesicArea(difference.lost, crs);
    const OneWay there = distancesTo(after, geo::EdgeIndex(after), before);
    const OneWay back = distancesTo(before, geo::EdgeIndex(before), after);
    if (there.length > 0 && back.length > 0) {
        const OneWay& farther = there.largest > back.largest ? there : back;
        const double metres = geo::groundMetresPerUnit(crs, farther.farthest);
        difference.meanDistance = (there.sum / there.length + back.sum / back.length) / 2 * metres;
        difference.largestDistance = farther.largest * metres;
        difference.farthest = farther.farthest;
    }
    return difference;
}

} // namespace nunatak::review
