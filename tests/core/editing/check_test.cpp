// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "editing/check.h"
#include "editing/repair.h"
#include "geo/shape_operations.h"
#include "shapes.h"

#include <QtTest>

#include <algorithm>
#include <set>

using namespace nunatak;
using editing::Fault;
using editing::Finding;

namespace {

/// In a zone of UTM, where areas on the ground can be told.
geo::Ring at(geo::Ring ring) {
    for (geo::Point& point : ring) {
        point = {point.x + 500000, point.y + 5000000};
    }
    return ring;
}

geo::MultiPolygon polygon(geo::Ring outer, std::vector<geo::Ring> holes = {}) {
    for (geo::Ring& hole : holes) {
        hole = at(hole);
    }
    return {{at(std::move(outer)), std::move(holes)}};
}

geo::Ring box(double west, double south, double east, double north) {
    return {{west, south}, {east, south}, {east, north}, {west, north}};
}

struct Checked : tests::Layers {
    double tolerance = 1e-3; ///< below it lines are nearly one

    std::vector<Finding> findings(double smallest = 0, bool mayOverlap = false) {
        return editing::check({"inventory", all["inventory"].all(), geo::Crs::fromUserInput("EPSG:32632"),
                               mayOverlap, smallest, tolerance},
                              {});
    }
    editing::Repaired repair() {
        auto repaired =
            editing::repair(draft(), findings(), geo::Crs::fromUserInput("EPSG:32632"), tolerance);
        commit(repaired.edit);
        return repaired;
    }
    std::vector<Fault> kinds(double smallest = 0) {
        std::vector<Fault> kinds;
        for (const Finding& finding : findings(smallest)) {
            kinds.push_back(finding.kind);
        }
        return kinds;
    }
};

} // namespace

class CheckTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void inSoundOutlinesThatShareALineNothingIsFound() {
        Checked layer;
        layer.put("inventory", "west", polygon(box(0, 0, 100, 100), {box(40, 40, 60, 60)}));
        layer.put("inventory", "east", polygon({{100, 50}, {100, 0}, {200, 0}, {200, 100}, {100, 100}}));
        layer.put("inventory", "within the hole", polygon(box(40, 40, 60, 60)));
        layer.put("inventory", "touching in a point", polygon(box(200, 100, 300, 200)));
        QVERIFY(layer.findings().empty());
    }

    void overlapsAreFoundWithTheirAreaAndPlace() {
        Checked layer;
        layer.put("inventory", "west", polygon(box(0, 0, 100, 100)));
        layer.put("inventory", "east", polygon(box(98, 10, 200, 60)));
        const auto found = layer.findings();
        QCOMPARE(found.size(), std::size_t{1});
        QVERIFY(found[0].kind == Fault::Overlap);
        QCOMPARE(found[0].outlines.size(), std::size_t{2});
        QVERIFY2(std::abs(found[0].size - 100) < 0.2, qPrintable(QString::number(found[0].size)));
        QVERIFY((found[0].extent == geo::Extent{500098, 5000010, 500100, 5000060}));
        QVERIFY(found[0].extent.contains(found[0].place));
        QVERIFY(found[0].sentence.find("overlap by 100 m²") != std::string::npos);
    }

    void outlinesOfTheSameGroundAreFound() {
        Checked layer;
        layer.put("inventory", "large", polygon(box(0, 0, 100, 100)));
        layer.put("inventory", "other", polygon(box(96, 10, 105, 20)));
        QVERIFY(layer.kinds() == std::vector{Fault::Overlap});
        layer.put("inventory", "other", polygon(box(95, 10, 104, 20)));
        QVERIFY(layer.kinds() == std::vector{Fault::Duplicate});
        layer.put("inventory", "other", polygon(box(10, 10, 20, 20)));
        QVERIFY(layer.kinds() == std::vector{Fault::Duplicate});
        layer.put("inventory", "other", polygon(box(0, 0, 100, 100)));
        QVERIFY(layer.kinds() == std::vector{Fault::Duplicate});
    }

    void layersThatMayOverlapAreNotAskedForIt() {
        Checked layer;
        layer.put("inventory", "large", polygon(box(0, 0, 100, 100)));
        layer.put("inventory", "within", polygon(box(10, 10, 20, 20)));
        QVERIFY(layer.findings(0, true).empty());
    }

    void eachCrossingOfALineIsAFinding() {
        Checked layer;
        layer.put("inventory", "bow", polygon({{0, 0}, {100, 100}, {100, 0}, {0, 100}}));
        auto found = layer.findings();
        QCOMPARE(found.size(), std::size_t{1});
        QVERIFY(found[0].kind == Fault::SelfCrossing);
        QVERIFY((found[0].place == geo::Point{500050, 5000050}));
        layer.put("inventory", "bow",
                  polygon({{0, 0}, {100, 100}, {200, 0}, {200, 100}, {100, 0}, {0, 100}}));
        QVERIFY((layer.kinds() == std::vector{Fault::SelfCrossing, Fault::SelfCrossing}));
    }

    void ringsThatTouchThemselvesAndHolesOutsideAreTold() {
        Checked layer;
        layer.put("inventory", "pinched",
                  polygon({{0, 0}, {50, 50}, {100, 0}, {100, 100}, {50, 50}, {0, 100}}));
        auto found = layer.findings();
        QCOMPARE(found.size(), std::size_t{1});
        QVERIFY(found[0].kind == Fault::TouchesItself);
        QVERIFY((found[0].place == geo::Point{500050, 5000050}));
        layer.put("inventory", "pinched", polygon(box(0, 0, 100, 100), {box(200, 0, 210, 10)}));
        QVERIFY(layer.kinds() == std::vector{Fault::HoleOutside});
        layer.put("inventory", "pinched", polygon(box(0, 0, 100, 100), {box(90, 10, 110, 20)}));
        const auto crossed = layer.kinds();
        QVERIFY((crossed == std::vector{Fault::SelfCrossing, Fault::SelfCrossing}));
        // Repeated vertices are no fault, and hide none.
        layer.put("inventory", "pinched",
                  polygon({{0, 0}, {50, 50}, {50, 50}, {100, 0}, {100, 100}, {50, 50}, {0, 100}}));
        QVERIFY(layer.kinds() == std::vector{Fault::TouchesItself});
    }

    void partsThatOverlapAreFound() {
        Checked layer;
        geo::MultiPolygon shape = polygon(box(0, 0, 100, 100));
        shape.push_back(polygon(box(10, 10, 20, 20)).front());
        layer.put("inventory", "nested", shape);
        const auto found = layer.findings();
        QCOMPARE(found.size(), std::size_t{1});
        QVERIFY(found[0].kind == Fault::NotValid);
    }

    void whatIsTooSmallForAGlacierIsFound() {
        Checked layer;
        layer.put("inventory", "small", polygon(box(0, 0, 99, 100)));
        layer.put("inventory", "large", polygon(box(200, 0, 301, 100)));
        const auto found = layer.findings(10'000);
        QCOMPARE(found.size(), std::size_t{1});
        QVERIFY(found[0].kind == Fault::TooSmall);
        QCOMPARE(found[0].outlines[0].uuid, std::string("small"));
    }

    void linesThatAreNearlyOneAreFoundAndBroughtTogether() {
        Checked layer;
        layer.tolerance = 5;
        layer.put("inventory", "west", polygon(box(0, 0, 100, 100)));
        layer.put("inventory", "east", polygon(box(101.5, 0, 200, 100)));
        const auto found = layer.findings();
        QCOMPARE(found.size(), std::size_t{1});
        QVERIFY(found[0].kind == Fault::Gap);
        QCOMPARE(found[0].size, 1.5);
        QVERIFY(found[0].sentence.find("up to 1.5 m apart in 2 places") != std::string::npos);
        const auto repaired = layer.repair();
        QVERIFY(repaired.refused.empty());
        QCOMPARE(repaired.edit.changes.size(), std::size_t{1});
        QVERIFY(layer.findings().empty());
    }

    void ofTwoThatOverlapTheSmallerGivesUpWhatBothHave() {
        Checked layer;
        layer.put("inventory", "large", polygon(box(0, 0, 100, 100)));
        layer.put("inventory", "small", polygon(box(80, 20, 150, 70)));
        layer.put("inventory", "south of it", polygon(box(100, 0, 150, 20)));
        const auto repaired = layer.repair();
        QVERIFY2(repaired.refused.empty(),
                 repaired.refused.empty() ? "" : repaired.refused[0].second.c_str());
        QVERIFY(layer.findings().empty());
        QCOMPARE(geo::planarArea(layer.all["inventory"].find("large")->geometry), 10000.0);
        QCOMPARE(geo::planarArea(layer.all["inventory"].find("small")->geometry), 2500.0);
        // The line is one: its ends are vertices of both.
        const auto large = layer.all["inventory"].find("large")->geometry[0].outer;
        QCOMPARE(large.size(), std::size_t{6});
    }

    void crossingsAndHolesOutsideAreRepairedAndTheRestIsSaid() {
        Checked layer;
        layer.put("inventory", "bow", polygon({{0, 0}, {100, 100}, {100, 0}, {0, 100}}));
        layer.put("inventory", "hole", polygon(box(200, 0, 300, 100), {box(400, 0, 410, 10)}));
        layer.put("inventory", "twice", polygon(box(500, 0, 600, 100)));
        layer.put("inventory", "again", polygon(box(500, 0, 600, 90)));
        const auto repaired = layer.repair();
        QCOMPARE(repaired.refused.size(), std::size_t{1});
        QVERIFY(repaired.refused[0].first.kind == Fault::Duplicate);
        QVERIFY(layer.kinds() == std::vector{Fault::Duplicate});
        QCOMPARE(geo::planarArea(layer.all["inventory"].find("bow")->geometry), 5000.0);
        QVERIFY(layer.all["inventory"].find("hole")->geometry[0].holes.empty());
    }

    void whatIsNoGlacierIsNotLookedAt() {
        Checked layer;
        layer.put("inventory", "large", polygon(box(0, 0, 100, 100)));
        outlines::Outline removed = *layer.all["inventory"].find("large");
        removed.uuid = "no glacier";
        removed.review = outlines::Review::Removed;
        layer.all["inventory"].put(outlines::share(removed));
        QVERIFY(layer.findings().empty());
    }

    void aShapeWithoutAnAreaIsAFindingAndEndsNothing() {
        Checked layer;
        layer.put("inventory", "line", polygon({{0, 0}, {100, 0}}));
        layer.put("inventory", "large", polygon(box(0, 0, 100, 100)));
        QVERIFY(layer.kinds() == std::vector{Fault::NotValid});
    }

    void onlyWhatBecameAnotherCanBeLookedAtAgain() {
        Checked layer;
        layer.tolerance = 5;
        layer.put("inventory", "west", polygon(box(0, 0, 100, 100)));
        layer.put("inventory", "middle", polygon(box(101.5, 0, 200, 100)));
        layer.put("inventory", "east", polygon(box(195, 0, 300, 100)));
        layer.put("inventory", "bow", polygon({{400, 0}, {500, 100}, {500, 0}, {400, 100}}));
        layer.put("inventory", "far", polygon(box(900, 0, 903, 10)));
        const auto all = layer.findings(100);
        const auto only = [&](const std::set<std::string>& uuids) {
            return editing::check({"inventory", layer.all["inventory"].all(),
                                   geo::Crs::fromUserInput("EPSG:32632"), false, 100, layer.tolerance, uuids},
                                  {});
        };
        for (const char* uuid : {"west", "middle", "east", "bow", "far"}) {
            std::vector<std::string> expected;
            for (const Finding& finding : all) {
                if (std::any_of(finding.outlines.begin(), finding.outlines.end(),
                                [&](const auto& ref) { return ref.uuid == uuid; })) {
                    expected.push_back(finding.sentence);
                }
            }
            std::vector<std::string> found;
            for (const Finding& finding : only({uuid})) {
                found.push_back(finding.sentence);
            }
            QVERIFY2(!expected.empty() && found == expected, uuid);
        }
        QCOMPARE(only({"west", "middle", "east", "bow", "far"}).size(), all.size());
        QVERIFY(only({"nobody"}).empty());
    }

    void whatWasPutRightAlreadyIsLeftAsItIs() {
        Checked layer;
        layer.put("inventory", "large", polygon(box(0, 0, 100, 100)));
        layer.put("inventory", "small", polygon(box(80, 20, 150, 70)));
        const auto known = layer.findings();
        QCOMPARE(known.size(), std::size_t{1});
        layer.put("inventory", "small", polygon(box(100, 20, 150, 70)));
        const auto repaired =
            editing::repair(layer.draft(), known, geo::Crs::fromUserInput("EPSG:32632"), layer.tolerance);
        QVERIFY(repaired.edit.empty() && repaired.refused.empty());
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(editing::repair(layer.draft(), known, geo::Crs::fromUserInput("EPSG:32632"),
                                                 layer.tolerance, Progress({}, stop.get_token())),
                                 Cancelled);
    }

    void itCanBeStopped() {
        Checked layer;
        layer.put("inventory", "large", polygon(box(0, 0, 100, 100)));
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(
            editing::check({"inventory", layer.all["inventory"].all(), geo::Crs::fromUserInput("EPSG:32632")},
                           Progress({}, stop.get_token())),
            Cancelled);
    }
};

QTEST_GUILESS_MAIN(CheckTest)
#include "check_test.moc"
