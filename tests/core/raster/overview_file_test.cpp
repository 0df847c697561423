// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "raster/overview_file.h"
#include "raster/raster_view.h"
#include "raster_fixtures.h"
#include "support/full_disk.h"

#include <QTemporaryDir>
#include <QtTest>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <limits>
#include <tuple>

using namespace nunatak;
using namespace nunatak::raster;
using namespace nunatak::tests;

namespace {

constexpr int side = 2400;

std::string bytesOf(const std::string& file) {
    std::ifstream stream(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
}

/// The whole raster in pixels that are so many times larger.
geo::Grid coarse(const RasterReader& reader, int factor) {
    auto grid = *reader.info().northUpGrid();
    grid.pixelSize *= factor;
    grid.columns /= factor;
    grid.rows /= factor;
    return grid;
}

/// What of a request is read: -1 for the full raster.
int overviewFor(const RasterReader& reader, int factor) {
    const int bands[] = {1};
    return reader.requestFor(bands, coarse(reader, factor), Resampling::Bilinear)->overview;
}

} // namespace

class OverviewFileTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;

    std::string at(const char* name) const { return m_folder.filePath(name).toStdString(); }
    QStringList names() const { return QDir(m_folder.filePath("made")).entryList(QDir::Files, QDir::Name); }
    /// A new folder for what is made.
    std::filesystem::path made() const {
        const std::filesystem::path folder = at("made");
        std::filesystem::remove_all(folder);
        std::filesystem::create_directory(folder);
        return folder / "raster.vrt";
    }

private Q_SLOTS:
    void initTestCase() {
        // Slopes, with a corner without data, in strips and with bands pixel by pixel.
        writeTiff(
            at("strips.tif"),
            {.columns = side,
             .rows = side,
             .bands = 2,
             .type = GDT_UInt16,
             .noData = 65535,
             .value = [](int band, int column,
                         int row) { return column < 700 && row < 500 ? 65535 : 1000 * band + column + row; },
             .options = {"COMPRESS=DEFLATE"}});
    }

    void onlyLargeRastersWithoutOverviewsAreSlow() {
        QVERIFY(RasterReader(at("strips.tif")).isSlowFromAfar());
        QVERIFY(!RasterReader(writeTiff(at("small.tif"), {.columns = 900, .rows = 900})).isSlowFromAfar());
        const auto file =
            writeTiff(at("with.tif"),
                      {.columns = side, .rows = side, .type = GDT_Byte, .finish = [](GDALDatasetH dataset) {
                           int factors[] = {2, 4};
                           std::ignore = GDALBuildOverviews(dataset, "AVERAGE", 2, factors, 0, nullptr,
                                                            nullptr, nullptr);
                       }});
        QVERIFY(!RasterReader(file).isSlowFromAfar());
    }

    void aCoarseViewIsWhatItWasAndReadsOverviews() {
        const auto before = bytesOf(at("strips.tif"));
        const auto vrt = made();
        makeOverviews(at("strips.tif"), vrt, {});
        QCOMPARE(names(), QStringList({"raster.vrt", "raster.vrt.ovr"}));
        QVERIFY(bytesOf(at("strips.tif")) == before);
        const RasterReader file(at("strips.tif"));
        const RasterReader shown(vrt.string());
        QVERIFY(!shown.isSlowFromAfar());
        const int bands[] = {2, 1};
        for (const int factor : {3, 8, 20}) {
            QCOMPARE(overviewFor(file, factor), -1);
            QVERIFY(overviewFor(shown, factor) >= 0);
            const auto grid = coarse(file, factor);
            const auto wanted = file.readOnGrid(bands, grid, Resampling::Bilinear);
            const auto got = shown.readOnGrid(bands, grid, Resampling::Bilinear);
            int apart = 0;
            for (std::size_t i = 0; i < wanted.values().size(); ++i) {
                const float a = wanted.values()[i];
                const float b = got.values()[i];
                if (std::isnan(a) != std::isnan(b)) {
                    ++apart; // the border of what has no data may lie a coarse pixel elsewhere
                } else if (!std::isnan(a)) {
                    // Averages of averages are rounded at each level; where the edge of the data is near, a
                    // pixel counts those that are there.
                    QVERIFY2(std::abs(a - b) <= 1.5F * float(factor),
                             qPrintable(QString("%1 %2").arg(a).arg(b)));
                }
            }
            QVERIFY2(apart <= 3 * (1200 / factor + 2) * 2, qPrintable(QString::number(apart)));
        }
    }

    void atFullResolutionEveryPixelIsTheFilesOwn() {
        const auto vrt = made();
        makeOverviews(at("strips.tif"), vrt, {});
        const RasterReader file(at("strips.tif"));
        const RasterReader shown(vrt.string());
        const int bands[] = {1, 2};
        const auto grid = file.info().northUpGrid()->window(600, 400, 300, 300);
        const auto wanted = file.readOnGrid(bands, grid, Resampling::Bilinear);
        const auto got = shown.readOnGrid(bands, grid, Resampling::Bilinear);
        for (std::size_t i = 0; i < wanted.values().size(); ++i) {
            QVERIFY(same(wanted.values()[i], got.values()[i]));
        }
    }

    void oneNumberThatIsNoneDoesNotSpread() {
        // A float raster that declares no number for no data, as many programs write them.
        const auto file =
            writeTiff(at("nan.tif"),
                      {.columns = side, .rows = side, .value = [](int, int c, int r) {
                           return c % 64 == 5 && r % 64 == 5 ? std::numeric_limits<double>::quiet_NaN() : 7.0;
                       }});
        const auto vrt = made();
        makeOverviews(file, vrt, {});
        const RasterReader shown(vrt.string());
        const int bands[] = {1};
        const auto got = shown.readOnGrid(bands, coarse(shown, 16), Resampling::Bilinear);
        for (const float value : got.values()) {
            QCOMPARE(value, 7.0F);
        }
    }

    void aViewOfSeveralFilesHasOverviewsToo() {
        const auto tile = [&](const char* name, double left) {
            return writeTiff(at(name),
                             {.columns = 1300,
                              .rows = side,
                              .type = GDT_Int16,
                              .transform = {left, 30, 0, 5200000, 0, -30},
                              .value = [left](int, int c, int) { return (left - 600000) / 30 + c; }});
        };
        const std::vector<RasterInfo> infos{RasterReader(tile("west.tif", 600000)).info(),
                                            RasterReader(tile("east.tif", 639000)).info()};
        const auto view = viewOf(infos, {});
        QVERIFY(RasterReader(view).isSlowFromAfar());
        const auto vrt = made();
        makeOverviews(view, vrt, {});
        const RasterReader shown(vrt.string());
        QVERIFY(overviewFor(shown, 8) >= 0);
        const int bands[] = {1};
        const auto got = shown.readOnGrid(bands, coarse(shown, 8), Resampling::Bilinear);
        for (int column = 2; column + 2 < got.columns(); ++column) {
            QVERIFY(std::abs(got.at(0, 50, column) - (8 * column + 3.5F)) <= 1);
        }
    }

    void overviewsOfDecibelsAndAmplitudesAverageTheirPower() {
        const auto written = [&](const char* name, const std::function<double(double)>& stored) {
            return writeTiff(
                at(name), {.columns = side,
                           .rows = side,
                           .noData = 0,
                           .value = [=](int, int c,
                                        int r) { return c < 100 ? 0 : stored(0.02 + 0.3 * noise(1, c, r)); },
                           .finish = [](GDALDatasetH dataset) { // not to be used
                               int factors[] = {2, 4, 8};
                               std::ignore = GDALBuildOverviews(dataset, "AVERAGE", 3, factors, 0, nullptr,
                                                                nullptr, nullptr);
                           }});
        };
        const auto wanted = written("power.tif", [](double p) { return p; });
        const int bands[] = {1};
        const auto grid = coarse(RasterReader(wanted), 8);
        const auto means = RasterReader(wanted).readOnGrid(bands, grid, Resampling::Bilinear);
        for (const auto scale : {PowerScale::Decibels, PowerScale::Amplitude}) {
            const auto file = written("other.tif", [&](double p) {
                return scale == PowerScale::Decibels ? 10 * std::log10(p) : std::sqrt(p);
            });
            ViewRules rules;
            rules.noData = 0;
            rules.power = scale;
            const auto view = viewOf({RasterReader(file).info()}, rules);
            const RasterReader full(view);
            QVERIFY(full.isSlowFromAfar());
            QCOMPARE(overviewFor(full, 8), -1);
            const auto vrt = made();
            makeOverviews(view, vrt, {});
            const RasterReader shown(vrt.string());
            QVERIFY(overviewFor(shown, 8) >= 0);
            const auto fromFull = full.readOnGrid(bands, grid, Resampling::Bilinear);
            const auto fromOverview = shown.readOnGrid(bands, grid, Resampling::Bilinear);
            for (int row = 1; row + 1 < grid.rows; ++row) {
                for (int column = 15; column + 1 < grid.columns; ++column) {
                    QVERIFY(std::abs(fromFull.at(0, row, column) - means.at(0, row, column)) < 1e-5F);
                    QVERIFY(std::abs(fromOverview.at(0, row, column) - means.at(0, row, column)) < 1e-5F);
                }
                QVERIFY(std::isnan(fromFull.at(0, row, 3)) && std::isnan(fromOverview.at(0, row, 3)));
            }
        }
    }

    void whatIsStoppedLeavesNothing() {
        const auto vrt = made();
        std::stop_source stop;
        double last = 0;
        const Progress progress(
            [&](double fraction, std::string_view) {
                last = fraction;
                if (fraction > 0.3) {
                    stop.request_stop();
                }
            },
            stop.get_token());
        QVERIFY_EXCEPTION_THROWN(makeOverviews(at("strips.tif"), vrt, progress), Cancelled);
        QVERIFY(last > 0.3 && last < 1);
        QCOMPARE(names(), QStringList());
    }

    void aFullDiskIsSaidAndLeavesNothing() {
        const auto vrt = made();
        const auto file =
            writeTiff(at("noise.tif"),
                      {.columns = side, .rows = side, .type = GDT_Byte, .value = [](int b, int c, int r) {
                           return 255 * noise(b, c, r); // nothing to compress
                       }});
        const FullDisk full(200'000);
        try {
            makeOverviews(file, vrt, {});
            QFAIL("overviews fit on a full disk");
        } catch (const Cancelled&) {
            QFAIL("nobody stopped it");
        } catch (const Error& error) {
            const QString sentence = QString::fromUtf8(error.what());
            QVERIFY2(sentence.contains("made") && sentence.contains("full"), error.what());
        }
        QCOMPARE(names(), QStringList());
    }

    void aFolderThatIsGoneIsSaid() {
        QVERIFY_EXCEPTION_THROWN(makeOverviews(at("strips.tif"), at("nowhere/raster.vrt"), {}), Error);
    }
};

QTEST_GUILESS_MAIN(OverviewFileTest)
#include "overview_file_test.moc"
