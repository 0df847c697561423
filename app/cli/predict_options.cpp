// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/predict_options.h"

#include "cli/commands.h"
#include "cli/number_checks.h"
#include "scene/local_files.h"

namespace nunatak::cli {

void addOverwrite(CLI::App& command, bool& overwrite) {
    command.add_flag(
        "--overwrite", overwrite,
        "Replace files that are in the way (those of an earlier run of this command always are)");
}

CLI::Option* addRawOutlines(CLI::App& command, prediction::OutlineForm& form) {
    return command.add_flag_callback(
        "--raw-outlines", [&form] { form = prediction::OutlineForm::Raw; },
        "Outlines along the edges of pixels, instead of smoothed within half a pixel");
}

void addDeviceOptions(CLI::App& command, models::DeviceOptions& device) {
    command.add_option("--device", device.device, "auto, cpu, cuda or cuda:n")->capture_default_str();
    command.add_option("--threads", device.threads, "Threads of the network (default: all cores)")
        ->check(wholeBetween(1, 1024));
}

Claim standaloneClaim(const std::string& maker, bool overwrite, const std::string& sceneJson,
                      const scene::Scene& scene) {
    Claim claim{maker, overwrite, scene::localFiles(scene)};
    claim.read.emplace_back(sceneJson);
    return claim;
}

void addRegionOptions(CLI::App& command, PredictArguments& arguments) {
    auto* region = command
                       .add_option("--region-of-interest", arguments.regionOfInterest,
                                   "xmin ymin xmax ymax in the project's (or scene's) CRS; elsewhere nothing "
                                   "is predicted or changed")
                       ->expected(4);
    region->check([](const std::string& text) {
        return text.find_first_not_of("+-.0123456789eE") == std::string::npos
                   ? std::string()
                   : "\"" + text + "\" is no number";
    });
    auto* within =
        command.add_option("--within", arguments.within,
                           "Layer or file with polygons; elsewhere nothing is predicted or changed");
    command.add_option("--buffer", arguments.buffer, "Metres by which --within is grown")
        ->needs(within)
        ->check(notNegative())
        ->capture_default_str();
}

void addNetworkOptions(CLI::App& command, PredictArguments& arguments) {
    auto& options = arguments.options;
    command.add_option("--tile", arguments.tile, "Side of a tile in pixels; must be the network's");
    command.add_option("--overlap", options.overlap, "Share of a tile that its neighbour covers too")
        ->check(between(0.0, 0.9))
        ->capture_default_str();
    command.add_option("--batch", options.batch, "Tiles the network works on at once")
        ->check(wholeBetween(1, 256))
        ->capture_default_str();
    command.add_flag("--tta", options.inference.testTimeAugmentation,
                     "Look at each tile in 8 rotations and flips; their spread becomes uncertainty");
    command
        .add_option("--mc-dropout", options.inference.dropoutPasses,
                    "Look at each tile so often with dropout; the spread becomes uncertainty")
        ->check(wholeBetween(1, 1000));
    command.add_option("--resolution", arguments.resolution, "Pixel size in metres instead of the model's")
        ->check(positive());
    command
        .add_option(
            "--region", options.region,
            "Where a model with regions shall think it is: a region's code, auto, unknown, optimise or "
            "twelve numbers v1,…,v12")
        ->capture_default_str();
    command.add_flag(
        "--published-optimisation", options.publishedOptimisation,
        "With --region optimise: over random tiles of the whole scene, as published (takes days)");
    command
        .add_option("--precision", options.precision,
                    "auto, float32 or bf16; auto takes bf16 where it is fast and was checked for the model")
        ->check(CLI::IsMember({"auto", "float32", "bf16"}))
        ->capture_default_str();
    addDeviceOptions(command, options.device);
}

void addResultOptions(CLI::App& command, PredictArguments& arguments) {
    auto& options = arguments.options;
    command.add_option("--threshold", options.threshold, "Probability above which a pixel is glacier")
        ->check(between(0.0, 1.0))
        ->capture_default_str();
    command
        .add_option("--confidence-threshold", options.confidenceThreshold,
                    "Confidence under which the quality raster says so")
        ->check(between(0.0, 1.0))
        ->capture_default_str();
    command.add_option("--smoothing", options.smoothing, "Side of the median window in pixels; 1: none")
        ->check(wholeBetween(1, 99))
        ->capture_default_str();
    command.add_option("--min-area", options.minimumArea, "Smallest glacier in m² (RGI: 10000)")
        ->check(notNegative())
        ->capture_default_str();
    addRawOutlines(command, options.outlineForm);
    command.add_flag("--resume", options.resume,
                     "Go on with a prediction that was interrupted, if there is one");
}

} // namespace nunatak::cli
