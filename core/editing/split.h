// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "editing/edit.h"
#include "editing/line_nodes.h"
#include "editing/neighbours.h"
#include "geo/polygon.h"

#include <span>
#include <vector>

// An outline parted along lines: ice divides.
namespace nunatak::editing {

/// What outlines there are when one is parted.
struct SplitPieces {
    std::vector<geo::MultiPolygon>
        glaciers;                ///< the largest first, which goes on as the outline; one: not parted
    std::vector<LaidLine> lines; ///< as they were laid, with a vertex wherever they meet a line
};

/// Where lines, in the coordinates of the layer, part an outline. They may come and go over its edge more
/// than once, cross holes and each other; what leads nowhere and what lies outside does nothing. Each piece
/// is a glacier of its own, with its holes. Of an outline of several parts those of the largest one that is
/// parted are; a further part goes with the nearest piece, one that is parted itself with the nearest on the
/// same side of the line. Pieces of less than `smallest` (m² in the plane) stay with what they hang on.
SplitPieces piecesAlong(const Draft& draft, const outlines::OutlineHandle& outline,
                        std::span<const geo::Ring> lines, double smallest = 0);

struct SplitOptions {
    double reach = 0; ///< an end that comes so near to the outline's line (units of the coordinates) is on it
    double smallest = 0;                          ///< as piecesAlong() has it
    Neighbours neighbours = Neighbours::Together; ///< Alone: those beside get no vertex where a divide ends
};

struct Split {
    Edit edit;
    std::vector<outlines::OutlineRef> pieces; ///< the largest, which keeps the UUID, first
};

/// The outline parted: the largest piece goes on as it, the others are new outlines with the same model, date
/// and attributes but for ids that name one outline alone (outlines::ownIds()). Nobody has seen the pieces
/// yet, so none of them is accepted or doubtful any more; what is no glacier stays none. The divide is the
/// same in both bit by bit, and a vertex of neighbours where it ends at a line that they share. Throws
/// Unfinished where the lines do not part it, and Refused.
Split split(Draft draft, const outlines::OutlineRef& ref, std::span<const geo::Ring> lines,
            const SplitOptions& options = {});

} // namespace nunatak::editing
