// SPDX-License-Identifier: GPL-3.0-or-later
#include "../exchange/hdf5_fixtures.h"
#include "base/error.h"
#include "comparison/tile_benchmark.h"
#include "support/fake_models.h"

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>

using namespace nunatak;
using namespace nunatak::tests;
using comparison::PixelAgreement;
using comparison::TileBenchmarkOptions;

namespace {

constexpr int side = 64;
constexpr int padding = 8;

models::Manifest manifest(int location = 0) {
    models::Manifest model;
    model.name = "plain";
    model.network.tile = 32;
    model.network.location = location;
    model.network.features = {{"optical", {"blue"}}};
    return model;
}

/// Ice is predicted in the columns from 20 on; it is true from 24 on; nobody labelled the rows from 50 on.
void addTile(Hdf5Maker& maker, const std::string& name, const std::string& region) {
    std::vector<float> optical;
    std::vector<float> labels;
    for (int row = 0; row < side; ++row) {
        for (int column = 0; column < side; ++column) {
            optical.push_back(column >= 20 ? 0.9F : 0.1F);
            const bool known = row < 50;
            labels.push_back(known && column < 24 ? 1.0F : 0.0F);
            labels.push_back(known && column >= 24 ? 1.0F : 0.0F);
        }
    }
    maker.dataset(name + "/optical", {side, side, 1}, optical);
    maker.dataset(name + "/outlines", {side, side, 2}, labels, H5T_STD_U8LE);
    maker.text(name, "region", region);
    maker.text(name, "subregion", region + "1");
    maker.number(name, "padding_height", padding);
    maker.number(name, "padding_width", padding);
}

} // namespace

class TileBenchmarkTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    std::string path() const { return m_folder.filePath("tiles.hdf5").toStdString(); }
    comparison::TileBenchmark run(const models::Manifest& model, const TileBenchmarkOptions& options,
                                  const models::NamedTensors& weights = {}) {
        FakeNetwork network(model.network);
        if (!weights.empty()) {
            network.restore(weights);
        }
        exchange::TileDataset tiles(path(), realReader());
        return comparison::benchmarkTiles(tiles, model, network, options, {});
    }
    static PixelAgreement regionOf(const comparison::TileBenchmark& benchmark, const char* region) {
        return benchmark.table.kinds().front().second.at(region);
    }

private Q_SLOTS:
    void init() {
        Hdf5Maker maker(path());
        addTile(maker, "one", "ALP");
        addTile(maker, "two", "NZ");
        addTile(maker, "three", "ALP");
    }

    void paddingIsCroppedAndPixelsNobodyLabelledAreNoGlacier() {
        const auto benchmark = run(manifest(), {});
        QCOMPARE(benchmark.tiles, 3);
        // Rows and columns 8 to 55: 42 labelled rows, 6 that are not.
        QCOMPARE(regionOf(benchmark, "NZ"), (PixelAgreement{42 * 32, 48 * 12, 42 * 4 + 6 * 36, 0}));
        QCOMPARE(regionOf(benchmark, "ALP"),
                 (PixelAgreement{2 * 42 * 32, 2 * 48 * 12, 2 * (42 * 4 + 6 * 36), 0}));
        QCOMPARE(benchmark.table.kinds()[1].second.at("ALP1"), regionOf(benchmark, "ALP"));
    }

    void pixelsNobodyLabelledCanBeLeftOut() {
        TileBenchmarkOptions options;
        options.ignoreUnlabelled = true;
        QCOMPARE(regionOf(run(manifest(), options), "NZ"), (PixelAgreement{42 * 32, 42 * 12, 42 * 4, 0}));
    }

    void theBatchChangesNothing() {
        TileBenchmarkOptions options;
        options.batch = 7;
        QCOMPARE(regionOf(run(manifest(), options), "NZ"), regionOf(run(manifest(), {}), "NZ"));
    }

    void eachTilesConfidenceIsKeptWithItsPlace() {
        const auto benchmark = run(manifest(), {});
        QCOMPARE(benchmark.grounds.size(), std::size_t{3});
        for (const auto& ground : benchmark.grounds) {
            QCOMPARE(ground.blocks.size(), std::size_t{1});
            QCOMPARE(ground.blocks.front().pixels.count(), 48.0 * 48);
        }
    }

    void aModelWithRegionsIsToldWhereEachTileLies() {
        auto model = manifest(12);
        auto weights = FakeNetwork::freshWeights(model.network);
        weights["location"].values[7] = 30; // New Zealand (the eighth code) is all ice to this model
        QCOMPARE(regionOf(run(model, {}, weights), "NZ").trueNegative, std::int64_t(0));
        QCOMPARE(regionOf(run(model, {}, weights), "ALP").trueNegative, std::int64_t(2 * 48 * 12));
        TileBenchmarkOptions unknown;
        unknown.region = "unknown";
        QCOMPARE(regionOf(run(model, unknown, weights), "NZ").trueNegative, std::int64_t(48 * 12));
    }

    void aTileThatLacksAFeatureIsNamed() {
        auto model = manifest();
        model.network.features.push_back({"thermal", {"temperature"}});
        try {
            run(model, {});
            QFAIL("nothing was thrown");
        } catch (const Error& error) {
            const std::string sentence = error.what();
            QVERIFY2(sentence.find("thermal") != std::string::npos, sentence.c_str());
            QVERIFY2(sentence.find("one") != std::string::npos, sentence.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(TileBenchmarkTest)
#include "tile_benchmark_test.moc"
