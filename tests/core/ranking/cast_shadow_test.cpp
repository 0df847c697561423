// SPDX-License-Identifier: GPL-3.0-or-later
#include "ranking/cast_shadow.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <numbers>
#include <random>

using namespace nunatak;
using namespace nunatak::ranking;

namespace {

constexpr double degree = std::numbers::pi / 180;
constexpr double pixel = 10;

/// Flat ground with a square tower of 11 pixels around the middle.
Image<float> tower(int size, float height) {
    Image<float> heights(1, size, size, 1000.0F);
    for (int row = size / 2 - 5; row <= size / 2 + 5; ++row) {
        for (int column = size / 2 - 5; column <= size / 2 + 5; ++column) {
            heights.at(0, row, column) = 1000 + height;
        }
    }
    return heights;
}

std::size_t count(const Image<std::uint8_t>& shadow) {
    return static_cast<std::size_t>(std::count(shadow.values().begin(), shadow.values().end(), 1));
}

/// Smooth hills.
Image<float> hills(int rows, int columns) {
    Image<float> heights(1, rows, columns);
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            heights.at(0, row, column) = static_cast<float>(
                400 * std::sin(column / 11.0) * std::cos(row / 8.0) + 90 * std::sin(row / 3.1));
        }
    }
    return heights;
}

/// Follows the ray of one pixel towards the sun: slow, and another way than the sweep.
bool isShaded(const Image<float>& heights, int row, int column, double azimuth, double elevation) {
    const double start = heights.at(0, row, column);
    for (double way = 0.25;; way += 0.25) {
        const double r = row - way * std::cos(azimuth * degree);
        const double c = column + way * std::sin(azimuth * degree);
        const int r0 = static_cast<int>(std::floor(r));
        const int c0 = static_cast<int>(std::floor(c));
        if (r0 < 0 || c0 < 0 || r0 + 1 >= heights.rows() || c0 + 1 >= heights.columns()) {
            return false;
        }
        const double v = r - r0;
        const double u = c - c0;
        const double ground = (1 - v) * ((1 - u) * heights.at(0, r0, c0) + u * heights.at(0, r0, c0 + 1)) +
                              v * ((1 - u) * heights.at(0, r0 + 1, c0) + u * heights.at(0, r0 + 1, c0 + 1));
        if (ground > start + way * pixel * std::tan(elevation * degree) + 0.01) {
            return true;
        }
    }
}

} // namespace

class CastShadowTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aTowersShadowIsAsLongAsItsHeightByTheTangentOfTheSunsElevation_data() {
        QTest::addColumn<double>("azimuth");
        QTest::addColumn<double>("elevation");
        for (const double azimuth : {0.0, 45.0, 90.0, 120.0, 154.0, 180.0, 213.0, 270.0, 300.0, 341.0}) {
            for (const double elevation : {15.0, 30.0, 60.0}) {
                QTest::addRow("from %.0f at %.0f", azimuth, elevation) << azimuth << elevation;
            }
        }
    }
    void aTowersShadowIsAsLongAsItsHeightByTheTangentOfTheSunsElevation() {
        QFETCH(double, azimuth);
        QFETCH(double, elevation);
        constexpr int size = 201;
        constexpr float height = 200;
        const auto shadow = castShadow(tower(size, height), pixel, azimuth, elevation);
        // Along the ray from the tower's middle away from the sun: where it leaves the tower, and where light
        // begins again.
        const double step = 0.1;
        double leaves = 0;
        double ends = 0;
        for (double way = 0; way < 95; way += step) {
            const int row = size / 2 + static_cast<int>(std::lround(way * std::cos(azimuth * degree)));
            const int column = size / 2 - static_cast<int>(std::lround(way * std::sin(azimuth * degree)));
            const bool onTower = std::abs(row - size / 2) <= 5 && std::abs(column - size / 2) <= 5;
            if (onTower) {
                leaves = way;
            } else if (shadow.at(0, row, column) != 0) {
                ends = way;
            }
        }
        const double length = (ends - leaves) * pixel;
        const double expected = height / std::tan(elevation * degree);
        QVERIFY2(std::abs(length - expected) <= 1.5 * pixel,
                 qPrintable(QString("%1 m instead of %2 m").arg(length).arg(expected)));
        // Nothing on the sunny side, and the tower's top is lit.
        const int sunny = size / 2 - static_cast<int>(std::lround(20 * std::cos(azimuth * degree)));
        const int side = size / 2 + static_cast<int>(std::lround(20 * std::sin(azimuth * degree)));
        QCOMPARE(int(shadow.at(0, sunny, side)), 0);
        QCOMPARE(int(shadow.at(0, size / 2, size / 2)), 0);
    }

    void theShadowOfAWallIsExact() {
        // A wall of 100 m in column 20, the sun in the east at 45°: nine pixels of 10 m lie in shadow, and
        // the tenth is grazed.
        Image<float> heights(1, 3, 40, 500.0F);
        for (int row = 0; row < 3; ++row) {
            heights.at(0, row, 20) = 600;
        }
        const auto shadow = castShadow(heights, pixel, 90, 45);
        for (int column = 0; column < 40; ++column) {
            QCOMPARE(int(shadow.at(0, 1, column)), column >= 11 && column < 20 ? 1 : 0);
        }
    }

    void hillsCastTheShadowsThatRaysFind_data() {
        QTest::addColumn<double>("azimuth");
        for (const double azimuth : {12.0, 77.0, 135.0, 158.0, 200.0, 250.0, 290.0, 330.0}) {
            QTest::addRow("%.0f", azimuth) << azimuth;
        }
    }
    void hillsCastTheShadowsThatRaysFind() {
        QFETCH(double, azimuth);
        const auto heights = hills(90, 130);
        const auto shadow = castShadow(heights, pixel, azimuth, 35);
        int different = 0;
        int shaded = 0;
        for (int row = 1; row < 89; ++row) {
            for (int column = 1; column < 129; ++column) {
                const bool ray = isShaded(heights, row, column, azimuth, 35);
                shaded += ray ? 1 : 0;
                different += ray != (shadow.at(0, row, column) != 0) ? 1 : 0;
            }
        }
        QVERIFY(shaded > 1000); // there is something to find
        // They differ by half a pixel along the shadows' edges.
        QVERIFY2(different < 0.03 * 88 * 128, qPrintable(QString::number(different)));
    }

    void anEvenSlopeAlongTheSunHasNoShadowOnItself() {
        // 45° of slope across a sun that does not follow the grid: steps of the lines must not cast any.
        Image<float> heights(1, 60, 60);
        const double azimuth = 117;
        for (int row = 0; row < 60; ++row) {
            for (int column = 0; column < 60; ++column) {
                const double across = column * std::cos(azimuth * degree) + row * std::sin(azimuth * degree);
                heights.at(0, row, column) = static_cast<float>(2000 + pixel * across);
            }
        }
        QCOMPARE(count(castShadow(heights, pixel, azimuth, 5)), std::size_t(0));
    }

    void slopesThatTurnAwayFromTheSunLieInShadow() {
        Image<float> heights(1, 30, 30);
        for (int row = 0; row < 30; ++row) {
            for (int column = 0; column < 30; ++column) {
                heights.at(0, row, column) =
                    static_cast<float>(2000 - pixel * row); // falls to the south at 45°
            }
        }
        QCOMPARE(count(castShadow(heights, pixel, 180, 30)), std::size_t(0));
        QCOMPARE(count(castShadow(heights, pixel, 0, 50)), std::size_t(0));
        QCOMPARE(count(castShadow(heights, pixel, 0, 40)), std::size_t(29 * 30)); // all but the crest
    }

    void stripsGiveTheShadowsOfTheWhole_data() {
        QTest::addColumn<double>("azimuth");
        for (const double azimuth : {5.0, 60.0, 90.0, 130.0, 170.0, 225.0, 280.0, 359.0}) {
            QTest::addRow("%.0f", azimuth) << azimuth;
        }
    }
    void stripsGiveTheShadowsOfTheWhole() {
        QFETCH(double, azimuth);
        const auto heights = hills(83, 70);
        const auto whole = castShadow(heights, pixel, azimuth, 20);
        ShadowSweep sweep(83, 70, pixel, azimuth, 20);
        constexpr int strip = 17;
        for (int done = 0; done < 83; done += strip) {
            const int rows = std::min(strip, 83 - done);
            const int first = sweep.beginsAtTheTop() ? done : 83 - done - rows;
            Image<float> part(1, rows + 2, 70, std::numeric_limits<float>::quiet_NaN());
            for (int i = 0; i < rows + 2; ++i) {
                const int row = first - 1 + i;
                if (row >= 0 && row < 83) {
                    std::copy_n(heights.row(0, row), 70, part.row(0, i));
                }
            }
            const auto shadow = sweep.rows(part, first);
            for (int i = 0; i < rows; ++i) {
                QVERIFY(std::equal(shadow.row(0, i), shadow.row(0, i) + 70, whole.row(0, first + i)));
            }
        }
    }

    void groundWithoutHeightNeitherCastsNorCatches() {
        auto heights = tower(101, 200);
        const auto nan = std::numeric_limits<float>::quiet_NaN();
        for (int column = 0; column < 101; ++column) {
            heights.at(0, 30, column) = nan;
        }
        const auto shadow = castShadow(heights, pixel, 180, 30);
        for (int column = 0; column < 101; ++column) {
            QCOMPARE(int(shadow.at(0, 30, column)), 0);
        }
        QCOMPARE(int(shadow.at(0, 31, 50)), 1); // 14 pixels from the tower's edge, of 35 in its shadow
        QCOMPARE(int(shadow.at(0, 29, 50)), 1); // and beyond the gap
    }

    void belowTheHorizonAllIsDarkAndOverheadNothingIs() {
        QCOMPARE(count(castShadow(tower(41, 100), pixel, 180, -1)), std::size_t(41 * 41));
        QCOMPARE(count(castShadow(tower(41, 100), pixel, 180, 90)), std::size_t(0));
    }
};

QTEST_GUILESS_MAIN(CastShadowTest)
#include "cast_shadow_test.moc"
