// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/sampler.h"
#include "training_fixture.h"

#include <QtTest>

#include <cmath>

using namespace nunatak;
using namespace nunatak::training;
using namespace nunatak::tests;

namespace {

std::vector<AreaPixels> pixelsOf(const TrainingArea& area, const models::Manifest& manifest) {
    std::vector<AreaPixels> areas;
    areas.emplace_back(area, manifest, Progress());
    return areas;
}

} // namespace

class SamplerTest : public QObject {
    Q_OBJECT

private:
    TrainingScene m_scene;
    models::Manifest m_manifest = trainingManifest();

private Q_SLOTS:
    void labelsTurnWithThePicture() {
        const auto areas = pixelsOf(m_scene.area(), m_manifest);
        Sampler sampler(areas, m_manifest.network, {0.1, true, 5});
        int ice = 0;
        for (int draw = 0; draw < 10; ++draw) {
            const auto batch = sampler.draw(4);
            const auto& optical = batch.input.features.at("optical");
            QCOMPARE(optical.shape, (std::vector<std::int64_t>{4, 2, 32, 32}));
            QCOMPARE(batch.labels.shape, (std::vector<std::int64_t>{4, 2, 32, 32}));
            QCOMPARE(batch.weights.shape, (std::vector<std::int64_t>{4, 32, 32}));
            for (std::size_t tile = 0; tile < 4; ++tile) {
                for (std::size_t pixel = 0; pixel < 1024; ++pixel) {
                    if (!(batch.weights.values[tile * 1024 + pixel] > 0)) {
                        continue;
                    }
                    const float blue = optical.values[tile * 2048 + pixel];
                    const float glacier = batch.labels.values[tile * 2048 + 1024 + pixel];
                    const float background = batch.labels.values[tile * 2048 + pixel];
                    // Dark is ice, whatever the augmentation did to the brightness.
                    QCOMPARE(glacier > 0.5F, blue < 0.4F);
                    QVERIFY(std::abs(glacier - (glacier > 0.5F ? 0.95F : 0.05F)) < 1e-6F);
                    QVERIFY(std::abs(glacier + background - 1) < 1e-6F);
                    ice += glacier > 0.5F ? 1 : 0;
                }
            }
        }
        QVERIFY(ice > 1000);
    }

    void withoutAugmentationTilesAreCutAsTheyLie() {
        const auto areas = pixelsOf(m_scene.area(), m_manifest);
        Sampler sampler(areas, m_manifest.network, {0, false, 5});
        const auto batch = sampler.draw(8);
        const auto& optical = batch.input.features.at("optical").values;
        for (std::size_t tile = 0; tile < 8; ++tile) {
            const std::size_t middle = tile * 2048 + 1024 + 16 * 32 + 16;
            QVERIFY(std::abs((optical[middle + 1] - optical[middle]) * 20000 - 1) < 0.01F);
            QVERIFY(std::abs((optical[middle + 32] - optical[middle]) * 20000 - 120) < 0.01F);
        }
    }

    void aSeedDrawsTheSameSamples() {
        const auto areas = pixelsOf(m_scene.area(), m_manifest);
        Sampler first(areas, m_manifest.network, {0.1, true, 9});
        Sampler second(areas, m_manifest.network, {0.1, true, 9});
        Sampler other(areas, m_manifest.network, {0.1, true, 10});
        const auto batch = first.draw(4);
        QVERIFY(batch.input.features == second.draw(4).input.features);
        QVERIFY(batch.input.features != other.draw(4).input.features);
    }

    void nothingIsLearntWhereNobodyLookedOrThereIsNoData() {
        auto area = m_scene.area();
        // Half of the ice, and the corner without data.
        area.lookedAt = m_scene.pixels(40, 20, 70, 60);
        area.lookedAt->push_back(m_scene.pixels(0, 0, 20, 10)[0]);
        const auto areas = pixelsOf(area, m_manifest);
        QCOMPARE(areas[0].learnablePixels(), std::size_t(30 * 40 + 100));
        QCOMPARE(areas[0].icePixels(), std::size_t(30 * 30));
        Sampler sampler(areas, m_manifest.network, {0.1, false, 1});
        bool any = false;
        for (int draw = 0; draw < 20; ++draw) {
            const auto batch = sampler.draw(4);
            const auto& optical = batch.input.features.at("optical").values;
            for (std::size_t tile = 0; tile < 4; ++tile) {
                for (std::size_t pixel = 0; pixel < 1024; ++pixel) {
                    if (batch.weights.values[tile * 1024 + pixel] > 0) {
                        // The second band says where the pixel is.
                        const auto place = std::lround(optical[tile * 2048 + 1024 + pixel] * 20000);
                        const auto row = place / 120;
                        const auto column = place % 120;
                        const bool first = column >= 40 && column < 70 && row >= 20 && row < 60;
                        const bool second = column >= 10 && column < 20 && row < 10;
                        QVERIFY(first || second);
                        any = true;
                    }
                }
            }
        }
        QVERIFY(any);
    }

    void aLargeSceneIsHeldOnlyAroundWhatWasLookedAt() {
        auto area = m_scene.area();
        area.lookedAt = m_scene.pixels(60, 40, 64, 44);
        const auto areas = pixelsOf(area, m_manifest);
        // A tile (32 pixels) further on each side is there, with its data.
        QVERIFY(areas[0].hasLearnable({60, 40, 1, 1}) && !areas[0].hasLearnable({64, 40, 32, 32}));
        const auto tile = areas[0].tile({32, 12, 32, 32});
        QVERIFY(std::ranges::all_of(tile.at("optical").values(), [](float value) { return value > 0; }));
    }

    void placesFarApartDoNotCostWhatLiesBetween() {
        // 4000 × 4000 pixels of which two corners were looked at, at the model's pixel size.
        auto manifest = m_manifest;
        manifest.pixelSize = 30.0 * 120 / 4000;
        auto area = m_scene.area();
        area.lookedAt = m_scene.pixels(12, 2, 13, 3);
        area.lookedAt->push_back(m_scene.pixels(118, 88, 119, 89)[0]);
        const auto areas = pixelsOf(area, manifest);
        const int pixels = 33 * 34; // of a corner: 30 m in pixels of 0.9 m
        QVERIFY(std::abs(static_cast<double>(areas[0].learnablePixels()) - 2 * pixels) < 150);
        // Each is 34 pixels and a tile of 32 on each side: at most 2 × 2 blocks of 128.
        QVERIFY(areas[0].blocks().size() >= 2 && areas[0].blocks().size() <= 8);
        Sampler sampler(areas, manifest.network, {0.1, false, 1});
        const auto batch = sampler.draw(32);
        bool north = false;
        bool south = false;
        const auto& optical = batch.input.features.at("optical").values;
        for (std::size_t tile = 0; tile < 32; ++tile) {
            for (std::size_t pixel = 0; pixel < 1024; ++pixel) {
                if (batch.weights.values[tile * 1024 + pixel] > 0) {
                    const auto row = std::lround(optical[tile * 2048 + 1024 + pixel] * 20000) / 120;
                    (row < 45 ? north : south) = true;
                }
            }
        }
        QVERIFY(north && south);
    }

    void theNetworkIsToldWhereTheAreaLies() {
        auto manifest = m_manifest;
        manifest.network.location = 12;
        auto area = m_scene.area(); // the Alps
        const auto locationOf = [&](const models::Manifest& model) {
            const auto areas = pixelsOf(area, model);
            return Sampler(areas, model.network, {0.1, true, 1}).draw(2).input.location->values;
        };
        auto expected = std::vector<float>(24, 0.0F);
        expected[0] = expected[12] = 1;
        QCOMPARE(locationOf(manifest), expected);
        area.region = "HMA";
        QCOMPARE(locationOf(manifest)[5], 1.0F);
        area.region = "nowhere";
        QVERIFY_EXCEPTION_THROWN(locationOf(manifest), Error);
        // With coordinate encoding each tile has its own.
        manifest.network.location = 4;
        area.region = "auto";
        const auto coordinates = locationOf(manifest);
        QCOMPARE(coordinates.size(), std::size_t{8});
        QVERIFY(std::abs(std::asin(static_cast<double>(coordinates[0])) * 180 / 3.14159265 - 46.94) < 0.02);
        QVERIFY(std::abs(std::hypot(coordinates[2], coordinates[3]) - 1) < 1e-5F);
    }

    void areasWithoutAnythingToLearnAreRefused() {
        auto area = m_scene.area();
        area.lookedAt = m_scene.pixels(0, 0, 8, 8); // no data there
        const auto areas = pixelsOf(area, m_manifest);
        QVERIFY_EXCEPTION_THROWN(Sampler(areas, m_manifest.network, {0.1, true, 1}), Error);
        area.lookedAt = m_scene.pixels(500, 500, 600, 600); // outside
        QCOMPARE(pixelsOf(area, m_manifest)[0].learnablePixels(), std::size_t(0));
    }
};

QTEST_GUILESS_MAIN(SamplerTest)
#include "sampler_test.moc"
