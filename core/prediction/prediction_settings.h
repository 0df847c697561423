// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/grid.h"
#include "prediction/predict_scene.h"

#include <string>

// Two regions of a scene are one map only where they were made alike.
namespace nunatak::prediction {

/// In what two texts of settings (ScenePrediction::settings, JSON) differ so that their results may not stand
/// side by side under one label, as "threshold 0.5, not 0.3"; empty where they may. What one of them does not
/// say is taken for the same.
std::string settingsDifference(const std::string& theirs, const std::string& ours);

/// Rasters that lie where a prediction would put its own.
struct OlderRasters {
    bool exist = false;
    std::string difference; ///< why a region cannot be added to them; empty where it can
};
/// @param making as in their metadata (makingKey)
OlderRasters olderRasters(const PredictionFiles& files, const std::string& making, const geo::Grid& grid,
                          bool hasSpread);

/// The rasters' metadata with everything that shapes their pixels (JSON).
inline constexpr const char* makingKey = "NUNATAK_SETTINGS";

} // namespace nunatak::prediction
