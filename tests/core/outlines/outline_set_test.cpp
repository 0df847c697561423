// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "geo/rings.h"
#include "geo/shape_operations.h"
#include "outlines/outline_set.h"
#include "support/allocations.h"

#include <cmath>
#include <limits>
#include <random>
#include <regex>
#include <set>

#include <QtTest>

using namespace nunatak;
using namespace nunatak::outlines;

namespace {

OutlineSet::Handle square(const std::string& uuid, double x, double y, double side) {
    Outline outline;
    outline.uuid = uuid;
    outline.geometry = {{{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}}, {}}};
    return outlines::share(std::move(outline));
}

std::vector<std::string> uuidsOf(const std::vector<OutlineSet::Handle>& outlines) {
    std::vector<std::string> uuids;
    for (const auto& outline : outlines) {
        uuids.push_back(outline->uuid);
    }
    return uuids;
}

} // namespace

class OutlineSetTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void anOutlinePutIsFoundByItsUuid() {
        OutlineSet set;
        set.put(square("a", 0, 0, 10));
        QCOMPARE(set.find("a")->uuid, std::string("a"));
        QVERIFY(set.find("b") == nullptr);
        QCOMPARE(set.size(), std::size_t{1});
    }

    void puttingTheSameUuidReplacesIt() {
        OutlineSet set;
        set.put(square("a", 0, 0, 10));
        set.put(square("a", 1000, 1000, 10));
        QCOMPARE(set.size(), std::size_t{1});
        QVERIFY(set.at({5, 5}) == nullptr);
        QVERIFY(set.at({1005, 1005}) != nullptr);
        QCOMPARE(set.extent().xmin, 1000.0);
    }

    void allStayInTheOrderInWhichTheyCame() {
        OutlineSet set;
        for (const char* uuid : {"c", "a", "b"}) {
            set.put(square(uuid, 0, 0, 10));
        }
        QCOMPARE(uuidsOf(set.all()), (std::vector<std::string>{"c", "a", "b"}));
        set.put(square("c", 50, 0, 10));
        QCOMPARE(uuidsOf(set.all()), (std::vector<std::string>{"c", "a", "b"}));
        set.remove("a");
        set.put(square("a", 0, 0, 10));
        QCOMPARE(uuidsOf(set.all()), (std::vector<std::string>{"c", "b", "a"}));
    }

    void ofNestedOutlinesTheSmallestIsAtAPoint() {
        OutlineSet set;
        set.put(square("large", 0, 0, 1000));
        set.put(square("small", 400, 400, 100));
        QCOMPARE(set.at({450, 450})->uuid, std::string("small"));
        QCOMPARE(set.at({10, 10})->uuid, std::string("large"));
        QVERIFY(set.at({-1, 10}) == nullptr);
    }

    void aPointInAHoleIsNotInTheOutline() {
        Outline outline = *square("a", 0, 0, 100);
        outline.geometry[0].holes.push_back({{40, 40}, {60, 40}, {60, 60}, {40, 60}});
        OutlineSet set;
        set.put(outlines::share(outline));
        QVERIFY(set.at({50, 50}) == nullptr);
        QVERIFY(set.at({20, 20}) != nullptr);
    }

    void aCopyIsIndependent() {
        OutlineSet set;
        set.put(square("a", 0, 0, 10));
        OutlineSet copy = set;
        copy.remove("a");
        QCOMPARE(set.size(), std::size_t{1});
        QVERIFY(set.at({5, 5}) != nullptr);
        QVERIFY(copy.at({5, 5}) == nullptr);
        // The other way round, and with a copy that had no change of its own yet.
        const OutlineSet snapshot = set;
        set.put(square("b", 100, 100, 10));
        set.put(square("a", 50, 50, 10));
        QCOMPARE(snapshot.size(), std::size_t{1});
        QVERIFY(snapshot.at({5, 5}) != nullptr);
        QVERIFY(snapshot.at({105, 105}) == nullptr);
        QVERIFY(set.at({5, 5}) == nullptr);
        // Outlines themselves are shared.
        copy = set;
        QVERIFY(copy.find("a") == set.find("a"));
    }

    void aChangeAfterACopyCostsThePartThatItFallsInto() {
        const auto bytesFor = [](int count) {
            OutlineSet set;
            for (int i = 0; i < count; ++i) {
                set.put(square(std::to_string(i), i % 100 * 20, i / 100 * 20, 10));
            }
            const auto changed = square("7", 7 * 20 + 1, 0, 10);
            const OutlineSet copy = set;
            const std::size_t before = tests::allocatedBytes();
            set.put(changed);
            const std::size_t bytes = tests::allocatedBytes() - before;
            return copy.find("7") != changed && set.find("7") == changed ? bytes : 0;
        };
        const std::size_t few = bytesFor(100);
        const std::size_t many = bytesFor(5000);
        QVERIFY(few > 0);
        QVERIFY2(many < 2 * few, qPrintable(QString("%1 bytes, and %2").arg(few).arg(many)));
    }

    void allIsFoundAgainAfterManyCopiesAndChanges() {
        std::mt19937 random(11);
        std::vector<std::pair<OutlineSet, std::map<std::string, OutlineSet::Handle>>> versions(1);
        for (int i = 0; i < 4000; ++i) {
            if (i % 400 == 0) {
                versions.push_back(versions[random() % versions.size()]);
            }
            auto& [set, plain] = versions[random() % versions.size()];
            const std::string uuid = std::to_string(random() % 300);
            if (random() % 3 == 0) {
                set.remove(uuid);
                plain.erase(uuid);
            } else {
                const auto outline = square(uuid, random() % 5000, random() % 5000, 1 + random() % 300);
                set.put(outline);
                plain[uuid] = outline;
            }
        }
        for (const auto& [set, plain] : versions) {
            QCOMPARE(set.size(), plain.size());
            geo::Extent extent;
            for (const auto& [uuid, outline] : plain) {
                QCOMPARE(set.find(uuid), outline);
                extent.include(outline->extent());
            }
            QCOMPARE(set.all().size(), plain.size());
            QCOMPARE(set.in(extent).size(), plain.size());
            QVERIFY(set.extent() == extent);
        }
    }

    void anOutlineWithoutGeometryIsKeptButNowhere() {
        OutlineSet set;
        Outline outline;
        outline.uuid = "a";
        set.put(outlines::share(outline));
        QCOMPARE(set.size(), std::size_t{1});
        QVERIFY(set.extent().empty());
        QVERIFY(set.in({-1e9, -1e9, 1e9, 1e9}).empty());
        set.remove("a");
        QCOMPARE(set.size(), std::size_t{0});
    }

    void theIndexFindsWhatLookingAtEachOneFinds() {
        std::mt19937 random(7);
        std::uniform_real_distribution<double> place(-50000, 5000000);
        std::lognormal_distribution<double> size(5, 2.5);
        OutlineSet set;
        std::map<std::string, OutlineSet::Handle> plain;
        for (int i = 0; i < 3000; ++i) {
            const std::string uuid = std::to_string(random() % 1500);
            if (random() % 4 == 0) {
                set.remove(uuid);
                plain.erase(uuid);
            } else {
                const auto outline = square(uuid, place(random), place(random), size(random));
                set.put(outline);
                plain[uuid] = outline;
            }
        }
        QCOMPARE(set.size(), plain.size());
        for (int i = 0; i < 400; ++i) {
            const double side = size(random) * 20;
            const double x = place(random);
            const double y = place(random);
            const geo::Extent area{x, y, x + side, y + side};
            std::vector<std::string> expected;
            for (const auto& [uuid, outline] : plain) {
                if (geo::extentOf(outline->geometry).intersects(area)) {
                    expected.push_back(uuid);
                }
            }
            QCOMPARE(uuidsOf(set.in(area)), expected);
        }
    }

    void uuidsAreOfVersion4AndDiffer() {
        const std::regex form("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
        std::set<std::string> seen;
        for (int i = 0; i < 1000; ++i) {
            const std::string uuid = makeUuid();
            QVERIFY2(std::regex_match(uuid, form), uuid.c_str());
            QVERIFY(seen.insert(uuid).second);
        }
    }

    void anOutlineIsMeasuredInOneWalkAsByTheOperationsOnShapes() {
        std::mt19937 random(3);
        std::uniform_real_distribution<double> wave(0.8, 1.2);
        const auto ringOf = [&](int count, double radius) {
            geo::Ring ring;
            for (int i = 0; i < count; ++i) {
                const double angle = 6.283185307 * i / count;
                ring.push_back({5e5 + radius * wave(random) * std::cos(angle),
                                5e6 + radius * wave(random) * std::sin(angle)});
            }
            return ring;
        };
        for (int count = 3; count < 40; ++count) { // even and odd
            Outline outline;
            outline.geometry = {{ringOf(count, 1000), {ringOf(count + 1, 200)}}, {ringOf(3, 50), {}}};
            const geo::MultiPolygon shape = outline.geometry;
            const auto measured = outlines::share(std::move(outline));
            QVERIFY(measured->extent() == geo::extentOf(shape));
            QCOMPARE(measured->vertices(), geo::vertexCount(shape));
            QVERIFY(std::abs(measured->area() - geo::planarArea(shape)) < 1e-6);
            QVERIFY(measured->hasSoundRings());
        }
    }

    void whatOneOutlineLacksOfAnotherTellsItsMeasures() {
        std::mt19937 random(5);
        const auto upTo = [&](std::size_t most) { return static_cast<std::size_t>(random()) % most; };
        const auto place = [&] {
            return geo::Point{5e5 + static_cast<double>(upTo(4000)) / 4,
                              5e6 + static_cast<double>(upTo(4000)) / 4};
        };
        Outline outline;
        outline.geometry = {{{}, {{}}}, {{}, {}}};
        geo::forEachRing(outline.geometry, [&](geo::Ring& ring, int, int) {
            for (int i = 0; i < 20; ++i) {
                ring.push_back(place());
            }
        });
        auto known = outlines::share(outline);
        int walked = 0;
        for (int step = 0; step < 3000; ++step) {
            const int part = static_cast<int>(upTo(2));
            const int number = part == 0 ? static_cast<int>(upTo(2)) : 0;
            geo::Ring& ring = geo::ringOf(outline.geometry, part, number);
            // The ring is turned so that what changes is its beginning.
            const geo::Ring before = ring;
            const std::size_t first = upTo(before.size());
            const std::size_t removed = std::min(upTo(4), before.size() - 3);
            outlines::ChangedRun run{part, number, {}, {}};
            const std::size_t behind = first + before.size() - 1;
            for (std::size_t i = 0; i < removed + 2; ++i) {
                run.was.push_back(before[(behind + i) % before.size()]);
            }
            run.now.push_back(run.was.front());
            for (std::size_t i = upTo(before.size() < 30 ? 5 : 2); i > 0; --i) {
                run.now.push_back(place());
            }
            ring.assign(run.now.begin() + 1, run.now.end());
            run.now.push_back(run.was.back());
            for (std::size_t i = removed; i < before.size(); ++i) {
                ring.push_back(before[(first + i) % before.size()]);
            }
            const auto walk = outlines::walkAlong(outline.geometry);
            walked += outlines::walkAfter(outlines::walkAlong(known->geometry), outline.geometry, {&run, 1})
                          ? 0
                          : 1;
            known = std::make_shared<const outlines::SharedOutline>(outline, *known, std::span(&run, 1));
            QVERIFY(known->extent() == walk.extent);
            QCOMPARE(known->vertices(), walk.vertices);
            QVERIFY2(std::abs(known->area() - walk.area) < 1e-6, qPrintable(QString::number(step)));
            QVERIFY(known->hasSoundRings());
        }
        QVERIFY2(walked > 100 && walked < 1500,
                 qPrintable(QString::number(walked))); // what was on the border
    }

    void whatIsNoNumberOrTooSmallIsFoundWithoutAWalk() {
        Outline outline;
        outline.geometry = {{{{0, 0}, {9, 0}, {9, 9}, {5, 5}, {0, 9}}, {}}};
        const auto known = outlines::share(outline);
        outline.geometry[0].outer[3].x = std::numeric_limits<double>::quiet_NaN();
        outlines::ChangedRun run{
            0, 0, {{9, 9}, {5, 5}, {0, 9}}, {{9, 9}, outline.geometry[0].outer[3], {0, 9}}};
        QVERIFY(!outlines::SharedOutline(outline, *known, std::span(&run, 1)).hasSoundRings());
        outline.geometry[0].outer = {{0, 9}, {0, 0}};
        run = {0, 0, {{0, 0}, {9, 0}, {9, 9}, {5, 5}, {0, 9}}, {{0, 0}, {0, 9}}};
        QVERIFY(!outlines::SharedOutline(outline, *known, std::span(&run, 1)).hasSoundRings());
    }

    void anOutlineWithACoordinateThatIsNoNumberIsNotSound() {
        for (const double wrong :
             {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
            for (std::size_t vertex = 0; vertex < 5; ++vertex) {
                for (const bool isNorth : {false, true}) {
                    Outline outline;
                    outline.geometry = {{{{0, 0}, {4, 0}, {4, 3}, {2, 5}, {0, 3}}, {}}};
                    geo::Point& point = outline.geometry[0].outer[vertex];
                    (isNorth ? point.y : point.x) = wrong;
                    QVERIFY(!outlines::share(std::move(outline))->hasSoundRings());
                }
            }
        }
        // Too large for its area to be a number: sound all the same.
        Outline large;
        large.geometry = {{{{0, 0}, {1e300, 0}, {0, 1e300}}, {}}};
        QVERIFY(outlines::share(std::move(large))->hasSoundRings());
        for (const geo::Ring& ring : {geo::Ring{}, geo::Ring{{0, 0}}, geo::Ring{{0, 0}, {1, 1}}}) {
            Outline outline;
            outline.geometry = {{ring, {}}};
            QVERIFY(!outlines::share(std::move(outline))->hasSoundRings());
        }
    }

    void kindsOfLayersAreNamedBothWays() {
        for (const LayerKind kind :
             {LayerKind::Inventory, LayerKind::Predicted, LayerKind::Expert, LayerKind::Side}) {
            QVERIFY(layerKindFromString(toString(kind)) == kind);
        }
        QVERIFY_THROWS_EXCEPTION(Error, layerKindFromString("Expert "));
    }
};

QTEST_GUILESS_MAIN(OutlineSetTest)
#include "outline_set_test.moc"
