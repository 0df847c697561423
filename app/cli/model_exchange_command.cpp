// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/model_commands.h"

#include "base/error.h"
#include "cli/number_checks.h"
#include "exchange/import_model.h"
#include "exchange/keras_weights.h"
#include "prediction/location.h"

#include <fmt/format.h>

namespace nunatak::cli {

namespace {

struct ExportArguments {
    std::string name;
    std::string out;
    bool overwrite = false;
};

void runImport(exchange::ModelImport request, const Context& context) {
    if (!request.region.empty()) {
        prediction::throwUnlessRegion(request.region);
    }
    request.regions = prediction::publishedRegions();
    models::StoredModel stored;
    {
        ProgressBar bar(context.stop);
        stored = exchange::importModel(request, context.registry(), context.paths.hdf5Reader, bar.progress());
    }
    const auto& manifest = stored.manifest;
    std::int64_t parameters = 0;
    for (const auto& [name, tensor] : models::loadWeights(stored)) {
        parameters += tensor.elements();
    }
    fmt::print("Imported {} v{}: {}, {} px tiles at {:g} m, {} parameters, strategy {}.\n", manifest.name,
               manifest.version, featureText(manifest.network), manifest.network.tile, manifest.pixelSize,
               parameters, models::toString(manifest.strategy));
    if (request.calibration.empty()) {
        fmt::print("Its confidence is not calibrated; give --calibration to import a calibration with it.\n");
    }
    fmt::print("Predict with it: nunatak-cli predict PROJECT --model {}\n", manifest.name);
}

void runExport(const ExportArguments& arguments, const Context& context) {
    const auto model = context.registry().find(arguments.name);
    exchange::exportKeras(model.manifest.network, models::verifiedWeights(model), arguments.out,
                          {"export of weights", arguments.overwrite, {model.folder}});
    fmt::print("Exported {} v{} to {}; load it with model.load_weights in the published Keras code.\n",
               model.manifest.name, model.manifest.version, arguments.out);
}

} // namespace

void addModelImport(CLI::App& model, Context& context) {
    auto* command = model.add_subcommand("import", "Bring in weights that Keras' save_weights wrote (.h5)");
    auto arguments = std::make_shared<exchange::ModelImport>();
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
        ->check(CLI::IsMember({"plain", "tta", "mc_dropout", "tta+mc_dropout"}))
        ->capture_default_str();
    command
        ->add_option("--calibration-threshold", arguments->calibrationThreshold,
                     "Probability above which a pixel was called glacier when it was fitted; it is used for "
                     "no other")
        ->check(between(0.0, 0.999999))
        ->capture_default_str();
    command->add_option("--pixel-size", arguments->pixelSize, "Metres per pixel it was trained at")
        ->check(between(0.01, 10'000.0))
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
    addOverwrite(*command, arguments->overwrite);
    command->footer("Example:\n  nunatak-cli model export-keras glavitu-alps --out glavitu_alps_weights.h5");
    command->callback([=, &context] { context.run = [=, &context] { runExport(*arguments, context); }; });
}

} // namespace nunatak::cli
