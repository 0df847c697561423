// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"

#include "base/error.h"
#include "scene/simulate.h"

#include <fmt/format.h>

namespace nunatak::cli {

void addSimulate(CLI::App& app, Context& context) {
    auto* command =
        app.add_subcommand("simulate", "Make a satellite scene with glaciers that needs no download");
    auto options = std::make_shared<scene::SimulationOptions>();
    auto folder = std::make_shared<std::string>();
    auto size = std::make_shared<std::vector<int>>(std::vector<int>{options->columns, options->rows});
    command->add_option("--out", *folder, "Folder to write to; made when missing")->required();
    command->add_option("--seed", options->seed, "The same seed gives the same scene")->capture_default_str();
    command->add_option("--size", *size, "Columns and rows")
        ->expected(2)
        ->check(CLI::Range(64, 16384))
        ->capture_default_str();
    command->add_option("--resolution", options->pixelSize, "Pixel size in metres")
        ->check(CLI::Range(1.0, 1000.0))
        ->capture_default_str();
    command->add_option("--date", options->date, "Date of acquisition, as 2020-08-20")->capture_default_str();
    command->footer("Example:\n  nunatak-cli simulate --out demo/ --seed 1 --size 1024 1024");
    command->callback([=, &context] {
        context.run = [=, &context] {
            options->columns = size->at(0);
            options->rows = size->at(1);
            scene::Simulation result;
            {
                ProgressBar bar(context.stop);
                result = scene::simulate(*options, *folder, bar.progress());
            }
            fmt::print("Simulated a scene with {} glaciers.\nScene:    {}\nOutlines: {}\n", result.glaciers,
                       result.sceneJson.string(), result.truth.string());
        };
    });
}

} // namespace nunatak::cli
