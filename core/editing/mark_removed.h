// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"

#include <span>

namespace nunatak::editing {

/// Outlines that are no glaciers: they stay, say so, are no longer handed in and teach a model what ice is
/// not. Throws Error when one is not there.
Edit markRemoved(Draft draft, std::span<const outlines::OutlineRef> refs);

} // namespace nunatak::editing
