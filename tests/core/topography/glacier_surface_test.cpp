// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/outline_files.h"
#include "geo/antimeridian.h"
#include "geo/equal_area.h"
#include "geo/inner_point.h"
#include "geo/utm_zone.h"
#include "raster/raster_reader.h"
#include "support/shared_data.h"
#include "topography/centre_line.h"
#include "topography/glacier_grid.h"
#include "topography/glacier_surface.h"

#include <QtTest>

#include <array>
#include <cmath>
#include <limits>
#include <numbers>

using namespace nunatak;
using namespace nunatak::topography;

namespace {

constexpr int size = 60;

geo::Grid grid() {
    return {utmSystem(32), 630000, 5190000, 50, size, size};
}

/// Heights by row and column.
template <typename Height> Image<float> heightsBy(Height&& height) {
    Image<float> heights(1, size, size);
    for (int row = 0; row < size; ++row) {
        for (int column = 0; column < size; ++column) {
            heights.at(0, row, column) = static_cast<float>(height(row, column));
        }
    }
    return heights;
}

/// The pixels from `margin` on.
Image<std::uint8_t> iceWithin(int margin) {
    Image<std::uint8_t> ice(1, size, size);
    for (int row = margin; row < size - margin; ++row) {
        for (int column = margin; column < size - margin; ++column) {
            ice.at(0, row, column) = 1;
        }
    }
    return ice;
}

geo::MultiPolygon rectangleOf(int left, int top, int right, int bottom) {
    const auto at = [](int column, int row) { return grid().toMap(column, row); };
    return {{{at(left, bottom), at(right, bottom), at(right, top), at(left, top)}, {}}};
}

} // namespace

class GlacierSurfaceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPlaneHasItsSlopeAndLooksDownhill_data() {
        QTest::addColumn<double>("east"); // metres of height per metre
        QTest::addColumn<double>("south");
        QTest::addColumn<double>("aspect");
        QTest::addColumn<int>("sector");
        QTest::newRow("to the north") << 0.0 << 0.2 << 0.0 << 1;
        QTest::newRow("to the east") << -0.2 << 0.0 << 90.0 << 3;
        QTest::newRow("to the south") << 0.0 << -0.2 << 180.0 << 5;
        QTest::newRow("to the west") << 0.2 << 0.0 << 270.0 << 7;
        QTest::newRow("to the north-west") << 0.2 << 0.2 << 315.0 << 8;
    }
    void aPlaneHasItsSlopeAndLooksDownhill() {
        QFETCH(double, east);
        QFETCH(double, south);
        QFETCH(double, aspect);
        QFETCH(int, sector);
        const auto heights =
            heightsBy([&](int row, int column) { return 3000 + 50 * (east * column + south * row); });
        const auto surface = surfaceOf(grid(), heights, iceWithin(10));
        QVERIFY2(surface.measures.has_value(), surface.why.c_str());
        const double slope = std::atan(std::hypot(east, south)) * 180 / std::numbers::pi;
        QVERIFY(std::abs(surface.measures->slope - slope) < 1e-3);
        QVERIFY(std::abs(surface.measures->aspect - aspect) < 1e-3);
        QCOMPARE(surface.measures->aspectSector, sector);
        QVERIFY(std::abs(surface.measures->mean - surface.measures->median) < 0.01);
    }

    void theSectorsAreThoseOfTheRgi() {
        for (const auto& [degrees, sector] : {std::pair(0.0, 1),
                                              {22.4, 1},
                                              {22.5, 2},
                                              {67.5, 3},
                                              {112.5, 4},
                                              {157.5, 5},
                                              {202.5, 6},
                                              {247.5, 7},
                                              {292.5, 8},
                                              {337.4, 8},
                                              {337.5, 1},
                                              {359.9, 1},
                                              {360.0, 1}}) {
            QCOMPARE(outlines::aspectSector(degrees), sector);
        }
    }

    void theMeanSlopeIsThatOfThePixelsAndNotOfTheMeanGradient() {
        // A roof: its two sides look east and west, and the mean gradient is nothing.
        const auto heights =
            heightsBy([](int, int column) { return 3000 - 10.0 * std::abs(column - size / 2); });
        const auto surface = surfaceOf(grid(), heights, iceWithin(10));
        QVERIFY(surface.measures && surface.measures->slope > 10);
    }

    void whatAnElevationModelDoesNotKnowIsSaidAndNotMeasured() {
        auto heights = heightsBy([](int row, int) { return 3000 + 5.0 * row; });
        QVERIFY(surfaceOf(grid(), heights, iceWithin(10)).measures);
        for (int column = 0; column < size; ++column) {
            heights.at(0, 30, column) = std::numeric_limits<float>::quiet_NaN();
        }
        const auto surface = surfaceOf(grid(), heights, iceWithin(10));
        QVERIFY(!surface.measures);
        QVERIFY2(surface.why.find("97 %") != std::string::npos, surface.why.c_str());
        const auto flat = surfaceOf(grid(), heightsBy([](int, int) { return 0; }), iceWithin(10));
        QVERIFY2(flat.why.find("flat") != std::string::npos, flat.why.c_str());
    }

    void theGridIsAsFineAsTheRgisAndBeginsAtTheOutlinesCorner() {
        const geo::Crs utm = utmSystem(32);
        const geo::MultiPolygon shape{{{{631234, 5183000}, {637000, 5183000}, {637000, 5187654}}, {}}};
        const auto pixelOf = [&](double area) { return glacierGrid(shape, utm, area).pixelSize; };
        QCOMPARE(pixelOf(0.01), 11.0); // 11.4
        QCOMPARE(pixelOf(8.036), 50.0);
        QCOMPARE(pixelOf(100), 100.0);
        const auto made = glacierGrid(shape, utm, 8.036);
        const auto corner = made.toPixel({631234, 5187654});
        QVERIFY(corner.x == std::floor(corner.x) && corner.y == std::floor(corner.y));
        QVERIFY(corner.x > 0 && made.extent().xmax > 637000 && made.extent().ymin < 5183000);
    }

    void theCentreLineOfAValleyGlacierRunsDownItsMiddle() {
        // A trough that falls to the south, its axis at column 30, glacier from 20 to 40.
        const auto heights = heightsBy(
            [](int row, int column) { return 4000 - 10.0 * row + 0.5 * (column - 30) * (column - 30); });
        Image<std::uint8_t> ice(1, size, size);
        for (int row = 10; row < 50; ++row) {
            for (int column = 20; column < 40; ++column) {
                ice.at(0, row, column) = 1;
            }
        }
        const auto line = mainCentreLine(rectangleOf(20, 10, 40, 50), grid(), heights, ice);
        QVERIFY(line.has_value());
        QVERIFY(line->line.front().y > line->line.back().y);
        const auto middle = grid().toPixel(line->line[line->line.size() / 2]);
        QVERIFY2(std::abs(middle.x - 30) <= 3, std::to_string(middle.x).c_str());
        const double least = 50.0 * 39;
        QVERIFY2(line->length >= least && line->length < 1.5 * least, std::to_string(line->length).c_str());
    }

    void hintereisfernerIsMeasuredAsTheRgiMeasuredIt() {
        NUNATAK_NEEDS_SHARED("data/rgi7_hintereisferner/rgi7g_hef.shp");
        NUNATAK_NEEDS_SHARED("data/oetztal/srtm_90m.tif");
        raster::initialiseGdal();
        const geo::Crs degrees = geo::Crs::fromUserInput("EPSG:4326");
        const auto read =
            exchange::readOutlines(tests::sharedFile("data/rgi7_hintereisferner/rgi7g_hef.shp"), degrees);
        QCOMPARE(read.outlines.size(), std::size_t(1));
        const auto& rgi = read.outlines.front();
        const auto said = [&](const char* name) { return *rgi.attributes.at(name).real(); };
        const auto& shape = rgi.geometry;
        const double area = geo::equalAreaOf(shape) / 1e6;
        QVERIFY2(std::abs(area - said("area_km2")) < 1e-6 * area, std::to_string(area).c_str());
        const auto inside = geo::innerPoint(shape);
        QVERIFY(std::abs(inside.x - said("cenlon")) < 1e-9 && std::abs(inside.y - said("cenlat")) < 1e-9);
        QCOMPARE(geo::utmZone(inside.x, inside.y), 32);
        const raster::RasterReader reader(tests::sharedFile("data/oetztal/srtm_90m.tif").string());
        const auto surface =
            surfaceOf(shape, area, 32, [&](const geo::Grid& grid, const std::stop_token& stop) {
                constexpr std::array<int, 1> band{1};
                return reader.readOnGrid(band, grid, raster::Resampling::Cubic, stop);
            });
        QVERIFY2(surface.measures.has_value(), surface.why.c_str());
        const auto& measures = *surface.measures;
        // What OGGM 1.6.3 measures of it on this elevation model (map_proj utm); it keeps whole metres here.
        QVERIFY(std::abs(measures.lowest - 2451) < 1);
        QVERIFY(std::abs(measures.highest - 3684) < 1);
        QVERIFY(std::abs(measures.median - 3059) < 1);
        QVERIFY(std::abs(measures.mean - 3031.4473) < 0.5);
        QVERIFY(std::abs(measures.slope - 16.575573) < 0.05);
        QVERIFY(std::abs(measures.aspect - 72.97059) < 0.5);
        QVERIFY(measures.length.has_value());
        QVERIFY2(std::abs(*measures.length - 9033) < 50, std::to_string(*measures.length).c_str());
        // The RGI's heights are Copernicus' of 2011 to 2015, these are SRTM's of 2000: there was more ice
        // then.
        QCOMPARE(measures.aspectSector, static_cast<int>(*rgi.attributes.at("aspect_sec").integer()));
        QVERIFY(std::abs(measures.slope - said("slope_deg")) < 2);
        QVERIFY(std::abs(measures.aspect - said("aspect_deg")) < 5);
        QVERIFY(measures.terminus.has_value());
        constexpr double pixel = 50.0 / 111'000; // degrees
        QVERIFY(std::abs(measures.terminus->x - said("termlon")) < pixel);
        QVERIFY(std::abs(measures.terminus->y - said("termlat")) < pixel);
    }
};

QTEST_GUILESS_MAIN(GlacierSurfaceTest)
#include "glacier_surface_test.moc"
