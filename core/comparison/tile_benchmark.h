// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "comparison/benchmark_table.h"
#include "exchange/tile_dataset.h"
#include "models/manifest.h"
#include "models/network.h"
#include "prediction/calibration.h"
#include "prediction/network_predictor.h"
#include "prediction/separated_parts.h"

#include <functional>
#include <string>
#include <vector>

namespace nunatak::comparison {

struct TileBenchmarkOptions {
    bool ignoreUnlabelled =
        false; ///< leave out pixels whose labels are all 0; published: they are no glacier
    double threshold = 0.5;
    int batch = 4;
    prediction::Inference inference;
    std::string region; ///< of region encoding: empty: each tile's own, else a code or unknown for all
    std::function<bool(const std::string& region)>
        wanted; ///< tiles of other regions are left out; empty: all
};

struct TileBenchmark {
    BenchmarkTable table; ///< regions and subregions
    /// Shannon confidence against what was right, of the same pixels, by where they lie.
    std::vector<prediction::ValidationGround> grounds;
    int tiles = 0;
};

/// The paper's benchmark on its tile data sets: windows of the network's size at half their size from the
/// upper left corner, blended; padding cropped; the label is the last band; counts pooled. Features are
/// normalised already. Throws Error naming what a tile lacks for this model; Cancelled.
TileBenchmark benchmarkTiles(exchange::TileDataset& tiles, const models::Manifest& model,
                             models::Network& network, const TileBenchmarkOptions& options,
                             const Progress& progress);

} // namespace nunatak::comparison
