// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/commands.h"
#include "models/model_set.h"

#include <string>

// The subcommands of `nunatak-cli model` that have files of their own.
namespace nunatak::cli {

void addModelImport(CLI::App& model, Context& context);
void addModelExport(CLI::App& model, Context& context);
void addModelCalibrate(CLI::App& model, Context& context);
void addModelSet(CLI::App& model, Context& context);
/// `model use`, `model versions` and `model card`.
void addModelVersions(CLI::App& model, Context& context);

/// "optical(6) + dem(2)".
std::string featureText(const models::NetworkSpec& network);
/// "glavitu-alps for ALP CA, glavitu-asia for HMA, elsewhere glavitu-global".
std::string setText(const models::ModelSet& set);

} // namespace nunatak::cli
