// SPDX-License-Identifier: GPL-3.0-or-later
#include "prediction/predicted_outlines.h"

#include "geo/shape_operations.h"
#include "prediction/polygonise.h"
#include "tile_selection.h"

namespace nunatak::prediction {

std::vector<outlines::Outline> outlinesOf(const std::vector<geo::MultiPolygon>& shapes, const geo::Grid& grid,
                                          const geo::Crs& projectCrs, const scene::Scene& scene,
                                          const ScenePrediction& prediction, const Progress& progress) {
    const geo::CoordinateTransform toProject(grid.crs, projectCrs);
    std::vector<outlines::Outline> found;
    found.reserve(shapes.size());
    for (const auto& shape : shapes) {
        progress.throwIfStopped();
        outlines::Outline outline;
        outline.geometry = toProject(shape);
        if (!toProject.isIdentity() && !geo::invalidReason(outline.geometry).empty()) {
            outline.geometry = geo::madeValid(outline.geometry);
        }
        outline.uuid = outlines::makeUuid();
        outline.srcDate = scene.date;
        outline.sceneId = scene.id;
        outline.sensor = scene.sensor;
        outline.model = prediction.modelName;
        outline.modelFingerprint = prediction.modelFingerprint;
        outline.run = prediction.run;
        outline.threshold = prediction.threshold;
        found.push_back(std::move(outline));
    }
    return found;
}

void fillInOutlines(ScenePrediction& prediction, Image<std::uint8_t> classes, const geo::Grid& grid,
                    double minimumArea, OutlineForm form, const scene::Scene& scene,
                    const geo::Crs& projectCrs, const Progress& progress) {
    prediction.run = outlines::makeUuid();
    prediction.sceneId = scene.id;
    prediction.isWholeScene = true;
    const geo::CoordinateTransform toProject(grid.crs, projectCrs);
    prediction.computed = transformedDensely(shapeOf(grid.extent()), toProject, 64 * grid.pixelSize);
    progress.report(0, "Outlining glaciers");
    auto polygons = polygonise(std::move(classes), grid, minimumArea, form);
    prediction.dropped = polygons.dropped;
    prediction.glaciers = outlinesOf(polygons.glaciers, grid, projectCrs, scene, prediction, progress);
    progress.report(1, "Outlining glaciers");
}

} // namespace nunatak::prediction
