// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ground/project_overlays.h"

#include "overlays/prediction_overlays.h"
#include "overlays/scene_overlays.h"

#include <iterator>

namespace nunatak::ui::ground {

std::vector<overlays::Overlay> differencesOfProject(const project::Project& project,
                                                    const std::string& scene) {
    std::vector<overlays::Overlay> all;
    const auto layers = project.layers();
    const auto ofScene = [&](const outlines::LayerInfo& layer) {
        return layer.sceneId.empty() || layer.sceneId == scene;
    };
    for (const auto& model : layers) {
        for (const auto& expert : layers) {
            if (model.kind == outlines::LayerKind::Predicted && expert.kind != model.kind &&
                expert.kind != outlines::LayerKind::Side && ofScene(model) && ofScene(expert)) {
                all.push_back(overlays::differenceOf(project.outlines(model.name),
                                                     project.outlines(expert.name), project.crs(), model.name,
                                                     expert.name));
            }
        }
    }
    return all;
}

std::vector<overlays::Overlay> overlaysOfProject(const project::Project& project,
                                                 const std::shared_ptr<const scene::SceneReader>& scene,
                                                 const std::shared_ptr<raster::ReaderPool>& pool) {
    std::vector<overlays::Overlay> all;
    const auto add = [&](std::vector<overlays::Overlay> more) {
        std::move(more.begin(), more.end(), std::back_inserter(all));
    };
    const auto& id = scene->scene().id;
    add(overlays::overlaysOfPredictions(project.filesPlace(), id, pool));
    add(differencesOfProject(project, id));
    add(overlays::overlaysOfScene(scene));
    return all;
}

} // namespace nunatak::ui::ground
