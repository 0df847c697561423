// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "geo/polygon.h"
#include "outlines/outline_ref.h"

#include <vector>

namespace nunatak::editing {

/// Points that a line of `ref` or of others beside it gets may lie on edges of outlines of its layer that are
/// none of its owners. These get a vertex there, so that both have one, beside what `changes` has for them
/// already. Costs what the indices find at the points.
void addTouched(const Draft& draft, const outlines::OutlineRef& ref, const geo::Ring& points,
                std::vector<Reshape>& changes);

} // namespace nunatak::editing
