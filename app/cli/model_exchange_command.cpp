// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/model_commands.h"

#include "base/error.h"
#include "exchange/calibration_file.h"
#include "exchange/keras_weights.h"
#include "models/safetensors.h"
#include "prediction/location.h"

#include <fmt/format.h>

namespace nunatak::cli {

namespace {

struct ImportArguments {
    std::string file;
    std::string name;
    std::vector<std::string> features;
    std::string location;
    std::string region;
    std::string calibration;
    std::string calibrationInference = "plain";
    double pixelSize = 10;
};

struct ExportArguments {
    std::string name;
    std::string out;
};

/// How the model knows where it is; what the user says has to fit the weights.
models::Strategy strategyFor(const models::NetworkSpec& spec, const ImportArguments& arguments) {
    const std::string found = spec.location == 12 ? "region" : spec.location == 4 ? "coordinate" : "none";
    if (!arguments.location.empty() && arguments.location != found) {
        throw Error(fmt::format("{} was trained {}, which --location {} contradicts.", arguments.file,
                                spec.location == 0
                                    ? std::string("without a location")
                                    : fmt::format("with a location of {} numbers ({})", spec.location, found),
                                arguments.location));
    }
    if (!arguments.region.empty() && spec.location > 0) {
        throw Error(fmt::format("{} knows all regions by its location vector; --region is for weights that "
                                "were trained on one.",
                                arguments.file));
    }
    if (spec.location == 12) {
        return models::Strategy::RegionEncoding;
    }
    if (spec.location == 4) {
        return models::Strategy::CoordinateEncoding;
    }
    return arguments.region.empty() ? models::Strategy::Global : models::Strategy::Regional;
}

models::Manifest manifestFor(const exchange::ImportedWeights& imported, const ImportArguments& arguments) {
    models::Manifest manifest;
    manifest.name = arguments.name;
    manifest.network = imported.spec;
    manifest.pixelSize = arguments.pixelSize;
    manifest.scaling = models::Manifest::publishedScaling(imported.spec.features);
    for (const auto& feature : imported.spec.features) {
        if (feature.name == "optical") {
            manifest.requiredFeatures = {feature.name};
        }
    }
    manifest.strategy = strategyFor(imported.spec, arguments);
    if (manifest.strategy == models::Strategy::RegionEncoding) {
        manifest.regions = prediction::publishedRegions();
    } else if (manifest.strategy == models::Strategy::Regional) {
        manifest.regions = {arguments.region};
    }
    if (!arguments.calibration.empty()) {
        manifest.calibrations.push_back(
            exchange::readCalibration(arguments.calibration, arguments.calibrationInference));
    }
    manifest.provenance = fmt::format(
        "Imported from {} (SHA-256 {}), saved by Keras {}.",
        std::filesystem::path(arguments.file).filename().string(), models::fileSha256(arguments.file),
        imported.kerasVersion.empty() ? "of an unknown version" : imported.kerasVersion);
    return manifest;
}

void runImport(const ImportArguments& arguments, const Context& context) {
    if (!arguments.calibration.empty()) {
        // A calibration that cannot be used is better known before the work than after it.
        exchange::readCalibration(arguments.calibration, arguments.calibrationInference);
    }
    auto features = exchange::featuresFrom(arguments.features);
    exchange::ImportedWeights imported;
    {
        ProgressBar bar(context.stop);
        imported = exchange::importKeras(
            exchange::readKerasFile(arguments.file, context.paths.hdf5Reader, bar.progress()),
            std::move(features));
    }
    const auto stored = context.registry().store(manifestFor(imported, arguments), imported.weights);
    std::int64_t parameters = 0;
    for (const auto& [name, tensor] : imported.weights) {
        parameters += tensor.elements();
    }
    fmt::print("Imported {} v{}: {}, {} px tiles at {:g} m, {} parameters, strategy {}.\n",
               stored.manifest.name, stored.manifest.version, featureText(imported.spec), imported.spec.tile,
               stored.manifest.pixelSize, parameters, models::toString(stored.manifest.strategy));
    if (arguments.calibration.empty()) {
        fmt::print("Its confidence is not calibrated; give --calibration to import a calibration with it.\n");
    }
    fmt::print("Predict with it: nunatak-cli predict PROJECT --model {}\n", stored.manifest.name);
}

void runExport(const ExportArguments& arguments, const Context& context) {
    const auto model = context.registry().find(arguments.name);
    exchange::exportKeras(model.manifest.network, models::verifiedWeights(model), arguments.out);
    fmt::print("Exported {} v{} to {}; load it with model.load_weights in the published Keras code.\n",
               model.manifest.name, model.manifest.version, arguments.out);
}

} // namespace

void addModelImport(CLI::App& model, Context& context) {
    auto* command = model.add_subcommand("import", "Bring in weights that Keras' save_weights wrote (.h5)");
    auto arguments = std::make_shared<ImportArguments>();
    command->add_option("file", arguments->file, "The weights (.h5)")->required();
    command->add_option("--name", arguments->name, "What the model shall be called here")->required();
    command
        ->add_option("--features", arguments->features,
                     "Inputs in the network's order: optical dem co_pol_sar cross_pol_sar in_sar thermal; "
                     "other bands as optical=blue,green,red,nir (default: those the file names)")
        ->take_all();
    command
        ->add_option("--location", arguments->location,
                     "How the weights know where they are (default: as the file says)")
        ->check(CLI::IsMember({"region", "coordinate"}));
    command->add_option("--region", arguments->region, "Code of the one region that a regional model is for");
    command->add_option("--calibration", arguments->calibration,
                        "Calibration of its confidence as JSON (X_fit_, dual_coef_, gamma)");
    command
        ->add_option("--calibration-inference", arguments->calibrationInference,
                     "What the calibration was fitted on; it is used for nothing else")
        ->check(CLI::IsMember({"plain", "tta", "mc_dropout"}))
        ->capture_default_str();
    command->add_option("--pixel-size", arguments->pixelSize, "Metres per pixel it was trained at")
        ->check(CLI::Range(0.01, 10'000.0))
        ->capture_default_str();
    command->footer("Example:\n  nunatak-cli model import glavitu_weights.h5 --name glavitu "
                    "--features optical dem");
    command->callback([=, &context] { context.run = [=, &context] { runImport(*arguments, context); }; });
}

void addModelExport(CLI::App& model, Context& context) {
    auto* command =
        model.add_subcommand("export-keras", "Write weights that the published Keras code can load");
    auto arguments = std::make_shared<ExportArguments>();
    command->add_option("name", arguments->name, "Model (name or folder)")->required();
    command->add_option("--out", arguments->out, "File to write (.h5)")->required();
    command->footer("Example:\n  nunatak-cli model export-keras glavitu-alps --out glavitu_alps_weights.h5");
    command->callback([=, &context] { context.run = [=, &context] { runExport(*arguments, context); }; });
}

} // namespace nunatak::cli
