// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/benchmark_run.h"

#include <fmt/format.h>

namespace nunatak::cli {

namespace {

struct EvaluateArguments {
    std::string model = "starter";
    bool json = false;
    BenchmarkArguments benchmark;
};

void runEvaluate(const EvaluateArguments& arguments, const Context& context) {
    const auto model = context.registry().find(arguments.model);
    const auto table = runBenchmark(arguments.benchmark, model, context).table;
    if (arguments.json) {
        fmt::print("{}\n", table.toJson());
    } else {
        fmt::print("{} v{}\n\n{}", model.manifest.name, model.manifest.version, table.toText());
    }
}

} // namespace

void addEvaluate(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand(
        "evaluate",
        "How well a model finds glaciers: the paper's table of IoU, precision, recall, F1, accuracy");
    auto arguments = std::make_shared<EvaluateArguments>();
    command->add_option("--model", arguments->model, "Name of a model, or the folder of one")
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
