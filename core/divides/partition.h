// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "geo/faces.h"
#include "geo/grid.h"

#include <cstdint>
#include <span>
#include <vector>

namespace nunatak::divides {

/// What of an outline is one owner's.
struct Piece {
    std::int32_t owner = -1; ///< -1: nobody's
    geo::MultiPolygon shape;
    double area = 0; ///< of the shape in the plane, m²
};

struct Partition {
    std::vector<Piece> pieces;    ///< the largest first; together they are the outline
    std::vector<geo::Line> lines; ///< between them
    bool isDrawnAnew = false;     ///< dividedLike(): the lines are not the earlier inventory's
};

/// Who gets a part of the outline that nothing divides and that lies apart from all others.
enum class Apart { ToNearest, ToOwner };

/// An outline cut along lines, each piece given to whom most of its pixels are (`owners`: 0 or more, -1
/// nobody). Lines between pieces of one owner go. What is cut off from an owner's largest piece is a piece of
/// its own from `leastArea` (m²) on, else it goes, as what has no pixel, to the neighbour with which it has
/// the longest line in common. Every vertex of the outline is kept, and what two pieces share is the same bit
/// by bit. One piece alone: nothing is divided, and it is the outline as it was.
/// The outline is valid. Throws Error as geo::facesOf().
Partition partition(const geo::MultiPolygon& outline, std::span<const geo::Line> lines,
                    const Image<std::int32_t>& owners, const geo::Grid& grid, double leastArea, Apart apart);

} // namespace nunatak::divides
