// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/tile_engine.h"
#include "models/manifest.h"
#include "models/network.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nunatak::prediction {

/// How often and in which guises the network looks at a tile.
struct Inference {
    bool testTimeAugmentation = false; ///< 8-fold: rotations and flips, plain mean (golden group e)
    int dropoutPasses = 0;             ///< MC dropout: so many passes; 0: none
    std::uint64_t seed = 1;            ///< of dropout; a tile's masks depend on it and the pass alone
    /// Plain, "tta", "mc_dropout" or "tta+mc_dropout": what a calibration must have been fitted on.
    std::string name() const;
    /// True when there are several passes, whose standard deviation is a second uncertainty.
    bool hasSpread() const { return testTimeAugmentation || dropoutPasses > 1; }
};

/// The network as the engine wants it: tiles in, probabilities out (band 0; band 1, where the inference has a
/// spread: the standard deviation over the passes), NaN where SceneTileSource::usable is 0.
/// @param location the location vector, the same for every tile; none for a network without one, or where
/// each tile brings its own (SceneTileSource::location). The network must outlive what is returned. Throws
/// Error when vector and network do not fit.
engine::TilePredictor networkPredictor(models::Network& network, const std::string& modelName,
                                       const Inference& inference = {},
                                       const std::optional<std::vector<float>>& location = {});

/// What a user should know about the confidence of such a prediction, each a sentence: that the weights never
/// saw dropout, that one pass has no spread, that there is no calibration for it.
/// @param pixelSize metres; 0: the model's
std::vector<std::string> inferenceNotes(const models::Manifest& model, const Inference& inference,
                                        double threshold = 0.5, double pixelSize = 0);

} // namespace nunatak::prediction
