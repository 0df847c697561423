// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "measures/figures.h"
#include "outlines/outline_set.h"
#include "prediction/predict_scene.h"
#include "scene/scene_reader.h"

#include <string>
#include <vector>

namespace nunatak::comparison {

/// One glacier of the expert's, or one of the model's that touches none of them. Its areas are of valid scene
/// pixels, the model's is the ice counted for this glacier; IoU, precision and recall are of numbers of
/// pixels and NaN when isNew; distances are NaN when one of both is empty or has no margin.
struct GlacierRow : measures::Figures {
    std::string uuid; ///< the expert outline's; the model outline's when isNew
    std::string name;
    bool isNew = false; ///< predicted ice that touches no expert glacier
    bool cutBySceneEdge = false;
    double overlappedArea = 0; ///< m² (geodesic, as all areas here) of the expert's outline that count for a
                               ///< smaller glacier over it
    std::string expertDate;
    std::string modelDate;
    geo::Extent extent; ///< project CRS, to fly there
};

/// An expert's glacier that has no pixel of its own, and why.
struct UnlistedGlacier {
    enum class Reason {
        Covered,       ///< all of its pixels count for other outlines over it
        BelowPixel,    ///< no middle of a pixel lies in it
        WithoutResult, ///< where it lies the scene has no data or the model gave no result
        OutsideScene,
    };
    std::string uuid;
    std::string name;
    Reason reason = Reason::OutsideScene;
    std::string coveredBy; ///< name (or uuid) of the outline that covers most of it
    geo::Extent extent;    ///< project CRS
};

/// "is under the outline of X" and the like, to follow the glacier's name.
std::string reasonText(const UnlistedGlacier& glacier);

/// Its own figures are of all valid pixels: areas, and IoU, precision and recall, which are NaN where the
/// expert has no ice on them.
struct Comparison : measures::Figures {
    std::vector<GlacierRow> glaciers;      ///< expert glaciers by area, largest first; then new ice
    std::vector<UnlistedGlacier> unlisted; ///< expert glaciers that are not among `glaciers`
    std::vector<std::string> notes;        ///< what the user should know, each a sentence
};

/// Compares two layers on the scene's grid (pixel middles). Predicted ice inside an expert outline counts for
/// that glacier; ice outside any goes to the nearest expert glacier of the same connected body; ice that
/// touches none is new. A body is a 4-connected piece of ice, the model's and the expert's together, so that
/// ice which only borders on an expert glacier touches it; distances to a glacier are from pixel middle to
/// pixel middle.
///
/// Only pixels with data in every optical band (elevation, where there is no optical) count, and of those
/// only the ones for which the model has a result (`computed`): where it had none, nothing can be said of it.
/// A glacier that reaches beyond them at the scene's edge, not only at a gap inside, is marked as cut.
///
/// Boundary distances are those between boundary pixels of the two areas of a glacier, by an exact Euclidean
/// distance transform. They are taken along the margin of the ice only: not along an edge of the data, nor
/// along the divide to a neighbour, where the model's ice is parted by the expert's own line.
///
/// Where expert outlines overlap, a pixel belongs to the smallest, so that each area counts once; of equal
/// ones the last. Outlines and the computed region in `projectCrs`. Throws Error; Cancelled.
Comparison compare(const std::vector<outlines::OutlineSet::Handle>& model,
                   const std::vector<outlines::OutlineSet::Handle>& expert,
                   const prediction::ComputedResult& computed, const scene::SceneReader& scene,
                   const geo::Crs& projectCrs, const Progress& progress);

/// The comparison as JSON: measures by their ids, their units beside them, null for NaN.
std::string toJson(const Comparison& comparison);
/// A row per glacier and a column per measure, for spreadsheets.
std::string toCsv(const Comparison& comparison);
/// As a table for a terminal.
std::string toTable(const Comparison& comparison);

} // namespace nunatak::comparison
