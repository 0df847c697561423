// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/registry.h"
#include "models/safetensors.h"
#include "raster/raster_writer.h"
#include "scene/scene_reader.h"
#include "support/fake_models.h"

#include <functional>
#include <limits>

#include <QTemporaryDir>

namespace nunatak::tests {

/// A scene in the Alps, 100 × 80 pixels of 30 m, with one optical band, and a model of one tile size for it.
class SmallScene {
public:
    /// @param value of the optical band at row and column; NaN is no data
    explicit SmallScene(const std::function<float(int row, int column)>& value) {
        raster::RasterLayout layout;
        layout.grid = {geo::Crs::fromUserInput("EPSG:32632"), 600000, 5200000, 30, 100, 80};
        layout.bandNames = {"red"};
        layout.noData = std::numeric_limits<double>::quiet_NaN();
        Image<float> pixels(1, 80, 100);
        for (int row = 0; row < 80; ++row) {
            for (int column = 0; column < 100; ++column) {
                pixels.at(0, row, column) = value(row, column);
            }
        }
        raster::RasterWriter writer(path("optical.tif"), layout);
        writer.write(pixels, 0, 0);
        writer.finish();
        m_scene.name = "small scene";
        m_scene.grid = layout.grid;
        m_scene.rasters = {{"optical", path("optical.tif").string(), {1}, {"red"}, 1, 0}};
    }

    std::filesystem::path path(const char* name) const { return m_folder.filePath(name).toStdString(); }
    scene::SceneReader reader() const {
        return scene::SceneReader(m_scene, std::make_shared<raster::ReaderPool>());
    }

    /// FakeNetwork's weights as a stored model, with a region vector if asked for.
    models::StoredModel model(int location, const std::vector<float>& locationWeights = {}) const {
        models::StoredModel stored;
        stored.folder = path("model");
        auto& manifest = stored.manifest;
        manifest.name = "small";
        manifest.network.tile = 16;
        manifest.network.features = {{"optical", {"red"}}};
        manifest.network.location = location;
        manifest.pixelSize = 30;
        manifest.scaling = {{"optical", {{0, 1, false}}}};
        std::filesystem::create_directories(stored.folder);
        auto weights = FakeNetwork::freshWeights(manifest.network);
        if (!locationWeights.empty()) {
            weights["location"].values = locationWeights;
        }
        models::writeSafetensors(weights, {}, stored.weightsFile());
        manifest.fingerprint = models::fileSha256(stored.weightsFile());
        return stored;
    }

private:
    QTemporaryDir m_folder;
    scene::Scene m_scene;
};

} // namespace nunatak::tests
