// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "cli/commands.h"
#include "start/openmp_waiting.h"

#include <fmt/format.h>

#include <cstdio>
#include <exception>

namespace {

constexpr int success = 0;
constexpr int failure = 1;
constexpr int usageError = 2;

int runCommand(int argc, char** argv) {
    using namespace nunatak;
    const cli::InterruptWatcher interrupts;
    raster::initialiseGdal();

    cli::Context context;
    context.paths = installPaths();
    context.stop = interrupts.stopToken();
    context.pool = std::make_shared<raster::ReaderPool>();

    CLI::App app{"Nunatak without a window: predict, correct, compare and export glacier outlines.",
                 "nunatak-cli"};
    app.set_version_flag("--version", NUNATAK_VERSION);
    app.require_subcommand(1);
    app.footer("Every subcommand has its own --help with examples.");
    cli::addSimulate(app, context);
    cli::addScene(app, context);
    cli::addProject(app, context);
    cli::addPredict(app, context);
    cli::addImport(app, context);
    cli::addExport(app, context);
    cli::addCompare(app, context);
    cli::addFinetune(app, context);
    cli::addModel(app, context);
    cli::addBandRatio(app, context);
    cli::addEvaluate(app, context);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& problem) {
        // CLI11 gives --help and --version as "errors" with code 0.
        return app.exit(problem) == 0 ? success : usageError;
    }
    context.run();
    return success;
}

} // namespace

int main(int argc, char** argv) {
    nunatak::restartWithWaitingThreads(argv);
    try {
        return runCommand(argc, argv);
    } catch (const nunatak::Error& error) {
        fmt::print(stderr, "nunatak-cli: {}\n", error.what());
    } catch (const std::bad_alloc&) {
        fmt::print(stderr,
                   "nunatak-cli: There is not enough memory for this. Try a smaller region of interest.\n");
    } catch (const std::exception& error) {
        fmt::print(stderr, "nunatak-cli: Something unforeseen went wrong ({}). Please report it.\n",
                   error.what());
    }
    return failure;
}
