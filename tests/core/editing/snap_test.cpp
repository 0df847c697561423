// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "editing/check.h"
#include "editing/layer_lines.h"
#include "editing/snap.h"
#include "exchange/outline_files.h"
#include "geo/rings.h"
#include "geo/same_line.h"
#include "geo/segments.h"
#include "geo/shape_operations.h"
#include "shapes.h"
#include "support/shared_data.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <random>
#include <set>

using namespace nunatak;
using editing::Snapped;
using geo::Point;
using geo::Ring;

namespace {

constexpr double west = 500000;
constexpr double south = 5000000;

/// In a zone of UTM, where areas on the ground can be told.
Ring at(Ring ring) {
    for (Point& point : ring) {
        point = {point.x + west, point.y + south};
    }
    return ring;
}

geo::MultiPolygon polygon(Ring outer, std::vector<Ring> holes = {}) {
    for (Ring& hole : holes) {
        hole = at(hole);
    }
    return {{at(std::move(outer)), std::move(holes)}};
}

Ring box(double x, double y, double toX, double toY) {
    return {{x, y}, {toX, y}, {toX, toY}, {x, toY}};
}

struct Snapping : tests::Layers {
    geo::Crs crs = geo::Crs::fromUserInput("EPSG:32632");

    Snapped snap(double tolerance = 5, std::set<std::string> selection = {}) {
        Snapped done =
            editing::snap({"inventory", all["inventory"].all(), geo::Crs::fromUserInput("EPSG:32632"),
                           tolerance, false, std::move(selection)},
                          {});
        commit(done.edit);
        return done;
    }

    Ring ring(const std::string& name, int hole = 0) {
        Ring points = geo::ringOf(all["inventory"].find(name)->geometry, 0, hole);
        for (Point& point : points) {
            point = {point.x - west, point.y - south};
        }
        return points;
    }

    /// Edges of one that are edges of the other, too.
    std::size_t sharedEdges(const std::string& one, const std::string& other) {
        std::set<std::pair<std::pair<double, double>, std::pair<double, double>>> edges;
        const auto each = [&](const std::string& name, const auto& visit) {
            geo::forEachRing(all["inventory"].find(name)->geometry, [&](const Ring& points, int, int) {
                for (std::size_t i = 0; i < points.size(); ++i) {
                    const Point a = points[i];
                    const Point b = points[(i + 1) % points.size()];
                    visit(std::minmax(std::pair(a.x, a.y), std::pair(b.x, b.y)));
                }
            });
        };
        each(one, [&](const auto& edge) { edges.insert(edge); });
        std::size_t shared = 0;
        each(other, [&](const auto& edge) { shared += edges.count(edge); });
        return shared;
    }

    /// m² that two have in common, all together.
    double overlapped() {
        const editing::LayerLines lines(all["inventory"].all());
        double area = 0;
        for (std::size_t i = 0; i < lines.size(); ++i) {
            lines.visitOutlines(lines.outline(i)->extent(), [&](std::size_t k) {
                area += k > i ? geo::planarArea(geo::intersection(lines.shape(i), lines.shape(k))) : 0;
            });
        }
        return area;
    }

    /// No two outlines overlap, and all are valid.
    bool isPlanar() {
        const editing::LayerLines lines(all["inventory"].all());
        for (std::size_t i = 0; i < lines.size(); ++i) {
            if (!geo::invalidReason(lines.shape(i)).empty()) {
                return false;
            }
        }
        return overlapped() < 1e-4;
    }
};

} // namespace

class SnapTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aGapBetweenTwoSquaresCloses() {
        Snapping layer;
        layer.put("inventory", "large", polygon(box(0, 0, 100, 100)));
        layer.put("inventory", "small", polygon(box(101, 0, 200, 100)));
        const Snapped done = layer.snap();
        QVERIFY(layer.ring("large") == box(0, 0, 100, 100));
        QVERIFY(layer.ring("small") == box(100, 0, 200, 100));
        QCOMPARE(done.moved, std::size_t{2});
        QCOMPARE(done.farthest, 1.0);
        QCOMPARE(done.edit.changes.size(), std::size_t{1});
        QCOMPARE(done.edit.description, std::string("Bring boundaries together within 5 m"));
        QCOMPARE(done.areas.size(), std::size_t{1});
        QVERIFY(std::abs(done.areas[0].after - done.areas[0].before - 100) < 0.2);
        QVERIFY(done.left.empty());
        QVERIFY(layer.snap().edit.empty());
    }

    void anOverlapCloses() {
        Snapping layer;
        layer.put("inventory", "large", polygon(box(0, 0, 100, 100)));
        layer.put("inventory", "small", polygon(box(98, 10, 190, 90)));
        layer.snap();
        QVERIFY(layer.ring("small") == box(100, 10, 190, 90));
        QVERIFY((layer.ring("large") == Ring{{0, 0}, {100, 0}, {100, 10}, {100, 90}, {100, 100}, {0, 100}}));
        QVERIFY(layer.isPlanar());
    }

    void whatIsFartherThanTheToleranceStays() {
        Snapping layer;
        layer.put("inventory", "large", polygon(box(0, 0, 100, 100)));
        layer.put("inventory", "small", polygon(box(106, 0, 190, 100)));
        QVERIFY(layer.snap().edit.empty());
    }

    void linesOfDifferentDensityGetTheVerticesOfBoth() {
        Snapping layer;
        layer.put("inventory", "large",
                  polygon({{0, 0}, {100, 0}, {100, 20}, {100, 60}, {100, 100}, {0, 100}}));
        layer.put("inventory", "small",
                  polygon({{101, 0}, {190, 0}, {190, 100}, {101, 100}, {101, 80}, {101, 40}}));
        const Snapped done = layer.snap();
        QVERIFY((layer.ring("large") ==
                 Ring{{0, 0}, {100, 0}, {100, 20}, {100, 40}, {100, 60}, {100, 80}, {100, 100}, {0, 100}}));
        QVERIFY(
            (layer.ring("small") ==
             Ring{{100, 0}, {190, 0}, {190, 100}, {100, 100}, {100, 80}, {100, 60}, {100, 40}, {100, 20}}));
        QCOMPARE(layer.sharedEdges("large", "small"), std::size_t{5});
        QCOMPARE(done.moved, std::size_t{4});
        QCOMPARE(done.added, std::size_t{4});
        QVERIFY(layer.snap().edit.empty());
    }

    void aLineThatEndsAtTheMiddleOfAnothersEdgeBecomesAVertexOfBoth() {
        Snapping layer;
        layer.put("inventory", "large", polygon(box(0, 0, 100, 100)));
        layer.put("inventory", "south", polygon(box(102, -50, 150, 50)));
        layer.put("inventory", "north", polygon(box(102, 50, 140, 150)));
        layer.snap();
        QVERIFY((layer.ring("large") == Ring{{0, 0}, {100, 0}, {100, 50}, {100, 100}, {0, 100}}));
        QCOMPARE(layer.sharedEdges("large", "south"), std::size_t{1});
        QCOMPARE(layer.sharedEdges("large", "north"), std::size_t{1});
        QCOMPARE(layer.sharedEdges("south", "north"), std::size_t{1});
        // Beyond the large one's corner the line goes on where it went.
        const Ring ring = layer.ring("south");
        QVERIFY(std::find(ring.begin(), ring.end(), Point{102, -50}) != ring.end());
        const double off = geo::nearestOnRing(ring, {102, -10}).distance;
        QVERIFY2(off < 1, qPrintable(QString::number(off)));
        QVERIFY(layer.isPlanar());
        QVERIFY(layer.snap().edit.empty());
    }

    void whatTouchesALineAlreadyBecomesAVertexOfIt() {
        Snapping layer;
        layer.put("inventory", "large", polygon(box(0, 0, 100, 100)));
        layer.put("inventory", "small", polygon(box(100, 20, 150, 80)));
        const Snapped done = layer.snap();
        QCOMPARE(done.moved, std::size_t{0});
        QCOMPARE(done.added, std::size_t{2});
        QCOMPARE(layer.sharedEdges("large", "small"), std::size_t{1});
    }

    void threeGlaciersMeetInAPoint() {
        Snapping layer;
        layer.put("inventory", "west", polygon({{0, 0}, {100, 0}, {100, 50}, {100, 100}, {0, 100}}));
        layer.put("inventory", "south", polygon(box(101, 0, 180, 49)));
        layer.put("inventory", "north", polygon(box(102, 51, 170, 100)));
        layer.snap();
        for (const char* name : {"south", "north"}) {
            const Ring ring = layer.ring(name);
            QVERIFY(std::find(ring.begin(), ring.end(), Point{100, 50}) != ring.end());
        }
        QVERIFY(layer.isPlanar());
        QVERIFY(layer.snap().edit.empty());
    }

    void anOutlineWithinAHoleComesToIt() {
        Snapping layer;
        layer.put("inventory", "around", polygon(box(0, 0, 100, 100), {box(40, 40, 60, 60)}));
        layer.put("inventory", "within", polygon({{41, 41}, {59, 41}, {58, 50}, {59, 59}, {41, 59}}));
        layer.snap();
        QCOMPARE(layer.sharedEdges("around", "within"), std::size_t{5});
        QCOMPARE(layer.ring("around", 1).size(), std::size_t{5});
        QVERIFY(layer.ring("around") == box(0, 0, 100, 100));
        QVERIFY(layer.isPlanar());
        QVERIFY(layer.snap().edit.empty());
    }

    void manyVerticesNearOneDoNotFallTogether() {
        Snapping layer;
        layer.put("inventory", "large", polygon({{0, 0}, {100, 0}, {100, 50}, {100, 100}, {0, 100}}));
        Ring dense{{190, 0}, {190, 100}};
        for (int y = 100; y >= 0; --y) {
            dense.push_back({101, static_cast<double>(y)});
        }
        layer.put("inventory", "dense", polygon(dense));
        const Snapped done = layer.snap();
        QVERIFY(done.farthest < 1.5);
        QCOMPARE(layer.ring("dense").size(), dense.size());
        QCOMPARE(layer.sharedEdges("large", "dense"), std::size_t{100});
        QVERIFY(layer.snap().edit.empty());
    }

    void aRowOfGlaciersDoesNotDriftBeyondTheTolerance() {
        Snapping layer;
        for (int i = 0; i < 10; ++i) {
            // Each corner is 4 m from that of the next one.
            layer.put("inventory", "row " + std::to_string(i),
                      polygon(box(104.0 * i, 4.0 * i, 104.0 * i + 100 - i * 0.1, 4.0 * i + 50)));
        }
        const Snapped done = layer.snap();
        QVERIFY2(done.farthest <= 5, qPrintable(QString::number(done.farthest)));
        QVERIFY(layer.isPlanar());
        QVERIFY(layer.snap().edit.empty());
    }

    void whereLinesPartFromASharedOneTheyStay() {
        Snapping layer;
        layer.put("inventory", "west", polygon({{0, 0}, {100, 0}, {100, 50}, {98, 53}, {90, 100}, {0, 100}}));
        layer.put("inventory", "east", polygon({{100, 0}, {180, 0}, {180, 90}, {103, 53}, {100, 50}}));
        QVERIFY(layer.snap().edit.empty());
    }

    void aGlacierThatIsNarrowerThanTheToleranceKeepsBothItsSides() {
        Snapping layer;
        layer.put("inventory", "large", polygon(box(0, 0, 100, 100)));
        layer.put("inventory", "narrow", polygon(box(101, 0, 103, 100)));
        layer.snap();
        QVERIFY(layer.ring("narrow") == box(100, 0, 103, 100));
        QVERIFY(layer.isPlanar());
        QVERIFY(layer.snap().edit.empty());
    }

    void aGlacierBetweenTwoThatWouldMeetIsNotSwallowedAndThePlaceIsTold() {
        Snapping layer;
        layer.put("inventory", "west", polygon(box(0, 0, 100, 100)));
        layer.put("inventory", "east", polygon(box(104, 0, 190, 100)));
        layer.put("inventory", "between", polygon(box(101, 30, 103, 70)));
        const Snapped done = layer.snap();
        QVERIFY(!done.left.empty());
        QVERIFY(done.left.front().why.find("would overlap") != std::string::npos);
        QVERIFY(layer.isPlanar());
        QVERIFY(geo::planarArea(layer.all["inventory"].find("between")->geometry) >= 80);
    }

    void whatIsNoGlacierStaysAndNothingComesToIt() {
        Snapping layer;
        layer.put("inventory", "large", polygon(box(0, 0, 100, 100)));
        layer.put("inventory", "small", polygon(box(101, 0, 190, 100)));
        outlines::Outline removed = *layer.all["inventory"].find("large");
        removed.review = outlines::Review::Removed;
        layer.all["inventory"].put(outlines::share(removed));
        QVERIFY(layer.snap().edit.empty());
    }

    void ofASelectionOnlyThoseComeTogetherAndOthersFollow() {
        Snapping layer;
        layer.put("inventory", "large", polygon(box(0, 0, 100, 100)));
        layer.put("inventory", "south", polygon(box(101, 0, 180, 50)));
        layer.put("inventory", "north", polygon(box(101, 50, 170, 100)));
        layer.snap(5, {"large", "south"});
        QVERIFY((layer.ring("south") == Ring{{100, 0}, {180, 0}, {180, 50}, {170, 50}, {100, 50}}));
        QVERIFY((layer.ring("north") == Ring{{100, 50}, {170, 50}, {170, 100}, {101, 100}}));
    }

    void aPartitionWhoseLinesWereDisturbedIsSharedAgain_data() {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 20; ++seed) {
            QTest::addRow("%d", seed) << seed;
        }
    }
    void aPartitionWhoseLinesWereDisturbedIsSharedAgain() {
        QFETCH(int, seed);
        constexpr double tolerance = 5;
        constexpr int cells = 6;
        constexpr int pieces = 4; // of a cell's side
        std::mt19937 random(static_cast<unsigned>(seed));
        std::uniform_real_distribution<double> wave(-12, 12);
        std::map<std::pair<int, int>, Point> grid;
        for (int x = 0; x <= cells * pieces; ++x) {
            for (int y = 0; y <= cells * pieces; ++y) {
                grid[{x, y}] = {x * 40 + wave(random), y * 40 + wave(random)};
            }
        }
        std::uniform_real_distribution<double> angle(0, 6.283185307);
        std::uniform_real_distribution<double> length(0, tolerance / 4);
        Snapping layer;
        std::map<std::string, double> areas;
        std::size_t vertices = 0;
        for (int i = 0; i < cells; ++i) {
            for (int k = 0; k < cells; ++k) {
                Ring ring;
                const auto add = [&](int x, int y) {
                    ring.push_back(grid[{i * pieces + x, k * pieces + y}]);
                };
                for (int n = 0; n < pieces; ++n) {
                    add(n, 0);
                }
                for (int n = 0; n < pieces; ++n) {
                    add(pieces, n);
                }
                for (int n = pieces; n > 0; --n) {
                    add(n, pieces);
                }
                for (int n = pieces; n > 0; --n) {
                    add(0, n);
                }
                const std::string name = std::to_string(i) + " " + std::to_string(k);
                areas[name] = geo::planarArea(polygon(ring));
                for (Point& point : ring) {
                    const double turn = angle(random);
                    const double away = length(random);
                    point = {point.x + away * std::cos(turn), point.y + away * std::sin(turn)};
                }
                vertices += ring.size();
                layer.put("inventory", name, polygon(ring));
            }
        }
        const Snapped done = layer.snap(tolerance);
        QVERIFY(done.left.empty());
        QVERIFY(done.farthest <= tolerance);
        QVERIFY(layer.isPlanar());
        for (int i = 0; i < cells; ++i) {
            for (int k = 0; k < cells; ++k) {
                const std::string name = std::to_string(i) + " " + std::to_string(k);
                for (const auto& [dx, dy] : {std::pair(1, 0), std::pair(0, 1)}) {
                    const std::string next = std::to_string(i + dx) + " " + std::to_string(k + dy);
                    if (i + dx < cells && k + dy < cells) {
                        QCOMPARE(layer.sharedEdges(name, next), std::size_t{pieces});
                    }
                }
                const double area = geo::planarArea(layer.all["inventory"].find(name)->geometry);
                QVERIFY(std::abs(area - areas[name]) < 4 * pieces * 55 * tolerance / 4);
            }
        }
        QCOMPARE(layer.snap(tolerance).edit.changes.size(), std::size_t{0});
    }

    void realInventoriesComeTogetherAndNothingIsLost_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("crs");
        QTest::addColumn<int>("gaps");
        QTest::addColumn<int>("then"); // near the lines as they are then, too far from those that were
        QTest::newRow("Iceland") << "iceland_divides/RGI6_icecap.shp"
                                 << "EPSG:3057" << 2
                                 << 0; // two more are flanks of a spike: they would fall onto its own line
        QTest::newRow("Oetztal") << "oetztal/rgi_oetztal.shp"
                                 << "EPSG:32632" << 0 << 0;
        QTest::newRow("French Alps 2003") << "french_alps/inventory_2003.shp"
                                          << "EPSG:32632" << 53 << 2;
        QTest::newRow("French Alps 2015") << "french_alps/inventory_2015.shp"
                                          << "EPSG:32632" << 15 << 0;
        QTest::newRow("Everest") << "everest/rgi60_outlines.gpkg"
                                 << "EPSG:32645" << 4 << 0;
    }
    void realInventoriesComeTogetherAndNothingIsLost() {
        QFETCH(QString, file);
        QFETCH(QString, crs);
        QFETCH(int, gaps);
        QFETCH(int, then);
        const auto path = tests::sharedFile(("data/" + file.toStdString()).c_str());
        if (!std::filesystem::exists(path)) {
            QSKIP("The real outlines are not there.");
        }
        const auto system = geo::Crs::fromUserInput(crs.toStdString());
        Snapping layer;
        layer.crs = system;
        for (auto& outline : exchange::readOutlines(path, system).outlines) {
            layer.all["inventory"].put(outlines::share(std::move(outline)));
        }
        const auto before = layer.all["inventory"].all();
        const auto gapsNow = [&] {
            const auto found = editing::check(
                {.layer = "inventory", .outlines = layer.all["inventory"].all(), .crs = system}, {});
            return std::count_if(found.begin(), found.end(),
                                 [](const auto& finding) { return finding.kind == editing::Fault::Gap; });
        };
        QCOMPARE(gapsNow(), gaps);
        const double overlapped = layer.overlapped();
        const Snapped done = layer.snap(5);
        QCOMPARE(gapsNow(), then);
        QVERIFY(done.farthest <= 5);
        QCOMPARE(layer.all["inventory"].size(), before.size());
        for (const auto& outline : before) {
            const auto after = layer.all["inventory"].find(outline->uuid);
            if (geo::invalidReason(outline->geometry).empty()) {
                QCOMPARE(geo::invalidReason(after->geometry), std::string());
            }
            QVERIFY2(geo::isSameLine(outline->geometry, after->geometry, 5), outline->name.c_str());
            QCOMPARE(after->geometry.size(), outline->geometry.size());
            for (std::size_t i = 0; i < after->geometry.size(); ++i) {
                QCOMPARE(after->geometry[i].holes.size(), outline->geometry[i].holes.size());
            }
        }
        QVERIFY(layer.overlapped() <= overlapped + 1e-3);
        qInfo("%zu moved by up to %.3g m, %zu added, %zu outlines, %zu places left, %zu pairs", done.moved,
              done.farthest, done.added, done.edit.changes.size(), done.left.size(), done.pairs.size());
        const Snapped again = layer.snap(5);
        QVERIFY2(again.moved == 0, qPrintable(QString::number(again.moved)));
    }

    void itCanBeStoppedAndWantsATolerance() {
        Snapping layer;
        layer.put("inventory", "large", polygon(box(0, 0, 100, 100)));
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(
            editing::snap({"inventory", layer.all["inventory"].all(), geo::Crs::fromUserInput("EPSG:32632")},
                          Progress({}, stop.get_token())),
            Cancelled);
        QVERIFY_EXCEPTION_THROWN(layer.snap(0), Error);
        QVERIFY_EXCEPTION_THROWN(layer.snap(std::nan("")), Error);
    }

    void aVertexIsNotBroughtOntoTheOutlinesOwnLine() {
        Snapping layers;
        const Ring hole{{2053.738223844, 1181.780969469}, {2165.041990946, 1091.989274433},
                        {2126.129453132, 1008.614534972}, {2035.448539141, 1040.856581813},
                        {1917.263745564, 1004.621874161}, {1913.889780993, 1155.323340014},
                        {1946.535798159, 1211.028779536}, {1991.461311801, 1193.184003646}};
        layers.put("inventory", "basin", polygon(box(0, 0, 4000, 4000), {hole}));
        // A tip along the line that both share, whose other side is nearly that line, too.
        layers.put("inventory", "inner",
                   polygon({{1913.889780993, 1155.323340014},
                            {1917.263745564, 1004.621874161},
                            {2072.731474565, 1154.141601722},
                            {2165.041990946, 1091.989274433},
                            {2053.738223844, 1181.780969469},
                            {1991.461311801, 1193.184003646},
                            {1946.535798159, 1211.028779536}}));
        const auto done = layers.snap(20);
        const Ring now = layers.ring("inner");
        for (std::size_t i = 0; i < now.size(); ++i) {
            for (std::size_t k = 0; k < now.size(); ++k) {
                const Point a = now[k], b = now[(k + 1) % now.size()];
                QVERIFY(now[i] == a || now[i] == b || geo::distanceToSegment(now[i], a, b) > 1e-6);
            }
        }
        QVERIFY(layers.isPlanar());
    }
};

QTEST_GUILESS_MAIN(SnapTest)
#include "snap_test.moc"
