// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/redraw_plan.h"
#include "editing/take_here.h"
#include "geo/rings.h"
#include "geo/shape_operations.h"
#include "ground_words.h"
#include "planar_layers.h"
#include "real_layers.h"
#include "reference_layer.h"
#include "shared_layers.h"

#include <algorithm>
#include <cmath>
#include <random>

#include <QElapsedTimer>
#include <QtTest>

using namespace nunatak;
using editing::HereRequest;
using editing::Neighbours;
using outlines::LayerKind;
using tests::box;
using tests::polygon;

namespace {

/// Two glaciers that share a divide, and what a prediction has there: both as one, ten metres lower in the
/// north and higher in the south, with a nunatak; a glacier of its own in the east.
struct World : tests::Two {
    World() {
        put("predicted", "machine",
            polygon({{0, 10}, {60, 10}, {200, 10}, {200, 90}, {150, 90}, {0, 90}}, {box(130, 40, 20, 20)}));
        put("predicted", "other", {{box(300, 0, 50, 50), {}}});
    }

    HereRequest within(geo::Ring ring) {
        HereRequest request;
        request.from = "predicted";
        request.title = "Prediction 2020";
        request.into = "inventory";
        request.region = ring.empty() ? geo::MultiPolygon() : polygon(std::move(ring));
        return request;
    }
    HereRequest whole(std::vector<std::string> glaciers) {
        HereRequest request = within({});
        request.glaciers = std::move(glaciers);
        return request;
    }
    editing::TakenHere take(const HereRequest& request, Neighbours neighbours = Neighbours::Together) {
        auto taken = editing::takeHere(draft(), request, neighbours);
        commit(taken.edit);
        return taken;
    }
    /// Found to be no glacier.
    void remove(const std::string& name, geo::MultiPolygon shape) {
        put("inventory", name, std::move(shape));
        outlines::Outline none = *mine().find(name);
        none.review = outlines::Review::Removed;
        mine().put(outlines::share(none));
    }
    bool has(const std::string& name) { return mine().find(name) != nullptr; }
    outlines::OutlineSet& mine() { return all["inventory"]; }
    double area(const std::string& name) { return geo::planarArea(shapeOf(*this, name)); }
};

geo::MultiPolygon groundOf(const outlines::OutlineSet& set) {
    std::vector<geo::MultiPolygon> shapes;
    for (const auto& outline : set.all()) {
        shapes.push_back(outline->geometry);
    }
    return geo::unionOf(shapes);
}

double otherGround(const geo::MultiPolygon& a, const geo::MultiPolygon& b) {
    return geo::planarArea(geo::difference(a, b)) + geo::planarArea(geo::difference(b, a));
}

int commonVertices(const geo::MultiPolygon& a, const geo::MultiPolygon& b) {
    int count = 0;
    geo::forEachVertex(a, [&](const geo::VertexId&, geo::Point one) {
        geo::forEachVertex(b, [&](const geo::VertexId&, geo::Point other) { count += one == other ? 1 : 0; });
    });
    return count;
}

} // namespace

class TakeHereTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withinTheRegionTheMarginIsTheReferences() {
        World world;
        const auto taken = world.take(world.within(box(20, 70, 40, 60)));
        QCOMPARE(taken.changed, 1);
        QCOMPARE(QString::fromStdString(taken.edit.description),
                 QStringLiteral("Take Prediction 2020 into west"));
        QCOMPARE(world.area("west"), 10000.0 - 40 * 10);
        QCOMPARE(world.area("east"), 10000.0);
        QVERIFY(isPlanar(world));
    }

    void myDivideStaysWhereTheReferenceHasBothGlaciersAsOne() {
        World world;
        world.take(world.within(box(50, 70, 100, 60)));
        QCOMPARE(world.area("west"), 10000.0 - 50 * 10);
        QCOMPARE(world.area("east"), 10000.0 - 50 * 10);
        QCOMPARE(commonVertices(shapeOf(world, "west"), shapeOf(world, "east")),
                 3); // (100,0) (100,50) (100,90)
        QVERIFY(isPlanar(world));
    }

    void theDivideIsTakenWhereTheReferenceHasGlaciersOnBothSides() {
        World world;
        world.put("expert", "w", polygon({{0, 0}, {120, 0}, {80, 100}, {0, 100}}));
        world.put("expert", "e", polygon({{120, 0}, {200, 0}, {200, 100}, {80, 100}}));
        auto request = world.within(box(50, 50, 100, 80));
        request.from = "expert";
        world.take(request);
        QCOMPARE(tests::areaOf(world), 20000.0);
        // From the region's edge at (100, 50) on it is the expert's, which meets that edge in the same place.
        QCOMPARE(world.area("west"), 10000.0 - 20 * 50 / 2.0);
        QVERIFY(isPlanar(world));
        QVERIFY(commonVertices(shapeOf(world, "west"), shapeOf(world, "east")) >= 3);
    }

    void holesComeAlong() {
        World world;
        world.take(world.within(box(125, 35, 30, 30)));
        QCOMPARE(shapeOf(world, "east").front().holes.size(), std::size_t(1));
        QCOMPARE(world.area("east"), 10000.0 - 400);
    }

    void aHoleOfMineThatTheReferenceHasNotIsFilled() {
        World world;
        world.put("inventory", "west",
                  polygon({{0, 0}, {100, 0}, {100, 50}, {100, 100}, {0, 100}}, {box(20, 40, 10, 10)}));
        world.take(world.within(box(10, 30, 40, 40)));
        QCOMPARE(world.area("west"), 10000.0);
        QCOMPARE(world.mine().find("west")->vertices(), std::size_t(5));
    }

    void nothingIsLeftOfTheSeamWhereBothLinesAreOne() {
        World world;
        world.put("expert", "w", polygon({{0, 0}, {100, 0}, {100, 50}, {100, 100}, {50, 120}, {0, 100}}));
        auto request = world.within(box(-10, 60, 200, 80));
        request.from = "expert";
        request.glaciers = {"west"};
        world.take(request, Neighbours::NoOverlap);
        QCOMPARE(world.area("west"), 10000.0 + 100 * 20 / 2.0);
        QCOMPARE(world.mine().find("west")->vertices(), std::size_t(6));
        QCOMPARE(world.mine().find("east")->vertices(), std::size_t(5));
    }

    void whatOnlyTheReferenceHasComesWithItsOwnModelAndDate() {
        World world;
        outlines::Outline other = *world.all["predicted"].find("other");
        other.model = "GlaViTU 1";
        other.threshold = 0.5;
        other.srcDate = "2020-08-20";
        other.review = outlines::Review::Accepted;
        world.all["predicted"].put(outlines::share(other));
        const auto taken = world.take(world.within(box(290, -10, 100, 100)));
        QCOMPARE(taken.added, 1);
        const auto came = world.mine().find("other");
        QVERIFY(came != nullptr);
        QCOMPARE(came->geometry, other.geometry);
        QVERIFY(came->origin == outlines::Origin::Machine);
        QCOMPARE(came->model, other.model);
        QCOMPARE(came->threshold, 0.5);
        QCOMPARE(came->srcDate, other.srcDate);
        QVERIFY(came->review == outlines::Review::NotReviewed);
        QVERIFY(taken.edit.changes.front().isAlong); // no picture dates it
        QCOMPARE(QString::fromStdString(taken.edit.description),
                 QStringLiteral("Take Prediction 2020, other new"));
    }

    void whatOnlyTheInventoryHasGoesWithinTheRegion() {
        World world;
        world.put("inventory", "snow", {{box(0, 200, 30, 30), {}}});
        world.put("inventory", "half", {{box(100, 200, 30, 30), {}}});
        const auto taken = world.take(world.within(box(-10, 190, 125, 60)));
        QCOMPARE(taken.gone, 1);
        QVERIFY(!world.has("snow"));
        QCOMPARE(world.area("half"), 15.0 * 30);
    }

    void whatIsNoGlacierStaysSoWhateverTheReferenceSays() {
        World world;
        world.remove("none", {{box(300, 0, 50, 50), {}}});
        // All of it, and a piece of it.
        for (const auto& region : {box(290, -10, 100, 100), box(290, -10, 30, 100)}) {
            QCOMPARE(tests::refusal([&] { editing::takeHere(world.draft(), world.within(region)); }),
                     std::string("What differs here was found to be no glacier."));
        }
        // Together with what does differ.
        const auto taken = world.take(world.within(box(150, -10, 300, 70)));
        QCOMPARE(taken.refused, 1);
        QCOMPARE(taken.added, 0);
        QVERIFY(world.has("none") && !world.has("other"));
        QCOMPARE(world.area("east"), 10000.0 - 50 * 10);
    }

    void groundOfWhatIsNoGlacierGoesToNoNeighbourOfIt() {
        World world;
        world.put("expert", "e", polygon({{100, 0}, {260, 0}, {260, 100}, {100, 100}}));
        world.remove("snow", polygon(box(200, 20, 40, 60)));
        auto request = world.within(box(90, -10, 300, 200));
        request.from = "expert";
        request.glaciers = {"east"};
        world.take(request);
        QCOMPARE(world.area("east"), 10000.0 + 60 * 100 - 40 * 60);
        QCOMPARE(world.area("snow"), 40.0 * 60);
    }

    void aGlacierThatLiesWhereNoneWasFoundIsTakenAsAnyOther() {
        World world;
        world.remove("twice", polygon(box(110, 10, 80, 80))); // the same ice, drawn a second time
        world.take(world.within(box(120, 70, 40, 60)));
        QCOMPARE(world.area("east"), 10000.0 - 40 * 10);
        // Drawn anew where the reference's was found to be none.
        world.remove("other", {{box(300, 0, 50, 50), {}}});
        world.put("inventory", "anew", {{box(300, 0, 50, 40), {}}});
        const auto taken = world.take(world.within(box(290, -10, 100, 100)));
        QCOMPARE(taken.changed, 1);
        QCOMPARE(world.area("anew"), 50.0 * 50);
    }

    void aWholeGlacierIsTheReferencesWithItsDate() {
        World world;
        world.put("expert", "w", polygon({{0, 0}, {90, 0}, {90, 100}, {0, 120}}));
        outlines::Outline expert = *world.all["expert"].find("w");
        expert.srcDate = "2003-08-13";
        world.all["expert"].put(outlines::share(expert));
        auto request = world.whole({"west"});
        request.from = "expert";
        request.kind = LayerKind::Expert;
        const auto taken = world.take(request);
        QCOMPARE(taken.changed, 1);
        const auto west = world.mine().find("west");
        QCOMPARE(geo::planarArea(west->geometry), geo::planarArea(expert.geometry));
        QCOMPARE(west->name, std::string("west"));
        QCOMPARE(west->srcDate, std::string("2003-08-13"));
        QVERIFY(west->origin == outlines::Origin::Imported);
        QCOMPARE(world.area("east"), 10000.0);
    }

    void aWholeGlacierOfAComplexGetsItsOwnMarginOnly() {
        World world;
        world.take(world.whole({"west"}));
        QCOMPARE(world.area("west"), 8000.0);
        QCOMPARE(world.area("east"), 10000.0);
        QVERIFY(isPlanar(world));
    }

    void keptIsMineAndAllElseOfTheGlacierTheReferences() {
        World world;
        auto request = world.within(box(-10, 50, 120, 100));
        request.keepsMine = true;
        request.glaciers = {"west"};
        const auto taken = world.take(request);
        QCOMPARE(world.area("west"), 10000.0 - 100 * 10); // lower in the south alone
        QCOMPARE(world.area("east"), 10000.0);
        QCOMPARE(QString::fromStdString(taken.edit.description),
                 QStringLiteral("Take Prediction 2020 around what stays into west"));
        request = world.within(box(190, 50, 100, 100));
        request.keepsMine = true; // of nobody who is named: of those that lie in it
        world.take(request);
        QCOMPARE(world.area("east"), 10000.0 - 100 * 10 - 90 * 10 - 400);
        QVERIFY(isPlanar(world));
    }

    void othersStayWhereTheyMeanNothing() {
        World world;
        world.put("expert", "w", polygon({{0, 0}, {140, 0}, {140, 100}, {0, 100}}));
        world.put("expert", "e", polygon({{140, 0}, {200, 0}, {200, 100}, {140, 100}}));
        auto request = world.within(box(-10, -10, 300, 60));
        request.from = "expert";
        request.glaciers = {"west"};
        QCOMPARE(tests::refusal([&] { editing::takeHere(world.draft(), request, Neighbours::NoOverlap); }),
                 std::string("Nothing differs here."));
        QVERIFY(tests::refusal([&] {
                    editing::takeHere(world.draft(), request, Neighbours::Alone);
                }).starts_with("It would overlap east"));
        QCOMPARE(tests::refusal([&] { editing::takeHere(world.draft(), request, Neighbours::Together); }),
                 std::string("done"));
    }

    void cutOffSliversGo() {
        World world;
        // Ten metres into the reference's south, and two metres within mine: what is beyond hangs on nothing.
        auto request = world.within(box(2, 2, 96, 40));
        world.put("expert", "w", polygon({{0, 60}, {100, 60}, {100, 100}, {0, 100}}));
        request.from = "expert";
        request.glaciers = {"west"};
        request.sliver = 5;
        world.take(request, Neighbours::Alone);
        QCOMPARE(shapeOf(world, "west").size(), std::size_t(1));
    }

    void whereNothingDiffersNothingIsDone() {
        World world;
        QCOMPARE(tests::refusal([&] { editing::takeHere(world.draft(), world.within(box(20, 40, 20, 20))); }),
                 std::string("Nothing differs here."));
        QCOMPARE(tests::refusal([&] { editing::takeHere(world.draft(), world.whole({})); }),
                 std::string("Nothing is selected."));
    }

    void whateverIsDrawnTheIceInItIsTheReferencesAndBeyondItMine() {
        int done = 0;
        for (unsigned seed = 1; seed <= 60; ++seed) {
            tests::Layers layers;
            tests::PlanarLayer(seed).make(layers, "inventory");
            if (!tests::isPlanar(layers)) {
                continue;
            }
            tests::addReference(layers, layers.all["inventory"], seed);
            const auto before = groundOf(layers.all["inventory"]);
            const auto theirs = groundOf(layers.all["reference"]);
            if (!geo::invalidReason(theirs).empty()) {
                continue;
            }
            bool isSound = true;
            for (const auto& outline : layers.all["reference"].all()) {
                isSound = isSound && geo::invalidReason(outline->geometry).empty();
            }
            if (!isSound) {
                continue;
            }
            std::mt19937 random(seed);
            std::uniform_real_distribution<double> share(0.1, 0.6);
            const auto extent = geo::extentOf(before);
            const auto region = polygon(box(extent.xmin + share(random) * extent.width(),
                                            extent.ymin + share(random) * extent.height(),
                                            share(random) * extent.width(), share(random) * extent.height()));
            HereRequest request;
            request.from = "reference";
            request.into = "inventory";
            request.region = region;
            editing::Edit edit;
            try {
                edit = editing::takeHere(layers.draft(), request).edit;
            } catch (const editing::Unfinished&) {
                continue;
            } catch (const editing::Refused& refused) {
                qInfo("%u: %s", seed, refused.what());
                continue;
            }
            layers.commit(edit);
            ++done;
            QVERIFY2(tests::isPlanar(layers), qPrintable(QString::number(seed)));
            const auto after = groundOf(layers.all["inventory"]);
            const double inside =
                otherGround(geo::intersection(after, region), geo::intersection(theirs, region));
            const double outside =
                otherGround(geo::difference(after, region), geo::difference(before, region));
            QVERIFY2(inside < 0.01, qPrintable(QStringLiteral("%1: %2 m²").arg(seed).arg(inside)));
            QVERIFY2(outside < 0.01, qPrintable(QStringLiteral("%1: %2 m²").arg(seed).arg(outside)));
        }
        qInfo("%d regions", done);
        QVERIFY(done > 20);
    }

    void soItIsWithTwoDatesOfARealInventory() {
        const QString folder = QStringLiteral(NUNATAK_SHARED_DATA "/data/french_alps/");
        if (!QFileInfo::exists(folder + "inventory_2015.shp")) {
            QSKIP("The real outlines are not there.");
        }
        auto layers = tests::realLayer("inventory", folder + "inventory_2003.shp", "EPSG:32632");
        layers.all["later"] =
            tests::realLayer("later", folder + "inventory_2015.shp", "EPSG:32632").all["later"];
        const auto theirsAll = layers.all["later"].all();
        int done = 0, refused = 0;
        double slowest = 0;
        for (const auto& their : theirsAll) {
            // Its lower or upper half, with what lies around it.
            const auto extent = their->extent();
            const bool isUpper = done % 2 == 0;
            HereRequest request;
            request.from = "later";
            request.into = "inventory";
            request.region = polygon(box(extent.xmin - 60, isUpper ? extent.center().y : extent.ymin - 60,
                                         extent.width() + 120, extent.height() / 2 + 60));
            const auto groundIn = [&](const std::string& layer) {
                std::vector<geo::MultiPolygon> shapes;
                for (const auto& each : layers.all[layer].in(extent.grown(3000))) {
                    if (!geo::invalidReason(each->geometry).empty()) {
                        return geo::MultiPolygon();
                    }
                    shapes.push_back(each->geometry);
                }
                return geo::unionOf(shapes);
            };
            const auto before = groundIn("inventory");
            const auto theirs = groundIn("later");
            if (before.empty() || theirs.empty()) {
                continue;
            }
            QElapsedTimer timer;
            timer.start();
            try {
                const auto edit = editing::takeHere(layers.draft(), request).edit;
                slowest = std::max(slowest, static_cast<double>(timer.nsecsElapsed()) / 1e6);
                layers.commit(edit);
            } catch (const editing::Unfinished&) {
                continue;
            } catch (const editing::Refused& why) {
                qInfo("%s: %s", their->name.c_str(), why.what());
                ++refused;
                continue;
            }
            ++done;
            const auto after = groundIn("inventory");
            const double inside = otherGround(geo::intersection(after, request.region),
                                              geo::intersection(theirs, request.region));
            const double outside =
                otherGround(geo::difference(after, request.region), geo::difference(before, request.region));
            QVERIFY2(inside < 1 && outside < 1, qPrintable(QStringLiteral("%1: %2 m² inside, %3 outside")
                                                               .arg(QString::fromStdString(their->name))
                                                               .arg(inside)
                                                               .arg(outside)));
        }
        qInfo("%d taken, %d refused, the slowest in %.1f ms", done, refused, slowest);
        QVERIFY(done > 60);
        QVERIFY(refused <= 2);
    }
};

QTEST_APPLESS_MAIN(TakeHereTest)
#include "take_here_test.moc"
