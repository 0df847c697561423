// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/shape_operations.h"
#include "shapes.h"
#include "support/messages.h"

#include <string>
#include <utility>
#include <vector>

// Layers of outlines that share their lines, and what is asked of them.
namespace nunatak::tests {

inline geo::MultiPolygon polygon(geo::Ring outer, std::vector<geo::Ring> holes = {}) {
    return {{std::move(outer), std::move(holes)}};
}

inline geo::MultiPolygon shapeOf(Layers& layers, const std::string& name) {
    return layers.all["inventory"].find(name)->geometry;
}

inline double areaOf(Layers& layers) {
    double area = 0;
    for (const auto& outline : layers.all["inventory"].all()) {
        area += geo::planarArea(outline->geometry);
    }
    return area;
}

/// No two outlines overlap, and all are valid.
inline bool isPlanar(Layers& layers) {
    const auto all = layers.all["inventory"].all();
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (!geo::invalidReason(all[i]->geometry).empty()) {
            return false;
        }
        for (std::size_t k = i + 1; k < all.size(); ++k) {
            if (geo::planarArea(geo::intersection(all[i]->geometry, all[k]->geometry)) > 1e-6) {
                return false;
            }
        }
    }
    return true;
}

/// The square of 100 to the west and that to the east of a line through (100, 0), (100, 50), (100, 100); the
/// eastern one begins in the middle of the line and runs the other way.
struct Two : Layers {
    outlines::OutlineRef west =
        put("inventory", "west", polygon({{0, 0}, {100, 0}, {100, 50}, {100, 100}, {0, 100}}));
    outlines::OutlineRef east =
        put("inventory", "east", polygon({{100, 50}, {100, 0}, {200, 0}, {200, 100}, {100, 100}}));
};

} // namespace nunatak::tests
