// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "cli/benchmark_run.h"
#include "cli/chosen_model.h"
#include "cli/model_commands.h"

#include <fmt/format.h>

namespace nunatak::cli {

namespace {

struct CalibrateArguments {
    std::string model;
    BenchmarkArguments benchmark;
};

void printReliability(const std::vector<prediction::ReliabilityBin>& heldOut,
                      const models::Calibration& calibration) {
    fmt::print("{:>10} {:>10} {:>10} {:>12}\n", "confidence", "calibrated", "accuracy", "pixels");
    for (const auto& bin : heldOut) {
        fmt::print("{:>10.4f} {:>10.4f} {:>10.4f} {:>12.0f}\n", bin.confidence,
                   prediction::calibrated(bin.confidence, calibration), bin.accuracy, bin.count);
    }
}

std::string sourceOf(const BenchmarkArguments& arguments, int count) {
    const bool isScenes = arguments.dataset.empty();
    const std::filesystem::path path(isScenes ? arguments.scenes : arguments.dataset);
    const auto name = path.has_filename() ? path.filename() : path.parent_path().filename();
    return fmt::format("{} {} of {}", count, isScenes ? "scenes" : "tiles", name.string());
}

void runCalibrate(const CalibrateArguments& arguments, const Context& context) {
    if (chosenSet(arguments.model, context)) {
        throw Error(fmt::format("{} is a set; calibrate its models one by one.", arguments.model));
    }
    if (!(arguments.benchmark.tiles.threshold < 1)) {
        throw Error("A calibration is for a threshold below 1, above which something is glacier.");
    }
    const auto registry = context.registry();
    const auto model = registry.find(arguments.model);
    const auto benchmark = runBenchmark(arguments.benchmark, arguments.model, context);
    // What the network sees of one part has no pixel of the other.
    const double apart = model.manifest.network.tile * model.manifest.pixelSize;
    const auto parts = prediction::separated(benchmark.grounds, apart);
    if (parts.fitting.count() == 0 || parts.heldOut.count() == 0) {
        throw Error(
            fmt::format("A calibration needs ground in two places that lie {:g} km apart (a tile of the "
                        "network): one to fit it on, one to test it. Give more tiles or larger scenes.",
                        apart / 1000));
    }
    if (!parts.placesKnown) {
        fmt::print(
            "Note: The data set does not say where its tiles lie; the first ones were used to fit and the "
            "last ones to test, which may be neighbours.\n");
    }
    const auto heldOut = parts.heldOut.table();
    auto calibration =
        prediction::fitCalibration(parts.fitting.table(), heldOut, arguments.benchmark.tiles.inference.name(),
                                   sourceOf(arguments.benchmark, benchmark.tiles));
    calibration.threshold = arguments.benchmark.tiles.threshold;
    calibration.pixelSize = model.manifest.pixelSize;
    printReliability(heldOut, calibration);
    fmt::print("\nExpected calibration error on what was held out: {:.4f} before, {:.4f} after ({}).\n",
               calibration.eceBefore, calibration.eceAfter,
               calibration.method == models::Calibration::Method::Isotonic ? "isotonic" : "kernel ridge");
    if (calibration.eceAfter >= calibration.eceBefore) {
        throw Error("The calibration makes it no better, so it was not kept; use more tiles or scenes.");
    }
    auto manifest = model.manifest;
    ++manifest.version;
    std::erase_if(manifest.calibrations, [&](const auto& known) { return known.isForSameAs(calibration); });
    manifest.calibrations.push_back(calibration);
    const auto stored = registry.store(manifest, models::loadWeights(model));
    fmt::print(
        "It holds for {} predictions at threshold {:g} and pixels of {:g} m, and is used for no others.\n",
        calibration.inference, calibration.threshold, calibration.pixelSize);
    fmt::print("Model: {} v{} in {}\n", stored.manifest.name, stored.manifest.version,
               stored.folder.string());
}

} // namespace

void addModelCalibrate(CLI::App& model, Context& context) {
    auto* command = model.add_subcommand(
        "calibrate", "Fit confidence to accuracy on validation tiles or scenes; kept with the model");
    auto arguments = std::make_shared<CalibrateArguments>();
    command->add_option("name", arguments->model, "The model: a name, or the folder of one")->required();
    addBenchmarkOptions(*command, arguments->benchmark);
    command->footer("Examples:\n"
                    "  nunatak-cli model calibrate glavitu_global --dataset val.hdf5\n"
                    "  nunatak-cli model calibrate starter --scenes validation/ --tta");
    command->callback([=, &context] {
        checkBenchmarkOptions(arguments->benchmark);
        context.run = [=, &context] { runCalibrate(*arguments, context); };
    });
}

} // namespace nunatak::cli
