// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "exchange/tile_dataset.h"
#include "models/tensor.h"

#include <filesystem>
#include <string>
#include <vector>

namespace nunatak::exchange {

/// A weight as Keras' save_weights stored it.
struct KerasArray {
    std::string name; ///< Keras' own, such as fusion_block/dense_2/kernel:0
    models::Tensor tensor;
};

struct KerasLayer {
    std::string name;
    std::vector<KerasArray> arrays; ///< none in layers without weights
};

/// All of such a file, in Keras' own order.
struct KerasFile {
    std::string version; ///< of Keras; empty where the file does not say
    std::vector<KerasLayer> layers;
    std::filesystem::path file; ///< for messages
};

/// Reads the file through the child process. Throws Error naming the file, and the array where one is not
/// finite.
KerasFile readKerasFile(const std::filesystem::path& file, const std::filesystem::path& reader,
                        const Progress& progress = {}, Hdf5Patience patience = {});

} // namespace nunatak::exchange
