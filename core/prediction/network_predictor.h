// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "engine/tile_engine.h"
#include "models/network.h"

namespace nunatak::prediction {

/// The network as the engine wants it: tiles in, probabilities out, NaN where SceneTileSource::usable is 0.
/// The network must outlive what is returned. Throws Error when the network needs something that a scene
/// cannot give.
engine::TilePredictor networkPredictor(models::Network& network, const std::string& modelName);

} // namespace nunatak::prediction
