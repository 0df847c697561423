// SPDX-License-Identifier: GPL-3.0-or-later
#include "inventory_project.h"

#include "exchange/outline_files.h"
#include "geo/rings.h"
#include "project/project.h"
#include "scene/scene.h"

#include <QFile>
#include <QtTest>

#include <algorithm>
#include <cstdio>
#include <vector>

namespace nunatak::tests {

namespace {

std::vector<outlines::Outline> outlinesOver(const geo::Extent& scene, const geo::Crs& crs,
                                            const std::string& file) {
    auto outlines = exchange::readOutlines(file, crs).outlines;
    geo::Extent all;
    for (const auto& outline : outlines) {
        all.include(geo::extentOf(outline.geometry));
    }
    const double scale = std::min(scene.width() / all.width(), scene.height() / all.height());
    std::size_t vertices = 0;
    for (auto& outline : outlines) {
        geo::forEachRing(outline.geometry, [&](geo::Ring& ring, int, int) {
            for (auto& point : ring) {
                point.x = scene.center().x + (point.x - all.center().x) * scale;
                point.y = scene.center().y + (point.y - all.center().y) * scale;
            }
        });
        vertices += geo::vertexCount(outline.geometry);
    }
    std::printf("inventory: %zu glaciers, %zu vertices, at %.2f of their size\n", outlines.size(), vertices,
                scale);
    return outlines;
}

} // namespace

void waitFor(const std::function<bool()>& condition, int milliseconds) {
    if (!QTest::qWaitFor(condition, milliseconds)) {
        qFatal("the window was not ready in time");
    }
}

std::string makeProject(const QDir& folder, const std::string& sceneFile, const std::string& outlines,
                        outlines::LayerKind kind) {
    const auto file = folder.filePath("view.gpkg").toStdString();
    if (QFile::exists(QString::fromStdString(file))) {
        return file; // opened once more, with what lies beside it
    }
    const auto scene = scene::loadScene(sceneFile);
    auto project = project::Project::create(file, scene.grid.crs);
    project->addScene(scene);
    project->importOutlines({"inventory", kind, project->scene().id, "2024-01-01"},
                            outlinesOver(scene.grid.extent(), scene.grid.crs, outlines));
    project->close();
    return file;
}

} // namespace nunatak::tests
