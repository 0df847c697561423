// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "database/rows.h"
#include "outlines/edit.h"

#include <optional>
#include <string>
#include <vector>

namespace nunatak::project {

/// Another program wrote while the project was open. Where it changed an outline that `changes` replace or
/// remove, what it wrote is kept in a layer of its own (LAYER_other_program, a reference), which is added to
/// the transaction; the edit itself stands. `there`: what the file holds of each change's outline. Returns a
/// sentence on it; empty where nothing of that kind happened.
std::string keepOthersEdits(const std::vector<outlines::OutlineChange>& changes,
                            const std::vector<std::optional<database::FeatureRow>>& there,
                            database::Transaction& transaction);

} // namespace nunatak::project
