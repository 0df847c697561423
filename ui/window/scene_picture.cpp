// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/scene_picture.h"

#include "panels/format.h"
#include "window/drape_state.h"
#include "window/layer_stack.h"
#include "window/view_state.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace nunatak::ui {

void showProject(Viewport& viewport, const project::Project& project, std::optional<Viewport::View> camera) {
    const auto state = readViewState(project);
    const auto infos = project.layers();
    // The lowest layer first: the viewport draws in the order in which it is told.
    const auto ordered = orderedLayers(state.layers, infos);
    for (auto layer = ordered.rbegin(); layer != ordered.rend(); ++layer) {
        viewport.setLayer(layer->name, project.outlines(layer->name.toStdString()).all(), styleOf(*layer));
    }
    if (project.scenes().empty()) {
        return;
    }
    const bool known = std::any_of(project.scenes().begin(), project.scenes().end(),
                                   [&](const scene::Scene& scene) { return text(scene.id) == state.scene; });
    const auto& scene = project.scene(known ? state.scene.toStdString() : std::string());
    scene::checkFiles(scene);
    auto reader = std::make_shared<scene::SceneReader>(scene, std::make_shared<raster::ReaderPool>());
    viewport.setTerrain(
        terrain::buildTerrain(std::move(reader), project.crs(), drapeFor(scene, state.drape), Progress()));
    viewport.setVerticalExaggeration(state.exaggeration);
    viewport.setHiddenOutlinesShown(state.hiddenOutlines);
    if (camera) {
        viewport.setView(*camera);
        viewport.frame(viewport.terrain()->heightGrid.extent(), false);
    } else if (!viewport.restoreCamera(state.camera)) {
        viewport.frame(viewport.terrain()->heightGrid.extent(), false);
    }
}

} // namespace nunatak::ui
