// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/shape_operations.h"
#include "scene/simulation_divides.h"
#include "scene/simulation_optical.h"
#include "scene/simulation_rings.h"

#include <QtTest>

#include <cmath>
#include <set>
#include <utility>

using namespace nunatak;
using namespace nunatak::scene::simulation;

namespace {

/// Rows of digits as an image of numbers.
Image<std::int32_t> numbersOf(const std::vector<std::string>& rows) {
    Image<std::int32_t> numbers(1, static_cast<int>(rows.size()), static_cast<int>(rows[0].size()));
    for (int row = 0; row < numbers.rows(); ++row) {
        for (int column = 0; column < numbers.columns(); ++column) {
            numbers.at(0, row, column) =
                rows[static_cast<std::size_t>(row)][static_cast<std::size_t>(column)] - '0';
        }
    }
    return numbers;
}

geo::Grid gridOf(const Image<std::int32_t>& numbers) {
    return {geo::Crs(), 0, static_cast<double>(numbers.rows()), 1, numbers.columns(), numbers.rows()};
}

} // namespace

class SimulationPartsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void sineAndCosineAgreeWithTheLibrary() {
        for (int degrees = -720; degrees <= 720; degrees += 7) {
            QVERIFY(std::abs(sineOfDegrees(degrees) - std::sin(degrees * 0.017453292519943295)) < 1e-12);
            QVERIFY(std::abs(cosineOfDegrees(degrees) - std::cos(degrees * 0.017453292519943295)) < 1e-12);
        }
    }

    void noiseIsBoundedAndHasNoMean() {
        double sum = 0;
        for (int i = 0; i < 10000; ++i) {
            const double value = fractal(5, i * 0.37, i * 0.11, 4);
            QVERIFY(value > -1.5 && value < 1.5);
            sum += value;
        }
        QVERIFY(std::abs(sum / 10000) < 0.05);
    }

    void waterLeavesAHollowByItsLowestOutlet() {
        Field surface(1, 5, 5, 10.0F);
        surface.at(0, 2, 2) = 1; // a pit
        surface.at(0, 2, 3) = 6; // its outlet to the east
        surface.at(0, 2, 4) = 5;
        const auto drainage = drainageOf(surface);
        QCOMPARE(drainage.filled.at(0, 2, 2), 6.0F);
        int pixel = 2 * 5 + 2;
        for (int step = 0; step < 25 && drainage.receiver[static_cast<std::size_t>(pixel)] != pixel; ++step) {
            pixel = drainage.receiver[static_cast<std::size_t>(pixel)];
        }
        QCOMPARE(pixel, 2 * 5 + 4);
    }

    void iceOnTwoSidesOfARidgeIsTwoGlaciers() {
        // A roof: the ridge runs north to south through the middle, each side drains to its middle.
        const int size = 41;
        Field surface(1, size, size);
        Image<std::uint8_t> ice(1, size, size);
        for (int row = 0; row < size; ++row) {
            for (int column = 0; column < size; ++column) {
                const int away = std::abs(column - 20);
                surface.at(0, row, column) = static_cast<float>(1000 - 20 * away + 15 * std::abs(row - 20));
                ice.at(0, row, column) = away < 12 && std::abs(row - 20) < 12 ? 1 : 0;
            }
        }
        auto basins = glacierBasins(ice, drainageOf(surface), 30, 20);
        QCOMPARE(numberParts(basins, 1), 2);
        QVERIFY(basins.at(0, 20, 12) != basins.at(0, 20, 28));
        QCOMPARE(basins.at(0, 20, 5), 0);
    }

    void partsBecomePolygonsWithTheirHolesAndShareTheirBorders() {
        const auto numbers = numbersOf({"0000000", "0111220", "0101220", "0111200", "0000000"});
        const auto polygons = outlineParts(numbers, 2, gridOf(numbers));
        QCOMPARE(polygons.size(), std::size_t(2));
        QCOMPARE(polygons[0].holes.size(), std::size_t(1));
        QCOMPARE(geo::planarArea({polygons[0]}), 8.0);
        QCOMPARE(geo::planarArea({polygons[1]}), 5.0);
        QCOMPARE(geo::planarArea(geo::unionOf({polygons[0]}, {polygons[1]})), 13.0);
        QVERIFY(geo::invalidReason({polygons[0]}).empty());
        QVERIFY(geo::invalidReason({polygons[1]}).empty());
    }

    void partsThatTouchThemselvesAtCornersAreValid() {
        for (const auto& rows : {std::vector<std::string>{"1111", "1011", "1101", "1111"},
                                 std::vector<std::string>{"0111", "1101", "1011", "1110"},
                                 std::vector<std::string>{"1110", "1011", "1111", "0101"}}) {
            auto numbers = numbersOf(rows);
            const int count = numberParts(numbers, 1);
            const auto polygons = outlineParts(numbers, count, gridOf(numbers));
            double area = 0;
            double pixels = 0;
            for (const auto& polygon : polygons) {
                QVERIFY2(geo::invalidReason({polygon}).empty(), geo::invalidReason({polygon}).c_str());
                area += geo::planarArea({polygon});
            }
            for (const auto number : numbers.values()) {
                pixels += number != 0 ? 1 : 0;
            }
            QCOMPARE(area, pixels);
        }
    }

    void smallPartsAreNoGlaciers() {
        auto numbers = numbersOf({"1100", "1101", "0000", "0110"});
        QCOMPARE(numberParts(numbers, 3), 1);
        QCOMPARE(numbers.at(0, 1, 3), 0);
        QCOMPARE(numbers.at(0, 3, 1), 0);
        QCOMPARE(numbers.at(0, 0, 0), 1);
    }

    void aWallThrowsAShadowAwayFromTheSun() {
        // Sun in the south at 45°: a wall of 300 m shades 300 m, that is 10 pixels, to its north.
        Field surface(1, 40, 40);
        for (int column = 0; column < 40; ++column) {
            surface.at(0, 30, column) = 300;
        }
        const Sun sun{0, -0.70710678118654752, 0.70710678118654752};
        const auto shadows = castShadows(surface, 30, sun);
        QCOMPARE(shadows.at(0, 22, 20), std::uint8_t(1));
        QCOMPARE(shadows.at(0, 18, 20), std::uint8_t(0));
        QCOMPARE(shadows.at(0, 32, 20), std::uint8_t(0));
    }

    void theMorningSunStandsInTheSouthEastHigherInSummer() {
        const Sun summer = sunOn("2020-06-21", 46.9, 3);
        const Sun autumn = sunOn("2020-10-20", 46.9, 3);
        QVERIFY(summer.azimuth() > 100 && summer.azimuth() < 180);
        QVERIFY(summer.elevation() > autumn.elevation() + 20);
        QVERIFY(std::abs(summer.east * summer.east + summer.north * summer.north + summer.up * summer.up -
                         1) < 1e-9);
    }

    void aBandRatioFindsMostIceButMissesDebrisAndTakesSnowForIce() {
        const std::uint64_t seed = 7;
        const int size = 384;
        const auto relief = makeRelief(seed, size, size, 30, 4, {});
        const auto ice = growIce(seed, relief.coarse, relief.coarseCell(), {});
        const auto land = makeLandscape(seed, relief, ice, {});
        const Sun sun = sunOn("2020-08-20", 46.9, seed);
        const auto bands = opticalOf(seed, land, castShadows(land.surface, 30, sun), sun, {});
        double best = 0;
        for (double threshold = 1.5; threshold < 8; threshold += 0.25) {
            double both = 0;
            double either = 0;
            for (std::size_t i = 0; i < bands.bandSize(); ++i) {
                const bool found = bands.band(2)[i] > threshold * std::max(1e-3F, bands.band(4)[i]);
                const bool truth = land.glacier.values()[i] != 0;
                both += found && truth ? 1 : 0;
                either += found || truth ? 1 : 0;
            }
            best = std::max(best, both / either);
        }
        QVERIFY2(best > 0.45 && best < 0.88, std::to_string(best).c_str());
        // Debris lies on ice alone, and there is some.
        double covered = 0;
        for (std::size_t i = 0; i < bands.bandSize(); ++i) {
            QVERIFY(land.debris.values()[i] <= 0 || land.glacier.values()[i] != 0);
            covered += static_cast<double>(land.debris.values()[i]);
        }
        QVERIFY(covered > 50);
    }
};

QTEST_GUILESS_MAIN(SimulationPartsTest)
#include "simulation_parts_test.moc"
