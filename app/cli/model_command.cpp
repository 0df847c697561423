// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commands.h"

#include <fmt/format.h>

namespace nunatak::cli {

namespace {

std::string featureText(const models::NetworkSpec& network) {
    std::string text;
    for (const auto& feature : network.features) {
        text += fmt::format("{}{}({})", text.empty() ? "" : " + ", feature.name, feature.bands.size());
    }
    return text;
}

void runList(const Context& context) {
    std::vector<std::string> problems;
    const auto models = context.registry().list(&problems);
    for (const auto& model : models) {
        fmt::print("{} v{}  {}  {:g} m  {}\n", model.manifest.name, model.manifest.version,
                   featureText(model.manifest.network), model.manifest.pixelSize, model.folder.string());
    }
    if (models.empty()) {
        fmt::print("No models are installed.\n");
    }
    for (const auto& problem : problems) {
        fmt::print("Left out: {}\n", problem);
    }
}

} // namespace

void addModel(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand("model", "The models of this machine");
    command->require_subcommand(1);
    auto* list = command->add_subcommand("list", "Name, version, features and pixel size of each model");
    list->callback([&context] { context.run = [&context] { runList(context); }; });
    command->footer("Example:\n  nunatak-cli model list");
}

} // namespace nunatak::cli
