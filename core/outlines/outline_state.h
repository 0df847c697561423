// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"

namespace nunatak::outlines {

/// How far the work on a glacier has come, as its line shows it: what somebody found of it, else whether
/// anybody changed it. Reference: of a layer that is only looked at and taken from.
enum class OutlineState { Untouched, Accepted, Doubtful, Changed, Removed, Reference };

OutlineState stateOf(const Outline& outline);
/// "as it came", "accepted", "doubtful", "changed", "removed", "reference".
std::string toString(OutlineState state);

} // namespace nunatak::outlines
