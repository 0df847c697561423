// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"

#include "base/counted.h"
#include "base/error.h"
#include "scene/simulate.h"

#include <fmt/format.h>

namespace nunatak::cli {

namespace {

void addPlaceOptions(CLI::App& command, scene::SimulationOptions& options) {
    command.add_option("--seed", options.seed, "The same seed gives the same scene")->capture_default_str();
    command.add_option("--resolution", options.pixelSize, "Pixel size in metres, 5 to 240")
        ->capture_default_str();
    command.add_option("--dem", options.elevation,
                       "Elevation model of a real place; without it mountains are invented");
    command.add_option("--outlines", options.outlines,
                       "Glaciers of that place; without them ice grows above an equilibrium line");
}

void addPictureOptions(CLI::App& command, scene::SimulationOptions& options) {
    command
        .add_option("--features", options.features,
                    "What to make: optical, dem, co_pol_sar, cross_pol_sar, in_sar, thermal, quality "
                    "(a mask of the clouds)")
        ->delimiter(',')
        ->capture_default_str();
    command.add_option("--date", options.date, "Date of acquisition, as 2020-08-20")->capture_default_str();
    command
        .add_option("--retreat", options.retreats,
                    "Also a later date, after the tongues have become shorter by so many metres; several "
                    "numbers give several dates")
        ->delimiter(',');
    command.add_option("--cloud", options.cloud, "Share of the scene under clouds, 0 to 1")
        ->capture_default_str();
    command.add_option(
        "--snowline", options.snowLine,
        "Where the season's snow begins, from 0 (lowest ground) to 1 (highest); without it the "
        "seed's year says");
}

} // namespace

void addSimulate(CLI::App& app, Context& context) {
    auto* command =
        app.add_subcommand("simulate", "Make a satellite scene with glaciers that needs no download");
    auto options = std::make_shared<scene::SimulationOptions>();
    auto folder = std::make_shared<std::string>();
    auto size = std::make_shared<std::vector<int>>();
    command->add_option("--out", *folder, "Folder to write to; made when missing")->required();
    command->add_option("--size", *size, "Columns and rows; 1024 1024, or all of --dem")->expected(2);
    addPlaceOptions(*command, *options);
    addPictureOptions(*command, *options);
    addOverwrite(*command, options->overwrite);
    command->footer("Examples:\n"
                    "  nunatak-cli simulate --out demo/ --seed 1 --size 1024 1024\n"
                    "  nunatak-cli simulate --out alps/ --dem srtm.tif --outlines rgi.shp --cloud 0.2\n"
                    "  nunatak-cli simulate --out change/ --seed 2 --retreat 300 "
                    "--features optical,dem,co_pol_sar,in_sar");
    command->callback([=, &context] {
        context.run = [=, &context] {
            if (size->size() == 2) {
                options->columns = size->at(0);
                options->rows = size->at(1);
            }
            scene::Simulation result;
            {
                ProgressBar bar(context.stop);
                result = scene::simulate(*options, *folder, bar.progress());
            }
            fmt::print("Simulated a scene with {}.\nScene:    {}\nOutlines: {}\n",
                       counted(static_cast<long long>(result.glaciers), "glacier"), result.sceneJson.string(),
                       result.truth.string());
            for (const auto& later : result.later) {
                fmt::print("Later:    {}\n", later.string());
            }
            for (const auto& note : result.notes) {
                fmt::print("Note: {}\n", note);
            }
        };
    });
}

} // namespace nunatak::cli
