// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/safetensors.h"
#include "prediction/predict_scene.h"
#include "raster/raster_reader.h"
#include "raster/raster_writer.h"
#include "support/fake_models.h"

#include <cmath>
#include <limits>

#include <QTemporaryDir>

// A small scene in files and a plain network to predict it with.
namespace nunatak::tests {

inline constexpr float noData = std::numeric_limits<float>::quiet_NaN();

/// Where the ice lies in the test's scene, as x and y in pixels of 30 m from its upper left corner.
inline bool isIce(double x, double y) {
    return x >= 20 && x < 60 && y >= 30 && y < 50;
}

/// A scene of 100 × 80 pixels of 30 m with a bright rectangle of ice, elevation, and a corner without data.
class SceneFiles {
public:
    SceneFiles() : grid{geo::Crs::fromUserInput("EPSG:32632"), 600000, 5200000, 30, 100, 80} {
        Image<float> optical(2, 80, 100);
        Image<float> elevation(1, 80, 100);
        for (int row = 0; row < 80; ++row) {
            for (int column = 0; column < 100; ++column) {
                const bool gap = row < 10 && column < 10;
                optical.at(0, row, column) = gap ? noData : (isIce(column, row) ? 0.9F : 0.1F);
                optical.at(1, row, column) = 0.3F;
                elevation.at(0, row, column) = 2500;
            }
        }
        write("optical.tif", optical, {"blue", "green"});
        write("elevation.tif", elevation, {"elevation"});
        scene.id = "0b9c4e6a-58d5-4b0e-9d42-111111111111";
        scene.name = "test scene";
        scene.date = "2020-08-20";
        scene.sensor = "Simulator";
        scene.grid = grid;
        scene.rasters = {{"optical", path("optical.tif"), {1, 2}, {"blue", "green"}, 1, 0},
                         {"dem", path("elevation.tif"), {1}, {"elevation"}, 1, 0}};
    }

    std::string path(const char* name) const { return folder.filePath(name).toStdString(); }
    std::filesystem::path results() const { return path("results"); }
    scene::SceneReader reader() const {
        return scene::SceneReader(scene, std::make_shared<raster::ReaderPool>());
    }

    void write(const char* name, const Image<float>& pixels, std::vector<std::string> bands) {
        raster::RasterLayout layout;
        layout.grid = grid;
        layout.bandNames = std::move(bands);
        layout.noData = std::numeric_limits<double>::quiet_NaN();
        raster::RasterWriter writer(path(name), layout);
        writer.write(pixels, 0, 0);
        writer.finish();
    }

    QTemporaryDir folder;
    geo::Grid grid;
    scene::Scene scene;
};

inline models::StoredModel storedModel(const std::filesystem::path& folder, double pixelSize = 30) {
    models::StoredModel model;
    model.folder = folder;
    model.manifest.name = "plain";
    model.manifest.version = 2;
    model.manifest.network.tile = 16;
    model.manifest.network.features = {{"optical", {"blue", "green"}}, {"dem", {"elevation"}}};
    model.manifest.pixelSize = pixelSize;
    model.manifest.scaling = {{"optical", {{0, 1, false}, {0, 1, false}}}, {"dem", {{0, 9000, false}}}};
    model.manifest.requiredFeatures = {"optical"};
    std::filesystem::create_directories(folder);
    models::writeSafetensors(FakeNetwork::freshWeights(model.manifest.network), {}, model.weightsFile());
    model.manifest.fingerprint = models::fileSha256(model.weightsFile());
    return model;
}

inline prediction::ScenePrediction predictPlainly(const SceneFiles& files,
                                                  const prediction::PredictOptions& options,
                                                  const Progress& progress = {}, double pixelSize = 30,
                                                  const char* crs = "EPSG:32632") {
    FakeModelsModule module;
    return prediction::predictScene(files.reader(), storedModel(files.path("model"), pixelSize), module,
                                    geo::Crs::fromUserInput(crs), files.results(), options, progress);
}

inline Image<float> wholeBand(const std::filesystem::path& file, int band = 1) {
    const raster::RasterReader reader(file.string());
    const std::vector<int> bands{band};
    return reader.readWindow(bands, {0, 0, reader.info().columns, reader.info().rows}, reader.info().columns,
                             reader.info().rows);
}

inline int filesIn(const std::filesystem::path& folder) {
    int count = 0;
    if (std::filesystem::exists(folder)) {
        for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator(folder)) {
            ++count;
        }
    }
    return count;
}

} // namespace nunatak::tests
