// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/benchmark_run.h"
#include "cli/chosen_model.h"
#include "cli/model_commands.h"

#include <fmt/format.h>

namespace nunatak::cli {

namespace {

struct EvaluateArguments {
    std::string model = "starter";
    bool json = false;
    BenchmarkArguments benchmark;
};

void runEvaluate(const EvaluateArguments& arguments, const Context& context) {
    const auto set = chosenSet(arguments.model, context);
    std::string title;
    if (set) {
        title = fmt::format("{}: {}", set->name, setText(*set));
    } else { // a model that is not there is better known before the work
        const auto model = context.registry().find(arguments.model);
        title = fmt::format("{} v{}", model.manifest.name, model.manifest.version);
    }
    const auto table = runBenchmark(arguments.benchmark, arguments.model, context).table;
    if (arguments.json) {
        fmt::print("{}\n", table.toJson());
    } else {
        fmt::print("{}\n\n{}", title, table.toText());
    }
}

} // namespace

void addEvaluate(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand(
        "evaluate",
        "How well a model finds glaciers: the paper's table of IoU, precision, recall, F1, accuracy");
    auto arguments = std::make_shared<EvaluateArguments>();
    command->add_option("--model", arguments->model, "Name of a model or of a set, or the folder of a model")
        ->capture_default_str();
    addBenchmarkOptions(*command, arguments->benchmark);
    command->add_flag("--json", arguments->json, "Print JSON");
    command->footer("Examples:\n"
                    "  nunatak-cli evaluate --dataset test.hdf5 --model glavitu_global\n"
                    "  nunatak-cli evaluate --scenes acquisitions/ --model starter --json");
    command->callback([=, &context] {
        checkBenchmarkOptions(arguments->benchmark);
        context.run = [=, &context] { runEvaluate(*arguments, context); };
    });
}

} // namespace nunatak::cli
