// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "editing/neighbours.h"
#include "geo/polygon.h"

#include <vector>

namespace nunatak::editing {

/// These vertices of an outline removed. A hole or a part of which fewer than three are left goes as a whole,
/// and an outline without a part, too. Throws Error when there is no such vertex, and as reshape() does.
Edit removeVertices(Draft draft, const outlines::OutlineRef& ref, std::vector<geo::VertexId> vertices,
                    Neighbours neighbours = Neighbours::Together);

/// What an outline is without vertices of its.
struct LeftOver {
    int parts = 0;     ///< that are left
    int goneParts = 0; ///< that go as a whole
    int goneHoles = 0; ///< of parts that are left
};
/// What removeVertices() leaves. Throws Error when there is no such vertex.
LeftOver leftWithout(const geo::MultiPolygon& outline, const std::vector<geo::VertexId>& vertices);

} // namespace nunatak::editing
