// SPDX-License-Identifier: GPL-3.0-or-later
// Writes what the fuzzers start from into FOLDER/{safetensors,manifest,calibration}: sound files, small.
#include "models/manifest.h"
#include "models/safetensors.h"
#include "models/weight_layout.h"

#include <cstdio>
#include <exception>
#include <fstream>

using namespace nunatak;
namespace fs = std::filesystem;

namespace {

void makeTensors(const fs::path& folder) {
    models::writeSafetensors({}, {}, folder / "empty");
    models::writeSafetensors({{"w", {{2, 1}, {1, -1}}}, {"b", {{}, {0.5f}}}, {"none", {{0, 3}, {}}}},
                             {{"format", "nunatak-model"}}, folder / "three");
}

void makeManifests(const fs::path& folder) {
    models::Manifest manifest;
    manifest.name = "seed";
    manifest.network.features = {{"optical", {"blue", "green", "red", "nir", "swir1", "swir2"}}};
    manifest.scaling = models::Manifest::publishedScaling(manifest.network.features);
    manifest.requiredFeatures = {"optical"};
    manifest.metrics = {{"validation_iou", 0.9}};
    models::writeManifest(manifest, folder / "global");
    manifest.network.location = 12;
    manifest.strategy = models::Strategy::RegionEncoding;
    manifest.regions.assign(12, "ALP");
    manifest.bfloat16 = {0.9995, 0.001, 12, "validation tiles", true};
    manifest.calibrations = {
        {models::Calibration::Method::Isotonic, {0, 1}, {0.5, 1}, 1, "plain", 0.1, 0.01, "seed"},
        {models::Calibration::Method::KernelRidge, {0.5}, {0.25}, 1, "tta", 0.1, 0.01, "seed"}};
    models::writeManifest(manifest, folder / "regions");
    manifest.network.architecture = "resunet";
    manifest.network.deepSupervision = false;
    models::writeManifest(manifest, folder / "resunet");
}

void makeCalibrations(const fs::path& folder) {
    std::ofstream(folder / "column") << R"({"X_fit_": [[0], [1]], "dual_coef_": [0.5, 0.25], "gamma": null})";
    std::ofstream(folder / "row") << R"({"X_fit_": [0.5], "dual_coef_": [[1e-3]], "kernel": "laplacian"})";
}

} // namespace

int main(int argc, char** argv) {
    try {
        const fs::path folder = argc > 1 ? argv[1] : "corpus";
        for (const char* name : {"safetensors", "manifest", "calibration"}) {
            fs::create_directories(folder / name);
        }
        makeTensors(folder / "safetensors");
        makeManifests(folder / "manifest");
        makeCalibrations(folder / "calibration");
    } catch (const std::exception& error) {
        std::fprintf(stderr, "%s\n", error.what());
        return 1;
    }
    return 0;
}
