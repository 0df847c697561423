// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/grid.h"
#include "prediction/predict_scene.h"

#include <filesystem>
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
    bool isDamaged = false; ///< one of them cannot be read
    std::string difference; ///< why a region cannot be added to them; empty where it can
};
/// @param making as in their metadata (makingKey)
OlderRasters olderRasters(const PredictionFiles& files, const std::string& making, const geo::Grid& grid,
                          bool hasSpread);

/// What a file's name carries, so that rasters of one making stand beside those of another: eight hexadecimal
/// digits.
std::string markOf(const std::string& making);

/// True where a raster does not say otherwise: it was made as the settings (ScenePrediction::settings) of a
/// prediction say. Of a file that cannot be read it is not.
bool isMadeAs(const std::filesystem::path& raster, const std::string& settings);

/// The rasters' metadata with everything that shapes their pixels (JSON).
inline constexpr const char* makingKey = "NUNATAK_SETTINGS";

} // namespace nunatak::prediction
