// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/shape_operations.h"
#include "scene/simulation/basins.h"
#include "scene/simulation/drainage.h"
#include "scene/simulation/parts.h"
#include "scene/simulation/rings.h"

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

    void everyPixelComesAfterTheOneThatItDrainsTo() {
        Field surface(1, 40, 50);
        for (int row = 0; row < 40; ++row) {
            for (int column = 0; column < 50; ++column) {
                surface.at(0, row, column) = static_cast<float>(100 * fractal(3, column / 7.0, row / 7.0, 4));
            }
        }
        const auto drainage = drainageOf(surface);
        std::vector<int> place(surface.bandSize(), -1);
        for (std::size_t i = 0; i < drainage.order.size(); ++i) {
            place[static_cast<std::size_t>(drainage.order[i])] = static_cast<int>(i);
        }
        QCOMPARE(drainage.order.size(), surface.bandSize());
        for (std::size_t pixel = 0; pixel < surface.bandSize(); ++pixel) {
            const auto to = static_cast<std::size_t>(drainage.receiver[pixel]);
            QVERIFY(place[pixel] >= 0 && (to == pixel || place[to] < place[pixel]));
            QVERIFY(drainage.filled.values()[to] <= drainage.filled.values()[pixel] + 0.05F);
        }
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
        const auto basins = basinsOf(ice, surface, 120, 30 * 120);
        const int west = basinAt(basins, 12, 20);
        const int east = basinAt(basins, 28, 20);
        QVERIFY(west != 0 && east != 0 && west != east);
        QCOMPARE(basinAt(basins, 5, 20), 0);
        // The divide lies on the ridge, between cells as well.
        QCOMPARE(basinAt(basins, 19.4, 20), west);
        QCOMPARE(basinAt(basins, 20.6, 20), east);
    }

    void theLengthOfATongueIsMeasuredAlongItsFlow() {
        // A slope that falls to the south-west by 2 : 1 is followed in no direction of the grid.
        const int size = 60;
        Field surface(1, size, size);
        for (int row = 0; row < size; ++row) {
            for (int column = 0; column < size; ++column) {
                surface.at(0, row, column) = static_cast<float>(1000 + 2 * column - row);
            }
        }
        Image<std::uint8_t> ice(1, size, size);
        for (int row = 2; row < 58; ++row) {
            for (int column = 10; column < 50; ++column) {
                ice.at(0, row, column) = 1;
            }
        }
        const auto basins = basinsOf(ice, surface, 100, 1000);
        // From column 40 to column 10 along (−2, 1): 30 cells west are 15 south.
        const double expected = std::sqrt(30.0 * 30 + 15 * 15) * 100;
        QVERIFY(std::abs(static_cast<double>(basins.length.at(0, 20, 40)) - expected) < 150);
    }

    void aSmallPieceOrASliverJoinsItsNeighbour() {
        auto numbers = numbersOf({"1111111", "1111111", "1111112", "1111112", "3333330", "0000000"});
        QCOMPARE(joinSmallParts(numbers, 3), 1); // 2 is too small; 3 shares more than a third of its border
        QCOMPARE(numbers.at(0, 2, 6), numbers.at(0, 0, 0));
        QCOMPARE(numbers.at(0, 4, 0), numbers.at(0, 0, 0));
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
};

QTEST_GUILESS_MAIN(SimulationPartsTest)
#include "simulation_parts_test.moc"
