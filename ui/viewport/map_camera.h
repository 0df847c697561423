// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"
#include "ui/terrain/vec3.h"

#include <QPointF>
#include <QSizeF>
#include <QString>

#include <optional>
#include <span>

namespace nunatak::ui::viewport {

using terrain::Vec3;

/// A ray from the eye (or, straight down, from the picture's plane) into the world.
struct Ray {
    Vec3 origin;
    Vec3 direction; ///< length 1
};

/// Where the view is looked at from: a point in the middle of the view, how many metres the view is high
/// there, and two angles. Straight down the projection is parallel, a map; tilting opens the perspective bit
/// by bit, so there is no jump between the two. A plain value; all coordinates are the project's, heights
/// exaggerated as drawn.
class MapCamera {
public:
    Vec3 target;
    double viewHeight = 1000; ///< metres from the lower to the upper edge of the view, at the target
    double heading = 0;       ///< degrees clockwise from north that the view's up points to
    double tilt = 0;          ///< degrees from straight down

    static constexpr double steepestTilt = 82;

    bool isParallel() const;
    /// Vertical opening angle in radians; 0 when parallel.
    double openingAngle() const;
    Vec3 forward() const;
    Vec3 right() const;
    Vec3 up() const;
    /// Metres from the eye to the target (parallel: any distance would do).
    double distance() const;
    Vec3 eye() const;

    /// The ray through a position of a view of this size (device-independent pixels, y down).
    Ray rayThrough(QPointF position, QSizeF size) const;
    /// Position of a point in the view; none when it is behind the eye.
    std::optional<QPointF> project(const Vec3& point, QSizeF size) const;
    /// Metres per pixel at the depth of a point.
    double metresPerPixel(const Vec3& point, QSizeF size) const;

    /// Turns to these angles so that `point` stays at its place in the view, as large as it is there.
    void turnAround(const Vec3& point, double newHeading, double newTilt, QSizeF size);
    /// Everything seen from `factor` times as near to `point`, which stays at its place in the view.
    void zoomTowards(const Vec3& point, double factor);
    /// Moves the target along the line of sight to the depth of `point`; the picture stays as it is.
    void focusAt(const Vec3& point);
    /// Moves and scales, angles unchanged, so that all points fill the view but for `margin` of it on each
    /// side.
    void fit(std::span<const Vec3> points, QSizeF size, double margin);

    /// Heights multiplied by `factor`, as when the exaggeration changes.
    void scaleHeights(double factor);

    /// As text, and back; none when the text is none of ours.
    QString toText() const;
    static std::optional<MapCamera> fromText(const QString& text);

    bool operator==(const MapCamera&) const = default;
};

} // namespace nunatak::ui::viewport
