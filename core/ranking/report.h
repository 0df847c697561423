// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ranking/rank_scenes.h"

#include <string>
#include <vector>

namespace nunatak::ranking {

/// A line for each scene, in the order given, for a terminal; shares in per cent.
std::string toTable(const std::vector<RankedScene>& scenes);
/// A line for each glacier and scene: glaciers in their order, the scenes of each from the best.
std::string glaciersTable(const std::vector<RankedScene>& scenes);
/// The same for a spreadsheet: comma-separated values by RFC 4180, shares from 0 to 1, nothing where unknown.
std::string glaciersCsv(const std::vector<RankedScene>& scenes);
/// Shares from 0 to 1, null where unknown; areas in m², angles in degrees.
std::string toJson(const std::vector<RankedScene>& scenes);

} // namespace nunatak::ranking
