// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "base/printable.h"
#include "cli/commands.h"
#include "cli/unknown_command.h"
#include "start/openmp_waiting.h"
#include "start/room_for_outlines.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <filesystem>
#include <new>
#include <sstream>
#include <string>
#include <string_view>

namespace {

constexpr int success = 0;
constexpr int usageError = 2;

/// How it ended, and how it would have where it failed.
struct Ending {
    int code = success;
    int failure = 1;
};

void runCommand(int argc, char** argv, Ending& ending) {
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
    cli::addDemo(app, context);
    cli::addScene(app, context);
    cli::addProject(app, context);
    cli::addPredict(app, context);
    cli::addImport(app, context);
    cli::addInventory(app, context);
    cli::addOutlines(app, context);
    cli::addReview(app, context);
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
        std::ostringstream out;
        std::ostringstream err;
        const bool isFine = app.exit(problem, out, err) == 0;
        fmt::print("{}", out.str());
        const std::string unknown = isFine ? std::string() : cli::unknownCommand(app, argc, argv);
        cli::tell(printable(unknown.empty() ? err.str() : "nunatak-cli: " + unknown + "\n"));
        ending.code = isFine ? success : usageError;
        return;
    }
    ending.failure = context.failureCode;
    context.run();
    ending.code = context.exitCode;
}

void fail(const std::string& sentence, Ending& ending) {
    nunatak::cli::tell(fmt::format("nunatak-cli: {}\n", nunatak::printable(sentence)));
    ending.code = ending.failure;
}

void tellFailures(int argc, char** argv, Ending& ending) {
    try {
        runCommand(argc, argv, ending);
    } catch (const nunatak::Error& error) {
        fail(error.what(), ending);
    } catch (const std::bad_alloc&) {
        fail("There is not enough memory for this. Try a smaller region of interest.", ending);
    } catch (const std::filesystem::filesystem_error& error) {
        fail(fmt::format("\"{}\" cannot be used ({}); look at the path and its rights.",
                         error.path1().string(), error.code().message()),
             ending);
    } catch (const std::exception& error) {
        fail(fmt::format("Something unforeseen went wrong ({}). Please report it.", error.what()), ending);
    }
}

/// The other commands have no threads of OpenMP, and starting takes as long as half of what they do.
bool runsNetworks(int argc, char** argv) {
    constexpr std::array<std::string_view, 3> commands{"predict", "finetune", "evaluate"};
    return argc > 1 && std::find(commands.begin(), commands.end(), argv[1]) != commands.end();
}

bool movesOutlines(int argc, char** argv) {
    constexpr std::array<std::string_view, 2> commands{"import", "export"};
    return argc > 1 && std::find(commands.begin(), commands.end(), argv[1]) != commands.end();
}

/// Ends without what libraries do at their end: HDF5 and GDAL write what they hold once more there, which on
/// a full disk fails with a signal. All that is ours is closed by then.
[[noreturn]] void end(int code) {
    std::fflush(nullptr);
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
    std::exit(code); // which looks for leaks
#else
    std::_Exit(code);
#endif
}

} // namespace

int main(int argc, char** argv) {
    if (runsNetworks(argc, argv)) {
        nunatak::restartWithWaitingThreads(argv);
    } else if (movesOutlines(argc, argv)) {
        nunatak::makeRoomForOutlines();
    }
    std::signal(SIGPIPE, SIG_IGN); // work is not lost because nobody reads what it says
    std::signal(SIGXFSZ, SIG_IGN); // a limit on the size of files is told as a full disk is
    nunatak::cli::Results results;
    Ending ending;
    tellFailures(argc, argv, ending);
    if (const int problem = results.finish(); problem != 0 && ending.code < ending.failure) {
        if (problem == EPIPE) {
            ending.code = ending.failure; // whoever closes a pipe has read enough
        } else {
            fail(fmt::format("The results could not be written ({}).", std::strerror(problem)), ending);
        }
    }
    end(ending.code);
}
