// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/thin_stroke.h"
#include "geo/segments.h"
#include "line_distance.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include <QtTest>

using namespace nunatak;
using tests::farthestFrom;

namespace {

/// A line as a hand leads it: a straight way with turns, and a tremble of so many units.
geo::Ring trembling(const geo::Ring& way, double tremble, double spacing, unsigned seed) {
    std::mt19937 random(seed);
    std::uniform_real_distribution<double> offset(-tremble, tremble);
    geo::Ring line;
    for (std::size_t i = 0; i + 1 < way.size(); ++i) {
        const double length = geo::distance(way[i], way[i + 1]);
        for (double at = 0; at < length; at += spacing) {
            const geo::Point point = geo::pointAlong(way[i], way[i + 1], at / length);
            line.push_back({point.x + offset(random), point.y + offset(random)});
        }
    }
    line.push_back(way.back());
    return line;
}

} // namespace

class ThinStrokeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aShakyStrokeIsThinnedToThePixelsOfThePicture() {
        const double pixel = 10;
        const geo::Ring way{{0, 0}, {600, 80}, {700, 500}, {300, 700}};
        const geo::Ring drawn = trembling(way, 0.35 * pixel, 1.5, 7);
        const geo::Ring kept = editing::thinnedStroke(drawn, pixel);
        QVERIFY(kept.front() == drawn.front() && kept.back() == drawn.back());
        QVERIFY2(kept.size() < 30, qPrintable(QString::number(kept.size()))); // of 970
        QVERIFY2(farthestFrom(kept, way) < pixel, qPrintable(QString::number(farthestFrom(kept, way))));
        QVERIFY2(farthestFrom(way, kept) < pixel, qPrintable(QString::number(farthestFrom(way, kept))));
        // A picture with smaller pixels shows more of the same hand.
        QVERIFY(editing::thinnedStroke(drawn, 2).size() > 3 * kept.size());
    }

    void aBayOfSomePixelsIsNoTremble() {
        const geo::Ring way{{0, 0}, {100, 0}, {110, 40}, {120, 0}, {220, 0}};
        const geo::Ring kept = editing::thinnedStroke(trembling(way, 1, 1.5, 3), 10);
        QVERIFY(std::any_of(kept.begin(), kept.end(),
                            [](geo::Point point) { return std::abs(point.x - 110) < 6 && point.y > 28; }));
    }

    void aSlipOfTheHandLeavesNoLoop() {
        const geo::Ring kept = editing::thinnedStroke(
            geo::Ring{{0, 0}, {50, 0}, {58, 8}, {50, 12}, {44, 4}, {60, 0}, {100, 0}, {100, 100}}, 10);
        for (std::size_t i = 0; i + 1 < kept.size(); ++i) {
            for (std::size_t k = i + 2; k + 1 < kept.size(); ++k) {
                QVERIFY(geo::meet(kept[i], kept[i + 1], kept[k], kept[k + 1]) == geo::Meeting::None);
            }
        }
        // A large one is drawn on purpose, and the gate says what it thinks of it.
        const geo::Ring loop{{0, 0}, {500, 0}, {500, 300}, {250, 300}, {250, -200}};
        QCOMPARE(editing::thinnedStroke(loop, 10).size(), std::size_t{5});
    }
};

QTEST_APPLESS_MAIN(ThinStrokeTest)
#include "thin_stroke_test.moc"
