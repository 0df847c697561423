// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/model_commands.h"

#include "base/error.h"
#include "cli/chosen_model.h"

#include <fstream>
#include <set>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace nunatak::cli {

namespace {

struct Arguments {
    std::string name;
    bool json = false;
};

using Json = nlohmann::ordered_json;

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words) {
        text += (text.empty() ? "" : " ") + word;
    }
    return text;
}

void printLine(const char* what, const std::string& text) {
    if (!text.empty()) {
        fmt::print("{:<14}{}\n", what, text);
    }
}

std::string networkText(const models::NetworkSpec& network) {
    auto text =
        fmt::format("{}, tiles of {} px, {} filters", network.architecture, network.tile, network.filters);
    if (network.architecture == "glavitu") {
        text += fmt::format(", {} transformer blocks of {} heads, embedding {}, hidden width {}",
                            network.blocks, network.heads, network.embedding, network.mlp);
        text += network.deepSupervision ? ", with deep supervision" : ", without deep supervision";
    }
    return text;
}

std::string locationText(const models::NetworkSpec& network) {
    switch (network.location) {
    case 0:
        return "none";
    case 4:
        return "coordinates (sine and cosine of latitude and longitude)";
    default:
        return fmt::format("{} regions", network.location);
    }
}

void printScaling(const models::Manifest& manifest) {
    for (const auto& feature : manifest.network.features) {
        const auto& scaling = manifest.scaling.at(feature.name);
        for (std::size_t band = 0; band < feature.bands.size(); ++band) {
            printLine(band == 0 ? feature.name.c_str() : "",
                      fmt::format("{}: {} to {}{}", feature.bands[band], scaling[band].minimum,
                                  scaling[band].maximum,
                                  scaling[band].logarithmic ? " of log10(x + 1e-6)" : ""));
        }
    }
}

void printCalibrations(const models::Manifest& manifest) {
    if (manifest.calibrations.empty()) {
        printLine("calibration", "none: confidence maps will say that they are uncalibrated");
    }
    for (const auto& calibration : manifest.calibrations) {
        const bool isotonic = calibration.method == models::Calibration::Method::Isotonic;
        const bool measured = calibration.eceBefore > 0 || calibration.eceAfter > 0;
        printLine("calibration",
                  fmt::format("{} of {} points for {} prediction at threshold {:g} and {:g} m{}{}",
                              isotonic ? "isotonic regression" : "kernel ridge", calibration.points.size(),
                              calibration.inference, calibration.threshold,
                              calibration.pixelSize > 0 ? calibration.pixelSize : manifest.pixelSize,
                              measured ? fmt::format(", ECE {:.4f} → {:.4f}", calibration.eceBefore,
                                                     calibration.eceAfter)
                                       : "",
                              calibration.source.empty() ? "" : ", " + calibration.source));
    }
}

void printModel(const models::StoredModel& model) {
    const auto& manifest = model.manifest;
    printLine("name", fmt::format("{} v{}", manifest.name, manifest.version));
    printLine("folder", model.folder.string());
    printLine("network", networkText(manifest.network));
    printLine("features", featureText(manifest.network));
    printLine("location", locationText(manifest.network));
    printLine("strategy", models::toString(manifest.strategy));
    printLine("regions", joined(manifest.regions));
    printLine("pixel size", fmt::format("{:g} m", manifest.pixelSize));
    printLine("required", joined(manifest.requiredFeatures));
    printScaling(manifest);
    printCalibrations(manifest);
    printLine("dropout", manifest.trainedWithDropout ? "trained with it" : "trained without it");
    printLine("bf16", manifest.bfloat16
                          ? fmt::format("{}: outlines agree to IoU {:.5f}, calibration within {:.4f}, {} "
                                        "tiles ({})",
                                        manifest.bfloat16->allowed ? "allowed" : "not allowed",
                                        manifest.bfloat16->outlinesIou, manifest.bfloat16->calibrationShift,
                                        manifest.bfloat16->tiles, manifest.bfloat16->source)
                          : "not checked yet");
    for (const auto& [name, value] : manifest.metrics) {
        printLine("metric", fmt::format("{} {:g}", name, value));
    }
    printLine("provenance", manifest.provenance);
    printLine("parent", manifest.parent);
    printLine("created", manifest.created);
    printLine("fingerprint", manifest.fingerprint);
}

/// The manifest as its file has it, and where it lies.
Json modelJson(const models::StoredModel& model) {
    std::ifstream stream(model.folder / "model.json");
    auto json = Json::parse(stream);
    json["name"] = model.manifest.name;
    json["folder"] = model.folder.string();
    return json;
}

Json setJson(const models::ModelSet& set) {
    Json members = Json::array();
    for (const auto& member : set.members) {
        members.push_back(
            {{"model", member.model}, {"regions", member.regions}, {"polygon", member.polygon}});
    }
    return {{"name", set.name}, {"members", members}, {"elsewhere", set.elsewhere}};
}

void runList(const Arguments& arguments, const Context& context) {
    std::vector<std::string> problems;
    const auto models = context.registry().list(&problems);
    const auto sets =
        models::listModelSets({context.paths.userModels, context.paths.installedModels}, &problems);
    if (arguments.json) {
        Json all{{"models", Json::array()}, {"sets", Json::array()}, {"problems", problems}};
        for (const auto& set : sets) {
            all["sets"].push_back(setJson(set));
        }
        for (const auto& model : models) {
            all["models"].push_back(modelJson(model));
        }
        fmt::print("{}\n", all.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
        return;
    }
    std::set<std::string> named;
    for (const auto& model : models) {
        // The user's come first and are the ones that a name means.
        const bool isHidden = !named.insert(model.manifest.name).second;
        fmt::print("{} v{}  {}  {:g} m  {}  {}{}\n", model.manifest.name, model.manifest.version,
                   featureText(model.manifest.network), model.manifest.pixelSize,
                   models::toString(model.manifest.strategy), model.folder.string(),
                   isHidden ? "  (hidden by yours of this name; give its folder)" : "");
    }
    for (const auto& set : sets) {
        fmt::print("{}  set: {}\n", set.name, setText(set));
    }
    if (models.empty()) {
        fmt::print("No models are installed.\n");
    }
    for (const auto& problem : problems) {
        fmt::print("Left out: {}\n", problem);
    }
}

void runShow(const Arguments& arguments, const Context& context) {
    if (const auto set = chosenSet(arguments.name, context)) {
        if (arguments.json) {
            fmt::print("{}\n", setJson(*set).dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
        } else {
            printLine("set", set->name);
            printLine("members", setText(*set));
        }
        return;
    }
    const auto model = context.registry().find(arguments.name);
    if (arguments.json) {
        fmt::print("{}\n", modelJson(model).dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
    } else {
        printModel(model);
    }
}

void runVerify(const Arguments& arguments, const Context& context) {
    std::vector<std::string> problems;
    std::vector<models::StoredModel> models;
    if (arguments.name.empty()) {
        models = context.registry().list(&problems);
    } else {
        models.push_back(context.registry().find(arguments.name));
    }
    for (const auto& model : models) {
        try {
            const auto weights = models::verifiedWeights(model);
            fmt::print("{} v{}: {} weights, all finite and of the right shape; the fingerprint is right.\n",
                       model.manifest.name, model.manifest.version, weights.size());
        } catch (const Error& error) {
            problems.push_back(error.what());
        }
    }
    if (problems.empty()) {
        return;
    }
    std::string text;
    for (const auto& problem : problems) {
        text += (text.empty() ? "" : "\n") + problem;
    }
    throw Error(text);
}

using Run = void (*)(const Arguments&, const Context&);

std::shared_ptr<Arguments> addSubcommand(CLI::App& command, Context& context, Run run) {
    auto arguments = std::make_shared<Arguments>();
    command.callback([=, &context] { context.run = [=, &context] { run(*arguments, context); }; });
    return arguments;
}

} // namespace

std::string featureText(const models::NetworkSpec& network) {
    std::string text;
    for (const auto& feature : network.features) {
        text += fmt::format("{}{}({})", text.empty() ? "" : " + ", feature.name, feature.bands.size());
    }
    return text;
}

void addModel(CLI::App& app, Context& context) {
    auto* command = app.add_subcommand("model", "The models of this machine");
    command->require_subcommand(1);

    auto* list = command->add_subcommand("list", "Name, version, features and pixel size of each model");
    auto listed = addSubcommand(*list, context, runList);
    list->add_flag("--json", listed->json, "The whole manifests, as JSON");

    auto* show = command->add_subcommand("show", "Everything a model's manifest says");
    auto shown = addSubcommand(*show, context, runShow);
    show->add_option("name", shown->name, "Model (name or folder) or set")->required();
    show->add_flag("--json", shown->json, "As JSON");

    auto* verify = command->add_subcommand("verify", "Check fingerprint, shapes and numbers of the weights");
    auto verified = addSubcommand(*verify, context, runVerify);
    verify->add_option("name", verified->name, "Model (name or folder); all when left out");

    addModelImport(*command, context);
    addModelExport(*command, context);
    addModelCalibrate(*command, context);
    addModelSet(*command, context);
    addModelVersions(*command, context);
    command->footer("Examples:\n  nunatak-cli model list\n  nunatak-cli model import glavitu_weights.h5 "
                    "--name glavitu --features optical dem\n  nunatak-cli model verify");
}

} // namespace nunatak::cli
