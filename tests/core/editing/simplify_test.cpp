// SPDX-License-Identifier: GPL-3.0-or-later
// Lines with fewer vertices and smoother ones, alone and shared.
#include "base/error.h"
#include "editing/changed_edges.h"
#include "editing/gate.h"
#include "editing/simplify.h"
#include "editing/smooth.h"
#include "exchange/outline_files.h"
#include "geo/rings.h"
#include "geo/segments.h"
#include "geo/shape_operations.h"
#include "planar_layers.h"

#include <QFileInfo>
#include <QtTest>

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>

using namespace nunatak;
using editing::Generalised;
using outlines::OutlineRef;

namespace {

std::vector<OutlineRef> allOf(tests::Layers& layers) {
    std::vector<OutlineRef> refs;
    for (const auto& outline : layers.all["inventory"].all()) {
        refs.push_back({"inventory", outline->uuid});
    }
    return refs;
}

using Key = std::pair<double, double>;

std::map<std::pair<Key, Key>, int> edgesOf(const outlines::OutlineSet& set) {
    std::map<std::pair<Key, Key>, int> edges;
    for (const auto& outline : set.all()) {
        geo::forEachRing(outline->geometry, [&](const geo::Ring& ring, int, int) {
            for (std::size_t i = 0; i < ring.size(); ++i) {
                const Key a{ring[i].x, ring[i].y};
                const Key b{ring[(i + 1) % ring.size()].x, ring[(i + 1) % ring.size()].y};
                ++edges[std::minmax(a, b)];
            }
        });
    }
    return edges;
}

int sharedEdges(const outlines::OutlineSet& set) {
    const auto edges = edgesOf(set);
    return static_cast<int>(
        std::count_if(edges.begin(), edges.end(), [](const auto& edge) { return edge.second > 1; }));
}

/// What is wrong with an edit of a whole layer; empty: nothing.
std::string judged(tests::Layers& layers, const editing::Edit& edit) {
    const outlines::OutlineSet before = layers.all["inventory"];
    std::map<std::pair<std::string, std::string>, double> overlaps;
    const auto overlap = [](const auto& one, const auto& other) {
        return geo::planarArea(geo::intersection(one->geometry, other->geometry));
    };
    layers.commit(edit);
    for (const auto& outline : layers.all["inventory"].all()) {
        if (const std::string reason = geo::invalidReason(outline->geometry);
            !reason.empty() && geo::invalidReason(before.find(outline->uuid)->geometry).empty()) {
            return outline->uuid + ": " + reason;
        }
        for (const auto& other : layers.all["inventory"].in(outline->extent())) {
            if (other->uuid > outline->uuid && overlap(outline, other) > 1e-3 &&
                overlap(before.find(outline->uuid), before.find(other->uuid)) < 1e-3) {
                return outline->uuid + " overlaps " + other->uuid;
            }
        }
    }
    return {};
}

/// A zigzag with teeth of this height between two ends.
geo::Ring teeth(geo::Point from, geo::Point to, int count, double height) {
    geo::Ring line{from};
    for (int i = 1; i < count; ++i) {
        const double share = static_cast<double>(i) / count;
        const double aside = (i % 2 == 0 ? height : -height) / std::hypot(to.x - from.x, to.y - from.y);
        line.push_back({from.x + share * (to.x - from.x) - aside * (to.y - from.y),
                        from.y + share * (to.y - from.y) + aside * (to.x - from.x)});
    }
    line.push_back(to);
    return line;
}

/// Two outlines whose divide is a zigzag.
struct Pair {
    explicit Pair(double height = 1) {
        const geo::Ring divide = teeth({100, 0}, {100, 100}, 40, height);
        geo::Ring left{{0, 0}};
        left.insert(left.end(), divide.begin(), divide.end());
        left.push_back({0, 100});
        geo::Ring right{{200, 100}};
        right.insert(right.end(), divide.rbegin(), divide.rend());
        right.push_back({200, 0});
        khumbu = layers.put("inventory", "Khumbu Glacier", {{left, {}}});
        imja = layers.put("inventory", "Imja Glacier", {{right, {}}});
    }
    geo::MultiPolygon shape(const OutlineRef& ref) { return layers.draft().require(ref)->geometry; }
    tests::Layers layers;
    OutlineRef khumbu, imja;
};

} // namespace

class SimplifyTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aDivideIsSimplifiedForBothAndItsEndsStay() {
        Pair pair;
        const std::vector<OutlineRef> refs{pair.khumbu};
        const editing::Simplifier simplifier(pair.layers.draft(), refs, 50);
        const Generalised simpler = simplifier.at(2);
        QCOMPARE(simpler.edit.description,
                 std::string("Simplify Khumbu Glacier and its neighbour within 2 m"));
        QCOMPARE(simpler.verticesBefore, std::size_t{43});
        QVERIFY(simpler.vertices < 12);
        QCOMPARE(judged(pair.layers, simpler.edit), std::string());
        QVERIFY(sharedEdges(pair.layers.all["inventory"]) > 0);
        QCOMPARE(
            std::round(geo::planarArea(pair.shape(pair.khumbu)) + geo::planarArea(pair.shape(pair.imja))),
            20000.0);
        const geo::Ring& ring = pair.layers.all["inventory"].find("Imja Glacier")->geometry[0].outer;
        for (const geo::Point end : {geo::Point{100, 0}, {100, 100}}) {
            QVERIFY(std::find(ring.begin(), ring.end(), end) != ring.end());
        }
        QVERIFY_EXCEPTION_THROWN(simplifier.at(51), Error);
        QVERIFY(simplifier.at(0).edit.empty());
    }

    void noPlaceMovesFartherThanTheToleranceAndWhatIsValidStaysSo() {
        int removed = 0;
        for (unsigned seed = 1; seed <= 25; ++seed) {
            for (const double tolerance : {5.0, 40.0, 400.0}) {
                tests::Layers layers;
                tests::PlanarLayer(seed).make(layers, "inventory");
                const outlines::OutlineSet before = layers.all["inventory"];
                const int shared = sharedEdges(before);
                const std::vector<OutlineRef> refs = allOf(layers);
                const Generalised simpler = editing::Simplifier(layers.draft(), refs, 400).at(tolerance);
                removed += static_cast<int>(simpler.verticesBefore - simpler.vertices);
                const std::string wrong = judged(layers, simpler.edit);
                QVERIFY2(wrong.empty(),
                         qPrintable(QStringLiteral("%1: ").arg(seed) + QString::fromStdString(wrong)));
                for (const auto& change : simpler.edit.changes) {
                    QCOMPARE(change.after->geometry.size(), change.before->geometry.size());
                    QCOMPARE(change.after->geometry[0].holes.size(), change.before->geometry[0].holes.size());
                    geo::forEachVertex(change.before->geometry, [&](const geo::VertexId&, geo::Point point) {
                        QVERIFY(geo::distanceToBoundary(change.after->geometry, point) <= tolerance + 1e-6);
                    });
                }
                QVERIFY(shared == 0 || sharedEdges(layers.all["inventory"]) > 0);
            }
        }
        QVERIFY(removed > 1000);
    }

    void aLargerToleranceLeavesFewerVertices() {
        tests::Layers layers;
        const auto ref = layers.put("inventory", "a", {{tests::wavyRing(2000, 5000), {}}});
        const std::vector<OutlineRef> refs{ref};
        const editing::Simplifier simplifier(layers.draft(), refs, 1000);
        std::size_t last = 2001;
        for (const double tolerance : {0.1, 1.0, 10.0, 100.0, 1000.0}) {
            const Generalised simpler = simplifier.at(tolerance);
            QVERIFY(simpler.vertices < last && simpler.vertices >= 3);
            last = simpler.vertices;
        }
    }

    void aLineDoesNotComeOverAnotherOutlineBesideIt() {
        // A bay with a small glacier in it, which shares nothing: simplified by more than the bay it would be
        // run over.
        tests::Layers layers;
        const auto ref =
            layers.put("inventory", "a",
                       {{{{0, 0}, {100, 0}, {100, 100}, {60, 100}, {50, 60}, {40, 100}, {0, 100}}, {}}});
        layers.put("inventory", "b", {{{{48, 90}, {52, 90}, {50, 95}}, {}}});
        const std::vector<OutlineRef> refs{ref};
        const Generalised simpler = editing::Simplifier(layers.draft(), refs, 60).at(60);
        QCOMPARE(judged(layers, simpler.edit), std::string());
        const geo::Ring& ring = layers.all["inventory"].find("a")->geometry[0].outer;
        QVERIFY(std::find(ring.begin(), ring.end(), geo::Point{50, 60}) != ring.end());
    }

    void whereOutlinesOverlapAlreadyLinesStayAndTheRestIsSimplified() {
        // As of Rongbuk in RGI 6: a neighbour lies over a part of the margin, a small one within the ice.
        tests::Layers layers;
        geo::Ring ring{{0, 0}};
        for (int i = 1; i < 40; ++i) {
            ring.push_back({50.0 * i, i % 2 == 0 ? 0.0 : -4.0});
        }
        ring.insert(ring.end(), {{2000, 0}, {2000, 1000}, {0, 1000}});
        const auto ref = layers.put("inventory", "a", {{ring, {}}});
        layers.put("inventory", "over", {{{{910, -100}, {1090, -100}, {1090, 50}, {910, 50}}, {}}});
        layers.put("inventory", "within", {{{{100, 500}, {300, 500}, {300, 700}, {100, 700}}, {}}});
        const auto common = [&] {
            const auto& all = layers.all["inventory"];
            return geo::planarArea(geo::intersection(all.find("a")->geometry, all.find("over")->geometry));
        };
        const double before = common();
        const std::vector<OutlineRef> refs{ref};
        const editing::Simplifier simplifier(layers.draft(), refs, 60);
        for (const double tolerance : {5.0, 60.0}) {
            const Generalised simpler = simplifier.at(tolerance);
            QCOMPARE(simpler.left.size(), std::size_t{1});
            QVERIFY(simpler.left[0].x > 850 && simpler.left[0].x < 1150 && simpler.left[0].y <= 0); // there
            QVERIFY2(simpler.vertices < 14, qPrintable(QString::number(simpler.vertices)));
        }
        QVERIFY(simplifier.at(1).left.empty()); // where nothing would go nothing is held
        layers.commit(simplifier.at(60).edit);
        QCOMPARE(common(), before);
        // What lies within another is held as a whole.
        const std::vector<OutlineRef> inner{{"inventory", "within"}};
        QVERIFY(editing::Simplifier(layers.draft(), inner, 400).at(400).edit.empty());
    }

    void whatATidiedLineKeepsIsItsDate() {
        Pair pair;
        const std::vector<OutlineRef> refs{pair.khumbu};
        for (const auto& edit : {editing::Simplifier(pair.layers.draft(), refs, 50).at(2).edit,
                                 editing::smooth(pair.layers.draft(), refs, 20).edit}) {
            QVERIFY(edit.changes.size() == 2 && edit.changes[0].isAlong && edit.changes[1].isAlong);
        }
    }

    void aVertexOfAnotherOnALongEdgeHoldsIt() {
        // The divide between two small ones ends on the long edge of the large one, which has no vertex
        // there.
        tests::Layers layers;
        const auto large = layers.put("inventory", "large",
                                      {{{{0, 0}, {50, -1}, {100, 0}, {100, 50}, {100, 100}, {0, 100}}, {}}});
        layers.put("inventory", "one", {{{{100, 0}, {150, 0}, {150, 30}, {100, 30}}, {}}});
        layers.put("inventory", "two", {{{{100, 30}, {150, 30}, {150, 100}, {100, 100}, {100, 50}}, {}}});
        const std::vector<OutlineRef> refs = allOf(layers);
        const Generalised simpler = editing::Simplifier(layers.draft(), refs, 5).at(5);
        QCOMPARE(judged(layers, simpler.edit), std::string());
        QVERIFY(large.uuid == "large");
        const geo::Ring& ring = layers.all["inventory"].find("large")->geometry[0].outer;
        QVERIFY(std::find(ring.begin(), ring.end(), geo::Point{50, -1}) == ring.end());
    }

    void aStretchAcrossTheBeginningOfARingIsOneAndTheRestStays() {
        tests::Layers layers;
        const auto ref = layers.put("inventory", "a", {{tests::wavyRing(200, 1000), {}}});
        const std::vector<OutlineRef> refs{ref};
        const geo::Ring before = layers.all["inventory"].find("a")->geometry[0].outer;
        geo::Ring only(before.end() - 10, before.end());
        only.insert(only.end(), before.begin(), before.begin() + 10);
        const auto isLeft = [&](const editing::Edit& edit) {
            const geo::Ring& after = edit.changes.at(0).after->geometry[0].outer;
            return std::all_of(before.begin() + 9, before.end() - 9, [&](geo::Point point) {
                return std::find(after.begin(), after.end(), point) != after.end();
            });
        };
        const Generalised simpler = editing::Simplifier(layers.draft(), refs, 50, only).at(50);
        QVERIFY(simpler.vertices < 200 && simpler.vertices > 181);
        QVERIFY(isLeft(simpler.edit));
        QCOMPARE(simpler.edit.description, std::string("Simplify a stretch of a within 50 m"));
        const Generalised smoother = editing::smooth(layers.draft(), refs, 300, only);
        QVERIFY(isLeft(smoother.edit));
        QVERIFY(geo::invalidReason(smoother.edit.changes[0].after->geometry).empty());
        // Of a shared line, whichever way the other has it.
        Pair pair;
        const geo::Ring west = pair.shape(pair.khumbu)[0].outer;
        const geo::Ring middle(west.begin() + 15, west.begin() + 25);
        const std::vector<OutlineRef> either{pair.khumbu}, other{pair.imja};
        const Generalised one = editing::Simplifier(pair.layers.draft(), either, 50, middle).at(2);
        const Generalised two = editing::Simplifier(pair.layers.draft(), other, 50, middle).at(2);
        QVERIFY(one.verticesBefore - one.vertices > 4);
        QCOMPARE(one.verticesBefore - one.vertices, two.verticesBefore - two.vertices);
        QCOMPARE(judged(pair.layers, one.edit), std::string());
    }

    void smoothingStopsWhenNobodyWaitsForItAnyMore() {
        Pair pair;
        const std::vector<OutlineRef> refs{pair.khumbu};
        std::stop_source nobody;
        nobody.request_stop();
        QVERIFY_EXCEPTION_THROWN(editing::smooth(pair.layers.draft(), refs, 20, {}, 1, nobody.get_token()),
                                 Cancelled);
    }

    void smoothedTheTeethAreGoneForBothAndTheAreaStays() {
        Pair pair;
        const double before = geo::planarArea(pair.shape(pair.khumbu));
        const std::vector<OutlineRef> refs{pair.khumbu};
        const Generalised smoother = editing::smooth(pair.layers.draft(), refs, 20);
        QCOMPARE(smoother.edit.description, std::string("Smooth Khumbu Glacier and its neighbour over 20 m"));
        QCOMPARE(judged(pair.layers, smoother.edit), std::string());
        QVERIFY(smoother.left.empty());
        QVERIFY(std::abs(geo::planarArea(pair.shape(pair.khumbu)) - before - smoother.areaChange) < 1e-6);
        const geo::MultiPolygon after = pair.shape(pair.imja);
        for (const geo::Point& point : after[0].outer) {
            QVERIFY(std::abs(point.x - 100) < 0.5 || std::abs(point.x - 100) > 50 ||
                    std::abs(point.y - 50) > 40);
        }
    }

    void aRoundOutlineDoesNotShrink() {
        tests::Layers layers;
        const auto ref =
            layers.put("inventory", "a", {{tests::wavyRing(300, 1000), {tests::wavyRing(40, 200)}}});
        const std::vector<OutlineRef> refs{ref};
        const double before = layers.draft().require(ref)->area();
        const Generalised smoother = editing::smooth(layers.draft(), refs, 200);
        QCOMPARE(judged(layers, smoother.edit), std::string());
        QVERIFY(std::abs(smoother.areaChange) < before * 2e-3);
        QVERIFY(smoother.vertices > 20);
    }

    void whereSmoothedLinesWouldCrossAStretchStaysAndIsCounted() {
        // A spit that runs close along another outline's bend.
        tests::Layers layers;
        geo::Ring spit{{0, 0}, {0, -50}, {200, -50}, {200, 0}};
        for (int i = 0; i <= 20; ++i) {
            spit.push_back({200.0 - 5 * i, i % 2 == 0 ? 0.0 : 60.0});
        }
        const auto ref = layers.put("inventory", "a", {{spit, {}}});
        layers.put("inventory", "b", {{{{149.5, 20}, {150.5, 20}, {150, 31}}, {}}});
        const std::vector<OutlineRef> refs{ref};
        const Generalised smoother = editing::smooth(layers.draft(), refs, 300);
        QCOMPARE(smoother.left.size(), std::size_t{1});
        QVERIFY(std::hypot(smoother.left[0].x - 150, smoother.left[0].y - 25) < 60); // where it would cross
        QCOMPARE(judged(layers, smoother.edit), std::string());
    }

    void layersByChanceStayValidAndShared() {
        int left = 0;
        for (unsigned seed = 1; seed <= 25; ++seed) {
            tests::Layers layers;
            tests::PlanarLayer(seed).make(layers, "inventory");
            const std::vector<OutlineRef> refs = allOf(layers);
            const int shared = sharedEdges(layers.all["inventory"]);
            const Generalised smoother = editing::smooth(layers.draft(), refs, 100);
            left += static_cast<int>(smoother.left.size());
            const std::string wrong = judged(layers, smoother.edit);
            QVERIFY2(wrong.empty(),
                     qPrintable(QStringLiteral("%1: ").arg(seed) + QString::fromStdString(wrong)));
            QVERIFY(shared == 0 || sharedEdges(layers.all["inventory"]) > 0);
        }
        qInfo("%d stretches left", left);
    }

    void realInventoriesStayValidAndShared_data() {
        QTest::addColumn<QString>("file");
        QTest::addColumn<QString>("crs");
        QTest::newRow("divides of an ice cap") << "iceland_divides/RGI6_icecap.shp"
                                               << "EPSG:32628";
        QTest::newRow("Oetztal") << "oetztal/rgi_oetztal.shp"
                                 << "EPSG:32632";
    }

    void realInventoriesStayValidAndShared() {
        QFETCH(const QString, file);
        QFETCH(const QString, crs);
        const QString path = QStringLiteral(NUNATAK_SHARED_DATA "/data/") + file;
        if (!QFileInfo::exists(path)) {
            QSKIP("The real outlines are not there.");
        }
        for (const bool isSmoothed : {false, true}) {
            tests::Layers layers;
            for (auto& outline :
                 exchange::readOutlines(path.toStdString(), geo::Crs::fromUserInput(crs.toStdString()))
                     .outlines) {
                layers.all["inventory"].put(outlines::share(std::move(outline)));
            }
            const std::vector<OutlineRef> refs = allOf(layers);
            const int shared = sharedEdges(layers.all["inventory"]);
            const Generalised result = isSmoothed ? editing::smooth(layers.draft(), refs, 50)
                                                  : editing::Simplifier(layers.draft(), refs, 20).at(20);
            const std::string wrong = judged(layers, result.edit);
            QVERIFY2(wrong.empty(), wrong.c_str());
            qInfo("%zu of %zu vertices, %.0f m², %d shared edges of %d, %zu left", result.vertices,
                  result.verticesBefore, result.areaChange, sharedEdges(layers.all["inventory"]), shared,
                  result.left.size());
            QVERIFY(shared == 0 || sharedEdges(layers.all["inventory"]) > 0);
        }
    }
};

QTEST_APPLESS_MAIN(SimplifyTest)
#include "simplify_test.moc"
