// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/shape_overlay.h"

#include "editing/boundaries.h"
#include "editing/common_ground.h"
#include "editing/overlay.h"

#include <memory>
#include <span>
#include <utility>

namespace nunatak::editing {

namespace {

bool areApart(const geo::MultiPolygon& shape, const geo::MultiPolygon& other) {
    return shape.empty() || other.empty() ||
           !geo::extentOf(shape).intersects(geo::extentOf(other).grown(onLine));
}

geo::MultiPolygon laidOver(const geo::MultiPolygon& shape, const geo::MultiPolygon& other, Overlay what) {
    const Indexed one{&shape, std::make_shared<const geo::EdgeIndex>(shape)};
    const Noded noded = nodedLines(laidRings(other), std::span(&one, 1));
    Overlaid laid = overlaid(one, noded.nodes.front(), noded.lines, what);
    return laid.isSame ? shape : notable(std::move(laid.shape));
}

} // namespace

geo::MultiPolygon without(const geo::MultiPolygon& shape, const geo::MultiPolygon& other) {
    return areApart(shape, other) ? shape : laidOver(shape, other, Overlay::Remove);
}

geo::MultiPolygon inCommon(const geo::MultiPolygon& shape, const geo::MultiPolygon& other) {
    return areApart(shape, other) ? geo::MultiPolygon() : without(shape, without(shape, other));
}

geo::MultiPolygon added(const geo::MultiPolygon& shape, const geo::MultiPolygon& other) {
    if (areApart(shape, other)) {
        geo::MultiPolygon both = shape;
        both.insert(both.end(), other.begin(), other.end());
        return both;
    }
    return laidOver(shape, other, Overlay::Add);
}

} // namespace nunatak::editing
