// SPDX-License-Identifier: GPL-3.0-or-later
// Relief, ice, whose it is and what becomes of it.
#include "simulation_fixture.h"

#include "scene/simulation/drainage.h"
#include "scene/simulation/relief.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <set>

using namespace nunatak;
using namespace nunatak::scene::simulation;
using namespace nunatak::tests;

namespace {

/// The longest piece of border between two glaciers that runs along a row or a column of pixels.
int longestStraightDivide(const Image<std::int32_t>& numbers) {
    int longest = 0;
    const auto follow = [&](bool down) {
        const int lines = down ? numbers.columns() - 1 : numbers.rows() - 1;
        const int length = down ? numbers.rows() : numbers.columns();
        for (int line = 0; line < lines; ++line) {
            int run = 0;
            for (int i = 0; i < length; ++i) {
                const int a = down ? numbers.at(0, i, line) : numbers.at(0, line, i);
                const int b = down ? numbers.at(0, i, line + 1) : numbers.at(0, line + 1, i);
                run = a != b && a != 0 && b != 0 ? run + 1 : 0;
                longest = std::max(longest, run);
            }
        }
    };
    follow(false);
    follow(true);
    return longest;
}

} // namespace

class SimulationIceTest : public QObject {
    Q_OBJECT

private:
    SmallPlace m_small;

private Q_SLOTS:
    void riversLeaveTheMountainsThatTheyMade() {
        const Field ground = raiseMountains(3, 160, 160, 60, {});
        const auto drainage = drainageOf(ground);
        int hollows = 0;
        for (std::size_t i = 0; i < ground.values().size(); ++i) {
            hollows += drainage.filled.values()[i] > ground.values()[i] + 2 ? 1 : 0;
        }
        QVERIFY2(hollows < 160 * 160 / 20, std::to_string(hollows).c_str());
        QVERIFY(quantile(ground, 1) - quantile(ground, 0) > 1000);
    }

    void iceReachesBelowTheEquilibriumLineButMostLiesAroundAndAboveIt() {
        const auto& place = m_small.place;
        int above = 0;
        int below = 0;
        int farBelow = 0;
        for (std::size_t i = 0; i < place.surface.values().size(); ++i) {
            if (place.ice.thickness.values()[i] > 4) {
                const double height = place.surface.values()[i] - place.ice.equilibriumLine;
                ++(height > 0 ? above : below);
                farBelow += height < -700 ? 1 : 0;
            }
        }
        QVERIFY(above > 100 && below > 50);
        QVERIFY(farBelow < below / 5);
    }

    void tonguesHaveBeenLongerAndTheGroundThatTheyLeftIsKnown() {
        const auto patch = m_small.patchAround(m_small.whole);
        int left = 0;
        for (std::size_t i = 0; i < patch.forefield.values().size(); ++i) {
            left += patch.forefield.values()[i] > 0 ? 1 : 0;
            QVERIFY(patch.forefield.values()[i] <= 0 || patch.glacier.values()[i] == 0);
        }
        QVERIFY(left > 200);
    }

    void neighboursMeetAtDividesThatRunInNoDirectionOfTheGrid() {
        std::set<std::pair<int, int>> neighbours;
        const auto& numbers = m_small.glaciers.numbers;
        for (int row = 0; row < numbers.rows(); ++row) {
            for (int column = 0; column + 1 < numbers.columns(); ++column) {
                const int a = numbers.at(0, row, column);
                const int b = numbers.at(0, row, column + 1);
                if (a != b && a != 0 && b != 0) {
                    neighbours.insert({std::min(a, b), std::max(a, b)});
                }
            }
        }
        QVERIFY(!neighbours.empty());
        const int longest = longestStraightDivide(numbers);
        QVERIFY2(longest <= 12, std::to_string(longest).c_str());
    }

    void debrisLiesOnIceBelowTheLineAloneAndMoreOfItTowardsTheEnd() {
        const auto& place = m_small.place;
        const auto patch = m_small.patchAround(m_small.whole);
        double nearEnd = 0;
        double nearEndPixels = 0;
        double upper = 0;
        double upperPixels = 0;
        for (int row = 0; row < m_small.whole.rows; ++row) {
            for (int column = 0; column < m_small.whole.columns; ++column) {
                const double debris = patch.debris.at(0, row + 80, column + 80);
                if (patch.glacier.at(0, row + 80, column + 80) == 0) {
                    QCOMPARE(debris, 0.0);
                    continue;
                }
                const double height = patch.surface.at(0, row + 80, column + 80);
                if (height > place.ice.equilibriumLine + 200) {
                    QCOMPARE(debris, 0.0);
                }
                const double length = sampled(place.basins.length, place.coarse(column), place.coarse(row));
                (length < 600 ? nearEnd : upper) += debris;
                ++(length < 600 ? nearEndPixels : upperPixels);
            }
        }
        QVERIFY(nearEndPixels > 100 && upperPixels > 100);
        QVERIFY(nearEnd / nearEndPixels > 2 * upper / upperPixels);
    }

    void aMoraineRunsDownFromWhereTwoWallsMeet() {
        // Two bowls of ice side by side flow east and meet below a spur of rock in the middle.
        const int size = 61;
        Field surface(1, size, size);
        Image<std::uint8_t> ice(1, size, size);
        for (int row = 0; row < size; ++row) {
            for (int column = 0; column < size; ++column) {
                const int off = std::abs(row - 30);
                const bool spur = column < 25 && off <= 1;
                surface.at(0, row, column) = static_cast<float>(3000 - 6 * column + (spur ? 400 : 0));
                ice.at(0, row, column) = off < 16 && !spur ? 1 : 0;
            }
        }
        const auto flow = flowLinesOf(ice, surface, 120);
        double middle = 0;
        double beside = 0;
        for (std::uint64_t seed = 1; seed <= 20; ++seed) { // not every wall crumbles
            middle += originOf(flow, seed, 120, 45, 30).stones;
            beside += originOf(flow, seed, 120, 45, 37).stones;
        }
        QVERIFY2(middle > 3 * beside + 1, (std::to_string(middle) + " " + std::to_string(beside)).c_str());
    }

    void anOriginLiesUphillOfItsPoint() {
        Field surface(1, 50, 50);
        for (int row = 0; row < 50; ++row) {
            for (int column = 0; column < 50; ++column) {
                surface.at(0, row, column) =
                    static_cast<float>(1000 - 3 * column - row); // falls east-south-east
            }
        }
        const auto flow = flowLinesOf(Image<std::uint8_t>(1, 50, 50, 1), surface, 120);
        const auto origin = originOf(flow, 1, 120, 40, 30);
        QVERIFY(origin.column < 5);
        QVERIFY(std::abs((30 - origin.row) / (40 - origin.column) - 1.0 / 3) < 0.02);
    }

    void aRetreatTakesTheEndsOfTonguesAndLeavesTheRest() {
        const Place later = retreated(m_small.place, 300);
        const Glaciers left = findLater(later, m_small.glaciers, {});
        int lost = 0;
        int kept = 0;
        int highLost = 0;
        for (int row = 0; row < m_small.whole.rows; ++row) {
            for (int column = 0; column < m_small.whole.columns; ++column) {
                const int before = m_small.glaciers.numbers.at(0, row, column);
                const int after = left.numbers.at(0, row, column);
                QVERIFY(after == 0 || after == before);
                lost += before != 0 && after == 0 ? 1 : 0;
                kept += after != 0 ? 1 : 0;
                const double length = sampled(m_small.place.basins.length, m_small.place.coarse(column),
                                              m_small.place.coarse(row));
                highLost += before != 0 && after == 0 && length > 2500 ? 1 : 0;
            }
        }
        QVERIFY2(lost > 200 && kept > 3 * lost, (std::to_string(lost) + " " + std::to_string(kept)).c_str());
        QVERIFY2(highLost < lost / 10, std::to_string(highLost).c_str());
    }

    void iceThatHasGoneLeavesLowerGround() {
        const Place later = retreated(m_small.place, 300);
        for (std::size_t i = 0; i < later.surface.values().size(); ++i) {
            QVERIFY(later.surface.values()[i] <= m_small.place.surface.values()[i] + 1e-3F);
        }
    }
};

QTEST_GUILESS_MAIN(SimulationIceTest)
#include "simulation_ice_test.moc"
