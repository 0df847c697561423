// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"
#include "cli/terminal.h"

#include "tasks/demo_project.h"

#include <fmt/format.h>

#include <memory>
#include <string>

namespace nunatak::cli {

void addDemo(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand(
        "demo", "Make the demo: a project with a simulated scene, an expert's outlines and a short queue");
    auto folder = std::make_shared<std::string>();
    command->add_option("--out", *folder, "Folder to write to; a demo that is there stays as it is")
        ->required();
    command->footer("Example:\n"
                    "  nunatak-cli demo --out demo/");
    command->callback([=, &context] {
        context.run = [=, &context] {
            std::filesystem::path project;
            {
                ProgressBar bar(context.stop);
                project = tasks::demoProject(*folder, bar.progress());
            }
            fmt::print("Project:  {}\n", project.string());
        };
    });
}

} // namespace nunatak::cli
