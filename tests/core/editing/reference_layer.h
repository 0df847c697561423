// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"
#include "shapes.h"

#include <random>
#include <utility>

namespace nunatak::tests {

/// The same outlines as another picture shows them, in the layer "reference": displaced, and with another
/// hand's tremble.
inline void addReference(Layers& layers, const outlines::OutlineSet& outlines, unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> away(-60, 60), tremble(-10, 10);
    for (const outlines::OutlineHandle& outline : outlines.all()) {
        geo::MultiPolygon shape = outline->geometry;
        const geo::Point by{away(random), away(random)};
        geo::forEachRing(shape, [&](geo::Ring& ring, int, int) {
            for (geo::Point& point : ring) {
                point = {point.x + by.x + tremble(random), point.y + by.y + tremble(random)};
            }
        });
        layers.put("reference", outline->uuid, std::move(shape));
    }
}

} // namespace nunatak::tests
