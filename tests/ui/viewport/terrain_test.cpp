// SPDX-License-Identifier: GPL-3.0-or-later
#include "synthetic_terrain.h"

#include "ui/terrain/data_border.h"
#include "ui/terrain/display_stretch.h"
#include "ui/terrain/downhill.h"
#include "ui/terrain/drape_baker.h"
#include "ui/terrain/draped_line.h"
#include "ui/terrain/fill_holes.h"
#include "ui/terrain/outline_snapshot.h"
#include "ui/terrain/surface_ray.h"
#include "ui/viewport/preview_tint.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <random>

using namespace nunatak;
using namespace nunatak::ui::terrain;

namespace {

/// One cell whose corners have these heights.
Terrain oneCell(float northWest, float northEast, float southWest, float southEast) {
    Terrain terrain;
    terrain.heightGrid.left = 1000;
    terrain.heightGrid.top = 2000;
    terrain.heightGrid.pixelSize = 100;
    terrain.heightGrid.columns = terrain.heightGrid.rows = 1;
    terrain.heights = Image<float>(1, 2, 2);
    terrain.heights.at(0, 0, 0) = northWest;
    terrain.heights.at(0, 0, 1) = northEast;
    terrain.heights.at(0, 1, 0) = southWest;
    terrain.heights.at(0, 1, 1) = southEast;
    return terrain;
}

DataMask maskOf(const Terrain& terrain) {
    DataMask mask{terrain.drapeGrid, {}};
    for (std::size_t i = 3; i < terrain.drape.size(); i += 4) {
        mask.data.push_back(terrain.drape[i] != 0 ? 1 : 0);
    }
    return mask;
}

/// The natural picture of three bands, RGBA.
std::vector<std::uint8_t> pictureOf(const Image<float>& values) {
    std::vector<BandSummary> bands;
    for (const char* name : {"red", "green", "blue"}) {
        bands.push_back(summaryOf(name, values.band(static_cast<int>(bands.size())), values.bandSize()));
    }
    TileData tile;
    tile.bands = storedBands(values, bands);
    tile.pictureGrid.columns = values.columns();
    tile.pictureGrid.rows = values.rows();
    const DrapeStyle natural{.composite = {"natural", {"red", "green", "blue"}}};
    return DrapeBaker(bands, natural, {}).paint(tile);
}

constexpr TileEdges everyEdge{true, true, true, true};

constexpr float none = std::numeric_limits<float>::quiet_NaN();

} // namespace

class TerrainTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void heightsFollowTheTwoTrianglesOfACell() {
        // A saddle: bilinear interpolation would give 50 in the middle, the diagonal from NW to SE gives 0.
        const auto terrain = oneCell(0, 100, 100, 0);
        QCOMPARE(terrain.heightAt({1050, 1950}), 0.0);
        QCOMPARE(terrain.heightAt({1000, 2000}), 0.0);
        QCOMPARE(terrain.heightAt({1100, 2000}), 100.0);
        QCOMPARE(terrain.heightAt({1000, 1900}), 100.0);
        QCOMPARE(terrain.heightAt({1075, 1975}), 50.0); // in the north-eastern triangle
        QCOMPARE(terrain.heightAt({1025, 1925}), 50.0); // in the south-western one
    }

    void outsideTheHeightOfTheNearestEdgeHolds() {
        const auto terrain = oneCell(0, 100, 40, 60);
        QCOMPARE(terrain.heightAt({900, 2000}), 0.0);
        QCOMPARE(terrain.heightAt({1300, 2300}), 100.0);
        QCOMPARE(terrain.heightAt({900, 1950}), 20.0);
    }

    void aRayFromAnywhereMeetsTheSurfaceItSees() {
        const auto terrain = tests::syntheticTerrain();
        std::mt19937 random(7);
        std::uniform_real_distribution<double> unit(0, 1);
        const auto extent = terrain->heightGrid.extent();
        for (int i = 0; i < 2000; ++i) {
            const double exaggeration = 0.5 + 4 * unit(random);
            const geo::Point map{extent.xmin + extent.width() * unit(random),
                                 extent.ymin + extent.height() * unit(random)};
            const Vec3 place{map.x, map.y, terrain->heightAt(map) * exaggeration};
            const Vec3 from{extent.xmin + extent.width() * unit(random),
                            extent.ymin + extent.height() * unit(random), 30'000};
            const auto way = place - from;
            const auto hit = intersectSurface(*terrain, from, way * (1 / length(way)), exaggeration);
            QVERIFY(hit.has_value());
            // On the surface, and nothing farther than the point aimed at.
            QVERIFY(std::abs(hit->z - terrain->heightAt({hit->x, hit->y}) * exaggeration) < 0.01);
            QVERIFY(length(*hit - from) <= length(way) + 0.1);
        }
    }

    void aRayStraightDownMeetsTheHeightThere() {
        const auto terrain = tests::syntheticTerrain();
        for (const auto& map : {geo::Point{465'000, 5'190'000}, geo::Point{469'050, 5'185'433},
                                geo::Point{465'000 + 9600, 5'190'000 - 9600}}) {
            const auto hit = intersectSurface(*terrain, {map.x, map.y, 9000}, {0, 0, -1}, 2);
            QVERIFY(hit.has_value());
            QVERIFY(std::abs(hit->z - 2 * terrain->heightAt(map)) < 1e-6);
        }
    }

    void aRayBesideTheTerrainOrThroughItsWallMeetsNothing() {
        const auto terrain = tests::syntheticTerrain();
        const auto extent = terrain->heightGrid.extent();
        QVERIFY(!intersectSurface(*terrain, {extent.xmin - 10, extent.ymin, 9000}, {0, 0, -1}, 1));
        QVERIFY(!intersectSurface(*terrain, {extent.xmin, extent.ymin, 9000}, {0, 0, 1}, 1));
        // Level, below the ground's edge: it goes in through the block's side.
        QVERIFY(!intersectSurface(*terrain, {extent.xmin - 100, extent.center().y, 100}, {1, 0, 0}, 1));
        // Upwards from below.
        QVERIFY(!intersectSurface(*terrain, {extent.center().x, extent.center().y, -100}, {0, 0, 1}, 1));
    }

    void aDrapedLineLiesOnTheSurfaceAllAlong() {
        const auto terrain = tests::syntheticTerrain();
        const geo::Point from{465'312, 5'189'170};
        const geo::Point to{472'411.5, 5'182'035.25};
        std::vector<Vec3> line;
        appendDraped(*terrain, from, to, line);
        QVERIFY(line.size() > 70);
        QCOMPARE(line.front().x, from.x);
        QCOMPARE(line.back().y, to.y);
        for (std::size_t i = 1; i < line.size(); ++i) {
            for (const double share : {0.0, 0.31, 0.5, 0.77, 1.0}) {
                const auto at = line[i - 1] + (line[i] - line[i - 1]) * share;
                QVERIFY(std::abs(at.z - terrain->heightAt({at.x, at.y})) < 1e-6);
            }
        }
    }

    void aDrapedLineEndsAtTheTerrainsEdge() {
        const auto terrain = tests::syntheticTerrain();
        const auto extent = terrain->heightGrid.extent();
        std::vector<Vec3> line;
        appendDraped(*terrain, {extent.xmin - 500, extent.center().y}, {extent.xmax + 500, extent.center().y},
                     line);
        QVERIFY(std::abs(line.front().x - extent.xmin) < 1e-6);
        QVERIFY(std::abs(line.back().x - extent.xmax) < 1e-6);
        line.clear();
        appendDraped(*terrain, {extent.xmin - 500, extent.ymin}, {extent.xmin - 10, extent.ymax}, line);
        QVERIFY(line.empty());
    }

    void aThinnedRingStaysNearTheOneItReplacesAtEveryTolerance() {
        geo::Polygon polygon;
        for (int i = 0; i < 900; ++i) {
            const double angle = 2 * 3.14159265358979 * i / 900;
            const double radius = 1500 * (1 + 0.25 * std::sin(5 * angle) + 0.04 * std::sin(61 * angle));
            polygon.outer.push_back(
                {465'000 + radius * std::cos(angle), 5'180'000 + radius * std::sin(angle)});
        }
        outlines::Outline outline;
        outline.geometry = {polygon};
        const ThinnedOutline thinned(outlines::share(outline));
        QCOMPARE(thinned.rings(0).front(), polygon.outer);
        std::size_t before = polygon.outer.size() + 1;
        for (const double tolerance : {1.0, 5.0, 20.0, 100.0}) {
            const auto coarse = thinned.rings(tolerance).front();
            QVERIFY(coarse.size() >= 3 && coarse.size() < before);
            before = coarse.size();
            for (const auto& point : polygon.outer) {
                double least = 1e9;
                for (std::size_t i = 0; i < coarse.size(); ++i) {
                    const auto& a = coarse[i];
                    const auto& b = coarse[(i + 1) % coarse.size()];
                    const Vec3 span{b.x - a.x, b.y - a.y, 0};
                    const Vec3 offset{point.x - a.x, point.y - a.y, 0};
                    const double along = std::clamp(dot(offset, span) / dot(span, span), 0.0, 1.0);
                    least = std::min(least, length(offset - span * along));
                }
                QVERIFY(least <= tolerance + 1e-3);
            }
        }
        QVERIFY(before < 40);
    }

    void holesAreFilledFromTheirNeighbours() {
        Image<float> heights(1, 5, 5, 100.0F);
        for (int row = 0; row < 5; ++row) {
            heights.at(0, row, 4) = 200;
            heights.at(0, row, 2) = heights.at(0, row, 3) = none;
        }
        fillHoles(heights);
        for (const float value : heights.values()) {
            QVERIFY(std::isfinite(value));
            QVERIFY(value >= 100 && value <= 200);
        }
        QCOMPARE(heights.at(0, 2, 2), 100.0F);
        QCOMPARE(heights.at(0, 2, 3), 200.0F);
        Image<float> unknown(1, 3, 3, none);
        fillHoles(unknown);
        QCOMPARE(unknown.at(0, 1, 1), 0.0F);
    }

    void thePictureIsStretchedBetweenThe2ndAnd98thPercentile() {
        std::vector<float> values(10'001);
        for (std::size_t i = 0; i < values.size(); ++i) {
            values[i] = static_cast<float>((i * 7919) % values.size());
        }
        values[5] = none;
        const auto stretch = percentileStretch(values.data(), values.size());
        QVERIFY(std::abs(stretch.low - 200) < 2);
        QVERIFY(std::abs(stretch.high - 9800) < 2);
    }

    void aPixelWithoutDataIsTransparentAndBlackOnesAreNot() {
        Image<float> bands(3, 1, 4);
        const float pixels[4][3] = {{0, 0, 0}, {1, 1, 1}, {none, 1, 1}, {0.5F, 0.5F, 0.5F}};
        for (int column = 0; column < 4; ++column) {
            for (int band = 0; band < 3; ++band) {
                bands.at(band, 0, column) = pixels[column][band];
            }
        }
        const auto picture = pictureOf(bands);
        QCOMPARE(int(picture[3]), 255);
        QCOMPARE(int(picture[0]), 0);
        QCOMPARE(int(picture[4]), 255);
        QCOMPARE(int(picture[8 + 3]), 0);
        QCOMPARE(int(picture[8 + 1]), 0);
        QVERIFY(std::abs(int(picture[12]) - 128) <= 1);
    }

    void aPictureThatIsDarkBesideSnowIsBrightenedAndABrightOneIsNot() {
        // Rock at 5 to 15 % of the range for nine tenths of the pixels, snow for the rest; then the reverse.
        const auto shown = [](float rockShare, float reflectance) {
            constexpr int count = 1000;
            Image<float> bands(3, 1, count);
            for (int column = 0; column < count; ++column) {
                const bool isRock = static_cast<float>(column) < rockShare * count;
                const float value = isRock ? 0.05F + 0.1F * static_cast<float>(column % 10) / 10 : 1;
                for (int band = 0; band < 3; ++band) {
                    bands.at(band, 0, column) = column == count / 2 ? reflectance : value;
                }
            }
            const auto stretch = percentileStretch(bands.band(0), count);
            const double linear = 255 * (reflectance - stretch.low) / (stretch.high - stretch.low);
            return std::pair(double(pictureOf(bands)[std::size_t{count} / 2 * 4]), linear);
        };
        const auto [dark, asItIs] = shown(0.9F, 0.2F);
        QVERIFY(dark > 1.8 * asItIs);
        QVERIFY(dark < shown(0.9F, 0.3F).first);
        QCOMPARE(shown(0.9F, 1.0F).first, 255.0);
        const auto [bright, linear] = shown(0.1F, 0.2F);
        QVERIFY(std::abs(bright - linear) <= 1);
    }

    void theBorderGoesRoundTheWholeBlock() {
        const auto terrain = tests::syntheticTerrain();
        double length = 0;
        for (const auto& [from, to] :
             dataBorder(*terrain, maskOf(*terrain), everyEdge, terrain->heightGrid.extent())) {
            length += std::hypot(to.x - from.x, to.y - from.y);
        }
        QVERIFY(std::abs(length - 4 * 9600) < 1);
        QCOMPARE(dataShare(maskOf(*terrain)), 1.0);
    }

    void theBorderFollowsThePixelsThatHaveData() {
        tests::SyntheticOptions options;
        options.emptyRim = 30; // 750 m: seven and a half cells
        const auto terrain = tests::syntheticTerrain(options);
        const auto extent = terrain->heightGrid.extent().grown(-750);
        double length = 0;
        for (const auto& [from, to] :
             dataBorder(*terrain, maskOf(*terrain), everyEdge, terrain->heightGrid.extent())) {
            length += std::hypot(to.x - from.x, to.y - from.y);
            // Inside lies on the left.
            const geo::Point middle{(from.x + to.x) / 2, (from.y + to.y) / 2};
            const geo::Point left{middle.x - (to.y - from.y), middle.y + (to.x - from.x)};
            QVERIFY(extent.contains(left));
            QVERIFY(!extent.grown(-60).contains(middle));
            QVERIFY(extent.grown(1).contains(middle));
        }
        QVERIFY(std::abs(length - 4 * 8100) < 200); // its corners are cut within a cell
    }

    void likelyIceIsTintedStrongerThanOtherGroundAndNothingOutsideTheTile() {
        std::vector<unsigned char> picture(20 * 20 * 4, 0);
        Image<float> probability(1, 2, 2, 0.0F);
        probability.at(0, 0, 0) = 1;    // north-west
        probability.at(0, 1, 1) = none; // not computed
        nunatak::ui::viewport::paintPreviewTile(picture.data(), 20, 20, {0, 0, 20, 20}, {0, 10, 10, 20},
                                                probability);
        const auto alpha = [&](int column, int row) {
            return int(picture[std::size_t(row * 20 + column) * 4 + 3]);
        };
        QVERIFY(alpha(1, 1) > 120);
        QVERIFY(alpha(8, 1) > 0 && alpha(8, 1) < 80);
        QCOMPARE(alpha(8, 8), 0);
        QCOMPARE(alpha(12, 5), 0);
        QCOMPARE(alpha(5, 12), 0);
    }

    void whereAGlacierFallsToIsToldOfItAsAWhole_data() {
        QTest::addColumn<float>("northWest");
        QTest::addColumn<float>("northEast");
        QTest::addColumn<float>("southWest");
        QTest::addColumn<float>("southEast");
        QTest::addColumn<double>("degrees"); // negative: none
        QTest::newRow("to the south") << 50.F << 50.F << 20.F << 20.F << 180.0;
        QTest::newRow("to the west") << 10.F << 40.F << 10.F << 40.F << 270.0;
        QTest::newRow("to the north-east") << 40.F << 20.F << 60.F << 40.F << 45.0;
        QTest::newRow("nowhere") << 40.F << 40.F << 40.F << 40.F << -1.0;
    }
    void whereAGlacierFallsToIsToldOfItAsAWhole() {
        QFETCH(float, northWest);
        QFETCH(float, northEast);
        QFETCH(float, southWest);
        QFETCH(float, southEast);
        QFETCH(double, degrees);
        const auto ground = oneCell(northWest, northEast, southWest, southEast);
        const geo::MultiPolygon glacier{{{{1020, 1920}, {1070, 1930}, {1080, 1980}, {1030, 1960}}, {}}};
        const auto found = downhillDirection(ground, glacier);
        QCOMPARE(found.has_value(), degrees >= 0);
        QVERIFY2(!found || std::abs(*found - degrees) < 0.01,
                 qPrintable(QString::number(found.value_or(-1))));
        // One so thin that no sample lies in it is told by its line.
        const geo::MultiPolygon thin{{{{1000, 1900}, {1100, 1999.9}, {1099.9, 2000}}, {}}};
        QCOMPARE(downhillDirection(ground, thin).has_value(), degrees >= 0);
    }
};

QTEST_GUILESS_MAIN(TerrainTest)
#include "terrain_test.moc"
