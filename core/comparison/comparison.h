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
    std::string uuid; ///< the expert outline's; the model outline's when isNew
    std::string name;
    bool isNew = false; ///< predicted ice that touches no expert glacier
    bool cutBySceneEdge = false;
    double expertArea = 0; ///< m², of valid scene pixels
    double modelArea = 0;  ///< m², ice counted for this glacier
    double iou = 0;        ///< intersection over union of the two
    double meanBoundaryDistance =
        0; ///< m, mean of both directions; NaN when one of them is empty or has no margin
    double maxBoundaryDistance = 0; ///< m, Hausdorff; NaN likewise
    std::string expertDate;
    std::string modelDate;
    geo::Extent extent; ///< project CRS, to fly there
};

struct Comparison {
    std::vector<GlacierRow> glaciers; ///< expert glaciers by area, largest first; then new ice
    double iou = 0; ///< of all valid pixels; 0 where there is no ice at all (so the next two)
    double precision = 0;
    double recall = 0;
    double expertArea = 0;
    double modelArea = 0;
    int outsideScene = 0; ///< expert glaciers with no valid pixel, not listed
};

/// Compares two layers on the scene's grid (pixel middles). Predicted ice inside an expert outline counts for
/// that glacier; ice outside any goes to the nearest expert glacier of the same connected body; ice that
/// touches none is new. A body is a 4-connected piece of ice, the model's and the expert's together, so that
/// ice which only borders on an expert glacier touches it; distances to a glacier are from pixel middle to
/// pixel middle.
///
/// Only pixels with data in every optical band (elevation, where there is no optical) count, and, where
/// `computed` is not empty, only those inside it. A glacier that reaches beyond them at the scene's edge, not
/// only at a gap inside, is marked as cut.
///
/// Boundary distances are those between boundary pixels of the two areas of a glacier, by an exact Euclidean
/// distance transform. They are taken along the margin of the ice only: not along an edge of the data, nor
/// along the divide to a neighbour, where the model's ice is parted by the expert's own line.
///
/// Where expert outlines overlap, a pixel belongs to the smallest. Outlines and `computed` in `projectCrs`.
/// Throws Error; Cancelled.
Comparison compare(const std::vector<outlines::OutlineSet::Handle>& model,
                   const std::vector<outlines::OutlineSet::Handle>& expert, const geo::MultiPolygon& computed,
                   const scene::SceneReader& scene, const geo::Crs& projectCrs, const Progress& progress);

/// The comparison as JSON, keys as the fields, areas in m².
std::string toJson(const Comparison& comparison);
/// As a table for a terminal.
std::string toTable(const Comparison& comparison);

} // namespace nunatak::comparison
