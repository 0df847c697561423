// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"

#include <optional>
#include <vector>

// Ground that outlines have in common, beside what those that they are made of had: which a file may have
// brought, and which is no reason against what is done with it. By GEOS on whole outlines: for what is in
// doubt alone.
namespace nunatak::editing {

struct GroundOf {
    std::vector<outlines::OutlineHandle> before; ///< what it is made of
    outlines::OutlineHandle after;
};

/// Whether two had ground in common before, and none comes that was not of both then.
bool haveOldGroundInCommon(const GroundOf& one, const GroundOf& other);

/// Where two that are made of the same outline have more ground in common than what they are made of had,
/// and than lay twice in itself.
std::optional<geo::Point> groundOfTwoPieces(const GroundOf& one, const GroundOf& other);

} // namespace nunatak::editing
