// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <cstddef>
#include <span>
#include <vector>

namespace nunatak::editing {

/// Vertices of one ring replaced by others, as every edit of a line can be said: moved, inserted, removed or
/// drawn anew. May run over the ring's beginning.
struct RingSplice {
    int part = 0;
    int ring = 0;            ///< as in VertexId
    std::size_t first = 0;   ///< the first vertex that goes, or before which others come; the ring's size: at
                             ///< its end
    std::size_t removed = 0; ///< how many go, from `first` on
    geo::Ring added;
};

/// Vertices only move: all keep their numbers, also where it runs over the ring's beginning.
bool keepsNumbers(const RingSplice& splice);

/// Does all splices, whose numbers are those of the shape before. Between two of one ring at least one vertex
/// stays; a ring is replaced as a whole by one that begins at 0.
void applySplices(std::span<const RingSplice> splices, geo::MultiPolygon& shape);

} // namespace nunatak::editing
