// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/safetensors.h"
#include "raster/raster_writer.h"
#include "support/fake_models.h"
#include "training/training.h"

#include <limits>

#include <QTemporaryDir>

namespace nunatak::tests {

/// A scene of 120 × 90 pixels of 30 m: a rectangle of ice that is dark where all else is bright (so that a
/// fresh FakeNetwork is wrong about all of it), and a corner without data.
class TrainingScene {
public:
    TrainingScene() : grid{geo::Crs::fromUserInput("EPSG:32632"), 600000, 5200000, 30, 120, 90} {
        Image<float> optical(2, grid.rows, grid.columns);
        for (int row = 0; row < grid.rows; ++row) {
            for (int column = 0; column < grid.columns; ++column) {
                const bool gap = row < 10 && column < 10;
                optical.at(0, row, column) = gap                  ? std::numeric_limits<float>::quiet_NaN()
                                             : isIce(row, column) ? 0.2F
                                                                  : 0.8F;
                // Each pixel another, so that a turned or shifted tile shows.
                optical.at(1, row, column) = static_cast<float>(row * grid.columns + column) / 20000;
            }
        }
        raster::RasterLayout layout;
        layout.grid = grid;
        layout.bandNames = {"blue", "green"};
        layout.noData = std::numeric_limits<double>::quiet_NaN();
        raster::RasterWriter writer(path("optical.tif"), layout);
        writer.write(optical, 0, 0);
        writer.finish();
        scene.id = "0b9c4e6a-58d5-4b0e-9d42-222222222222";
        scene.name = "training scene";
        scene.date = "2020-08-20";
        scene.grid = grid;
        scene.rasters = {{"optical", path("optical.tif"), {1, 2}, {"blue", "green"}, 1, 0}};
    }

    static bool isIce(int row, int column) { return row >= 30 && row < 60 && column >= 40 && column < 100; }

    /// A shape by pixel edges of the grid.
    geo::MultiPolygon pixels(int column, int row, int endColumn, int endRow) const {
        const auto a = grid.toMap(column, row);
        const auto b = grid.toMap(endColumn, endRow);
        return {{{{a.x, b.y}, {b.x, b.y}, {b.x, a.y}, {a.x, a.y}}, {}}};
    }

    training::TrainingArea area() const {
        training::TrainingArea result;
        result.scene = std::make_shared<scene::SceneReader>(scene, std::make_shared<raster::ReaderPool>());
        result.crs = grid.crs;
        result.glaciers = {pixels(40, 30, 100, 60)};
        return result;
    }

    std::string path(const char* name) const { return folder.filePath(name).toStdString(); }

    QTemporaryDir folder;
    geo::Grid grid;
    scene::Scene scene;
};

inline models::Manifest trainingManifest() {
    models::Manifest manifest;
    manifest.name = "plain";
    manifest.version = 3;
    manifest.network.tile = 32;
    manifest.network.features = {{"optical", {"blue", "green"}}};
    manifest.pixelSize = 30;
    manifest.scaling = {{"optical", {{0, 1, false}, {0, 1, false}}}};
    manifest.requiredFeatures = {"optical"};
    return manifest;
}

inline training::TrainingOptions fewSteps(int steps) {
    training::TrainingOptions options;
    options.steps = steps;
    options.batch = 4;
    options.rate = 0.02;
    options.augment = false;
    return options;
}

} // namespace nunatak::tests
