// SPDX-License-Identifier: GPL-3.0-or-later
// Lines drawn anew where neighbours share them.
#include "editing/boundaries.h"
#include "editing/gate.h"
#include "editing/holes.h"
#include "editing/redraw.h"
#include "geo/rings.h"
#include "geo/segments.h"
#include "geo/shape_operations.h"
#include "planar_layers.h"
#include "shapes.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <random>

#include <QtTest>

using namespace nunatak;
using editing::Stroke;

namespace {

const geo::MultiPolygon square{{{{0, 0}, {100, 0}, {100, 100}, {0, 100}}, {}}};

} // namespace

class RedrawNeighboursTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLineThatIsSharedIsDrawnForBoth() {
        tests::Layers layers;
        const auto west =
            layers.put("inventory", "west", {{{{0, 0}, {100, 0}, {100, 50}, {100, 100}, {0, 100}}, {}}});
        layers.put("inventory", "east", {{{{100, 50}, {100, 0}, {200, 0}, {200, 100}, {100, 100}}, {}}});
        // From the west into the east, and from the east into the west.
        for (const double x : {120.0, 80.0}) {
            const geo::Ring line{{200 - x, 20}, {x, 20}, {x, 80}, {200 - x, 80}};
            const auto edit = editing::redraw(layers.draft(), west, {line}).edit;
            QCOMPARE(edit.description, std::string("Redraw west and its neighbour"));
            QCOMPARE(edit.changes.size(), std::size_t{2});
            double sum = 0;
            for (const auto& change : edit.changes) {
                const auto& shape = change.after->geometry;
                const double wanted = 10000 + (change.after->name == "west" ? 60 : -60) * (x - 100);
                QVERIFY(std::abs(geo::planarArea(shape) - wanted) < 1e-9);
                sum += geo::planarArea(shape);
                for (const geo::Point point : {geo::Point{100, 20}, geo::Point{x, 20}, geo::Point{100, 80}}) {
                    const auto& ring = shape.front().outer;
                    QVERIFY(std::find(ring.begin(), ring.end(), point) != ring.end());
                }
            }
            QVERIFY(std::abs(sum - 20000) < 1e-9);
        }
        const geo::Ring into{{80, 20}, {120, 20}, {120, 80}, {80, 80}};
        QVERIFY_EXCEPTION_THROWN(editing::redraw(layers.draft(), west, {into}, editing::Neighbours::Alone),
                                 editing::Refused);
        const geo::Ring outOf{{120, 20}, {80, 20}, {80, 80}, {120, 80}};
        const auto alone = editing::redraw(layers.draft(), west, {outOf}, editing::Neighbours::Alone).edit;
        QCOMPARE(alone.changes.size(), std::size_t{1}); // a gap
    }

    void withoutOverlapItStopsAtTheNeighboursLine() {
        tests::Layers layers;
        const auto west = layers.put("inventory", "west", square);
        layers.put("inventory", "east", {{{{120, 0}, {220, 0}, {220, 100}, {120, 100}}, {}}});
        const geo::Ring into{{90, 20}, {150, 20}, {160, 80}, {90, 80}};
        QVERIFY_EXCEPTION_THROWN(editing::redraw(layers.draft(), west, {into}), editing::Refused);
        const auto edit = editing::redraw(layers.draft(), west, {into}, editing::Neighbours::NoOverlap).edit;
        const geo::MultiPolygon expected{
            {{{0, 0}, {100, 0}, {100, 20}, {120, 20}, {120, 80}, {100, 80}, {100, 100}, {0, 100}}, {}}};
        QVERIFY(edit.changes.at(0).after->geometry == expected);
        // The line is one: where it comes to the neighbour's there is a vertex of both.
        const geo::MultiPolygon beside{
            {{{120, 0}, {220, 0}, {220, 100}, {120, 100}, {120, 80}, {120, 20}}, {}}};
        QVERIFY(edit.changes.at(1).after->geometry == beside);
        // Through it and out again: nothing stays beyond.
        const geo::Ring through{{90, 20}, {300, 20}, {300, 80}, {90, 80}};
        const auto cut =
            editing::redraw(layers.draft(), west, {through}, editing::Neighbours::NoOverlap).edit;
        QVERIFY(cut.changes.at(0).after->geometry == expected);
        // Around it: a hole.
        const geo::Ring around{{90, 20}, {110, -20}, {250, -20}, {250, 120}, {90, 120}, {90, 90}};
        const auto hole =
            editing::redraw(layers.draft(), west, {around}, editing::Neighbours::NoOverlap).edit;
        QCOMPARE(hole.changes.size(), std::size_t{1});
        QCOMPARE(hole.changes.at(0).after->geometry.at(0).holes.size(), std::size_t{1});
        // Away from neighbours it is as alone.
        const geo::Ring off{{20, 90}, {20, 120}, {80, 120}, {80, 90}};
        QVERIFY(editing::redraw(layers.draft(), west, {off}, editing::Neighbours::NoOverlap)
                    .edit.changes.at(0)
                    .after->geometry ==
                editing::redraw(layers.draft(), west, {off}, editing::Neighbours::Alone)
                    .edit.changes.at(0)
                    .after->geometry);
    }

    void acrossAHoleTheNeighbourGetsTheIceThatIsBehindIt() {
        tests::Layers layers;
        const auto west = layers.put("inventory", "west",
                                     {{{{0, 0}, {100, 0}, {100, 50}, {100, 100}, {0, 100}},
                                       {{{70, 40}, {90, 40}, {90, 60}, {70, 60}}}}});
        const auto east =
            layers.put("inventory", "east", {{{{100, 50}, {100, 0}, {200, 0}, {200, 100}, {100, 100}}, {}}});
        const Stroke across{{{110, 20}, {80, 20}, {80, 80}, {110, 80}}};
        const auto edit = editing::redraw(layers.draft(), west, across).edit;
        QCOMPARE(edit.changes.size(), std::size_t{2});
        const auto& now = edit.changes.at(0).after->geometry;
        const auto& beside = edit.changes.at(1).after->geometry;
        // The hole lies between both then: a bay of either.
        const geo::MultiPolygon expected{{{{0, 0},
                                           {100, 0},
                                           {100, 20},
                                           {80, 20},
                                           {80, 40},
                                           {70, 40},
                                           {70, 60},
                                           {80, 60},
                                           {80, 80},
                                           {100, 80},
                                           {100, 100},
                                           {0, 100}},
                                          {}}};
        QVERIFY(now == expected);
        QVERIFY(geo::invalidReason(beside).empty());
        QCOMPARE(geo::planarArea(beside), 10000.0 + 20 * 60 - 10 * 20);
        for (const geo::Point corner : {geo::Point{80, 40}, geo::Point{90, 40}, geo::Point{90, 60}}) {
            const auto& ring = beside.front().outer;
            QVERIFY(std::find(ring.begin(), ring.end(), corner) != ring.end());
        }
        // From the other side it is the neighbour that adds, around the hole of the other.
        const auto alone = editing::redraw(layers.draft(), west, across, editing::Neighbours::Alone).edit;
        QVERIFY(alone.changes.at(0).after->geometry == now);
        QCOMPARE(alone.changes.size(), std::size_t{1});
        static_cast<void>(east);
    }

    void acrossAHoleWithNoOverlapTheNeighbourStaysAndTheLineStopsAtIt() {
        tests::Layers layers;
        const auto west = layers.put("inventory", "west",
                                     {{{{0, 0}, {100, 0}, {100, 50}, {100, 100}, {0, 100}},
                                       {{{70, 40}, {90, 40}, {90, 60}, {70, 60}}}}});
        const auto east =
            layers.put("inventory", "east", {{{{100, 50}, {100, 0}, {200, 0}, {200, 100}, {100, 100}}, {}}});
        // Over the hole, and farther on into the neighbour.
        const Stroke across{{{80, -10}, {80, 70}, {130, 70}, {130, 90}, {95, 90}}};
        QVERIFY_EXCEPTION_THROWN(editing::redraw(layers.draft(), west, across, editing::Neighbours::Alone),
                                 editing::Refused);
        const auto edit = editing::redraw(layers.draft(), west, across, editing::Neighbours::NoOverlap).edit;
        QCOMPARE(edit.description, std::string("Redraw west"));
        layers.commit(edit);
        const geo::MultiPolygon now = layers.draft().require(west)->geometry;
        const geo::MultiPolygon beside = layers.draft().require(east)->geometry;
        QVERIFY(geo::invalidReason(now).empty());
        QVERIFY(now.front().holes.empty()); // a bay now
        QCOMPARE(geo::planarArea(beside), 10000.0);
        QVERIFY(geo::planarArea(geo::intersection(now, beside)) < 1e-6);
        QCOMPARE(geo::planarArea(now), 10000.0 - 20 * 70 - 10 * 20);
    }

    void aLineAtTheNeighboursAlreadySaysSo() {
        tests::Layers layers;
        const auto west = layers.put("inventory", "west", {{{{0, 0}, {100, 0}, {100, 100}, {0, 100}}, {}}});
        layers.put("inventory", "east", {{{{100, 0}, {200, 0}, {200, 100}, {100, 100}}, {}}});
        try {
            editing::redraw(layers.draft(), west, {{{90, 20}, {120, 20}, {120, 80}, {90, 80}}},
                            editing::Neighbours::NoOverlap);
            QFAIL("It is not refused.");
        } catch (const editing::Refused& refused) {
            QCOMPARE(std::string(refused.what()), std::string("The line is at its neighbour's already."));
        }
    }

    void aNeighbourThatOnlyGetsAVertexIsNotSpokenOf() {
        tests::Layers layers;
        const auto west = layers.put("inventory", "west", {{{{0, 0}, {100, 0}, {100, 100}, {0, 100}}, {}}});
        const auto east =
            layers.put("inventory", "east", {{{{100, 0}, {200, 0}, {200, 100}, {100, 100}}, {}}});
        const auto edit = editing::cutHole(layers.draft(), west, {{90, 40}, {110, 40}, {110, 60}, {90, 60}},
                                           editing::Neighbours::NoOverlap)
                              .edit;
        QCOMPARE(edit.changes.size(), std::size_t{2});
        QCOMPARE(edit.changes[1].after->uuid, east.uuid);
        QVERIFY2(edit.description.ends_with(" west"), edit.description.c_str());
    }

    void whatFillsTheHoleStaysAndSharesItsLineWithBoth() {
        tests::Layers layers;
        const geo::Ring nunatak{{70, 40}, {90, 40}, {90, 60}, {70, 60}};
        const auto west = layers.put("inventory", "west",
                                     {{{{0, 0}, {100, 0}, {100, 50}, {100, 100}, {0, 100}}, {nunatak}}});
        layers.put("inventory", "east", {{{{100, 50}, {100, 0}, {200, 0}, {200, 100}, {100, 100}}, {}}});
        layers.put("inventory", "inner", {{nunatak, {}}});
        const Stroke across{{{110, 20}, {80, 20}, {80, 80}, {110, 80}}};
        const auto edit = editing::redraw(layers.draft(), west, across).edit;
        QCOMPARE(edit.changes.size(), std::size_t{3});
        double sum = 0;
        for (const auto& change : edit.changes) {
            sum += geo::planarArea(change.after->geometry);
            const auto& ring = change.after->geometry.front().outer;
            for (const geo::Point point : {geo::Point{80, 40}, geo::Point{80, 60}}) {
                QVERIFY(std::find(ring.begin(), ring.end(), point) != ring.end());
            }
        }
        QCOMPARE(sum, 20000.0);
    }

    void aDivideThatIsLedToWhatFillsTheHoleEndsInAVertexOfIt() {
        tests::Layers layers;
        const geo::Ring nunatak{{70, 40}, {90, 40}, {90, 60}, {70, 60}};
        const auto west = layers.put("inventory", "west",
                                     {{{{0, 0}, {100, 0}, {100, 50}, {100, 100}, {0, 100}}, {nunatak}}});
        layers.put("inventory", "south", {{{{100, 0}, {200, 0}, {200, 50}, {100, 50}}, {}}});
        layers.put("inventory", "north", {{{{100, 50}, {200, 50}, {200, 100}, {100, 100}}, {}}});
        layers.put("inventory", "inner", {{nunatak, {}}});
        const Stroke across{{{110, 20}, {80, 20}, {80, 80}, {110, 80}}};
        layers.commit(editing::redraw(layers.draft(), west, across).edit);
        const auto owners = editing::ownersOf(layers.draft(), "inventory", {90, 50});
        QCOMPARE(owners.size(), std::size_t{3});
        QCOMPARE(owners.front().ref.uuid, std::string("inner"));
        double sum = 0;
        for (const auto& outline : layers.all["inventory"].all()) {
            sum += geo::planarArea(outline->geometry);
        }
        QCOMPARE(sum, 20000.0);
    }

    void aHoleThatGrowsOverAnotherLeavesThatOneEmpty() {
        tests::Layers layers;
        const geo::Ring hole{{20, 40}, {40, 40}, {40, 60}, {20, 60}};
        const auto outer = layers.put(
            "inventory", "outer",
            {{{{0, 0}, {100, 0}, {100, 100}, {0, 100}}, {hole, {{60, 45}, {80, 45}, {80, 55}, {60, 55}}}}});
        layers.put("inventory", "inner", {{hole, {}}});
        // From the hole's line east, through the other one and back.
        const Stroke line{{{30, 42}, {70, 42}, {70, 58}, {30, 58}}};
        const auto edit = editing::redraw(layers.draft(), outer, line).edit;
        QCOMPARE(edit.changes.size(), std::size_t{2});
        const auto& now = edit.changes.at(0).after->geometry;
        const auto& inner = edit.changes.at(1).after->geometry;
        QVERIFY(geo::invalidReason(now).empty() && geo::invalidReason(inner).empty());
        QCOMPARE(geo::planarArea(inner), 400.0 + 30 * 16 - 10 * 10);
        QCOMPARE(geo::planarArea(now), 10000.0 - 400 - 200 - (30 * 16 - 10 * 10));
    }

    void whereItMeetsTheHoleAgainOrJoinsPartsItSaysSo() {
        tests::Layers layers;
        // A hole like a C that opens away from the neighbour: ice in it would be cut off from both.
        const geo::Ring hole{{50, 30}, {90, 30}, {90, 70}, {50, 70}, {50, 60}, {80, 60}, {80, 40}, {50, 40}};
        const auto west = layers.put("inventory", "west",
                                     {{{{0, 0}, {100, 0}, {100, 50}, {100, 100}, {0, 100}}, {hole}},
                                      {{{300, 0}, {400, 0}, {400, 100}, {300, 100}}, {}}});
        layers.put("inventory", "east", {{{{100, 50}, {100, 0}, {200, 0}, {200, 100}, {100, 100}}, {}}});
        const auto refusal = [&](const geo::Ring& line) {
            try {
                editing::redraw(layers.draft(), west, Stroke{line});
            } catch (const editing::Refused& refused) {
                return std::string(refused.what());
            }
            return std::string("done");
        };
        QCOMPARE(refusal({{90, 10}, {350, 10}, {350, 90}, {90, 90}}),
                 std::string("Neighbours share this: parts do not join."));
        QCOMPARE(refusal({{110, 20}, {85, 20}, {85, 80}, {110, 80}}), std::string("done"));
        QCOMPARE(refusal({{110, 20}, {70, 20}, {70, 80}, {110, 80}}),
                 std::string("Neighbours share this: cross a hole once."));
    }

    void betweenNeighboursEveryLineIsRefusedOrLeavesAllValidAndApart() {
        constexpr double noArea = 1e-3;
        std::array<int, 3> done{};
        for (unsigned seed = 0; seed < 60; ++seed) {
            tests::Layers layers;
            tests::PlanarLayer(seed).make(layers, "inventory");
            std::mt19937 random(seed);
            const auto between = [&random](double least, double most) {
                return std::uniform_real_distribution<double>(least, most)(random);
            };
            for (int i = 0; i < 12; ++i) {
                const auto all = layers.all["inventory"].all();
                const auto& outline = all[static_cast<std::size_t>(random() % all.size())];
                const geo::Ring& ring = outline->geometry.front().outer;
                const geo::Extent extent = geo::extentOf({{ring, {}}});
                // Along a stretch of its line, ends on it or beside it.
                const double aside = between(0.01, 0.4) * std::max(extent.width(), extent.height());
                const double start = between(0, static_cast<double>(ring.size()));
                const double length = between(0.3, static_cast<double>(ring.size()) / 2);
                const bool isOnLine = random() % 3 == 0;
                const int count = static_cast<int>(between(3, 9));
                geo::Ring line;
                for (int k = 0; k <= count; ++k) {
                    const double at = start + length * k / count;
                    const auto edge = static_cast<std::size_t>(at);
                    geo::Point point = geo::pointAlong(ring[edge % ring.size()],
                                                       ring[(edge + 1) % ring.size()], at - std::floor(at));
                    if (!isOnLine || (k > 0 && k < count)) {
                        point = {point.x + between(-aside, aside), point.y + between(-aside, aside)};
                    }
                    line.push_back(point);
                }
                const auto neighbours =
                    std::array{editing::Neighbours::Together, editing::Neighbours::NoOverlap,
                               editing::Neighbours::Alone}[random() % 3];
                editing::Edit edit;
                try {
                    edit = editing::redraw(layers.draft(), {"inventory", outline->uuid},
                                           Stroke{line, isOnLine ? 0.1 * aside : 0.0}, neighbours)
                               .edit;
                } catch (const editing::Refused&) {
                    continue;
                }
                ++done[static_cast<std::size_t>(neighbours)];
                const std::string where = "layer " + std::to_string(seed) + ", line " + std::to_string(i);
                tests::Layers after;
                after.all = layers.all;
                after.commit(edit);
                for (const auto& change : edit.changes) {
                    if (!change.after) {
                        continue;
                    }
                    QVERIFY2(geo::invalidReason(change.after->geometry).empty() ||
                                 !geo::invalidReason(change.before->geometry).empty(),
                             where.c_str());
                    for (const auto& other : after.all["inventory"].in(change.after->extent())) {
                        const auto was = layers.all["inventory"].find(other->uuid);
                        if (other->uuid == change.after->uuid) {
                            continue;
                        }
                        const double now =
                            geo::planarArea(geo::intersection(other->geometry, change.after->geometry));
                        const double then =
                            geo::planarArea(geo::intersection(was->geometry, change.before->geometry));
                        QVERIFY2(now <= then + noArea, where.c_str());
                    }
                }
                layers.commit(edit);
            }
        }
        for (const int count : done) {
            QVERIFY2(count > 40, qPrintable(QString::number(count)));
        }
    }
};

QTEST_APPLESS_MAIN(RedrawNeighboursTest)
#include "redraw_neighbours_test.moc"
