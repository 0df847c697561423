// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "exchange/tile_dataset.h"
#include "hdf5_fixtures.h"

#include <QtTest>

#include <chrono>
#include <thread>

using namespace nunatak;
using namespace nunatak::tests;
using exchange::TileDataset;

namespace {

std::vector<float> ramp(std::size_t count, float first) {
    std::vector<float> values(count);
    for (std::size_t i = 0; i < count; ++i) {
        values[i] = first + 0.25f * static_cast<float>(i);
    }
    return values;
}

/// 6 rows, 5 columns, 2 bands of dem, 3 of optical.
void addTile(Hdf5Maker& maker, const std::string& name, float first) {
    maker.dataset(name + "/dem", {6, 5, 2}, ramp(60, first));
    maker.dataset(name + "/optical", {6, 5, 3}, ramp(90, first + 100));
    maker.dataset(name + "/outlines", {6, 5, 2}, ramp(60, 0), H5T_STD_U8LE);
    maker.text(name, "region", "ALP");
    maker.text(name, "subregion", "ALP1");
    maker.number(name, "padding_height", 1);
    maker.number(name, "padding_width", 2);
    maker.number(name, "height", 6);
    maker.number(name, "width", 5);
    maker.number(name, "xmin", 7.5, H5T_IEEE_F64LE);
    maker.number(name, "xmax", 7.75, H5T_IEEE_F64LE);
    maker.number(name, "ymin", 46.25, H5T_IEEE_F64LE);
    maker.number(name, "ymax", 46.5, H5T_IEEE_F64LE);
}

std::string messageOf(const std::function<void()>& action) {
    try {
        action();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

} // namespace

class TileDatasetTest : public QObject {
    Q_OBJECT

private:
    std::filesystem::path path(const char* name) const {
        return std::filesystem::path(m_folder.path().toStdString()) / name;
    }
    std::string messageOfReading(const std::vector<std::string>& features = {}) const {
        return messageOf([&] {
            TileDataset dataset(path("tiles.hdf5"), realReader(), features);
            while (dataset.next()) {
            }
        });
    }

    QTemporaryDir m_folder;

private Q_SLOTS:
    void tilesComeOneAfterTheOtherWithAllThatBelongsToThem() {
        {
            Hdf5Maker maker(path("tiles.hdf5"));
            addTile(maker, "b", 1000);
            addTile(maker, "a", 0);
        }
        TileDataset dataset(path("tiles.hdf5"), realReader());
        QCOMPARE(dataset.size(), 2);
        const auto tile = dataset.next();
        QVERIFY(tile.has_value());
        QCOMPARE(tile->name, std::string("a"));
        QCOMPARE(tile->region, std::string("ALP"));
        QCOMPARE(tile->subregion, std::string("ALP1"));
        QCOMPARE(tile->paddingRows, 1);
        QCOMPARE(tile->paddingColumns, 2);
        QCOMPARE(tile->height, 6);
        QCOMPARE(tile->width, 5);
        QVERIFY(tile->bounds.has_value());
        QCOMPARE(tile->bounds->west, 7.5);
        QCOMPARE(tile->bounds->north, 46.5);
        QCOMPARE(tile->features.size(), std::size_t(2));
        const auto& optical = tile->features.at("optical");
        QCOMPARE(optical.bands(), 3);
        QCOMPARE(optical.rows(), 6);
        QCOMPARE(optical.columns(), 5);
        QCOMPARE(optical.at(2, 4, 3), 100 + 0.25f * ((4 * 5 + 3) * 3 + 2));
        QCOMPARE(tile->outlines.bands(), 2);
        QCOMPARE(dataset.next()->name, std::string("b"));
        QVERIFY(!dataset.next());
        QVERIFY(!dataset.next());
    }

    void onlyWantedFeaturesAreRead() {
        {
            Hdf5Maker maker(path("tiles.hdf5"));
            addTile(maker, "a", 0);
        }
        TileDataset dataset(path("tiles.hdf5"), realReader(), {"dem"});
        const auto tile = dataset.next();
        QCOMPARE(tile->features.size(), std::size_t(1));
        QCOMPARE(tile->features.at("dem").at(1, 0, 0), 0.25f);
        QCOMPARE(tile->rows(), 6);
    }

    void compressedChunksAreRead() {
        {
            Hdf5Maker maker(path("tiles.hdf5"));
            addTile(maker, "a", 0);
            const hid_t chunks = H5Pcreate(H5P_DATASET_CREATE);
            const hsize_t extent[] = {4, 4, 1};
            H5Pset_chunk(chunks, 3, extent);
            H5Pset_shuffle(chunks);
            H5Pset_deflate(chunks, 4);
            maker.dataset("a/thermal", {6, 5, 1}, ramp(30, 7), H5T_IEEE_F64LE, chunks);
            H5Pclose(chunks);
        }
        TileDataset dataset(path("tiles.hdf5"), realReader(), {"thermal"});
        QCOMPARE(dataset.next()->features.at("thermal").at(0, 5, 4), 7 + 0.25f * 29);
    }

    void aTileWithoutItsRegionIsRefusedWithItsName() {
        {
            Hdf5Maker maker(path("tiles.hdf5"));
            maker.dataset("first/outlines", {6, 5, 2}, ramp(60, 0));
        }
        const auto message = messageOfReading();
        QVERIFY2(message.find("tiles.hdf5") != std::string::npos, message.c_str());
        QVERIFY2(message.find("the tile first has no attribute region") != std::string::npos,
                 message.c_str());
    }

    void aTileWithoutAWantedFeatureIsRefusedWithItsName() {
        {
            Hdf5Maker maker(path("tiles.hdf5"));
            addTile(maker, "first", 0);
        }
        const auto message = messageOfReading({"optical", "in_sar"});
        QVERIFY2(message.find("the tile first has no dataset in_sar") != std::string::npos, message.c_str());
    }

    void rastersOfDifferentSizesAreRefused() {
        {
            Hdf5Maker maker(path("tiles.hdf5"));
            addTile(maker, "first", 0);
            maker.dataset("first/thermal", {6, 4, 1}, ramp(24, 0));
        }
        const auto message = messageOfReading();
        QVERIFY2(message.find("thermal of another size") != std::string::npos, message.c_str());
    }

    void paddingThatLeavesNothingIsRefused() {
        {
            Hdf5Maker maker(path("tiles.hdf5"));
            maker.dataset("first/outlines", {6, 5, 2}, ramp(60, 0));
            maker.text("first", "region", "ALP");
            maker.number("first", "padding_height", 3);
        }
        const auto message = messageOfReading();
        QVERIFY2(message.find("nothing but padding") != std::string::npos, message.c_str());
    }

    void aRasterLargerThanAnyTileIsRefusedBeforeItIsRead() {
        {
            // Never written: the file stays small, however large the dataset says it is.
            Hdf5Maker maker(path("tiles.hdf5"));
            addTile(maker, "first", 0);
            maker.dataset("first/thermal", {40'000, 40'000, 1}, {});
        }
        const auto message = messageOfReading();
        QVERIFY2(message.find("thermal is larger than any") != std::string::npos, message.c_str());
    }

    void aFileWithoutTilesIsRefused() {
        {
            Hdf5Maker maker(path("tiles.hdf5"));
            maker.dataset("numbers", {3}, {1, 2, 3});
        }
        const auto message = messageOfReading();
        QVERIFY2(message.find("there are no tiles in it") != std::string::npos, message.c_str());
    }

    void aRasterInAnotherFileIsNotRead() {
        {
            Hdf5Maker other(path("other.hdf5"));
            addTile(other, "secret", 0);
        }
        {
            Hdf5Maker maker(path("tiles.hdf5"));
            addTile(maker, "first", 0);
            H5Lcreate_external("other.hdf5", "/secret/dem", maker.file(), "first/in_sar", H5P_DEFAULT,
                               H5P_DEFAULT);
        }
        const auto message = messageOfReading({"in_sar"});
        QVERIFY2(message.find("has no dataset in_sar") != std::string::npos, message.c_str());
    }

    void cancellingEndsAReaderThatIsSilent() {
        {
            Hdf5Maker maker(path("tiles.hdf5"));
            addTile(maker, "a", 0);
        }
        std::stop_source stop;
        const std::jthread later([&stop] {
            std::this_thread::sleep_for(std::chrono::milliseconds(100));
            stop.request_stop();
        });
        const auto reader = fakeReader(path(""), "exec sleep 60");
        const auto start = std::chrono::steady_clock::now();
        QVERIFY_THROWS_EXCEPTION(Cancelled,
                                 TileDataset(path("tiles.hdf5"), reader, {}, Progress({}, stop.get_token())));
        // The limit is the child's 60 s; a cancel that was not seen would take as long.
        QVERIFY(std::chrono::steady_clock::now() - start < std::chrono::seconds(30));
    }
};

QTEST_GUILESS_MAIN(TileDatasetTest)
#include "tile_dataset_test.moc"
