// SPDX-License-Identifier: GPL-3.0-or-later
// How tiles are painted: numbers in, colours out.
#include "ui/terrain/color_map.h"
#include "ui/terrain/drape_baker.h"
#include "ui/terrain/ground_shading.h"
#include "ui/terrain/tile_source.h"
#include "ui/viewport/synthetic_terrain.h"

#include <QtTest>

#include <cmath>
#include <limits>

using namespace nunatak;
using namespace nunatak::ui::terrain;

namespace {

constexpr float none = std::numeric_limits<float>::quiet_NaN();
constexpr int side = 32;

/// A tile whose pixels and heights are functions of column and row.
struct Painted {
    TileData tile;
    std::vector<BandSummary> bands;

    template <typename Height> explicit Painted(Height height) {
        tile.pictureGrid = {{}, 0, side * 10.0, 10, side, side};
        tile.reliefGrid = {{}, -10, side * 10.0 + 10, 10, side + 2, side + 2};
        tile.relief = Image<float>(1, side + 2, side + 2);
        for (int row = 0; row < side + 2; ++row) {
            for (int column = 0; column < side + 2; ++column) {
                tile.relief.at(0, row, column) = height(column - 1, row - 1);
            }
        }
    }
    template <typename Value> void setBands(const std::vector<std::string>& names, Value value) {
        Image<float> pixels(static_cast<int>(names.size()), side, side);
        bands.clear();
        for (int band = 0; band < pixels.bands(); ++band) {
            for (int row = 0; row < side; ++row) {
                for (int column = 0; column < side; ++column) {
                    pixels.at(band, row, column) = value(band, column, row);
                }
            }
            bands.push_back(
                summaryOf(names[static_cast<std::size_t>(band)], pixels.band(band), pixels.bandSize()));
        }
        tile.bands = storedBands(pixels, bands);
    }
    std::array<int, 4> at(const DrapeStyle& style, int column, int row, double trueNorth = 0,
                          const Image<float>* overlay = nullptr) const {
        const auto picture = DrapeBaker(bands, style, {0, 1000}, trueNorth).paint(tile, overlay);
        const auto* pixel = picture.data() + (row * side + column) * 4;
        return {pixel[0], pixel[1], pixel[2], pixel[3]};
    }
};

const auto flat = [](int, int) { return 500.0F; };
const auto risingEast = [](int column, int) { return 10.0F * static_cast<float>(column); };

DrapeStyle hillshade(double azimuth, bool allSides = false) {
    DrapeStyle style;
    style.kind = DrapeKind::Hillshade;
    style.sun = {azimuth, 45};
    style.multidirectional = allSides;
    return style;
}

} // namespace

class DrapeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sixteenBitsKeepValuesAndTheirGaps() {
        const std::vector<float> values{0.01F, 0.25F, none, 0.9F, 1.2F};
        const auto summary = summaryOf("red", values.data(), values.size());
        Image<float> pixels(1, 1, 5);
        pixels.values() = values;
        const auto stored = storedBands(pixels, {summary});
        const double step = (summary.stored.high - summary.stored.low) / 65534.0;
        for (int i = 0; i < 5; ++i) {
            if (i == 2) {
                QCOMPARE(int(stored.at(0, 0, i)), 0);
            } else {
                const double back = summary.stored.low + (stored.at(0, 0, i) - 1) * step;
                QVERIFY(std::abs(back - values[static_cast<std::size_t>(i)]) <= step);
            }
        }
    }

    void slopeOfTheGroundIsNotThatOfAPolarMap() {
        // At 60° N in EPSG:3413 a metre of the map is 0.962 on the ground.
        Painted painted(risingEast);
        const auto system = geo::Crs::fromUserInput("EPSG:3413");
        const auto middle =
            geo::CoordinateTransform(geo::Crs::fromUserInput("EPSG:4326"), system)(geo::Point{-45, 60});
        for (auto* grid : {&painted.tile.pictureGrid, &painted.tile.reliefGrid}) {
            grid->crs = system;
            grid->left += middle.x;
            grid->top += middle.y;
        }
        const auto samples = groundSamples(painted.tile);
        const auto& place = samples[static_cast<std::size_t>(3 * (side + 2) + 3)];
        QVERIFY2(std::abs(place.eastwards - 1 / 0.962) < 2e-3, qPrintable(QString::number(place.eastwards)));
        QVERIFY(std::abs(groundMetresPerPixel(painted.tile) - 9.62) < 0.01);
    }

    void aspectCountsFromTrueNorth() {
        DrapeStyle style;
        style.kind = DrapeKind::Aspect;
        style.shading = 0;
        // West on a map whose right is north is north: a slope that falls there has north's colour.
        const auto risingSouth = [](int, int row) { return 10.0F * static_cast<float>(row); };
        const auto painted = [&](auto height, double trueNorth) {
            Painted tile(height);
            tile.setBands({"red"}, [](int, int, int) { return 0.5F; });
            return tile.at(style, 5, 5, trueNorth);
        };
        const auto west = painted(risingEast, -90);
        const auto north = painted(risingSouth, 0);
        for (std::size_t i = 0; i < 3; ++i) {
            QVERIFY(std::abs(west[i] - north[i]) <= 1);
        }
        QVERIFY(painted(risingEast, 0) != north);
    }

    void indicesAreWhatTheirFormulasSay() {
        Painted painted(flat);
        // NDSI (0.8 − 0.2) / (0.8 + 0.2) = 0.6 on the left, 0 on the right, -0.5 at its end, a gap in a
        // corner.
        painted.setBands({"green", "swir1"}, [](int band, int column, int row) {
            if (column == side - 1) {
                return band == 0 ? (row == 0 ? none : 0.2F) : 0.6F;
            }
            return column < side / 2 ? (band == 0 ? 0.8F : 0.2F) : 0.5F;
        });
        DrapeStyle ndsi;
        ndsi.kind = DrapeKind::NormalizedDifference;
        ndsi.composite = {"NDSI", {"green", "swir1", "swir1"}, "optical"};
        ndsi.colorMap = "blue-yellow";
        const auto& map = colorMap("blue-yellow");
        const auto check = [&](std::array<int, 4> shown, float share) {
            const auto& wanted = map.at(share);
            for (std::size_t c = 0; c < 3; ++c) {
                QVERIFY2(std::abs(shown[c] - wanted[c]) <= 2,
                         qPrintable(QString("%1 %2").arg(shown[c]).arg(wanted[c])));
            }
        };
        check(painted.at(ndsi, 4, 10), (0.6F + 1) / 2);
        check(painted.at(ndsi, 28, 10), 0.5F);
        check(painted.at(ndsi, side - 1, 10), 0.25F);
        QCOMPARE(painted.at(ndsi, side - 1, 10)[3], 255);
        QCOMPARE(painted.at(ndsi, side - 1, 0)[3], 0);
        // Red / SWIR1 = 4 is the end of its range.
        DrapeStyle ratio = ndsi;
        ratio.kind = DrapeKind::Ratio;
        check(painted.at(ratio, 4, 10), 1);
        const auto legend = DrapeBaker(painted.bands, ndsi, {0, 1}).legend();
        QCOMPARE(legend->low, -1.0);
        QCOMPARE(legend->high, 1.0);
    }

    void theSunShinesFromWhereItIsFromTrueNorth() {
        Painted painted(risingEast); // faces west
        painted.setBands({"red"}, [](int, int, int) { return 0.5F; });
        const int west = painted.at(hillshade(270), 16, 16)[0];
        const int east = painted.at(hillshade(90), 16, 16)[0];
        const int south = painted.at(hillshade(180), 16, 16)[0];
        QVERIFY2(west > south + 30 && south > east + 30,
                 qPrintable(QString("%1 %2 %3").arg(west).arg(south).arg(east)));
        // Where true north lies 90° east of the grid's, a sun in the true south stands in the grid's west.
        QCOMPARE(painted.at(hillshade(180), 16, 16, 90)[0], west);
        // Light from all sides knows no preferred direction.
        QCOMPARE(painted.at(hillshade(0, true), 16, 16), painted.at(hillshade(180, true), 16, 16));
    }

    void slopesThatFaceTheSunAreBrighterThanThoseThatTurnAway() {
        const auto source = tilesOfArrays(tests::syntheticTerrain({.cells = 192}));
        const auto read = source->read({}, nullptr, nullptr, Progress());
        const auto& tile = *read;
        const auto columns = static_cast<std::size_t>(tile.pictureGrid.columns);
        const auto lit = [&](double azimuth) {
            return DrapeBaker({}, {.kind = DrapeKind::Hillshade, .sun = {azimuth, 40}}, {}).paint(tile);
        };
        const auto east = lit(90);
        const auto west = lit(270);
        int agree = 0;
        int steep = 0;
        for (int row = 10; row < tile.pictureGrid.rows - 10; row += 3) {
            for (int column = 10; column < tile.pictureGrid.columns - 10; column += 3) {
                const auto map = tile.pictureGrid.toMap(column + 0.5, row + 0.5);
                const double step = tile.reliefGrid.pixelSize;
                const double rise =
                    (tile.mesh.heightAt({map.x + step, map.y}) - tile.mesh.heightAt({map.x - step, map.y})) /
                    (2 * step);
                if (std::abs(rise) < 0.3) {
                    continue;
                }
                ++steep;
                const auto at =
                    (static_cast<std::size_t>(row) * columns + static_cast<std::size_t>(column)) * 4;
                agree += (rise < 0) == (east[at] > west[at]) ? 1 : 0; // sinks eastwards: faces the east
            }
        }
        QVERIFY(steep > 200);
        QVERIFY(agree > 0.95 * steep);
    }

    void aPictureIsUnlitUntilShadingIsAsked() {
        Painted painted(risingEast);
        painted.setBands({"red", "green", "blue"}, [](int band, int column, int) {
            return 0.1F * static_cast<float>(band) + 0.02F * static_cast<float>(column);
        });
        DrapeStyle style;
        style.composite = {"natural", {"red", "green", "blue"}, "optical"};
        style.sun = {90, 45};
        const auto unlit = painted.at(style, 20, 20);
        style.sun = {270, 45};
        QCOMPARE(painted.at(style, 20, 20), unlit);
        style.shading = 1;
        style.sun = {90, 45};
        QVERIFY(painted.at(style, 20, 20)[1] < unlit[1] - 10);
    }

    void gammaBrightensAndMinMaxReachesTheExtremes() {
        Painted painted(flat);
        painted.setBands({"red", "green", "blue"}, [](int, int column, int row) {
            return column == 0 && row == 0 ? 5.0F : 0.4F + 0.01F * static_cast<float>(column);
        });
        DrapeStyle style;
        style.composite = {"natural", {"red", "green", "blue"}, "optical"};
        const auto plain = painted.at(style, 16, 16);
        style.gamma = 2;
        QVERIFY(painted.at(style, 16, 16)[0] > plain[0] + 20);
        style.gamma = 1;
        style.stretch = StretchKind::MinMax; // one pixel of 5 makes all others dark
        QVERIFY(painted.at(style, 16, 16)[0] < plain[0] - 20);
    }

    void anOverlayIsBlendedWhereItHasValuesAndAPictureKeepsItsColours() {
        Painted painted(flat);
        painted.setBands({"red", "green", "blue"},
                         [](int, int column, int) { return 0.02F * static_cast<float>(column); });
        DrapeStyle style;
        style.composite = {"natural", {"red", "green", "blue"}, "optical"};
        const auto plain = painted.at(style, 16, 16);
        Image<float> values(1, side, side, none);
        values.at(0, 16, 16) = 10;
        style.overlay = {"ember", 0, 10, 1};
        const auto& top = colorMap("ember").at(1);
        const auto covered = painted.at(style, 16, 16, 0, &values);
        for (std::size_t c = 0; c < 3; ++c) {
            QVERIFY(std::abs(covered[c] - top[c]) <= 1);
        }
        QCOMPARE(painted.at(style, 17, 16, 0, &values), painted.at(style, 17, 16));
        style.overlay.opacity = 0.5;
        const auto half = painted.at(style, 16, 16, 0, &values);
        QVERIFY(std::abs(half[0] - (plain[0] + top[0]) / 2) <= 1);
        style.overlay.opacity = 0;
        QCOMPARE(painted.at(style, 16, 16, 0, &values), plain);
        Image<float> map(3, side, side, 0.0F);
        std::fill_n(map.band(1), map.bandSize(), 200.0F);
        style.overlay.opacity = 1;
        QCOMPARE(painted.at(style, 3, 3, 0, &map), (std::array<int, 4>{0, 200, 0, 255}));
    }

    void anotherScenesBandsArePaintedOverTheSameGround() {
        Painted painted(flat);
        painted.setBands({"red", "green", "blue"}, [](int, int, int) { return 0.5F; });
        Painted other(flat);
        other.setBands({"red", "green", "blue"}, [](int, int column, int) {
            return column < 8 ? none : column < 20 ? 0.1F : 0.9F;
        });
        DrapeStyle style;
        style.composite = {"natural", {"red", "green", "blue"}, "optical"};
        const auto picture =
            DrapeBaker(other.bands, style, {0, 1000}).paintOther(painted.tile, other.tile.bands);
        QCOMPARE(int(picture[3]), 0); // no data there
        QCOMPARE(int(picture[4 * 25 + 3]), 255);
        QVERIFY(picture[4 * 25] > picture[4 * 12] + 100);
    }

    void aStretchByWhatIsInViewSpreadsWhatIsThere() {
        // Dark rock of two shades in the west, bright snow in the east: by the whole scene the rock is nearly
        // one grey, by the west alone it is black and white.
        Painted painted(flat);
        painted.setBands({"red", "green", "blue"}, [](int, int column, int row) {
            return column >= side / 2 ? 0.9F : row < side / 2 ? 0.10F : 0.14F;
        });
        DrapeStyle style;
        style.composite = {"natural", {"red", "green", "blue"}, "optical"};
        std::vector<std::uint8_t> west(side * side, 0);
        for (int i = 0; i < side * side; ++i) {
            west[static_cast<std::size_t>(i)] = i % side < side / 2 ? 1 : 0;
        }
        const auto stretch = stretchOfPixels("optical", painted.tile.bands, painted.bands, west);
        QCOMPARE(stretch.bands.size(), 3U);
        QCOMPARE(stretch.bands[0].band, std::string("red"));
        QVERIFY(std::abs(stretch.bands[0].range.low - 0.10F) < 1e-3F);
        QVERIFY(std::abs(stretch.bands[0].range.high - 0.14F) < 1e-3F);
        const auto contrast = [&] { return painted.at(style, 4, side - 4)[0] - painted.at(style, 4, 4)[0]; };
        QVERIFY2(contrast() < 60, qPrintable(QString::number(contrast())));
        style.viewStretch = stretch;
        QVERIFY(contrast() < 60); // of the whole scene, until it is chosen
        for (const auto kind : {StretchKind::Percentile, StretchKind::MinMax}) {
            style.stretch = kind;
            style.stretchOf = StretchOf::View;
            QVERIFY2(contrast() > 240, qPrintable(QString::number(contrast())));
            style.stretchOf = StretchOf::Fixed;
            QVERIFY(contrast() > 240);
        }
        // It says nothing of another feature's bands, whatever their names.
        style.viewStretch.feature = "thermal";
        QVERIFY(contrast() < 60);
    }

    void aViewWithoutPixelsTellsNoStretch() {
        Painted painted(flat);
        painted.setBands({"red"}, [](int, int, int) { return 0.5F; });
        const std::vector<std::uint8_t> nowhere(side * side, 0);
        QVERIFY(stretchOfPixels("optical", painted.tile.bands, painted.bands, nowhere).bands.empty());
    }

    void contoursLieWhereTheHeightIsAMultiple() {
        Painted painted([](int column, int) { return 2.0F * static_cast<float>(column) + 480; });
        painted.setBands({"red"}, [](int, int, int) { return 0.5F; });
        auto style = hillshade(0);
        const auto plain = painted.at(style, 10, 16);
        style.contourInterval = 20; // 500 m at column 10, 490 m at column 5
        QVERIFY(painted.at(style, 10, 16)[0] < plain[0] - 20);
        QCOMPARE(painted.at(style, 5, 16), plain);
    }

    void coloursRiseEvenlyInLightness() {
        for (const auto& map : colorMaps()) {
            if (map.name == "blue-red") {
                // Diverging: equally far from the middle, equally light.
                for (int i = 0; i < 128; i += 16) {
                    const auto lightness = [&](int at) {
                        const auto& c = map.colors[static_cast<std::size_t>(at)];
                        return 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
                    };
                    QVERIFY2(std::abs(lightness(i) - lightness(255 - i)) < 26, map.name.c_str());
                }
                continue;
            }
            double before = -1;
            for (const auto& c : map.colors) {
                const double lightness = 0.2126 * c[0] + 0.7152 * c[1] + 0.0722 * c[2];
                QVERIFY2(lightness > before - 0.8, map.name.c_str());
                before = std::max(before, lightness);
            }
            QVERIFY(before > 200);
        }
    }
};

QTEST_GUILESS_MAIN(DrapeTest)
#include "drape_test.moc"
