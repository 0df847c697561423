// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"

#include <span>

namespace nunatak::editing {

/// Outlines gone, without a verdict: nothing is learnt from it. Throws Error when one is not there.
Edit removeOutlines(Draft draft, std::span<const outlines::OutlineRef> refs);

/// "Khumbu Glacier", "glacier 3f2a9c1b", "3 glaciers": the outlines within a sentence.
std::string namesInSentence(const Draft& draft, std::span<const outlines::OutlineRef> refs);

} // namespace nunatak::editing
