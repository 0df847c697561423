// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pictures/scene_picture.h"

#include "base/error.h"
#include "overlays/condition_overlays.h"
#include "overlays/file_overlay.h"
#include "ui/base/format.h"
#include "ui/ground/overlay_names.h"
#include "ui/ground/project_overlays.h"
#include "ui/layers/layer_stack.h"
#include "ui/session/drape_state.h"
#include "ui/session/session.h"
#include "ui/session/view_state.h"

#include <algorithm>
#include <memory>
#include <utility>

namespace nunatak::ui::pictures {

using ground::overlayFile;
using ground::overlaysOfProject;
using layers::drawnOutlines;
using layers::styleOf;
using session::drapeFor;
using session::orderedLayers;
using session::overviewsOf;
using session::readViewState;
using viewport::Viewport;

namespace {

/// Throws Error when there is none of this id any more.
overlays::Overlay overlayOf(const project::Project& project, const QString& id,
                            const std::shared_ptr<const scene::SceneReader>& scene,
                            const std::shared_ptr<raster::ReaderPool>& pool) {
    const auto file = overlayFile(id);
    auto all = file.isEmpty() ? overlaysOfProject(project, scene, pool)
                              : overlays::overlaysOfFile(file.toStdString(), pool);
    for (auto& condition : overlays::overlaysOfConditions(scene)) {
        all.push_back(std::move(condition));
    }
    const auto found = std::find_if(all.begin(), all.end(),
                                    [&](const overlays::Overlay& overlay) { return text(overlay.id) == id; });
    if (found == all.end()) {
        throw Error(
            "The raster \"" + id.toStdString() +
            "\" that lay over the picture is no longer there; open the project in the desktop and choose "
            "another in the panel Picture.");
    }
    return *found;
}

} // namespace

void showProject(Viewport& viewport, const project::Project& project, std::optional<Viewport::View> camera) {
    const auto state = readViewState(project);
    const auto infos = project.layers();
    // The lowest layer first: the viewport draws in the order in which it is told.
    const auto ordered = orderedLayers(state.layers, infos);
    for (auto layer = ordered.rbegin(); layer != ordered.rend(); ++layer) {
        const auto kind = project.layer(layer->name.toStdString()).kind;
        viewport.setLayer(layer->name, drawnOutlines(project, ordered, layer->name), styleOf(*layer, kind));
    }
    if (project.scenes().empty()) {
        return;
    }
    const bool known = std::any_of(project.scenes().begin(), project.scenes().end(),
                                   [&](const scene::Scene& scene) { return text(scene.id) == state.scene; });
    const auto& scene = project.scene(known ? state.scene.toStdString() : std::string());
    scene::checkFiles(scene);
    const auto pool = std::make_shared<raster::ReaderPool>();
    const auto reader = std::make_shared<const scene::SceneReader>(scene, pool, overviewsOf(project));
    viewport.setTerrain(
        terrain::buildTerrain(reader, project.crs(), drapeFor(scene, state.drape), Progress()));
    if (!state.overlay.isEmpty()) {
        const auto overlay = overlayOf(project, state.overlay, reader, pool);
        if (overlay.prepare) {
            overlay.prepare(Progress());
        }
        viewport.setOverlay(overlay.read);
    }
    viewport.setVerticalExaggeration(state.exaggeration);
    viewport.setHiddenOutlinesShown(state.hiddenOutlines);
    if (camera) {
        viewport.setView(*camera);
        viewport.frame(viewport.terrain()->heightGrid.extent(), false);
    } else if (!viewport.restoreCamera(state.camera)) {
        viewport.frame(viewport.terrain()->heightGrid.extent(), false);
    }
}

} // namespace nunatak::ui::pictures
