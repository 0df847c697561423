// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "outlines/outline.h"

#include <optional>
#include <span>
#include <string>

namespace nunatak::editing {

/// What somebody found of outlines. Those that are removed, that is no glaciers, stay and say so, are no
/// longer handed in and teach a model what ice is not. Without a note the one that is there stays; to say
/// nothing any more takes it away, too. Whose the verdict is, and of when, is filled in by the project, which
/// makes no step of what the same person says again of the same line. Throws Error when one is not there.
Edit markReviewed(Draft draft, std::span<const outlines::OutlineRef> refs, outlines::Review review,
                  const std::optional<std::string>& note = std::nullopt);

/// What somebody writes about outlines without another verdict; empty: nothing any more. Throws as
/// markReviewed().
Edit noteReview(Draft draft, std::span<const outlines::OutlineRef> refs, const std::string& note);

} // namespace nunatak::editing
