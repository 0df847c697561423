// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/camera_fit.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nunatak::ui::viewport {

MapCamera fitted(MapCamera camera, std::span<const Vec3> points, QSizeF size, const QMarginsF& margins) {
    if (points.empty()) {
        return camera;
    }
    // In the camera's own axes a point (a, b, c) is in view when -below * (c - ec) <= a - ea <= above * (c -
    // ec), for each of the two directions: the eye (ea, eb, ec) may go forward until the first pair of such
    // planes meets in it.
    const double aspect = size.width() / size.height();
    const double tangent = std::tan(camera.openingAngle() / 2); // 0 when parallel
    const double ratios[2] = {aspect, 1};
    const double less[2] = {margins.left(), margins.bottom()}; // of the view, towards smaller a
    const double more[2] = {margins.right(), margins.top()};
    const Vec3 axes[2] = {camera.right(), camera.up()};
    double low[2];
    double high[2];
    double least[2];
    double most[2];
    double depth = std::numeric_limits<double>::infinity();
    double height = 0;
    double nearest = std::numeric_limits<double>::infinity();
    double farthest = -nearest;
    for (int axis = 0; axis < 2; ++axis) {
        const double below = tangent * ratios[axis] * (1 - 2 * less[axis]);
        const double above = tangent * ratios[axis] * (1 - 2 * more[axis]);
        low[axis] = most[axis] = -std::numeric_limits<double>::infinity();
        high[axis] = least[axis] = std::numeric_limits<double>::infinity();
        for (const auto& point : points) {
            const auto offset = point - camera.target; // small numbers: coordinates are large
            const double a = dot(offset, axes[axis]);
            const double c = dot(offset, camera.forward());
            low[axis] = std::max(low[axis], a - above * c);
            high[axis] = std::min(high[axis], a + below * c);
            least[axis] = std::min(least[axis], a);
            most[axis] = std::max(most[axis], a);
            nearest = std::min(nearest, c);
            farthest = std::max(farthest, c);
        }
        if (camera.isParallel()) {
            const double usable = 1 - less[axis] - more[axis];
            height = std::max(height, (most[axis] - least[axis]) / usable / ratios[axis]);
        } else {
            depth = std::min(depth, (high[axis] - low[axis]) / (below + above));
        }
    }
    double middle[2];
    for (int axis = 0; axis < 2; ++axis) {
        const double aside = more[axis] - less[axis]; // the middle of what is used lies beside the view's
        middle[axis] = camera.isParallel()
                           ? (least[axis] + most[axis] + aside * height * ratios[axis]) / 2
                           : (low[axis] + high[axis]) / 2 - tangent * ratios[axis] * aside * depth;
    }
    const double focus = (nearest + farthest) / 2;
    if (!camera.isParallel()) {
        height = 2 * tangent * (focus - depth);
    }
    camera.target = camera.target + axes[0] * middle[0] + axes[1] * middle[1] + camera.forward() * focus;
    // All points in one place leave the scale as it was.
    if (height > 0) {
        camera.viewHeight = height;
    }
    return camera;
}

} // namespace nunatak::ui::viewport
