// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/slope.h"

#include <QtTest>

#include <cmath>
#include <functional>
#include <limits>
#include <numbers>

using namespace nunatak;
using namespace nunatak::scene;

namespace {

constexpr float nothing = std::numeric_limits<float>::quiet_NaN();

Image<float> heights(int rows, int columns, const std::function<double(int, int)>& height) {
    Image<float> image(1, rows, columns);
    for (int r = 0; r < rows; ++r) {
        for (int c = 0; c < columns; ++c) {
            image.at(0, r, c) = static_cast<float>(height(r, c));
        }
    }
    return image;
}

bool close(double a, double b, double tolerance) {
    return std::abs(a - b) <= tolerance;
}

} // namespace

class SlopeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aPlaneHasOneSlopeUpToItsEdges() {
        const Image<float> slope =
            hornSlope(heights(12, 9, [](int r, int c) { return 30 * c + 40 * r; }), 100);
        for (const float value : slope.values()) {
            QVERIFY(close(value, std::atan(0.5) * 180 / std::numbers::pi, 1e-4));
        }
        const Image<float> flat = hornSlope(Image<float>(1, 5, 5, 2000.F), 30);
        for (const float value : flat.values()) {
            QCOMPARE(value, 0.0F);
        }
    }

    void aPeakIsWeightedAsHornDid() {
        // Horn (1981): neighbours in line count twice. East of a single peak of 8 m: dz/dx = -2·8 / (8·10).
        const Image<float> slope =
            hornSlope(heights(5, 5, [](int r, int c) { return r == 2 && c == 2 ? 8.0 : 0.0; }), 10);
        const double inLine = std::atan(0.2) * 180 / std::numbers::pi;
        const double diagonal = std::atan(std::hypot(0.1, 0.1)) * 180 / std::numbers::pi;
        QVERIFY(close(slope.at(0, 2, 3), inLine, 1e-4));
        QVERIFY(close(slope.at(0, 1, 2), inLine, 1e-4));
        QVERIFY(close(slope.at(0, 3, 3), diagonal, 1e-4));
        QCOMPARE(slope.at(0, 2, 2), 0.0F);
        QCOMPARE(slope.at(0, 0, 0), slope.at(0, 1, 1)); // the edge has its nearest inner pixel's
    }

    void voidsStayVoidsAndDoNotSteepenTheirSurroundings() {
        const Image<float> slope = hornSlope(
            heights(9, 9, [](int r, int c) { return r == 4 && c == 4 ? nothing : 2000.0 + 10 * c; }), 100);
        QVERIFY(std::isnan(slope.at(0, 4, 4)));
        for (int r = 0; r < 9; ++r) {
            for (int c = 0; c < 9; ++c) {
                if (r != 4 || c != 4) {
                    QVERIFY2(close(slope.at(0, r, c), 5.7106, 1e-3),
                             qPrintable(QString("%1 at %2, %3").arg(slope.at(0, r, c)).arg(r).arg(c)));
                }
            }
        }
    }

    void tooFewPixelsHaveNoSlope() {
        const Image<float> slope = hornSlope(Image<float>(1, 2, 7, 5.F), 30);
        for (const float value : slope.values()) {
            QVERIFY(std::isnan(value));
        }
    }
};

QTEST_APPLESS_MAIN(SlopeTest)
#include "slope_test.moc"
