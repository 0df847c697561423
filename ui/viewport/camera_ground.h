// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/viewport/map_camera.h"

#include <functional>
#include <vector>

namespace nunatak::ui::viewport {

/// What the camera must know of the ground that it moves over, and what that forbids.
struct CameraGround {
    geo::Extent extent;                         ///< of the terrain; project's CRS
    double pixelSize = 10;                      ///< of the finest picture on it, metres
    std::function<double(geo::Point)> heightAt; ///< metres as drawn, exaggerated

    /// The camera lifted, if need be, until its eye is well above the ground below and around it. Beside the
    /// terrain one may look at its walls.
    MapCamera above(MapCamera camera) const;
    /// How many metres high the view may be.
    double lowestView() const;
    double highestView() const;
    /// The camera with a view no smaller and no larger than is of use, and above the ground.
    MapCamera within(MapCamera camera) const;
    /// `factor` cut to what the view's height at the point to zoom at still allows.
    double allowedZoom(double viewHeight, double factor) const;
    /// False when a pan would lose the terrain out of sight.
    bool mayPan(const MapCamera& from, const MapCamera& to) const;
};

/// The camera moved so that the point of the world at `anchor` lies under `position` of a view of this size,
/// over the anchor's own level. As it was when `position` is at the horizon.
MapCamera panned(const MapCamera& camera, const Vec3& anchor, QPointF position, QSizeF size);
/// The camera slid by a share of the view's height, to the right and upwards in the view.
MapCamera slid(const MapCamera& camera, double right, double up);

/// The corners of the view on the level of the camera's target, from the lower left one counterclockwise;
/// where a corner shows the sky, what lies below it on the view's edge.
std::vector<geo::Point> levelFootprint(const MapCamera& camera, QSizeF size);

} // namespace nunatak::ui::viewport
