// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/claim.h"
#include "base/progress.h"
#include "geo/grid.h"
#include "prediction/band_ratio.h"
#include "prediction/predict_scene.h"

#include <filesystem>
#include <optional>
#include <string>

// Predictions that none of our networks made: the band ratio, and maps that another program wrote.
namespace nunatak::prediction {

/// Where a map of classes comes from, and what becomes of it.
struct ClassMapOptions {
    double threshold = 0.5;     ///< of probability, or of the ratio; kept with each outline
    int smoothing = 3;          ///< side of the median window, 1 = none
    double minimumArea = 10000; ///< m²
    OutlineForm outlineForm = OutlineForm::Smoothed;
};

/// The rasters of a band ratio: what the ratio is in place of a probability, and no confidence.
struct BandRatioFiles {
    std::filesystem::path ratio;
    std::filesystem::path quality;  ///< no data and shadow, see quality.h
    std::filesystem::path outlines; ///< classes: 0, 1, 255 no result
};
/// Those of a scene in a project's folder: a set for each numerator, and where rasters with other options lie
/// under those names, which another layer may have been made from, one of these options.
BandRatioFiles bandRatioFiles(const std::filesystem::path& folder, const std::string& sceneId,
                              const BandRatioOptions& options);
/// Those in a folder that holds one result.
BandRatioFiles standaloneBandRatioFiles(const std::filesystem::path& folder);
/// What tells predictions by one numerator from those by another, as a model's fingerprint does.
std::string bandRatioFingerprint(RatioBand numerator);

/// Clean ice by the band ratio (band_ratio.h) on the scene's own grid, as a prediction called "band ratio".
/// Writes `files` when all is done, each whole or not at all, in place of what the claim lets it. Throws
/// Error naming missing bands; Cancelled.
ScenePrediction predictByBandRatio(const scene::SceneReader& scene, const BandRatioOptions& ratio,
                                   double minimumArea, OutlineForm form, const geo::Crs& projectCrs,
                                   const BandRatioFiles& files, const Progress& progress,
                                   const Claim& claim = inOwnFolder());

/// Rasters of another program, such as the authors' deploy.py.
struct ForeignRasters {
    std::string probability; ///< 0..1, its first band, or the last of two (background, glacier); empty: none
    std::string mask;        ///< 0 and 1 (ForeignBand), as outlines.tif; used where there is no probability
    std::string confidence;  ///< 0..1, or empty
};

/// What tells one such prediction from another, as a model's fingerprint does: the SHA-256 of a probability;
/// a number of its own for a mask, and for what comes with a confidence, since other files are made of them.
/// Throws Error when a raster cannot be read.
std::string foreignFingerprint(const ForeignRasters& rasters);

/// Takes them over as a prediction called after the file; probability and confidence are copied to `folder`,
/// and flags (quality.h) say where the raster has no data. Paths are anything GDAL opens. The model's
/// fingerprint is foreignFingerprint(). A raster that lies elsewhere than the scene is noted. Throws Error:
/// not georeferenced, not north-up, values out of range, rasters of different grids; Cancelled.
ScenePrediction importPrediction(const ForeignRasters& rasters, const scene::Scene& scene,
                                 const ClassMapOptions& options, const geo::Crs& projectCrs,
                                 const std::filesystem::path& folder, const Progress& progress);

} // namespace nunatak::prediction
