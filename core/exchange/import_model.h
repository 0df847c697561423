// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "models/registry.h"

#include <filesystem>
#include <string>
#include <vector>

namespace nunatak::exchange {

/// Weights that Keras saved, and what the file does not say of them.
struct ModelImport {
    std::filesystem::path file;
    std::string name;                  ///< what the model shall be called here
    std::vector<std::string> features; ///< as featuresFrom(); empty: those the file names
    std::string location;              ///< region or coordinate; empty: as the file says
    std::string region;                ///< the one region that weights without location were trained on
    std::vector<std::string> regions;  ///< what the entries of a region vector mean
    std::filesystem::path calibration; ///< as readCalibration(); empty: none
    std::string calibrationInference = "plain"; ///< what it was fitted on
    double calibrationThreshold = 0.5;          ///< and at which threshold of probability
    double pixelSize = 10;                      ///< metres
};

/// Reads them (in a child process) and keeps them in the registry with the published scaling; optical is what
/// such a model requires. Throws Error saying what does not fit; Cancelled.
models::StoredModel importModel(const ModelImport& request, const models::Registry& registry,
                                const std::filesystem::path& hdf5Reader, const Progress& progress);

} // namespace nunatak::exchange
