// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/ground/stretch_controller.h"

#include "ui/base/format.h"
#include "ui/ground/scene_controller.h"
#include "ui/session/workspace.h"
#include "ui/viewport/viewport.h"

#include <algorithm>
#include <cmath>

namespace nunatak::ui::ground {

using session::JobQueue;
using session::Workspace;
using viewport::Viewport;

namespace {

/// Pixels along the longer side of what is measured: enough for percentiles, and soon read.
constexpr double longerSide = 384;

/// Pixels that cover what is seen of the scene; without columns when that is nothing.
geo::Grid gridOver(const geo::Ring& seen, const geo::Grid& base) {
    geo::Extent extent;
    for (const auto& corner : seen) {
        extent.include(corner);
    }
    const auto whole = base.extent();
    extent = {std::max(extent.xmin, whole.xmin), std::max(extent.ymin, whole.ymin),
              std::min(extent.xmax, whole.xmax), std::min(extent.ymax, whole.ymax)};
    geo::Grid grid = base;
    if (extent.empty()) {
        grid.columns = grid.rows = 0;
        return grid;
    }
    grid.pixelSize = std::max(base.pixelSize, std::max(extent.width(), extent.height()) / longerSide);
    grid.left = extent.xmin;
    grid.top = extent.ymax;
    grid.columns = std::max(1, static_cast<int>(std::ceil(extent.width() / grid.pixelSize)));
    grid.rows = std::max(1, static_cast<int>(std::ceil(extent.height() / grid.pixelSize)));
    return grid;
}

std::vector<std::uint8_t> pixelsWithin(const geo::Ring& seen, const geo::Grid& grid) {
    const geo::MultiPolygon shape{{seen, {}}};
    std::vector<std::uint8_t> within;
    within.reserve(static_cast<std::size_t>(grid.columns) * static_cast<std::size_t>(grid.rows));
    for (int row = 0; row < grid.rows; ++row) {
        for (int column = 0; column < grid.columns; ++column) {
            within.push_back(geo::contains(shape, grid.toMap(column + 0.5, row + 0.5)) ? 1 : 0);
        }
    }
    return within;
}

} // namespace

StretchController::StretchController(Workspace& workspace, Viewport& viewport, SceneController& scene,
                                     QObject* parent)
    : QObject(parent), m_workspace(workspace), m_viewport(viewport), m_scene(scene) {
    connect(&m_viewport, &Viewport::becameSharp, this, &StretchController::follow);
    connect(&m_scene, &SceneController::drapeChanged, this, &StretchController::follow);
    connect(&m_workspace, &Workspace::sessionEnded, this, [this] {
        stop();
        m_followed.clear();
    });
}

void StretchController::stop() {
    if (m_job != nullptr) {
        m_job->cancel();
        m_job.reset();
    }
    m_isKeeping = false;
}

void StretchController::takeFromView() {
    measure(terrain::StretchOf::Fixed);
    m_isKeeping = m_job != nullptr;
}

void StretchController::follow() {
    const auto terrain = m_viewport.terrain();
    const auto& style = m_scene.drape();
    if (style.stretchOf != terrain::StretchOf::View || style.kind != terrain::DrapeKind::Composite ||
        terrain == nullptr || !m_viewport.isSharp() || m_isKeeping) {
        return;
    }
    const auto seen = QStringLiteral("%1 %2 %3 %4")
                          .arg(m_viewport.cameraState())
                          .arg(m_viewport.width())
                          .arg(text(terrain->sceneId), text(terrain->feature));
    if (seen != m_followed) {
        m_followed = seen;
        measure(terrain::StretchOf::View);
    }
}

void StretchController::measure(terrain::StretchOf of) {
    stop();
    const auto terrain = m_viewport.terrain();
    if (terrain == nullptr || terrain->tiles == nullptr || terrain->tiles->bands().empty()) {
        return;
    }
    const geo::Ring seen = m_viewport.footprint();
    const auto grid = gridOver(seen, terrain->drapeGrid);
    if (grid.columns < 1) {
        return;
    }
    m_job = m_workspace.jobs().start<terrain::ViewStretch>(
        tr("Measure what is in view"), jobs::Lane::Background,
        [terrain, seen, grid](const Progress& progress) {
            const auto pixels = terrain->tiles->readBands(grid, progress);
            return terrain::stretchOfPixels(terrain->feature, pixels, terrain->tiles->bands(),
                                            pixelsWithin(seen, grid));
        },
        {.succeeded =
             [this, terrain, of](terrain::ViewStretch& stretch) {
                 m_isKeeping = false;
                 if (terrain == m_viewport.terrain() && !stretch.bands.empty()) {
                     take(stretch, of);
                 }
             },
         .failed =
             [this](const QString&) { m_isKeeping = false; }, // what cannot be read is told where it is drawn
         .cancelled = {}},
        JobQueue::Shown::Silently);
}

void StretchController::take(const terrain::ViewStretch& stretch, terrain::StretchOf of) {
    auto style = m_scene.drape();
    if (of == terrain::StretchOf::View && style.stretchOf != of) {
        return; // the user chose otherwise meanwhile
    }
    style.stretchOf = of;
    style.viewStretch = stretch;
    m_scene.setDrape(style);
}

} // namespace nunatak::ui::ground
