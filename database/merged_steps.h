// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/rows.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace nunatak::database {

/// Steps of other projects that came with merges, oldest first: all of them, or those that changed this
/// outline (layer, UUID). None in a file of an earlier version.
std::vector<MergedRow> readMerged(SQLite::Database& connection,
                                  const std::optional<std::pair<std::string, std::string>>& outline);

} // namespace nunatak::database
