// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "outlines/outline.h"

#include <span>

namespace nunatak::editing {

/// What somebody found of outlines. Those that are removed, that is no glaciers, stay and say so, are no
/// longer handed in and teach a model what ice is not. Throws Error when one is not there.
Edit markReviewed(Draft draft, std::span<const outlines::OutlineRef> refs, outlines::Review review);

} // namespace nunatak::editing
