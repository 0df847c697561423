// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/terrain/vec3.h"

#include <optional>

namespace nunatak::ui::terrain {

/// An upright box in drawn metres (heights exaggerated).
struct Box {
    Vec3 low;
    Vec3 high;
};

/// What a camera sees of the world: a pyramid, or a block where it is parallel.
struct ViewCone {
    Vec3 eye; ///< parallel: any point on the line of sight through the middle
    Vec3 forward;
    Vec3 right;
    Vec3 up;
    bool parallel = true;
    double halfWidth = 1;  ///< parallel: metres; perspective: per metre of depth
    double halfHeight = 1; ///< the same upwards

    bool sees(const Box& box) const;
};

/// A camera as far as choosing tiles needs it: what it sees, and how large it sees it. Coordinates are the
/// project's.
struct TileView : ViewCone {
    double metresPerPixel = 1; ///< parallel: everywhere; perspective: per metre of distance
    double exaggeration = 1;
    /// How much a metre up or down can move a point in the picture, 0..1: nothing as seen from straight
    /// above.
    double verticalShare = 0;
    std::optional<ViewCone> magnified; ///< a part of the view that is also seen through a loupe
    double magnification = 1;          ///< so many times as large

    /// Metres per pixel at the box's nearest point, in the loupe where that shows any of it.
    double finestMetresPerPixel(const Box& box) const;
};

} // namespace nunatak::ui::terrain
