// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/camera_view.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace nunatak::ui::viewport {

terrain::TileView viewOf(const MapCamera& camera, QSizeF size, double exaggeration) {
    terrain::TileView view;
    view.eye = camera.isParallel() ? camera.target : camera.eye();
    view.forward = camera.forward();
    view.right = camera.right();
    view.up = camera.up();
    view.parallel = camera.isParallel();
    const double aspect = size.width() / size.height();
    const double scale = view.parallel ? 1 : camera.distance();
    view.halfHeight = camera.viewHeight / 2 / scale;
    view.halfWidth = view.halfHeight * aspect;
    view.metresPerPixel = camera.viewHeight / size.height() / scale;
    view.exaggeration = exaggeration;
    // At the edge of the view the ground is seen at half the opening angle more.
    const double steepest = camera.tilt * std::numbers::pi / 180 +
                            std::atan(std::tan(camera.openingAngle() / 2) * std::hypot(1, aspect));
    view.verticalShare = std::sin(std::min(steepest, std::numbers::pi / 2));
    return view;
}

terrain::ViewCone partOf(const terrain::TileView& view, QSizeF size, QPointF middle, double side) {
    terrain::ViewCone part = view;
    const double right = (2 * middle.x() / size.width() - 1) * view.halfWidth;
    const double up = (1 - 2 * middle.y() / size.height()) * view.halfHeight;
    part.halfWidth = view.halfWidth * side / size.width();
    part.halfHeight = view.halfHeight * side / size.height();
    if (view.parallel) {
        part.eye = view.eye + view.right * right + view.up * up;
        return part;
    }
    // Turned towards the middle of the part. A square away from the view's middle becomes a little wider and
    // askew; half as much again holds it all.
    const auto ahead = view.forward + view.right * right + view.up * up;
    part.forward = ahead * (1 / length(ahead));
    const auto across = view.right - part.forward * dot(view.right, part.forward);
    part.right = across * (1 / length(across));
    part.up = view.up - part.forward * dot(view.up, part.forward) - part.right * dot(view.up, part.right);
    part.up = part.up * (1 / length(part.up));
    part.halfWidth *= 1.5;
    part.halfHeight *= 1.5;
    return part;
}

} // namespace nunatak::ui::viewport
