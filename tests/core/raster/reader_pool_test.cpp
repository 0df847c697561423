// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "raster/reader_pool.h"
#include "raster_fixtures.h"

#include <QtTest>

#include <atomic>
#include <thread>

using namespace nunatak;
using namespace nunatak::raster;
using namespace nunatak::tests;

class ReaderPoolTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::filesystem::path folder() const { return m_folder.path().toStdString(); }

private Q_SLOTS:
    void manyThreadsReadTheSamePixels() {
        const std::string path = writeTiff(
            folder() / "noise.tif", {.columns = 300, .rows = 300, .value = noise, .options = {"TILED=YES"}});
        const geo::Grid grid{geo::Crs::fromUserInput("EPSG:32633"), 146000, 5210000, 40, 100, 100};
        const std::vector<int> bands{1};
        const Image<float> expected = RasterReader(path).readOnGrid(bands, grid, Resampling::Bilinear);
        ReaderPool pool;
        std::atomic<int> wrong = 0;
        std::vector<std::thread> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back([&] {
                for (int i = 0; i < 10; ++i) {
                    const auto found = pool.with<Image<float>>(path, [&](const RasterReader& reader) {
                        return reader.readOnGrid(bands, grid, Resampling::Bilinear);
                    });
                    for (std::size_t k = 0; k < found.values().size(); ++k) {
                        wrong += same(found.values()[k], expected.values()[k]) ? 0 : 1;
                    }
                }
            });
        }
        for (std::thread& thread : threads) {
            thread.join();
        }
        QCOMPARE(wrong.load(), 0);
    }

    void aFileThatIsMadeLaterCanBeReadThen() {
        ReaderPool pool;
        const std::string path = (folder() / "later.tif").string();
        const auto columns = [&] {
            return pool.with<int>(path, [](const RasterReader& reader) { return reader.info().columns; });
        };
        QVERIFY_EXCEPTION_THROWN(columns(), Error);
        writeTiff(path, {.columns = 7, .rows = 5});
        QCOMPARE(columns(), 7);
    }

    void aReaderIsUsedAgain() {
        const std::string path = writeTiff(folder() / "again.tif", {.columns = 7, .rows = 5});
        ReaderPool pool;
        const RasterReader* first = nullptr;
        const RasterReader* second = nullptr;
        pool.with<void>(path, [&](const RasterReader& reader) { first = &reader; });
        pool.with<void>(path, [&](const RasterReader& reader) {
            second = &reader;
            pool.with<void>(path, [&](const RasterReader& other) { QVERIFY(&other != second); });
        });
        QCOMPARE(second, first);
    }
};

QTEST_APPLESS_MAIN(ReaderPoolTest)
#include "reader_pool_test.moc"
