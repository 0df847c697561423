// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/outline_files.h"
#include "models/module_loader.h"
#include "scene/simulate.h"
#include "training/training.h"

#include <QtTest>

#include <numeric>

using namespace nunatak;
using namespace nunatak::training;

/// The trainer with the real network behind the real module, on a simulated scene.
class NetworkTrainingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSmallNetworkLearnsIceFromASimulatedScene() {
        const QTemporaryDir folder;
        scene::SimulationOptions simulated;
        simulated.seed = 7;
        simulated.columns = 160;
        simulated.rows = 128;
        const auto simulation = scene::simulate(simulated, folder.path().toStdString());
        const auto loaded = scene::loadScene(simulation.sceneJson);
        TrainingArea area;
        area.crs = loaded.grid.crs;
        area.scene = std::make_shared<scene::SceneReader>(loaded, std::make_shared<raster::ReaderPool>());
        for (const auto& outline : exchange::readOutlines(simulation.truth, area.crs).outlines) {
            area.glaciers.push_back(outline.geometry);
        }

        models::Manifest manifest;
        manifest.name = "fresh";
        manifest.pixelSize = 30;
        manifest.network = {"glavitu", 32, 4, 8, 1, 2, 16, {}, 0};
        manifest.network.features = {{"optical", {"blue", "green", "red", "nir", "swir1", "swir2"}},
                                     {"dem", {"elevation", "slope"}}};
        manifest.scaling = {{"optical", std::vector<models::BandScaling>(6, {0, 1, false})},
                            {"dem", {{0, 6000, false}, {0, 90, false}}}};
        auto& module = models::loadModule(std::filesystem::path(NUNATAK_BUILD_DIRECTORY) /
                                          "lib/nunatak/nunatak_models.so");
        const auto network = module.create(manifest.network, 3, {"cpu", 1});
        TrainingOptions options;
        options.steps = 40;
        options.batch = 4;
        options.rate = 5e-3;
        options.batchNormFrozen = false;
        options.measure = false;
        const auto result = train(*network, manifest, {area}, options, {});
        const auto mean = [&](std::size_t first) {
            const auto begin = result.losses.begin() + static_cast<std::ptrdiff_t>(first);
            return std::accumulate(begin, begin + 10, 0.0) / 10;
        };
        QVERIFY2(mean(30) < 0.8 * mean(0),
                 (std::to_string(mean(0)) + " " + std::to_string(mean(30))).c_str());
    }
};

QTEST_GUILESS_MAIN(NetworkTrainingTest)
#include "network_training_test.moc"
