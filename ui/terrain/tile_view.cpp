// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terrain/tile_view.h"

#include <algorithm>
#include <cmath>

namespace nunatak::ui::terrain {

namespace {

/// How far a box reaches on the positive side of a plane through `origin` with this normal.
double reach(const Box& box, const Vec3& origin, const Vec3& normal) {
    const Vec3 farthest{normal.x > 0 ? box.high.x : box.low.x, normal.y > 0 ? box.high.y : box.low.y,
                        normal.z > 0 ? box.high.z : box.low.z};
    return dot(farthest - origin, normal);
}

} // namespace

bool ViewCone::sees(const Box& box) const {
    for (const double side : {-1.0, 1.0}) {
        if (parallel) {
            if (reach(box, eye, right * side) < -halfWidth || reach(box, eye, up * side) < -halfHeight) {
                return false;
            }
        } else if (reach(box, eye, forward * halfWidth + right * side) < 0 ||
                   reach(box, eye, forward * halfHeight + up * side) < 0) {
            return false;
        }
    }
    return parallel || reach(box, eye, forward) > 0;
}

double TileView::finestMetresPerPixel(const Box& box) const {
    const double smallest = metresPerPixel / (magnified && magnified->sees(box) ? magnification : 1);
    if (parallel) {
        return smallest;
    }
    const Vec3 nearest{std::clamp(eye.x, box.low.x, box.high.x), std::clamp(eye.y, box.low.y, box.high.y),
                       std::clamp(eye.z, box.low.z, box.high.z)};
    return smallest * std::max(length(nearest - eye), 1e-3);
}

} // namespace nunatak::ui::terrain
