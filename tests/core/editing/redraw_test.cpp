// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "editing/redraw.h"
#include "geo/rings.h"
#include "geo/segments.h"
#include "geo/shape_operations.h"
#include "line_distance.h"
#include "shapes.h"

#include <cmath>
#include <random>

#include <QtTest>

using namespace nunatak;
using editing::Redrawn;
using editing::Stroke;
using tests::farthestFrom;

namespace {

const geo::MultiPolygon square{{{{0, 0}, {100, 0}, {100, 100}, {0, 100}}, {}}};

/// The one outline of a layer, drawn anew.
struct Glacier {
    explicit Glacier(geo::MultiPolygon shape)
        : ref(layers.put("inventory", "Khumbu Glacier", std::move(shape))) {}

    Redrawn redrawn(const geo::Ring& line, double reach = 0, bool otherSide = false) {
        return editing::redraw(layers.draft(), ref, Stroke{line, reach, otherSide});
    }
    geo::MultiPolygon after(const geo::Ring& line, double reach = 0, bool otherSide = false) {
        return redrawn(line, reach, otherSide).edit.changes.at(0).after->geometry;
    }
    std::string refusal(const geo::Ring& line, double reach = 0, bool otherSide = false) {
        try {
            redrawn(line, reach, otherSide);
        } catch (const editing::Refused& refused) {
            return (dynamic_cast<const editing::Unfinished*>(&refused) != nullptr ? "unfinished: " : "") +
                   std::string(refused.what());
        }
        return "done";
    }

    tests::Layers layers;
    outlines::OutlineRef ref;
};

} // namespace

class RedrawTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aStrokeFromInsideAddsWhatLiesBesideIt() {
        Glacier glacier(square);
        const Redrawn redrawn = glacier.redrawn({{90, 20}, {120, 20}, {120, 80}, {90, 80}});
        const geo::MultiPolygon expected{
            {{{0, 0}, {100, 0}, {100, 20}, {120, 20}, {120, 80}, {100, 80}, {100, 100}, {0, 100}}, {}}};
        QVERIFY(redrawn.edit.changes.at(0).after->geometry == expected);
        QCOMPARE(redrawn.edit.description, std::string("Redraw Khumbu Glacier"));
        QVERIFY(redrawn.edit.then == glacier.ref);
        QVERIFY((redrawn.unused == std::vector<geo::Ring>{{{90, 20}, {100, 20}}, {{100, 80}, {90, 80}}}));
    }

    void aStrokeFromOutsideCutsOffWhatLiesBeyondAndTabTheRest() {
        Glacier glacier(square);
        const geo::Ring line{{70, -10}, {72, 50}, {70, 110}};
        const auto cut = glacier.after(line);
        QVERIFY(geo::contains(cut, {10, 50}) && !geo::contains(cut, {90, 50}));
        const auto rest = glacier.after(line, 0, true);
        QVERIFY(!geo::contains(rest, {10, 50}) && geo::contains(rest, {90, 50}));
        QVERIFY(std::abs(geo::planarArea(cut) + geo::planarArea(rest) - 10000) < 1e-9);
    }

    void whichWayTheLineIsDrawnAndWhereTheRingBeginsChangesNothing() {
        geo::MultiPolygon turned = square;
        for (int turn = 0; turn < 4; ++turn) {
            for (const bool clockwise : {false, true}) {
                geo::MultiPolygon shape = turned;
                if (clockwise) {
                    std::reverse(shape[0].outer.begin(), shape[0].outer.end());
                }
                Glacier glacier(shape);
                for (geo::Ring line : {geo::Ring{{90, 20}, {120, 20}, {120, 80}, {90, 80}},
                                       geo::Ring{{70, -10}, {70, 110}}, geo::Ring{{-5, 80}, {20, 105}}}) {
                    const auto there = glacier.after(line);
                    std::reverse(line.begin(), line.end());
                    QCOMPARE(geo::planarArea(glacier.after(line)), geo::planarArea(there));
                    QVERIFY(geo::planarArea(geo::difference(there, Glacier(square).after(line))) < 1e-9);
                }
            }
            std::rotate(turned[0].outer.begin(), turned[0].outer.begin() + 1, turned[0].outer.end());
        }
    }

    void aLineThatWindsAcrossTheOldOneReplacesAllBetweenItsFirstAndLastMeeting() {
        Glacier glacier(square);
        geo::Ring line{{10, 90}};
        for (int x = 20; x <= 80; x += 10) {
            line.push_back({static_cast<double>(x), x % 20 == 0 ? 105.0 : 95.0});
        }
        line.push_back({90, 90});
        const auto after = glacier.after(line);
        QCOMPARE(after[0].outer.size(), std::size_t{4 + 2 + 7});
        QVERIFY(geo::invalidReason(after).empty());
        QVERIFY(geo::contains(after, {20, 104}) && !geo::contains(after, {30, 96}));
    }

    void aNearlyClosedStrokeAroundTheGlacierIsItsNewLine() {
        Glacier glacier(square);
        const auto after = glacier.after(
            {{-1, 40}, {-10, 40}, {-10, -10}, {110, -10}, {110, 110}, {-10, 110}, {-10, 50}, {1, 50}}, 3);
        QVERIFY(std::abs(geo::planarArea(after) - (120 * 120 - 10 * 10)) < 1e-6);
    }

    void aLineOnOneEdgeMayTakeTheWholeRing() {
        Glacier glacier(square);
        // Both ends on the left edge; all four corners go.
        const auto after = glacier.after(
            {{1, 60}, {-10, 60}, {-10, 110}, {110, 110}, {110, -10}, {-10, -10}, {-10, 40}, {1, 40}});
        QVERIFY(std::abs(geo::planarArea(after) - (120 * 120 - 10 * 20)) < 1e-6);
        QVERIFY(geo::invalidReason(after).empty());
    }

    void endsNearTheLineAreOnItBitByBit() {
        Glacier glacier(square);
        const auto after = glacier.after({{103, 33.3}, {120, 50}, {104, 98.9}}, 6);
        // The end goes to the corner beside it.
        const geo::MultiPolygon expected{
            {{{0, 0}, {100, 0}, {100, 33.3}, {120, 50}, {100, 100}, {0, 100}}, {}}};
        QVERIFY(after == expected);
        QCOMPARE(glacier.refusal({{107, 33.3}, {120, 50}, {107, 98.9}}, 6),
                 std::string("unfinished: The line misses the outline."));
    }

    void aHandThatTremblesAsItSetsOffIsUnderstood() {
        Glacier glacier(square);
        const geo::Ring line{{99, 50}, {101, 48}, {101, 47}, {99, 46},
                             {99, 45}, {110, 44}, {130, 60}, {90, 90}};
        const auto after = glacier.after(line, 12);
        QVERIFY(geo::contains(after, {10, 10}) && geo::contains(after, {110, 60}));
        QVERIFY(geo::planarArea(after) > 10000);
    }

    void theLineOfAHoleIsDrawnAnewAsAnyOther() {
        Glacier glacier(tests::withHoleAndPart);
        const double before = geo::planarArea(tests::withHoleAndPart);
        const auto larger = glacier.after({{45, 55}, {45, 65}, {55, 65}, {55, 55}});
        QCOMPARE(geo::planarArea(larger), before - 10 * 5);
        const auto smaller = glacier.after({{45, 35}, {45, 65}}); // from ice through the hole to ice
        QCOMPARE(geo::planarArea(smaller), before + 5 * 20);
        QVERIFY(smaller[0].outer == tests::withHoleAndPart[0].outer);
    }

    void aHoleGoesWithThePieceThatIsCutOff() {
        Glacier glacier(tests::withHoleAndPart);
        const auto after = glacier.after({{30, -10}, {30, 110}}, 0, true);
        QCOMPARE(after.size(), std::size_t{2});
        QVERIFY(after[0].holes.empty());
        QCOMPARE(geo::planarArea(after), 3000.0 + 10000.0);
    }

    void aHoleThatIsCrossedIsOpenedAndOtherLinesStayAsTheyAre() {
        Glacier glacier(tests::withHoleAndPart);
        const auto after = glacier.after({{45, -10}, {45, 110}});
        QCOMPARE(after.size(), std::size_t{2});
        QVERIFY(after[0].holes.empty());
        QCOMPARE(geo::planarArea(after), 5500.0 - 15 * 20 + 10000);
        QVERIFY(after[0].outer.front() == (geo::Point{100, 0})); // the first corner that stays
        QVERIFY(after[1] == tests::withHoleAndPart[1]);
    }

    void aStrokeThereAndBackJoinsTwoParts() {
        Glacier glacier(tests::withHoleAndPart);
        const auto after = glacier.after({{90, 20}, {210, 20}, {210, 80}, {90, 80}});
        QCOMPARE(after.size(), std::size_t{1});
        QCOMPARE(after[0].holes.size(), std::size_t{1});
        QCOMPARE(geo::planarArea(after), 20000.0 - 400 + 100 * 60);
        QVERIFY(after[0].outer.front() == (geo::Point{0, 0}));
    }

    void aPartThatTheLineGoesAroundIsTakenInWithItsHoles() {
        geo::MultiPolygon shape = tests::withHoleAndPart;
        shape[1].holes.push_back({{240, 40}, {260, 40}, {260, 60}, {240, 60}});
        Glacier glacier(shape);
        const auto after =
            glacier.after({{90, 10}, {150, -20}, {350, -20}, {350, 120}, {150, 120}, {90, 90}});
        QCOMPARE(after.size(), std::size_t{1});
        QCOMPARE(after[0].holes.size(), std::size_t{2});
        QVERIFY(geo::invalidReason(after).empty());
        QVERIFY(!geo::contains(after, {250, 50}) && geo::contains(after, {210, 50}));
    }

    void oneStrokeCutsSeveralPartsOnOneSideOfIt() {
        geo::MultiPolygon shape = tests::withHoleAndPart;
        shape[0].holes.clear();
        Glacier glacier(shape);
        // Of the second part less lies below the line; of both together less lies above it.
        const auto after = glacier.after({{-10, 90}, {310, 40}});
        QCOMPARE(after.size(), std::size_t{2});
        QVERIFY(geo::contains(after, {50, 50}) && !geo::contains(after, {50, 95}));
        QVERIFY(geo::contains(after, {250, 10}) && !geo::contains(after, {250, 90}));
        const auto other = glacier.after({{-10, 90}, {310, 40}}, 0, true);
        QVERIFY(!geo::contains(other, {50, 50}) && geo::contains(other, {50, 95}));
        QVERIFY(!geo::contains(other, {250, 10}) && geo::contains(other, {250, 90}));
    }

    void whatSaysTooLittleIsUnfinishedAndWhatCannotBeIsRefused() {
        Glacier glacier(tests::withHoleAndPart);
        QCOMPARE(glacier.refusal({{10, 10}}), std::string("unfinished: A line needs two points."));
        QCOMPARE(glacier.refusal({{10, 10}, {20, 20}}),
                 std::string("unfinished: The line misses the outline."));
        QCOMPARE(glacier.refusal({{10, 10}, {10, -20}}), std::string("unfinished: The line must come back."));
        // From the outer line to the hole's, and from one part to another.
        QCOMPARE(glacier.refusal({{50, -10}, {50, 50}}), std::string("unfinished: The line must come back."));
        QCOMPARE(glacier.refusal({{90, 50}, {210, 50}}), std::string("unfinished: The line must come back."));
        QCOMPARE(glacier.refusal(
                     {{90, 20}, {120, 20}, {120, 60}, {110, 60}, {110, 10}, {130, 10}, {130, 80}, {90, 80}}),
                 std::string("The line would cross itself."));
        QCOMPARE(glacier.refusal({{10, 95}, {20, 105}, {30, 95}, {40, 105}, {50, 90}}, 0, true),
                 std::string("There is no other side."));
        QVERIFY_EXCEPTION_THROWN(glacier.redrawn({{10, 10}, {NAN, 3}}), Error);
        try {
            glacier.redrawn({{10, 10}, {10, -20}});
            QFAIL("was let pass");
        } catch (const editing::Unfinished& refused) {
            QVERIFY(refused.place() == (geo::Point{10, 0}));
        }
    }

    void whateverIsDrawnTheOutlineStaysValidAndTheRestOfItAsItIs() {
        std::mt19937 random(15);
        std::uniform_real_distribution<double> where(-1700, 1700);
        std::uniform_int_distribution<int> turns(2, 7);
        const geo::MultiPolygon before = tests::manyRings();
        int done = 0;
        std::map<std::string, int> refusals;
        for (int i = 0; i < 4000; ++i) {
            Glacier glacier(before);
            geo::Ring line;
            for (int k = turns(random); k > 0; --k) {
                line.push_back({500000 + where(random), 5000000 + where(random) * 0.8});
            }
            const double reach = i % 3 == 0 ? 40 : 0;
            const bool otherSide = i % 5 == 0;
            const auto refusal = glacier.refusal(line, reach, otherSide);
            if (refusal != "done") {
                ++refusals[refusal];
                continue;
            }
            ++done;
            const auto after = glacier.after(line, reach, otherSide);
            const auto reason = geo::invalidReason(after);
            QVERIFY2(reason.empty(), reason.c_str());
            // Each vertex is one of before, or lies on the stroke or where it met the line.
            geo::forEachVertex(after, [&](const geo::VertexId&, geo::Point point) {
                bool isKnown = false;
                geo::forEachVertex(
                    before, [&](const geo::VertexId&, geo::Point old) { isKnown = isKnown || old == point; });
                isKnown = isKnown || farthestFrom({point}, line) < 1e-6 ||
                          (reach > 0 && geo::distanceToBoundary(before, point) < 1e-6);
                QVERIFY(isKnown);
            });
        }
        QVERIFY2(done > 1000, qPrintable(QString::number(done)));
        QVERIFY(refusals["The line would cross itself."] > 10);
    }
};

QTEST_APPLESS_MAIN(RedrawTest)
#include "redraw_test.moc"
