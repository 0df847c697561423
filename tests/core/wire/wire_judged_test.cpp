// SPDX-License-Identifier: GPL-3.0-or-later
// How near the wire comes to lines that are known, beside straight lines between the same clicks.
#include "editing/line_shape.h"
#include "exchange/outline_files.h"
#include "judged.h"
#include "raster/raster_reader.h"
#include "wire/wire_line.h"

#include <QFileInfo>
#include <QtTest>

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <vector>

using namespace nunatak;
using tests::gridOf;
using tests::Picture;
using wire::CostSurface;
using wire::PathSearch;

namespace {

/// What a live wire finds, without a thread.
geo::Ring found(const CostSurface& surface, geo::Point from, geo::Point to) {
    const auto pixelOf = [&](geo::Point place) {
        const auto pixel = surface.grid().toPixel(place);
        return PathSearch::Pixel{static_cast<int>(pixel.x), static_cast<int>(pixel.y)};
    };
    PathSearch search(surface.framed(), pixelOf(from));
    search.grow(surface.framed().costs.size(), pixelOf(to));
    return wire::wireLine(search.pathTo(pixelOf(to)), surface, from, to);
}

} // namespace

class WireJudgedTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itIsNearerThanStraightLinesOnASimulatedMargin_data();
    void itIsNearerThanStraightLinesOnASimulatedMargin();
    void ofRealGlaciersItLiesWhereExpertsDrew_data();
    void ofRealGlaciersItLiesWhereExpertsDrew();
};

void WireJudgedTest::itIsNearerThanStraightLinesOnASimulatedMargin_data() {
    QTest::addColumn<double>("contrast");
    QTest::addColumn<double>("grain");
    QTest::addColumn<unsigned>("seed");
    QTest::newRow("clear") << 90.0 << 4.0 << 1U;
    QTest::newRow("grainy") << 60.0 << 10.0 << 2U;
    QTest::newRow("faint") << 30.0 << 5.0 << 3U;
}

void WireJudgedTest::itIsNearerThanStraightLinesOnASimulatedMargin() {
    QFETCH(double, contrast);
    QFETCH(double, grain);
    QFETCH(unsigned, seed);
    // Ice with a winding margin, crevasses and medial moraines on it, gullies beside it, a shadow across
    // both.
    const tests::SimulatedMargin margin(seed);
    Picture picture(gridOf(900, 900), [&](double x, double y) { return margin.level(x, y, contrast); });
    picture.addNoise(grain, seed);
    const auto surface = picture.surface();
    for (const double spacing : {12.0, 24.0, 48.0}) {
        const auto judged =
            tests::judge({margin.ring()}, spacing, *surface, [&](geo::Point from, geo::Point to) {
                return found(*surface, from, to);
            }).all;
        judged.tell("all", spacing);
        QVERIFY(judged.wires.size() > 20);
        QVERIFY(tests::meanOf(judged.wires) < tests::meanOf(judged.straights) / 1.5);
        QVERIFY(tests::shareOf(judged.wires, 0.5) < tests::shareOf(judged.straights, 0.5) / 1.5);
        QVERIFY(tests::shareOf(judged.wires, 0.95) < tests::shareOf(judged.straights, 0.95));
    }
}

void WireJudgedTest::ofRealGlaciersItLiesWhereExpertsDrew_data() {
    QTest::addColumn<QStringList>("bands");
    QTest::addColumn<QString>("outlines");
    QTest::addColumn<QString>("crs");
    const QString data = QStringLiteral(NUNATAK_SHARED_DATA "/data/");
    QTest::newRow("Athabasca, SWIR1, NIR, red")
        << QStringList{data + "athabasca/athabasca_2020253_B11_S30.tif",
                       data + "athabasca/athabasca_2020253_B8A_S30.tif",
                       data + "athabasca/athabasca_2020253_B04_S30.tif"}
        << data + "athabasca/athabasca_outline.shp"
        << "EPSG:32611";
    QTest::newRow("Athabasca, Landsat, SWIR1, NIR, red")
        << QStringList{data + "athabasca/athabasca_2020229_B06_L30.tif",
                       data + "athabasca/athabasca_2020229_B05_L30.tif",
                       data + "athabasca/athabasca_2020229_B04_L30.tif"}
        << data + "athabasca/athabasca_outline.shp"
        << "EPSG:32611";
    QTest::newRow("Everest, NIR") << QStringList{data + "everest/landsat7_b4.tif"}
                                  << data + "everest/rgi60_outlines.gpkg"
                                  << "EPSG:32645";
    QTest::newRow("Everest, red, green, blue")
        << QStringList{data + "everest/landsat7_rgb.tif"} << data + "everest/rgi60_outlines.gpkg"
        << "EPSG:32645";
}

void WireJudgedTest::ofRealGlaciersItLiesWhereExpertsDrew() {
    QFETCH(QStringList, bands);
    QFETCH(QString, outlines);
    QFETCH(QString, crs);
    if (!QFileInfo::exists(bands.front())) {
        QSKIP("The real scenes are not here.");
    }
    const auto system = geo::Crs::fromUserInput(crs.toStdString());
    raster::initialiseGdal();
    const auto first = raster::RasterReader(bands.front().toStdString());
    geo::Grid grid = *first.info().northUpGrid();
    grid.crs = system;
    std::array<Image<float>, 3> channels;
    for (std::size_t i = 0; i < 3; ++i) {
        const raster::RasterReader reader(bands[bands.size() == 3 ? static_cast<int>(i) : 0].toStdString());
        const auto known = static_cast<int>(reader.info().bands.size());
        const int band = bands.size() == 3 ? 1 : std::min(static_cast<int>(i) + 1, known);
        channels[i] =
            reader.readWindow(std::array{band}, {0, 0, grid.columns, grid.rows}, grid.columns, grid.rows);
    }
    const auto surface =
        std::make_shared<const CostSurface>(wire::costOfPicture(grid, tests::stretched(channels)));
    std::vector<geo::Ring> rings;
    for (const auto& outline : exchange::readOutlines(outlines.toStdString(), system).outlines) {
        for (const auto& part : outline.geometry) {
            rings.push_back(part.outer);
            // Athabasca's is the border of a raster's pixels: nobody drew its stairs.
            if (outlines.contains("athabasca")) {
                rings.back() =
                    editing::gaussianSmoothed(editing::resampled(part.outer, grid.pixelSize / 2), 1.5 / 0.5);
            }
        }
    }
    for (const double spacing : {12.0, 24.0, 48.0}) {
        const auto verdict = tests::judge(rings, spacing, *surface, [&](geo::Point from, geo::Point to) {
            return found(*surface, from, to);
        });
        verdict.all.tell("all", spacing);
        verdict.inSight.tell("edge in sight", spacing);
        const double wire = tests::meanOf(verdict.inSight.wires);
        const double straight = tests::meanOf(verdict.inSight.straights);
        // Every 12 pixels there is little left to follow between clicks, and outlines are no nearer than that
        // to what their pictures show.
        QVERIFY(spacing > 20 ? wire < 0.95 * straight : wire < straight + 0.05);
        // Experts' lines run along divides, too, and where debris hides the ice: no picture has an edge
        // there.
        if (!outlines.contains("athabasca")) { // of which that is two thirds
            QVERIFY(tests::meanOf(verdict.all.wires) < tests::meanOf(verdict.all.straights));
            QVERIFY(tests::shareOf(verdict.all.wires, 0.5) < tests::shareOf(verdict.all.straights, 0.5));
        }
    }
}

QTEST_APPLESS_MAIN(WireJudgedTest)
#include "wire_judged_test.moc"
