// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/ring_nesting.h"

#include "base/error.h"
#include "geo/geos_context.h"
#include "geo/rings.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <memory>
#include <string>
#include <utility>

namespace nunatak::geo {

namespace {

/// Shares of a ring's area within another: below the first it lies outside, beyond the second inside; edges
/// that were digitised twice never agree to the last digit.
constexpr double outside = 0.02;
constexpr double inside = 0.9;
constexpr double sameArea = 1e-9;

[[noreturn]] void throwFailed(GeosContext& context) {
    throw Error("No area can be made of the outline's rings: " + context.takeMessage() + ".");
}

/// A ring as an area of its own; a part is each lobe of one that crosses itself.
struct Area {
    GeosGeometry geometry;
    double size = 0;
    Extent extent;
    bool isHole = false;
    int depth = 0; ///< how many others it lies within
};

double sizeOf(GeosContext& context, const GEOSGeometry* geometry) {
    double size = 0;
    return GEOSArea_r(context.get(), geometry, &size) == 1 ? size : 0;
}

/// By even-odd: a ring that crosses itself encloses its lobes.
GeosGeometry evenOdd(GeosContext& context, const GEOSGeometry* geometry) {
    const std::unique_ptr<GEOSMakeValidParams, std::function<void(GEOSMakeValidParams*)>> parameters(
        GEOSMakeValidParams_create_r(context.get()),
        [&context](GEOSMakeValidParams* made) { GEOSMakeValidParams_destroy_r(context.get(), made); });
    GEOSMakeValidParams_setMethod_r(context.get(), parameters.get(), GEOS_MAKE_VALID_LINEWORK);
    return owned(context, GEOSMakeValidWithParams_r(context.get(), geometry, parameters.get()));
}

std::vector<Area> areasOf(GeosContext& context, const std::vector<LooseRing>& rings) {
    std::vector<Area> areas;
    for (const LooseRing& ring : rings) {
        if (ring.points.size() < 3) {
            continue;
        }
        GeosGeometry geometry = toGeos(context, MultiPolygon{{ring.points, {}}});
        if (GEOSisValid_r(context.get(), geometry.get()) != 1) {
            geometry = evenOdd(context, geometry.get());
            // Lines are what is left of a ring without an area.
            geometry = geometry ? toGeos(context, fromGeos(context, geometry.get())) : nullptr;
        }
        if (!geometry) {
            throwFailed(context);
        }
        const double size = sizeOf(context, geometry.get());
        if (size > 0) {
            areas.push_back(
                {std::move(geometry), size, extentOf(MultiPolygon{{ring.points, {}}}), ring.isHole, 0});
        }
    }
    // The larger first: only they can hold the others.
    std::stable_sort(areas.begin(), areas.end(),
                     [](const Area& a, const Area& b) { return a.size > b.size; });
    return areas;
}

struct PreparedDeleter {
    GEOSContextHandle_t handle = nullptr;
    void operator()(const GEOSPreparedGeometry* geometry) const {
        GEOSPreparedGeom_destroy_r(handle, geometry);
    }
};

/// How much of `small` lies within the other, 0 to 1.
double shareWithin(GeosContext& context, const GEOSPreparedGeometry* prepared, const Area& large,
                   const Area& small) {
    if (GEOSPreparedCovers_r(context.get(), prepared, small.geometry.get()) == 1) {
        return 1;
    }
    if (GEOSPreparedIntersects_r(context.get(), prepared, small.geometry.get()) == 0) {
        return 0;
    }
    const auto common =
        owned(context, GEOSIntersection_r(context.get(), large.geometry.get(), small.geometry.get()));
    if (!common) {
        throwFailed(context);
    }
    return sizeOf(context, common.get()) / small.size;
}

/// Counts what each lies within, and leaves out what is there twice.
std::vector<Area> nested(GeosContext& context, std::vector<Area> areas) {
    std::vector<bool> twice(areas.size(), false);
    std::vector<bool> crossesInside(areas.size(), false);
    for (std::size_t i = 0; i < areas.size(); ++i) {
        const Area& large = areas[i];
        if (twice[i]) {
            continue;
        }
        const std::unique_ptr<const GEOSPreparedGeometry, PreparedDeleter> prepared(
            GEOSPrepare_r(context.get(), large.geometry.get()), PreparedDeleter{context.get()});
        for (std::size_t k = i + 1; k < areas.size(); ++k) {
            Area& small = areas[k];
            if (twice[k] || !large.extent.intersects(small.extent)) {
                continue;
            }
            const double share = shareWithin(context, prepared.get(), large, small);
            if (share > inside && large.size - small.size <= sameArea * large.size) {
                twice[k] = true;
            } else if (share > inside) {
                ++small.depth;
            } else if (share > outside && small.isHole) {
                crossesInside[k] = true;
            }
        }
    }
    std::vector<Area> left;
    for (std::size_t i = 0; i < areas.size(); ++i) {
        if (twice[i]) {
            continue;
        }
        // A hole that reaches beyond what it is a hole of is one all the same.
        if (crossesInside[i] && areas[i].depth % 2 == 0) {
            ++areas[i].depth;
        }
        left.push_back(std::move(areas[i]));
    }
    return left;
}

GeosGeometry unionOfDepth(GeosContext& context, std::vector<Area>& areas, int depth) {
    std::vector<GEOSGeometry*> handed;
    for (Area& area : areas) {
        if (area.depth == depth) {
            handed.push_back(area.geometry.release());
        }
    }
    const auto all =
        owned(context, GEOSGeom_createCollection_r(context.get(), GEOS_GEOMETRYCOLLECTION, handed.data(),
                                                   static_cast<unsigned>(handed.size())));
    auto joined = all ? owned(context, GEOSUnaryUnion_r(context.get(), all.get())) : nullptr;
    if (!joined) {
        throwFailed(context);
    }
    return joined;
}

} // namespace

std::vector<LooseRing> ringsOf(const MultiPolygon& shape) {
    std::vector<LooseRing> rings;
    forEachRing(shape, [&](const Ring& ring, int, int number) { rings.push_back({ring, number > 0}); });
    return rings;
}

MultiPolygon areaWithin(const std::vector<LooseRing>& rings) {
    GeosContext& context = GeosContext::ofThisThread();
    auto areas = nested(context, areasOf(context, rings));
    int deepest = -1;
    for (const Area& area : areas) {
        deepest = std::max(deepest, area.depth);
    }
    GeosGeometry result;
    for (int depth = 0; depth <= deepest; ++depth) {
        const auto layer = unionOfDepth(context, areas, depth);
        if (!result) {
            result = owned(context, GEOSGeom_clone_r(context.get(), layer.get()));
        } else if (depth % 2 == 1) {
            result = owned(context, GEOSDifference_r(context.get(), result.get(), layer.get()));
        } else {
            result = owned(context, GEOSUnion_r(context.get(), result.get(), layer.get()));
        }
        if (!result) {
            throwFailed(context);
        }
    }
    return result ? fromGeos(context, result.get()) : MultiPolygon();
}

} // namespace nunatak::geo
