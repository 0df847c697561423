// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "range_server.h"
#include "raster/raster_view.h"
#include "raster/reader_pool.h"
#include "shared_reading.h"

#include <QtTest>

using namespace nunatak;
using namespace nunatak::raster;
using namespace nunatak::tests;

class RemoteReadingTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::filesystem::path folder() const { return m_folder.path().toStdString(); }

    /// 16 tiles of 256² in a picture of 1024², with noise, so that none is small.
    std::string tiles(const char* name) const {
        TiffFixture fixture{.columns = 1024,
                            .rows = 1024,
                            .type = GDT_UInt16,
                            .value = [](int b, int c, int r) { return 60000 * noise(b, c, r); }};
        fixture.options = {"TILED=YES", "BLOCKXSIZE=256", "BLOCKYSIZE=256", "COMPRESS=DEFLATE"};
        return writeTiff(folder() / name, fixture);
    }

private Q_SLOTS:
    void aServerGivesTheSamePixelsAsTheDisk() {
        const std::string file = tiles("pixels.tif");
        const RangeServer server(file, "pixels.tif");
        ReaderPool pool;
        const std::vector<geo::PixelWindow> places{
            {0, 0, 1024, 1024}, {200, 3, 400, 260}, {1023, 1023, 1, 1}};
        for (const auto& place : places) {
            QVERIFY(sameImage(window(pool, server.path(), {1}, place), gdalWindow(file, {1}, place)));
        }
        QCOMPARE(pool.statistics().blocksDecoded, std::uint64_t(16));
    }

    void blocksSideBySideComeByOneRequest() {
        const std::string file = tiles("rows.tif");
        const RangeServer server(file, "rows.tif");
        ReaderPool pool({.remoteThreads = 1});
        window(pool, server.path(), {1}, {0, 256, 1024, 512});
        QCOMPARE(pool.statistics().blocksDecoded, std::uint64_t(8));
        QVERIFY2(server.pixelRequests() <= 2, qPrintable(QString::number(server.pixelRequests())));
        // Also when they are fetched in advance.
        const LookAhead ahead = pool.lookAhead(
            {{{server.path(), {1}, {0, 0, 1024, 256}, -1}}, {{server.path(), {1}, {0, 768, 1024, 256}, -1}}});
        QTRY_COMPARE(pool.statistics().blocksDecoded, std::uint64_t(16));
        QVERIFY2(server.pixelRequests() <= 4, qPrintable(QString::number(server.pixelRequests())));
    }

    void nothingIsAskedForBesideATiff() {
        const std::string file = tiles("alone.tif");
        const RangeServer server(file, "alone.tif");
        ReaderPool pool({.remoteThreads = 3});
        window(pool, server.path(), {1}, {0, 0, 300, 300});
        QCOMPARE(server.strangers(), 0);
        // Nor by a view of it, which opens it in each thread that reads.
        const std::string view = viewOf({RasterReader(server.path()).info()}, {65535, std::nullopt});
        const auto pixels = window(pool, view, {1}, {0, 0, 1024, 1024});
        QVERIFY(sameImage(pixels, gdalWindow(file, {1}, {0, 0, 1024, 1024})));
        QCOMPARE(server.strangers(), 0);
    }

    void aBlockThatTheServerLacksSpoilsNoOther() {
        const std::string file = tiles("whole.tif");
        const std::string cut = (folder() / "cut.tif").string();
        std::filesystem::copy_file(file, cut);
        std::filesystem::resize_file(cut, std::filesystem::file_size(cut) * 9 / 10); // in the last row
        const RangeServer server(cut, "cut.tif");
        ReaderPool pool({.remoteThreads = 1});
        QVERIFY_EXCEPTION_THROWN(window(pool, server.path(), {1}, {0, 768, 1024, 256}), Error);
        QVERIFY(sameImage(window(pool, server.path(), {1}, {0, 768, 256, 256}),
                          gdalWindow(file, {1}, {0, 768, 256, 256})));
    }

    void aStoppedReadReturnsThoughTheServerNeverAnswers() {
        ReaderPool pool;
        const SilentServer server; // gone before the pool, which waits for its threads
        std::stop_source stop;
        std::jthread later([&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(200));
            stop.request_stop();
        });
        QElapsedTimer timer;
        timer.start();
        QVERIFY_EXCEPTION_THROWN(window(pool, server.path(), {1}, {0, 0, 8, 8}, stop.get_token()), Cancelled);
        QVERIFY2(timer.elapsed() < 5000, qPrintable(QString::number(timer.elapsed())));
    }
};

QTEST_APPLESS_MAIN(RemoteReadingTest)
#include "remote_reading_test.moc"
