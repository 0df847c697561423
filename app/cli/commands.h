// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/install_paths.h"
#include "cli/terminal.h"
#include "models/network.h"
#include "models/registry.h"
#include "raster/reader_pool.h"

#include <CLI/CLI.hpp>

#include <functional>
#include <memory>

// One function per subcommand of nunatak-cli, each in a file of its own. A function adds its subcommand to
// the parser and stores in Context::run what shall be done when that subcommand was given.
namespace nunatak::cli {

/// What the commands share.
struct Context {
    InstallPaths paths;
    std::stop_token stop;
    std::shared_ptr<raster::ReaderPool> pool;
    std::function<void()> run; ///< set by the subcommand that was given
    int exitCode = 0;          ///< of a subcommand that was done and answers with it
    int failureCode = 1;       ///< of the subcommand that was given, where it fails

    models::Registry registry() const { return {paths.installedModels, paths.userModels}; }
};

void addSimulate(CLI::App& app, Context& context);
/// `demo`: the project that the desktop offers to begin with.
void addDemo(CLI::App& app, Context& context);
void addScene(CLI::App& app, Context& context);
/// `scene rank`, a subcommand of scene.
void addSceneRank(CLI::App& scene, Context& context);
void addProject(CLI::App& app, Context& context);
void addPredict(CLI::App& app, Context& context);
void addImport(CLI::App& app, Context& context);
void addInventory(CLI::App& app, Context& context);
void addOutlines(CLI::App& app, Context& context);
void addReview(CLI::App& app, Context& context);
void addExport(CLI::App& app, Context& context);
void addCompare(CLI::App& app, Context& context);
void addFinetune(CLI::App& app, Context& context);
void addModel(CLI::App& app, Context& context);
void addBandRatio(CLI::App& app, Context& context);
void addEvaluate(CLI::App& app, Context& context);

/// --overwrite, for commands that write to names the user chooses.
void addOverwrite(CLI::App& command, bool& overwrite);

/// Options that say on which device the network runs; used by predict and finetune.
void addDeviceOptions(CLI::App& command, models::DeviceOptions& device);

} // namespace nunatak::cli
