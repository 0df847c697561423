// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/changed_edges.h"
#include "editing/line_nodes.h"
#include "editing/overlapping_lines.h"
#include "geo/polygon.h"

#include <span>
#include <vector>

// An outline and lines laid over it made one: what every operation that adds, takes or parts ground is. Works
// on the places where lines meet alone, so it costs these, and a copy of the outline.
namespace nunatak::editing {

enum class Overlay {
    Add,       ///< the region's ground as well
    Remove,    ///< without the region's ground
    Uncovered, ///< the region without the outline's ground
    Split      ///< the outline parted along the lines; each part of the result is a piece
};

struct Overlaid {
    /// Valid where the outline was, with its parts and rings in their order. Vertices that stay are the same
    /// bit by bit; rings that nothing meets are untouched.
    geo::MultiPolygon shape;
    ChangedEdges edges;       ///< of the outline; not said of Uncovered
    std::vector<int> origins; ///< of each part: the outline's part that it comes from; -1: none
    bool isSame = true;       ///< nothing but vertices on its lines came
};

/// `nodes` and `lines` as nodedLines() has them for this outline. Lines that run along the outline's, both
/// ways, touch it in points or coincide with it wholly are met exactly; of a split, stretches outside and
/// ends that lead nowhere do nothing. Method: both lines cut where they meet, each piece kept by the side of
/// the other that it lies on, and rings walked by the sharpest turn (Weiler & Atherton 1977, SIGGRAPH 11(2),
/// 214-222).
Overlaid overlaid(const Indexed& outline, std::span<const LineNode> nodes, std::span<const LaidLine> lines,
                  Overlay what);

} // namespace nunatak::editing
