// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "engine/tile_engine.h"
#include "geo/crs.h"
#include "models/network.h"
#include "models/registry.h"
#include "outlines/outline.h"
#include "scene/scene_reader.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace nunatak::prediction {

struct PredictOptions {
    std::optional<geo::Extent> regionOfInterest; ///< project CRS; only tiles that touch it are computed
    std::optional<geo::MultiPolygon> within;     ///< project CRS, already buffered; only tiles that touch it
    double threshold = 0.5;
    int smoothing = 3;          ///< side of the median window, 1 = none
    double minimumArea = 10000; ///< m²
    double overlap = 0.5;
    int batch = 4;
    models::DeviceOptions device;
    /// Each finished tile, unblended, for a view that shows them as they come; called from the engine's
    /// thread.
    std::function<void(const geo::Grid& tile, const Image<float>& probability)> onTile;
};

/// A finished prediction, nothing stored in a project yet (that is project::Project::storePrediction).
struct ScenePrediction {
    std::string run; ///< UUID
    std::string sceneId;
    std::string modelName; ///< "starter v1"
    std::string modelFingerprint;
    double threshold = 0;
    std::string settings;       ///< JSON of everything that shaped the result
    geo::MultiPolygon computed; ///< project CRS: what the computed tiles cover of the scene; outside nothing
                                ///< was predicted (inside, only pixels without data were not)
    std::vector<outlines::Outline> glaciers; ///< project CRS, all fields filled
    int dropped = 0;                         ///< polygons under the minimum area
    double seconds = 0;
    std::filesystem::path probability; ///< GeoTIFF on the model's grid, NaN where not predicted
    std::filesystem::path confidence;
};

/// Names the bands that `model` needs and the scene has not, as "optical swir1"; empty when it can be
/// predicted. A model needs the bands of its required features; if it names none, those of all.
std::vector<std::string> missingBands(const scene::SceneReader& scene, const models::Manifest& model);

/// The rasters of a prediction: one pair per scene and model, so that another model's stay and the same
/// model's are replaced.
struct PredictionFiles {
    std::filesystem::path probability;
    std::filesystem::path confidence;
};
PredictionFiles predictionFiles(const std::filesystem::path& folder, const std::string& sceneId,
                                const models::Manifest& model);

/// The grid on which a model predicts a scene: the scene's own place at the model's pixel size.
geo::Grid predictionGrid(const scene::Scene& scene, const models::Manifest& model);

/// Predicts a scene at the model's pixel size: tiles → network → blending → confidence → median → polygons.
/// Writes the rasters that predictionFiles() names into `folder` (made if missing), whole or not at all.
/// Throws Error (missing bands, module or disk trouble), Cancelled.
ScenePrediction predictScene(const scene::SceneReader& scene, const models::StoredModel& model,
                             models::ModelsModule& module, const geo::Crs& projectCrs,
                             const std::filesystem::path& folder, const PredictOptions& options,
                             const Progress& progress);

} // namespace nunatak::prediction
