// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/commands.h"

#include "tasks/project_copy.h"

#include <string>

namespace nunatak::cli {

/// `project history`, a subcommand of project.
void addProjectHistory(CLI::App& project, Context& context);
/// `project check`, `compact`, `copy` and `recover`.
void addProjectCare(CLI::App& project, Context& context);
/// `project split`: a part for each expert.
void addProjectSplit(CLI::App& project, Context& context);
/// `project merge`: what several experts did, joined.
void addProjectMerge(CLI::App& project, Context& context);

/// The option of copy and split for the rasters of predictions, and what it means.
void addRasters(CLI::App& command, std::string& value);
tasks::TakeRasters rastersWanted(const std::string& value);

} // namespace nunatak::cli
