// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/claim.h"
#include "base/progress.h"
#include "engine/tile_engine.h"
#include "geo/crs.h"
#include "models/network.h"
#include "models/registry.h"
#include "outlines/outline.h"
#include "prediction/network_predictor.h"
#include "prediction/outline_form.h"
#include "scene/scene_reader.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace nunatak::prediction {

struct PredictOptions {
    std::optional<geo::Extent> regionOfInterest; ///< project CRS; only pixels in it get a result
    std::optional<geo::MultiPolygon> within;     ///< project CRS, already buffered; the same
    double threshold = 0.5;
    double confidenceThreshold = 0.95; ///< under it quality.tif says low confidence
    int smoothing = 3;                 ///< side of the median window, 1 = none
    double minimumArea = 10000;        ///< m²
    OutlineForm outlineForm = OutlineForm::Smoothed;
    double overlap = 0.5;
    int batch = 4;
    Inference inference;
    std::string region = "auto";        ///< auto, a code, unknown, optimise or twelve numbers "v1,…,v12"
    bool publishedOptimisation = false; ///< region optimise as published, which takes days on a processor
    std::optional<double> resolution;   ///< metres, instead of the model's pixel size
    std::string precision = "auto";     ///< auto, float32 or bf16; auto takes bf16 only where it was checked
    models::DeviceOptions device;
    /// What the results may replace in a folder of their own (standalone); elsewhere the folder is the
    /// program's.
    Claim claim{"prediction"};
    bool resume = false; ///< go on with an interrupted run, if there is one
    /// The results go into a folder of their own: rasters with plain names (probability.tif), and outlines of
    /// all that is in them, also of what an earlier run over another region found.
    bool standalone = false;
    bool outlineLowConfidence = false; ///< fill in ScenePrediction::lowConfidence
    /// Each finished tile, unblended, for a view that shows them as they come; called from the engine's
    /// thread.
    std::function<void(const geo::Grid& tile, const Image<float>& probability)> onTile;
};

/// The rasters of a prediction: one set per scene and model, so that another model's stay and the same
/// model's are replaced.
struct PredictionFiles {
    std::filesystem::path probability;
    std::filesystem::path confidence;
    std::filesystem::path quality;
    std::filesystem::path outlines;
    std::filesystem::path uncertainty; ///< written where the inference has a spread
    std::filesystem::path run;         ///< folder with what an interrupted run has finished
};

/// A finished prediction, nothing stored in a project yet (that is project::Project::storePrediction).
struct ScenePrediction {
    std::string run; ///< UUID
    std::string sceneId;
    std::string modelName; ///< "starter v1"
    std::string modelFingerprint;
    double threshold = 0;
    std::string settings;       ///< JSON of everything that shaped the result
    geo::MultiPolygon computed; ///< project CRS: the part of the scene that was asked for; outside nothing
                                ///< was predicted (inside, only pixels without data were not)
    bool isWholeScene = false;  ///< nothing of the scene was left out
    /// The rasters hold the surroundings too, made alike: glaciers on the edge of `computed` are whole, those
    /// that lie beyond it are not among the glaciers.
    bool joinsOlder = false;
    std::vector<outlines::Outline> glaciers;      ///< project CRS, all fields filled
    int dropped = 0;                              ///< polygons under the minimum area
    std::vector<outlines::Outline> lowConfidence; ///< where asked for: places under the confidence threshold,
                                                  ///< which is their `threshold`
    double lowConfidenceShare = 0;                ///< of the pixels predicted, 0 to 1
    double seconds = 0;
    std::filesystem::path probability; ///< GeoTIFF on the model's grid, NaN where not predicted
    std::filesystem::path confidence;
    std::filesystem::path quality;     ///< flags, see quality.h
    std::filesystem::path outlines;    ///< classes: 0, 1, 255 not predicted
    std::filesystem::path uncertainty; ///< spread of the passes, empty without
    std::vector<std::string> notes;    ///< what the user should know, each a sentence
    std::string
        regionTable; ///< lines: what optimising the region found; empty without, or from a resumed run
};

/// Names the bands that `model` needs and the scene has not, as "optical swir1"; empty when it can be
/// predicted. A model needs the bands of its required features; if it names none, those of all.
std::vector<std::string> missingBands(const scene::SceneReader& scene, const models::Manifest& model);

/// Letters, digits and dashes of a text, for a file's name: identities and names come with files from
/// anybody.
std::string fileNamePart(const std::string& text);

PredictionFiles predictionFiles(const std::filesystem::path& folder, const std::string& sceneId,
                                const models::Manifest& model);
/// The confidence raster of the prediction that an outline came from, if it lies in `folder` (a project's):
/// by the outline's scene and model, and where several lie there by the settings of its run
/// (ScenePrediction::settings; empty: by its threshold).
std::optional<std::filesystem::path> confidenceFileOf(const std::filesystem::path& folder,
                                                      const outlines::Outline& outline,
                                                      const std::string& settings = {});
/// The same files with a mark in their names, for what was made otherwise; an interrupted run stays where it
/// is.
PredictionFiles markedFiles(const PredictionFiles& files, const std::string& mark);
/// The flags (quality.h) of the predictions of a scene by a model, or of a raster taken over, that lie in
/// `folder`; where several lie there, those made with these settings (ScenePrediction::settings).
std::vector<std::filesystem::path> qualityFilesOf(const std::filesystem::path& folder,
                                                  const std::string& sceneId, const std::string& model,
                                                  const std::string& fingerprint,
                                                  const std::string& settings = {});
/// Where a layer's predictions have a result: what is outside of the region, or flagged as without one, was
/// not predicted, which is not background.
struct ComputedResult {
    geo::MultiPolygon region;                   ///< project CRS; empty: nothing is known
    std::vector<std::filesystem::path> quality; ///< flags; empty: nothing is known
    std::vector<std::string> notes;             ///< what is not known, each a sentence
};

/// The outlines of low confidence that belong to a confidence raster: confidence_bands….gpkg beside it.
std::filesystem::path confidenceBandsFile(const std::filesystem::path& confidence);
/// The same as predictionFiles() for a folder that holds one prediction.
PredictionFiles standaloneFiles(const std::filesystem::path& folder);

/// The grid on which a model predicts a scene: the scene's own place at the model's pixel size (metres).
geo::Grid predictionGrid(const scene::Scene& scene, const models::Manifest& model,
                         std::optional<double> resolution = {});

/// Predicts a scene at the model's pixel size: tiles → network → blending → confidence → median → polygons.
/// Finished rows are kept, so that a run that was cancelled or whose program died can go on
/// (PredictOptions::resume). In the end it writes the rasters that predictionFiles() names into `folder`
/// (made if missing), whole or not at all; where only a region was asked for, what rasters of the same model
/// and settings hold elsewhere stays, and rasters that were made otherwise are left alone: in a project the
/// region gets marked files, in a folder of its own it is refused. Throws Error (missing bands, module or
/// disk trouble), Cancelled.
ScenePrediction predictScene(const scene::SceneReader& scene, const models::StoredModel& model,
                             models::ModelsModule& module, const geo::Crs& projectCrs,
                             const std::filesystem::path& folder, const PredictOptions& options,
                             const Progress& progress);

/// What predictScene() would give, as far as it is known before: scene, model, settings, region. Throws Error
/// as it does.
ScenePrediction expectedPrediction(const scene::SceneReader& scene, const models::StoredModel& model,
                                   models::ModelsModule& module, const geo::Crs& projectCrs,
                                   const std::filesystem::path& folder, const PredictOptions& options);

} // namespace nunatak::prediction
