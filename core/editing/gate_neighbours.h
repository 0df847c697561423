// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/changed_edges.h"
#include "outlines/outline.h"
#include "outlines/outline_ref.h"

#include <span>
#include <vector>

// The gate between outlines: no edit makes them overlap, nor have more ground in common where they do
// already. Like gate.h it refuses what becomes worse, so that outlines of a file that overlap already can be
// edited, parted, joined, and drawn apart.
namespace nunatak::editing {

class Draft;

/// An outline that is reshaped.
struct ChangedShape {
    outlines::OutlineRef ref;
    outlines::OutlineHandle before; ///< of one that is made of others: all that these had
    outlines::OutlineHandle after;
    ChangedEdges edges;                            ///< where it is made of others, those alone that come
    std::vector<outlines::OutlineHandle> madeOf{}; ///< none: itself
};

/// Whether an outline takes part: what is no glacier keeps its shape for a model to learn from, and others
/// may lie over it.
bool takesGround(const outlines::Outline& outline);

/// Those of its layer, near this extent, that take ground as it does, in the order of their UUIDs. None where
/// it takes none, or its layer's outlines may lie over each other.
std::vector<outlines::OutlineHandle> groundBeside(const Draft& draft, const outlines::OutlineRef& ref,
                                                  const outlines::Outline& outline,
                                                  const geo::Extent& extent);

/// Looks at the edges that come, against what the indices of the others find near them, and for outlines
/// that a change runs over as a whole. To touch is not to overlap: along a shared line, in a point, or where
/// only rounding (onLine, boundaries.h) sets a vertex beyond a line. Outlines that change together are judged
/// as they will be, pieces of one by what lay in it twice. `draft` is as it was before. Throws Refused with
/// the place; its sentence names the neighbour.
void throwIfOverlapping(const Draft& draft, std::span<const ChangedShape> changed);

} // namespace nunatak::editing
