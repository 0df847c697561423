// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/commands.h"

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace nunatak::project {
class Project;
} // namespace nunatak::project

// The subcommands of outlines, each in a file of its own where it is more than a page, and what they share.
namespace nunatak::cli {

/// The layer that is meant: the named one, else the only inventory. Throws Error where there is none.
std::string outlinesLayer(const project::Project& project, const std::string& named);
/// JSON on stdout.
void print(const nlohmann::json& json);

/// `outlines divide`.
void addOutlinesDivide(CLI::App& outlines, Context& context);
/// `outlines extremes`.
void addOutlinesExtremes(CLI::App& outlines, Context& context);

} // namespace nunatak::cli
