// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "editing/edit.h"
#include "geo/crs.h"
#include "geo/polygon.h"
#include "outlines/outline.h"
#include "outlines/outline_ref.h"

#include <cstddef>
#include <set>
#include <string>
#include <vector>

// Bringing together what is nearly shared: inventories of others have gaps and slivers along their divides.
namespace nunatak::editing {

/// Outlines whose lines shall be brought together. A value: any thread may carry it out.
struct SnapRequest {
    std::string layer;
    std::vector<outlines::OutlineHandle> outlines; ///< all of the layer
    geo::Crs crs;
    double tolerance = 5;              ///< in units of the project CRS
    bool mayOverlap = false;           ///< as those of side layers
    std::set<std::string> selection{}; ///< UUIDs that are brought to one another; empty: all. What others
                                       ///< share with them follows
};

/// What was done, or would be.
struct Snapped {
    /// An outline whose area became another.
    struct Area {
        outlines::OutlineRef outline;
        double before = 0; ///< m² on the ground
        double after = 0;
    };
    /// A place that stays as it was.
    struct Left {
        std::vector<outlines::OutlineRef> outlines;
        geo::Point place;
        std::string why; ///< what would be wrong otherwise, a short sentence
    };
    /// Two outlines whose lines were nearly one.
    struct Pair {
        outlines::OutlineRef outline; ///< whose line came to …
        outlines::OutlineRef other;   ///< … that of this one
        std::size_t places = 0;
        double farthest = 0; ///< that they were apart
        geo::Point place;    ///< where
        geo::Extent extent;
    };

    Edit edit;             ///< empty where nothing changes
    std::size_t moved = 0; ///< vertices
    std::size_t added =
        0; ///< vertices that came, since another line has one there; less those that fell together
    double farthest = 0; ///< that a vertex moved, or that one which came lies from the line as it was
    std::vector<Area> areas;
    std::vector<Left> left;
    std::vector<Pair> pairs;
};

/// Lines that lie farther apart (units of the project CRS) are no two drawings of one: the ground between
/// them is somebody's.
constexpr double mostTolerance = 100;
/// Throws Error unless it is a length above 0 and no more than that.
void throwUnlessTolerance(double tolerance);

/// Makes nearly equal lines of different outlines equal bit by bit, also those of holes and of the outlines
/// within them. The lines of smaller outlines come to those of larger ones, which do not move: a vertex to a
/// vertex, else onto the line, which gets a vertex there; edges take in the other's vertices beside them, so
/// that what runs together becomes one line with the vertices of both. Of an outline no two vertices become
/// one unless a line's edge is where both go. No vertex moves farther than the tolerance, none that is
/// farther than that from all others' lines moves at all, and no line comes to lie farther from where it was.
/// A second run changes nothing but where a line came near to one that it was too far from. Where an outline
/// would become invalid, lose a hole or a part, or overlap anew, the place is left as it was and told. What
/// is no glacier takes no part. Throws Cancelled, and Error as throwUnlessTolerance().
Snapped snap(const SnapRequest& request, const Progress& progress);

} // namespace nunatak::editing
