// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/sampler.h"
#include "training_fixture.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <set>

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
        SamplingOptions options{0.1, true, 5};
        options.augmentation.occlusion = 0;
        Sampler sampler(areas, m_manifest.network, options);
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
                    // Dark is ice, whatever the augmentation did to the light.
                    QCOMPARE(glacier > 0.5F, blue < 0.5F);
                    QVERIFY(std::abs(glacier - (glacier > 0.5F ? 0.95F : 0.05F)) < 1e-6F);
                    QVERIFY(std::abs(glacier + background - 1) < 1e-6F);
                    ice += glacier > 0.5F ? 1 : 0;
                }
            }
        }
        QVERIFY(ice > 1000);
    }

    void aPixelAtTheBoundaryIsIceAsFarAsItsGroundIs() {
        auto area = m_scene.area();
        // A quarter of the pixels of column 39 and of row 60 is ice.
        const auto west = m_scene.grid.toMap(39.75, 60.25);
        const auto east = m_scene.grid.toMap(100, 30);
        area.glaciers = {{{{{west.x, west.y}, {east.x, west.y}, {east.x, east.y}, {west.x, east.y}}, {}}}};
        const auto areas = pixelsOf(area, m_manifest);
        QVERIFY(std::abs(areas[0].ice(40, 39) - 0.25F) < 0.003F);
        QVERIFY(std::abs(areas[0].ice(60, 39) - 0.0625F) < 0.003F);
        QCOMPARE(areas[0].ice(40, 38), 0.0F);
        QCOMPARE(areas[0].ice(40, 40), 1.0F);
        QCOMPARE(areas[0].state(40, 39) & AreaPixels::Ice, 0);
        // At a divide beyond which nobody looked, all that is known of the pixel is ice.
        area.lookedAt = area.glaciers[0];
        QCOMPARE(pixelsOf(area, m_manifest)[0].ice(40, 39), 1.0F);
    }

    void whatWasChangedWeighsMoreThanWhatWasConfirmed() {
        auto area = m_scene.area();
        area.changed = {m_scene.pixels(90, 40, 95, 45)};
        const auto areas = pixelsOf(area, m_manifest);
        SamplingOptions options{0, false, 1};
        options.changedWeight = 3;
        Sampler sampler(areas, m_manifest.network, options);
        int changed = 0;
        for (int draw = 0; draw < 10; ++draw) {
            const auto batch = sampler.draw(4);
            const auto& places = batch.input.features.at("optical").values;
            for (std::size_t pixel = 0; pixel < 4 * 1024; ++pixel) {
                const auto place = std::lround(places[pixel / 1024 * 2048 + 1024 + pixel % 1024] * 20000);
                const auto row = place / 120;
                const auto column = place % 120;
                const bool near = row >= 38 && row < 47 && column >= 88 && column < 97;
                if (batch.weights.values[pixel] > 0 && near) {
                    QCOMPARE(batch.weights.values[pixel],
                             (areas[0].state(static_cast<int>(row), static_cast<int>(column)) &
                              AreaPixels::Changed) != 0
                                 ? 3.0F
                                 : 1.0F);
                    ++changed;
                } else if (batch.weights.values[pixel] > 0) {
                    QCOMPARE(batch.weights.values[pixel], 1.0F);
                }
            }
        }
        QVERIFY(changed > 300);
    }

    void aCropIsScaledByTheNearestPixel() {
        Augmentation cropped;
        cropped.flip = cropped.turn = 0;
        cropped.crop = 1;
        Dice dice(3);
        std::set<std::size_t> sizes;
        for (int i = 0; i < 30; ++i) {
            const auto cut = drawnCut(cropped, 32, dice);
            std::set<std::uint32_t> columns;
            for (std::size_t x = 0; x < 32; ++x) {
                columns.insert(cut[x] % 32);
                QCOMPARE(cut[x] / 32, cut[0] / 32); // a row stays one
            }
            QCOMPARE(*columns.rbegin() - *columns.begin() + 1, columns.size()); // none is left out between
            sizes.insert(columns.size());
        }
        QVERIFY(*sizes.begin() >= 25 && *sizes.rbegin() <= 32 && sizes.size() > 3);
    }

    void whatHasNoDataStaysWithoutWhateverTheLight() {
        Augmentation always;
        always.gamma = always.shift = always.noise = 1;
        Dice dice(7);
        std::vector<float> values(2 * 32 * 32, 0.5F);
        values[5] = 0;
        changeLight(always, "optical", values.data(), 2, 32, dice);
        QCOMPARE(values[5], 0.0F);
        QVERIFY(values[6] != 0.5F && values[6] != values[7]);
        std::vector<float> elevation(2 * 32 * 32, 0.5F);
        changeLight(always, "dem", elevation.data(), 2, 32, dice);
        QCOMPARE(elevation, std::vector<float>(2 * 32 * 32, 0.5F));
    }

    void atMostHalfATileIsHidden() {
        Augmentation always;
        always.occlusion = 1;
        Dice dice(11);
        std::size_t most = 0;
        for (int i = 0; i < 200; ++i) {
            std::vector<float> values(2 * 32 * 32, 0.5F);
            occlude(always, values.data(), 2, 32, dice);
            const auto first =
                static_cast<std::size_t>(std::count(values.begin(), values.begin() + 1024, 0.0F));
            const auto second =
                static_cast<std::size_t>(std::count(values.begin() + 1024, values.end(), 0.0F));
            QCOMPARE(first, second); // a feature is hidden whole
            most = std::max(most, first);
        }
        QVERIFY(most > 100 && most <= 16 * 16);
    }

    void someTilesComeFromWhatIsReplayed() {
        auto corrected = m_scene.area();
        corrected.lookedAt = m_scene.pixels(40, 30, 60, 60);
        auto before = m_scene.area();
        before.isReplay = true;
        before.lookedAt = m_scene.pixels(80, 30, 100, 60);
        std::vector<AreaPixels> areas;
        areas.emplace_back(corrected, m_manifest, Progress());
        areas.emplace_back(before, m_manifest, Progress());
        SamplingOptions options{0, false, 1};
        options.replayShare = 0.25;
        Sampler sampler(areas, m_manifest.network, options);
        const auto batch = sampler.draw(100);
        int replayed = 0;
        for (std::size_t tile = 0; tile < 100; ++tile) {
            bool isBefore = false;
            for (std::size_t pixel = 0; pixel < 1024; ++pixel) {
                const auto place = std::lround(
                    batch.input.features.at("optical").values[tile * 2048 + 1024 + pixel] * 20000);
                isBefore |= batch.weights.values[tile * 1024 + pixel] > 0 && place % 120 >= 80;
            }
            replayed += isBefore ? 1 : 0;
        }
        QVERIFY2(replayed > 10 && replayed < 40, std::to_string(replayed).c_str());
        QVERIFY_EXCEPTION_THROWN(Sampler({}, m_manifest.network, options), Error);
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
