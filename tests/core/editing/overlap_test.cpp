// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/gate.h"
#include "editing/ground_change.h"
#include "editing/move_vertex.h"
#include "editing/region.h"
#include "editing/remove_vertices.h"
#include "editing/reshape.h"
#include "geo/shape_operations.h"
#include "shared_layers.h"

#include <QtTest>

#include <algorithm>
#include <random>

using namespace nunatak;
using editing::Edit;
using editing::Line;
using editing::Neighbours;
using geo::Ring;
using tests::isPlanar;
using tests::messageOf;
using tests::polygon;
using tests::shapeOf;
using tests::Two;

class OverlapTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void noEditMakesAnOverlap() {
        tests::Layers layers;
        const auto a = layers.put("inventory", "a", polygon({{0, 0}, {100, 0}, {100, 100}, {0, 100}}));
        layers.put("inventory", "b", polygon({{150, 0}, {250, 0}, {250, 100}, {150, 100}}));
        layers.put("inventory", "islet", polygon({{110, 40}, {120, 40}, {120, 50}, {110, 50}}));
        try {
            editing::moveVertex(layers.draft(), a, {0, 0, 1}, {200, 50});
            QFAIL("was let pass");
        } catch (const editing::Refused& refused) {
            QCOMPARE(std::string(refused.what()), std::string("It would overlap b."));
            QVERIFY(refused.place().has_value());
        }
        // Run over as a whole, without a line that crosses.
        QCOMPARE(messageOf([&] {
                     auto draft = layers.draft();
                     editing::reshape(draft, a, {{0, 0, 1, 2, {{130, -50}, {140, 150}}}},
                                      Neighbours::Together, Line::Another);
                 }),
                 std::string("It would overlap islet."));
        layers.all["inventory"].remove("islet");
        // To touch is no overlap, in a vertex or on an edge.
        QVERIFY(messageOf([&] { editing::moveVertex(layers.draft(), a, {0, 0, 1}, {150, 0}); }).empty());
        QVERIFY(messageOf([&] { editing::moveVertex(layers.draft(), a, {0, 0, 1}, {150, 30}); }).empty());
        // Through a vertex into it.
        QCOMPARE(messageOf([&] {
                     auto draft = layers.draft();
                     editing::reshape(draft, a, {{0, 0, 1, 1, {{110, -10}, {150, 0}, {200, 50}, {150, 100}}}},
                                      Neighbours::Alone, Line::Another);
                 }),
                 std::string("It would overlap b."));
        // Into it as a whole.
        layers.put("inventory", "islet", polygon({{110, 40}, {120, 40}, {120, 50}, {110, 50}}));
        QCOMPARE(messageOf([&] {
                     editing::moveVertices(layers.draft(), {"inventory", "islet"},
                                           {{0, 0, 0}, {0, 0, 1}, {0, 0, 2}, {0, 0, 3}}, {80, 0});
                 }),
                 std::string("It would overlap b."));
    }

    void aHoleThatAnOutlineLiesInIsNotFilled() {
        tests::Layers layers;
        const Ring hole{{40, 40}, {60, 40}, {60, 60}, {40, 60}};
        const auto outer =
            layers.put("inventory", "outer", polygon({{0, 0}, {100, 0}, {100, 100}, {0, 100}}, {hole}));
        layers.put("inventory", "inner", polygon({{60, 60}, {40, 60}, {40, 40}, {60, 40}}));
        QCOMPARE(
            messageOf([&] {
                editing::removeVertices(layers.draft(), outer, {{0, 1, 0}, {0, 1, 1}, {0, 1, 2}, {0, 1, 3}});
            }),
            std::string("It would overlap inner."));
    }

    void whatOverlapsAlreadyCanBeDrawnApart() {
        tests::Layers layers;
        const auto a =
            layers.put("inventory", "a", polygon({{0, 0}, {120, 0}, {130, 50}, {120, 100}, {0, 100}}));
        layers.put("inventory", "b", polygon({{100, 10}, {200, 10}, {200, 90}, {100, 90}}));
        // A place more where the lines cross is no ground more.
        QVERIFY(messageOf([&] { editing::moveVertex(layers.draft(), a, {0, 0, 2}, {90, 50}); }).empty());
        layers.commit(editing::moveVertex(layers.draft(), a, {0, 0, 2}, {125, 50}));
        layers.commit(editing::moveVertex(layers.draft(), a, {0, 0, 1}, {90, 0}));
        layers.commit(editing::moveVertex(layers.draft(), a, {0, 0, 3}, {90, 100}));
        layers.commit(editing::moveVertex(layers.draft(), a, {0, 0, 2}, {90, 50}));
        QVERIFY(isPlanar(layers));
    }

    void groundThatTwoHadAlreadyIsNoReasonAndNewGroundElsewhereIs() {
        tests::Layers layers;
        const auto a =
            layers.put("inventory", "a", polygon({{0, 0}, {120, 0}, {130, 50}, {120, 100}, {0, 100}}));
        layers.put("inventory", "b", polygon({{100, 10}, {200, 10}, {200, 90}, {100, 90}}));
        const auto drawn = [&](const Ring& line) {
            return messageOf([&] {
                auto draft = layers.draft();
                editing::reshape(draft, a, {{0, 0, 1, 3, line}}, Neighbours::Alone, Line::Another);
            });
        };
        // Two spurs into the other, where it was its ground, too, or farther.
        QCOMPARE(drawn({{90, 0}, {90, 30}, {115, 35}, {90, 40}, {90, 60}, {115, 65}, {90, 70}, {90, 100}}),
                 std::string());
        QCOMPARE(drawn({{90, 0}, {90, 30}, {150, 35}, {90, 40}, {90, 60}, {115, 65}, {90, 70}, {90, 100}}),
                 std::string("It would overlap b."));
        // Taken off at the other's line.
        auto draft = layers.draft();
        const auto off = polygon({{90, 40}, {110, 40}, {110, 60}, {90, 60}});
        editing::layRegion(draft, a, off, editing::Ground::Remove, Neighbours::Alone);
        QCOMPARE(geo::planarArea(geo::intersection(draft.require(a)->geometry, off)), 0.0);
    }

    void whatOverlapsAlreadyOverlapsNoMore() {
        tests::Layers layers;
        const auto a =
            layers.put("inventory", "a", polygon({{0, 0}, {120, 0}, {130, 50}, {120, 100}, {0, 100}}));
        layers.put("inventory", "b", polygon({{100, 10}, {200, 10}, {200, 90}, {100, 90}}));
        const auto moved = [&](const geo::VertexId& vertex, geo::Point to, Neighbours neighbours) {
            return messageOf([&] { editing::moveVertex(layers.draft(), a, vertex, to, neighbours); });
        };
        for (const Neighbours neighbours : {Neighbours::Together, Neighbours::Alone}) {
            // As many lines cross as before, and more ground is of both: a vertex within the other, one
            // beside it, and one that leaves it on its other side.
            QCOMPARE(moved({0, 0, 2}, {150, 50}, neighbours), std::string("It would overlap b more."));
            QCOMPARE(moved({0, 0, 1}, {140, 0}, neighbours), std::string("It would overlap b more."));
            QCOMPARE(moved({0, 0, 1}, {118, 0}, neighbours), std::string());
            QCOMPARE(moved({0, 0, 2}, {125, 50}, neighbours), std::string());
            // Elsewhere it is as free as any.
            QCOMPARE(moved({0, 0, 0}, {-10, -10}, neighbours), std::string());
        }
        // Where it can stop at the other's line it takes what is free.
        const Edit edit =
            editing::moveVertex(layers.draft(), a, {0, 0, 1}, {140, -20}, Neighbours::NoOverlap);
        const auto& before = edit.changes.front().before->geometry;
        const auto& after = edit.changes.front().after->geometry;
        const auto b = shapeOf(layers, "b");
        QVERIFY(geo::planarArea(geo::intersection(after, b)) <=
                geo::planarArea(geo::intersection(before, b)) + 1e-6);
    }

    void theLineLedAroundWhatOverlapsAlreadyIsRefused() {
        tests::Layers layers;
        const auto a = layers.put("inventory", "a",
                                  polygon({{0, 0}, {100, 0}, {100, 40}, {100, 60}, {100, 100}, {0, 100}}));
        // Half of it in the other: led around its tip, no line crosses it any more.
        layers.put("inventory", "tongue", polygon({{50, 30}, {150, 45}, {150, 55}, {50, 70}}));
        QCOMPARE(messageOf([&] {
                     auto draft = layers.draft();
                     editing::reshape(draft, a, {{0, 0, 2, 2, {{160, 30}, {160, 70}}}}, Neighbours::Together,
                                      Line::Another);
                 }),
                 std::string("It would overlap tongue more."));
        auto draft = layers.draft();
        editing::reshape(draft, a, {{0, 0, 2, 2, {{40, 25}, {40, 75}}}}, Neighbours::Together, Line::Another);
        QVERIFY(geo::planarArea(geo::intersection(draft.require(a)->geometry, shapeOf(layers, "tongue"))) ==
                0);
    }

    void aLineTurnedInsideOutOverWhatOverlapsAlreadyIsRefused() {
        tests::Layers layers;
        const auto a = layers.put("inventory", "a", polygon({{0, 0}, {100, 0}, {50, 20}}));
        layers.put("inventory", "b", polygon({{-20, -200}, {120, -200}, {120, 5}, {-20, 5}}));
        QCOMPARE(messageOf([&] {
                     editing::moveVertex(layers.draft(), a, {0, 0, 2}, {50, -100});
                 }),
                 std::string("It would overlap b more."));
        QCOMPARE(messageOf([&] {
                     editing::moveVertex(layers.draft(), a, {0, 0, 2}, {50, -1});
                 }),
                 std::string());
    }

    void whatTwoHaveInCommonGrowsByAsMuchAsAClipperSays() {
        std::mt19937 random(7);
        std::uniform_real_distribution<double> by(-40, 40);
        const geo::MultiPolygon other{
            {tests::wavyRing(40, 100, {500090, 5000010}), {tests::wavyRing(9, 30, {500090, 5000010})}},
            {tests::wavyRing(12, 20, {499960, 5000110}), {}}};
        int judged = 0;
        for (int i = 0; i < 200; ++i) {
            geo::Ring ring = tests::wavyRing(30, 100);
            if (i % 2 == 0) {
                std::reverse(ring.begin(), ring.end());
            }
            const geo::MultiPolygon before = polygon(ring);
            geo::Ring line;
            for (int k = 0; k < 1 + i % 4; ++k) {
                const geo::Point at = ring[static_cast<std::size_t>((i + k) % 30)];
                line.push_back({at.x + by(random), at.y + by(random)});
            }
            const std::vector<editing::RingSplice> splices{
                {0, 0, static_cast<std::size_t>(i % 30), line.size(), line}};
            geo::MultiPolygon after = before;
            editing::applySplices(splices, after);
            if (!geo::invalidReason(after).empty()) {
                continue;
            }
            const auto indexed = [](const geo::MultiPolygon& shape) {
                return editing::Indexed{&shape, std::make_shared<const geo::EdgeIndex>(shape)};
            };
            const double gained = editing::commonGroundGained(
                indexed(before), indexed(after), editing::changedEdges(before, splices), indexed(other));
            const double expected = geo::planarArea(geo::intersection(after, other)) -
                                    geo::planarArea(geo::intersection(before, other));
            QVERIFY2(std::abs(gained - expected) < 1e-5,
                     qPrintable(QStringLiteral("%1: %2, not %3").arg(i).arg(gained).arg(expected)));
            ++judged;
        }
        QVERIFY2(judged > 50, qPrintable(QString::number(judged)));
    }

    void sideLayersAndWhatIsNoGlacierMayBeOverlapped() {
        tests::Layers layers;
        const auto lake = layers.put("lakes", "lake", polygon({{0, 0}, {100, 0}, {100, 100}, {0, 100}}));
        layers.put("lakes", "other", polygon({{150, 0}, {250, 0}, {250, 100}, {150, 100}}));
        QVERIFY(messageOf([&] { editing::moveVertex(layers.draft(), lake, {0, 0, 1}, {200, 50}); }).empty());
        const auto a = layers.put("inventory", "a", polygon({{0, 0}, {100, 0}, {100, 100}, {0, 100}}));
        outlines::Outline snow;
        snow.uuid = "snow";
        snow.geometry = polygon({{100, 0}, {250, 0}, {250, 100}, {100, 100}});
        snow.review = outlines::Review::Removed;
        layers.all["inventory"].put(outlines::share(snow));
        const Edit edit = editing::moveVertex(layers.draft(), a, {0, 0, 1}, {200, 50});
        QCOMPARE(edit.changes.size(), std::size_t{1});
    }

    void anEditThatOneOwnerCannotTakeIsDoneForNone() {
        Two layers;
        // Fits the western one, but the eastern line would cross itself.
        QCOMPARE(messageOf([&] {
                     editing::moveVertex(layers.draft(), layers.west, {0, 0, 2}, {250, 50});
                 }),
                 std::string("Of east: The line would cross itself."));
        tests::Layers small;
        const auto large = small.put("inventory", "large",
                                     polygon({{0, 0}, {100, 0}, {100, 40}, {100, 60}, {100, 100}, {0, 100}}));
        small.put("inventory", "small", polygon({{100, 40}, {110, 50}, {100, 60}}));
        QCOMPARE(messageOf([&] {
                     editing::removeVertices(small.draft(), large, {{0, 0, 2}});
                 }),
                 std::string("Nothing would be left of small."));
    }

    void whatLiesBeyondAnotherLineOfTheOutlineIsNotGivenUp() {
        tests::Layers layers;
        // The two overlap: the lobe of the second one leads out of the first one again.
        const auto one = layers.put(
            "inventory", "one",
            polygon({{0, 113}, {117, -60}, {106, -70}, {104, -69}, {115, -58}, {68, 12}, {27, 0}}));
        layers.put(
            "inventory", "two",
            polygon({{27, 0}, {68, 12}, {97, 20}, {226, 58}, {257, 84}, {115, -58}, {104, -69}, {48, -58}}));
        QCOMPARE(messageOf([&] {
                     editing::removeVertices(layers.draft(), one, {{0, 0, 5}});
                 }),
                 std::string("It would overlap two more."));
    }
};

QTEST_APPLESS_MAIN(OverlapTest)
#include "overlap_test.moc"
