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

} // namespace nunatak::ui::viewport
