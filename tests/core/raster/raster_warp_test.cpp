// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "raster/pixel_source.h"
#include "raster/raster_reader.h"
#include "raster_fixtures.h"

#include <QtTest>

#include <numbers>

using namespace nunatak;
using namespace nunatak::raster;
using namespace nunatak::tests;

namespace {

const std::vector<int> first{1};

geo::Crs crs(const char* definition) {
    return geo::Crs::fromUserInput(definition);
}

bool close(double a, double b, double tolerance) {
    return std::abs(a - b) <= tolerance;
}

/// A geographic raster around 10.5° E, 46.8° N whose value is a straight slope of longitude and latitude.
double slope(double longitude, double latitude) {
    return 1000 + 5000 * (longitude - 10) + 3000 * (latitude - 46);
}

TiffFixture geographicSlope() {
    TiffFixture fixture;
    fixture.columns = 400;
    fixture.rows = 300;
    fixture.crs = "EPSG:4326";
    fixture.transform = {10.4, 0.0005, 0, 46.9, 0, -0.0005};
    fixture.value = [](int, int c, int r) {
        return slope(10.4 + (c + 0.5) * 0.0005, 46.9 - (r + 0.5) * 0.0005);
    };
    return fixture;
}

/// A UTM grid well inside of that raster.
geo::Grid utmInside(double pixelSize, int columns, int rows) {
    return {crs("EPSG:32632"), 610000.0, 5190000.0, pixelSize, columns, rows};
}

bool sameValue(float found, double expected) {
    return same(found, static_cast<float>(expected));
}

void compareWindows(const RasterReader& reader, const std::vector<int>& bands, const geo::Grid& grid,
                    Resampling resampling) {
    const Image<float> whole = reader.readOnGrid(bands, grid, resampling);
    std::mt19937 random(3);
    int values = 0;
    for (int i = 0; i < 12; ++i) {
        const int columns = 1 + static_cast<int>(random() % 150);
        const int rows = 1 + static_cast<int>(random() % 150);
        const int column = static_cast<int>(random() % static_cast<unsigned>(grid.columns));
        const int row = static_cast<int>(random() % static_cast<unsigned>(grid.rows));
        const Image<float> part =
            reader.readOnGrid(bands, grid.window(column, row, columns, rows), resampling);
        for (int b = 0; b < part.bands(); ++b) {
            for (int r = 0; r < rows && row + r < grid.rows; ++r) {
                for (int c = 0; c < columns && column + c < grid.columns; ++c) {
                    const float expected = whole.at(b, row + r, column + c);
                    const float found = part.at(b, r, c);
                    values += std::isnan(found) ? 0 : 1;
                    if (!same(expected, found)) {
                        QFAIL(
                            qPrintable(QString("%1 in the whole, %2 in a window").arg(expected).arg(found)));
                    }
                }
            }
        }
    }
    QVERIFY(values > 1000);
}

} // namespace

class RasterWarpTest : public QObject {
    Q_OBJECT

    QTemporaryDir m_folder;
    std::filesystem::path folder() const { return m_folder.path().toStdString(); }

private Q_SLOTS:
    void theSameGridIsCopiedExactly() {
        const std::string path =
            writeTiff(folder() / "same.tif", {.columns = 100, .rows = 80, .bands = 2, .value = noise});
        const RasterReader reader(path);
        const geo::Grid grid = *reader.info().northUpGrid();
        for (const Resampling resampling : {Resampling::Nearest, Resampling::Bilinear, Resampling::Cubic}) {
            const Image<float> all =
                reader.readOnGrid(std::vector<int>{2}, grid.window(-1, 7, 60, 50), resampling);
            QVERIFY(std::isnan(all.at(0, 0, 0)));
            for (int r = 0; r < 50; ++r) {
                for (int c = 1; c < 60; ++c) {
                    QVERIFY(same(all.at(0, r, c), float(noise(2, c - 1, r + 7))));
                }
            }
        }
    }

    void valuesStandWhereTheyBelongInAnotherCoordinateSystem() {
        const RasterReader reader(writeTiff(folder() / "slope.tif", geographicSlope()));
        const geo::Grid grid = utmInside(30, 200, 150);
        const geo::CoordinateTransform toDegrees(grid.crs, crs("EPSG:4326"));
        for (const Resampling resampling : {Resampling::Bilinear, Resampling::Cubic}) {
            const Image<float> warped = reader.readOnGrid(first, grid, resampling);
            for (int r = 0; r < grid.rows; r += 7) {
                for (int c = 0; c < grid.columns; c += 7) {
                    const geo::Point place = toDegrees(grid.toMap(c + 0.5, r + 0.5));
                    // 0.01 of a source pixel is 0.025 of these values.
                    QVERIFY2(close(warped.at(0, r, c), slope(place.x, place.y), 0.02),
                             qPrintable(QString::number(warped.at(0, r, c) - slope(place.x, place.y))));
                }
            }
        }
        const Image<float> nearest = reader.readOnGrid(first, grid, Resampling::Nearest);
        const geo::Point corner = toDegrees(grid.toMap(0.5, 0.5));
        QVERIFY(close(nearest.at(0, 0, 0), slope(corner.x, corner.y), 0.00025 * 8000));
    }

    void aWindowHoldsTheSamePixelsAsTheWhole_data() {
        QTest::addColumn<double>("pixelSize");
        QTest::addColumn<int>("resampling");
        for (const double size : {10.0, 30.0, 47.3, 75.0, 211.0}) {
            for (const Resampling resampling :
                 {Resampling::Nearest, Resampling::Bilinear, Resampling::Cubic}) {
                QTest::addRow("%g m, %d", size, static_cast<int>(resampling))
                    << size << static_cast<int>(resampling);
            }
        }
    }

    void aWindowHoldsTheSamePixelsAsTheWhole() {
        QFETCH(double, pixelSize);
        QFETCH(int, resampling);
        TiffFixture fixture = geographicSlope();
        fixture.noData = -1;
        fixture.value = [](int b, int c, int r) {
            return noise(b, c / 5, r / 5) < 0.05 ? -1 : noise(b, c, r);
        };
        const RasterReader reader(writeTiff(folder() / "windows.tif", fixture));
        const int side = std::clamp(static_cast<int>(20000 / pixelSize), 60, 400);
        // Begins outside of the raster in the north-west, at a corner that is no multiple of anything.
        const geo::Grid grid{crs("EPSG:32632"), 604003.7, 5196012.9, pixelSize, side, side};
        compareWindows(reader, first, grid, static_cast<Resampling>(resampling));
    }

    void aWindowInTheSameSystemHoldsTheSamePixelsToo() {
        const RasterReader reader(
            writeTiff(folder() / "utm.tif", {.columns = 300, .rows = 300, .bands = 2, .value = noise}));
        // Half a pixel off: every target pixel lies on a border of source pixels, where rounding could
        // decide.
        const geo::Grid halfOff{crs("EPSG:32632"), 599985, 5200015, 30, 320, 320};
        compareWindows(reader, {1, 2}, halfOff, Resampling::Nearest);
        compareWindows(reader, {1, 2}, halfOff, Resampling::Bilinear);
        compareWindows(reader, {2}, geo::Grid{crs("EPSG:32632"), 600000, 5200000, 10, 500, 500},
                       Resampling::Bilinear);
    }

    void nothingOutsideAndNothingMixedIn() {
        const RasterReader reader(
            writeTiff(folder() / "hole.tif",
                      {.columns = 60, .rows = 60, .noData = -9999, .value = [](int, int c, int r) {
                           return std::hypot(c - 30, r - 30) < 10 ? -9999.0 : 100.0;
                       }}));
        for (const double size : {7.0, 30.0, 41.0, 95.0}) {
            for (const Resampling resampling :
                 {Resampling::Nearest, Resampling::Bilinear, Resampling::Cubic}) {
                const geo::Grid grid{crs("EPSG:32632"), 599803,          5200211, size,
                                     int(2300 / size),  int(2300 / size)};
                const Image<float> warped = reader.readOnGrid(first, grid, resampling);
                int nothing = 0;
                for (int r = 0; r < grid.rows; ++r) {
                    for (int c = 0; c < grid.columns; ++c) {
                        const float value = warped.at(0, r, c);
                        const geo::Point p = grid.toMap(c + 0.5, r + 0.5);
                        const double fromHole = std::hypot(p.x - 600915, p.y - 5199085);
                        const bool inside = p.x > 600000 && p.x < 601800 && p.y < 5200000 && p.y > 5198200;
                        if (!inside || fromHole < 300 - size - 45) {
                            QVERIFY(std::isnan(value));
                        } else if (fromHole > 300 + size + 45) {
                            QVERIFY(size > 60 || !std::isnan(value));
                        }
                        QVERIFY(std::isnan(value) || close(value, 100, 1e-3));
                        nothing += std::isnan(value) ? 1 : 0;
                    }
                }
                QVERIFY(nothing > 0 && nothing < grid.columns * grid.rows);
            }
        }
    }

    void coarserPixelsAreMeansAndNotPicks() {
        // A board of single pixels would become stripes, or all black, if pixels were picked.
        const RasterReader reader(
            writeTiff(folder() / "board.tif", {.columns = 600, .rows = 600, .value = [](int, int c, int r) {
                                                   return (c + r) % 2 == 0 ? 0.0 : 10.0;
                                               }}));
        for (const double size : {60.0, 77.0, 120.0, 500.0}) {
            const geo::Grid grid{crs("EPSG:32633"), 140000,           5215000, size,
                                 int(10000 / size), int(10000 / size)};
            const geo::Extent place = geo::CoordinateTransform(crs("EPSG:32632"), grid.crs)(
                geo::Extent{603000, 5185000, 615000, 5197000});
            const geo::Grid moved{grid.crs, place.xmin, place.ymax, size, grid.columns, grid.rows};
            const Image<float> warped = reader.readOnGrid(first, moved, Resampling::Bilinear);
            double sum = 0;
            for (const float value : warped.values()) {
                QVERIFY2(close(value, 5, 1.7), qPrintable(QString("%1 at %2 m").arg(value).arg(size)));
                sum += value;
            }
            QVERIFY(close(sum / double(warped.values().size()), 5, 0.02));
        }
        // Twice the pixel size on the same corner: exactly the mean of four.
        const Image<float> exact = reader.readOnGrid(
            first, {crs("EPSG:32632"), 600000, 5200000, 60, 300, 300}, Resampling::Bilinear);
        for (const float value : exact.values()) {
            QCOMPARE(value, 5.0F);
        }
    }

    void overviewsGiveTheSamePicture() {
        TiffFixture fixture{.columns = 1003, .rows = 777, .value = [](int, int c, int r) {
                                return 100 * std::sin(c / 40.0) + 100 * std::cos(r / 55.0);
                            }};
        const RasterReader plain(writeTiff(folder() / "plain.tif", fixture));
        fixture.finish = [](GDALDatasetH d) {
            int factors[] = {2, 4, 8};
            QCOMPARE(GDALBuildOverviews(d, "AVERAGE", 3, factors, 0, nullptr, nullptr, nullptr), CE_None);
        };
        const RasterReader pyramids(writeTiff(folder() / "pyramids.tif", fixture));
        const geo::Grid grid{crs("EPSG:32632"), 600000, 5200000, 250, 120, 90};
        const Image<float> a = plain.readOnGrid(first, grid, Resampling::Bilinear);
        const Image<float> b = pyramids.readOnGrid(first, grid, Resampling::Bilinear);
        for (std::size_t i = 0; i < a.values().size(); ++i) {
            QVERIFY2(close(a.values()[i], b.values()[i], 6),
                     qPrintable(QString("%1 and %2").arg(a.values()[i]).arg(b.values()[i])));
        }
        compareWindows(pyramids, first, {crs("EPSG:32632"), 600000, 5200000, 100, 300, 230},
                       Resampling::Bilinear);
    }

    void southUpFilesAreNotMirrored() {
        const auto value = [](int, int c, int r) { return 100.0 * r + c; };
        const RasterReader north(
            writeTiff(folder() / "north.tif", {.columns = 50, .rows = 40, .value = value}));
        const RasterReader south(writeTiff(
            folder() / "south.tif", {.columns = 50,
                                     .rows = 40,
                                     .transform = {600000, 30, 0, 5198800, 0, 30},
                                     .value = [&](int b, int c, int r) { return value(b, c, 39 - r); }}));
        const geo::Grid grid = *north.info().northUpGrid();
        for (const geo::Grid& target : {grid, grid.atPixelSize(13)}) {
            const Image<float> a = north.readOnGrid(first, target, Resampling::Bilinear);
            const Image<float> b = south.readOnGrid(first, target, Resampling::Bilinear);
            for (std::size_t i = 0; i < a.values().size(); ++i) {
                QVERIFY(close(a.values()[i], b.values()[i], 1e-3) ||
                        (std::isnan(a.values()[i]) && std::isnan(b.values()[i])));
            }
        }
    }

    void turnedFilesAreTurnedBack() {
        // Turned by 30 degrees; the value is a slope of the map coordinates, so it must come out as that
        // slope.
        const double angle = std::numbers::pi / 6;
        const std::array<double, 6> t{605000,  30 * std::cos(angle), 30 * std::sin(angle),
                                      5195000, 30 * std::sin(angle), -30 * std::cos(angle)};
        const auto height = [](double x, double y) { return (x - 605000) * 0.1 + (y - 5195000) * 0.05; };
        const RasterReader reader(
            writeTiff(folder() / "turned.tif",
                      {.columns = 200, .rows = 200, .transform = t, .value = [&](int, int c, int r) {
                           return height(t[0] + (c + 0.5) * t[1] + (r + 0.5) * t[2],
                                         t[3] + (c + 0.5) * t[4] + (r + 0.5) * t[5]);
                       }}));
        const geo::Point middle{t[0] + 100 * t[1] + 100 * t[2], t[3] + 100 * t[4] + 100 * t[5]};
        const geo::Grid grid{crs("EPSG:32632"), middle.x - 1500, middle.y + 1500, 20, 150, 150};
        const Image<float> warped = reader.readOnGrid(first, grid, Resampling::Bilinear);
        for (int r = 0; r < 150; ++r) {
            for (int c = 0; c < 150; ++c) {
                const geo::Point p = grid.toMap(c + 0.5, r + 0.5);
                QVERIFY(close(warped.at(0, r, c), height(p.x, p.y), 0.05));
            }
        }
    }

    void longitudesFrom0To360AreUnderstood() {
        TiffFixture fixture;
        fixture.columns = 720;
        fixture.rows = 40;
        fixture.crs = "EPSG:4326";
        fixture.transform = {0, 0.5, 0, -40, 0, -0.5};
        fixture.value = [](int, int c, int) { return (c + 0.5) * 0.5; };
        const RasterReader reader(writeTiff(folder() / "world.tif", fixture));
        // Patagonia: 73.5° W is 286.5° E.
        const geo::Grid grid{crs("EPSG:32718"), 600000, 4600000, 1000, 40, 40};
        const Image<float> warped = reader.readOnGrid(first, grid, Resampling::Bilinear);
        const geo::Point place = geo::CoordinateTransform(grid.crs, crs("EPSG:4326"))(grid.toMap(20.5, 20.5));
        QVERIFY(close(warped.at(0, 20, 20), place.x + 360, 0.01));
    }

    void theWesternEdgeOfAGeographicFileIsReadAsFinelyAsTheRest() {
        // Blocks of target pixels that begin to the west of the file, with the file's edge anywhere in them.
        const RasterReader reader(writeTiff(folder() / "slope.tif", geographicSlope()));
        const geo::CoordinateTransform toDegrees(crs("EPSG:32632"), crs("EPSG:4326"));
        const geo::Grid grid{crs("EPSG:32632"), 607600, 5190000, 20, 40, 40};
        for (double size = 10; size < 40; size += 0.37) {
            const geo::Grid target = grid.atPixelSize(size);
            const Image<float> warped = reader.readOnGrid(first, target, Resampling::Bilinear);
            const geo::Point place = toDegrees(target.toMap(5.5, 5.5));
            QVERIFY2(close(warped.at(0, 5, 5), slope(place.x, place.y), 0.5),
                     qPrintable(QString::number(size)));
        }
    }

    void thePoleItselfCanBeRead() {
        TiffFixture fixture;
        fixture.columns = 360;
        fixture.rows = 60;
        fixture.crs = "EPSG:4326";
        fixture.transform = {-180, 1, 0, 90, 0, -1.0 / 6};
        fixture.value = [](int, int, int r) { return 90 - (r + 0.5) / 6; };
        const RasterReader reader(writeTiff(folder() / "arctic.tif", fixture));
        const geo::Grid grid{crs("EPSG:3413"), -500000, 500000, 5000, 200, 200};
        const Image<float> warped = reader.readOnGrid(first, grid, Resampling::Bilinear);
        const geo::CoordinateTransform toDegrees(grid.crs, crs("EPSG:4326"));
        for (int r = 0; r < 200; ++r) {
            for (int c = 0; c < 200; ++c) {
                const double latitude = toDegrees(grid.toMap(c + 0.5, r + 0.5)).y;
                QVERIFY2(close(warped.at(0, r, c), latitude, 0.1),
                         qPrintable(QString("%1 at %2").arg(warped.at(0, r, c)).arg(latitude)));
            }
        }
    }

    void antarcticGridsAreFilledFromLongitudesAndLatitudes() {
        TiffFixture fixture;
        fixture.columns = 720;
        fixture.rows = 120;
        fixture.crs = "EPSG:4326";
        fixture.transform = {-180, 0.5, 0, -60, 0, -0.25};
        fixture.value = [](int, int, int r) { return -60 - (r + 0.5) / 4; };
        const RasterReader reader(writeTiff(folder() / "antarctic.tif", fixture));
        // The pole, and a place where the grid crosses 180°: it has no seam and no gap.
        for (const geo::Point corner : {geo::Point{-400000, 400000}, geo::Point{-400000, -900000}}) {
            const geo::Grid grid{crs("EPSG:3031"), corner.x, corner.y, 8000, 100, 100};
            const geo::CoordinateTransform toDegrees(grid.crs, crs("EPSG:4326"));
            for (const Resampling resampling : {Resampling::Bilinear, Resampling::Cubic}) {
                const Image<float> warped = reader.readOnGrid(first, grid, resampling);
                for (int r = 0; r < 100; ++r) {
                    for (int c = 0; c < 100; ++c) {
                        const double latitude = toDegrees(grid.toMap(c + 0.5, r + 0.5)).y;
                        QVERIFY2(close(warped.at(0, r, c), latitude, 0.15),
                                 qPrintable(QString("%1 at %2").arg(warped.at(0, r, c)).arg(latitude)));
                    }
                }
            }
            compareWindows(reader, first, grid, Resampling::Bilinear);
        }
    }

    void polarFilesFillUtmGrids() {
        TiffFixture fixture;
        fixture.columns = 300;
        fixture.rows = 300;
        fixture.crs = "EPSG:3413";
        // Around 70° N 45° W, west Greenland.
        fixture.transform = {-60000, 400, 0, -2120000, 0, -400};
        const auto height = [](double x, double y) { return x / 100 + y / 200; };
        fixture.value = [&](int, int c, int r) {
            return height(-60000 + (c + 0.5) * 400, -2120000 - (r + 0.5) * 400);
        };
        const RasterReader reader(writeTiff(folder() / "greenland.tif", fixture));
        const geo::Point middle =
            geo::CoordinateTransform(crs("EPSG:3413"), crs("EPSG:32623"))(geo::Point{0, -2180000});
        const geo::Grid grid{crs("EPSG:32623"), middle.x - 15000, middle.y + 15000, 300, 100, 100};
        const geo::CoordinateTransform toPolar(grid.crs, crs("EPSG:3413"));
        const Image<float> warped = reader.readOnGrid(first, grid, Resampling::Bilinear);
        for (int r = 0; r < 100; ++r) {
            for (int c = 0; c < 100; ++c) {
                const geo::Point place = toPolar(grid.toMap(c + 0.5, r + 0.5));
                QVERIFY(close(warped.at(0, r, c), height(place.x, place.y), 0.1));
            }
        }
    }

    void aGridAcrossTheAntimeridianHasNoGap() {
        TiffFixture fixture;
        fixture.columns = 3600;
        fixture.rows = 100;
        fixture.crs = "EPSG:4326";
        fixture.transform = {-180, 0.1, 0, 70, 0, -0.1};
        fixture.value = [](int, int, int r) { return 70 - (r + 0.5) * 0.1; };
        const RasterReader world(writeTiff(folder() / "bering.tif", fixture));
        const geo::Point corner =
            geo::CoordinateTransform(crs("EPSG:4326"), crs("EPSG:32601"))(geo::Point{-179.9, 66});
        const geo::Grid grid{crs("EPSG:32601"), corner.x - 60000, corner.y, 1000, 130, 60};
        const geo::CoordinateTransform toDegrees(grid.crs, crs("EPSG:4326"));
        for (const Resampling resampling : {Resampling::Nearest, Resampling::Bilinear, Resampling::Cubic}) {
            const Image<float> warped = world.readOnGrid(first, grid, resampling);
            for (int r = 0; r < 60; ++r) {
                for (int c = 0; c < 130; ++c) {
                    const double latitude = toDegrees(grid.toMap(c + 0.5, r + 0.5)).y;
                    QVERIFY2(close(warped.at(0, r, c), latitude, 0.06),
                             qPrintable(QString("%1 at %2").arg(warped.at(0, r, c)).arg(latitude)));
                }
            }
        }
        compareWindows(world, first, grid, Resampling::Bilinear);
    }

    void acrossTheAntimeridianOnlyItsTwoSidesAreRead() {
        // The Earth in seconds of arc: between the two ends lie a million columns.
        class World final : public PixelSource {
        public:
            mutable int widest = 0;
            int columns() const override { return 1'296'000; }
            int rows() const override { return 3600; }

        protected:
            void readLevel(int, int, const geo::PixelWindow& window, float* values) const override {
                widest = std::max(widest, window.columns);
                std::fill_n(values, std::ptrdiff_t(window.columns) * window.rows, 7.0F);
            }
        };
        const World world;
        RasterInfo place;
        place.columns = world.columns();
        place.rows = world.rows();
        place.crs = crs("EPSG:4326");
        place.geoTransform = {-180, 1.0 / 3600, 0, 68, 0, -1.0 / 3600};
        const geo::Point middle =
            geo::CoordinateTransform(place.crs, crs("EPSG:32601"))(geo::Point{-180, 67.5});
        const geo::Grid grid{
            crs("EPSG:32601"), std::round(middle.x) - 9000, std::round(middle.y), 30, 600, 40};
        const Image<float> values = resampledOnGrid(world, place, first, grid, Resampling::Bilinear);
        for (const float value : values.values()) {
            QCOMPARE(value, 7.0F);
        }
        QVERIFY2(world.widest < 2000, qPrintable(QString::number(world.widest)));
        TiffFixture fixture{.columns = 3600, .rows = 100, .crs = "EPSG:4326"};
        fixture.transform = {-180, 0.1, 0, 70, 0, -0.1};
        const RasterReader coarse(writeTiff(folder() / "whole earth.tif", fixture));
        QVERIFY(!coarse.requestFor(first, grid, Resampling::Bilinear));
        const geo::Grid beside{grid.crs, grid.left + 30000, grid.top, 30, 600, 40};
        const auto request = coarse.requestFor(first, beside, Resampling::Bilinear);
        QVERIFY(request && request->window.columns < 100);
    }

    void southernScenesInNorthernUtmStandWhereTheyBelong() {
        // As Landsat delivers Patagonia: zone 18 N with negative northings.
        TiffFixture fixture;
        fixture.columns = 200;
        fixture.rows = 200;
        fixture.crs = "EPSG:32618";
        fixture.transform = {600015, 30, 0, -5399985, 0, -30};
        const auto height = [](double x, double y) { return (x - 600000) / 10 + (y + 5400000) / 20; };
        fixture.value = [&](int, int c, int r) {
            return height(600015 + (c + 0.5) * 30, -5399985 - (r + 0.5) * 30);
        };
        const RasterReader reader(writeTiff(folder() / "patagonia.tif", fixture));
        const geo::Grid own = *reader.info().northUpGrid();
        QVERIFY(sameValue(reader.readOnGrid(first, own.window(7, 9, 3, 3), Resampling::Bilinear).at(0, 1, 1),
                          height(600015 + 8.5 * 30, -5399985 - 10.5 * 30)));
        // The same metres in the southern zone, whose northings begin 10,000 km further south.
        const geo::Grid south{crs("EPSG:32718"), 601500, -5401500 + 1e7, 30, 100, 100};
        const Image<float> warped = reader.readOnGrid(first, south, Resampling::Bilinear);
        for (int r = 0; r < 100; ++r) {
            for (int c = 0; c < 100; ++c) {
                const geo::Point place = south.toMap(c + 0.5, r + 0.5);
                QVERIFY(close(warped.at(0, r, c), height(place.x, place.y - 1e7), 0.05));
            }
        }
        compareWindows(reader, first, own.atPixelSize(17), Resampling::Cubic);
    }

    void anotherPlaceGivesNothing() {
        const RasterReader reader(writeTiff(folder() / "slope.tif", geographicSlope()));
        const Image<float> warped =
            reader.readOnGrid(first, {crs("EPSG:32718"), 600000, 4600000, 30, 20, 20}, Resampling::Bilinear);
        for (const float value : warped.values()) {
            QVERIFY(std::isnan(value));
        }
    }

    void maskedOverviewsStayMasked() {
        TiffFixture fixture{
            .columns = 512,
            .rows = 512,
            .bands = 4,
            .type = GDT_Byte,
            .value = [](int b, int c, int) { return b < 4     ? 90
                                                    : c < 256 ? 0
                                                              : 255; },
            .finish =
                [](GDALDatasetH d) {
                    int factors[] = {2, 4};
                    QCOMPARE(GDALBuildOverviews(d, "AVERAGE", 2, factors, 0, nullptr, nullptr, nullptr),
                             CE_None);
                },
            .options = {"PHOTOMETRIC=RGB", "ALPHA=YES"}};
        const RasterReader reader(writeTiff(folder() / "alpha.tif", fixture));
        const Image<float> warped = reader.readOnGrid(
            first, {crs("EPSG:32632"), 600000, 5200000, 120, 128, 128}, Resampling::Bilinear);
        QVERIFY(std::isnan(warped.at(0, 64, 20)));
        QCOMPARE(warped.at(0, 64, 100), 90.0F);
    }
};

QTEST_APPLESS_MAIN(RasterWarpTest)
#include "raster_warp_test.moc"
