// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline_set.h"

#include <vector>

// Which outlines are of the same glacier: by the ground that they cover, for a UUID says so only of copies.
namespace nunatak::outlines {

/// The area in m² that both cover, measured along 64 lines across the part that they may share: within a few
/// percent, in a walk along the vertices, also of shapes that are not valid.
double commonArea(const SharedOutline& a, const SharedOutline& b);

/// True where more than half of the smaller one lies in the other one: the same glacier drawn twice, not two
/// neighbours that overlap.
bool isSameGround(const SharedOutline& a, const SharedOutline& b);

/// An outline of `set` that is the same ground, the one with the most in common where there are several; null
/// where there is none. One of that UUID counts as any other.
OutlineHandle sameGroundIn(const OutlineSet& set, const SharedOutline& outline);

/// Two outlines of the same ground.
struct GroundMatch {
    OutlineHandle one;
    OutlineHandle other;
    double area = 0; ///< m² in common
};
/// Pairs of an outline of `ones` and one of `others`; each is in one pair at most, those with the most in
/// common first.
std::vector<GroundMatch> matchedByGround(const std::vector<OutlineHandle>& ones, const OutlineSet& others);

} // namespace nunatak::outlines
