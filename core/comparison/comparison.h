// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "outlines/outline_set.h"
#include "scene/scene_reader.h"

#include <string>
#include <vector>

namespace nunatak::comparison {

/// One glacier of the expert's, or one of the model's that touches none of them.
struct GlacierRow {
    std::string uuid;          ///< the expert outline's; the model outline's when isNew
    std::string name;
    bool isNew = false;        ///< predicted ice that touches no expert glacier
    bool cutBySceneEdge = false;
    double expertArea = 0;     ///< m², of valid scene pixels
    double modelArea = 0;      ///< m², ice counted for this glacier
    double iou = 0;            ///< intersection over union of the two
    double meanBoundaryDistance = 0; ///< m, mean of both directions; NaN when one of them is empty
    double maxBoundaryDistance = 0;  ///< m, Hausdorff
    std::string expertDate;
    std::string modelDate;
    geo::Extent extent;        ///< project CRS, to fly there
};

struct Comparison {
    std::vector<GlacierRow> glaciers; ///< expert glaciers by area, largest first; then new ice
    double iou = 0;            ///< of all valid pixels
    double precision = 0;
    double recall = 0;
    double expertArea = 0;
    double modelArea = 0;
    int outsideScene = 0;      ///< expert glaciers with no valid pixel, not listed
};

/// Compares two layers on the scene's grid (pixel middles). Predicted ice inside an expert outline counts for that
/// glacier; ice outside any goes to the nearest expert glacier of the same connected body; ice that touches none is
/// new. Only pixels with optical data (and, where `computed` is not empty, inside it) count.
/// Outlines and `computed` in `projectCrs`. Throws Error; Cancelled.
Comparison compare(const std::vector<outlines::OutlineSet::Handle>& model,
                   const std::vector<outlines::OutlineSet::Handle>& expert, const geo::MultiPolygon& computed,
                   const scene::SceneReader& scene, const geo::Crs& projectCrs, const Progress& progress);

/// The comparison as JSON, keys as the fields, areas in m².
std::string toJson(const Comparison& comparison);
/// As a table for a terminal.
std::string toTable(const Comparison& comparison);

} // namespace nunatak::comparison
