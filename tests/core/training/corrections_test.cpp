// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/corrections.h"

#include "base/error.h"
#include "geo/shape_operations.h"

#include <QtTest>

using namespace nunatak;
using outlines::LayerKind;
using outlines::OutlineSet;

namespace {

geo::MultiPolygon square(double x, double y, double side) {
    return {{{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}}, {}}};
}

OutlineSet::Handle outline(const std::string& uuid, const geo::MultiPolygon& shape) {
    outlines::Outline made;
    made.uuid = uuid;
    made.geometry = shape;
    return outlines::share(made);
}

geo::Crs utm() {
    return geo::Crs::fromUserInput("EPSG:32632");
}

training::TrainingArea areaOf(const std::vector<OutlineSet::Handle>& corrected,
                              const std::vector<OutlineSet::Handle>& others) {
    return training::areaFromLayer(nullptr, utm(),
                                   {{{"corrected", LayerKind::Inventory, "scene", ""}, corrected},
                                    {{"predicted", LayerKind::Predicted, "scene", ""}, others}},
                                   "corrected");
}

} // namespace

class CorrectionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theSurroundingsOfACorrectedGlacierAreLookedAt() {
        const auto area = areaOf({outline("a", square(0, 0, 1000))}, {});
        QCOMPARE(area.glaciers.size(), std::size_t(1));
        QVERIFY(geo::contains(*area.lookedAt, {500, 500}));
        QVERIFY(geo::contains(*area.lookedAt, {1400, 500}));
        QVERIFY(!geo::contains(*area.lookedAt, {1600, 500}));
    }

    void aNeighbourThatNobodyCorrectedIsNoStatementEitherWay() {
        const auto area = areaOf({outline("a", square(0, 0, 1000))}, {outline("b", square(1200, 0, 1000))});
        QVERIFY(geo::contains(*area.lookedAt, {1100, 500}));
        QVERIFY(!geo::contains(*area.lookedAt, {1300, 500}));
    }

    void whatWasDeletedWithoutAVerdictTeachesNothing() {
        const auto near = outline("b", square(1200, 0, 1000));
        const auto learn = [&](const std::vector<OutlineSet::Handle>& deleted) {
            return training::areaFromLayer(nullptr, utm(),
                                           {{{"inventory", LayerKind::Inventory, "scene", ""},
                                             {outline("a", square(0, 0, 1000))},
                                             deleted}},
                                           "inventory");
        };
        QVERIFY(geo::contains(*learn({}).lookedAt, {1300, 500}));
        const auto area = learn({near});
        QVERIFY(!geo::contains(*area.lookedAt, {1300, 500}));
        QVERIFY(geo::contains(*area.lookedAt, {1100, 500}));
        // What was deleted to be drawn anew is known since.
        const auto drawn = learn({outline("c", square(50, 50, 1000))});
        QVERIFY(geo::contains(*drawn.lookedAt, {1030, 1030}));
    }

    void whatTheModelDrewTooLargeIsTaughtAsNoIce() {
        // The same glacier before its correction: by uuid, or because most of it lies under the corrected
        // ice.
        for (const char* uuid : {"a", "imported from a file"}) {
            const auto area = areaOf({outline("a", square(0, 0, 1000))}, {outline(uuid, square(0, 0, 1200))});
            QVERIFY(geo::contains(*area.lookedAt, {1100, 500}));
        }
    }

    void correctedIceStaysLookedAtUnderAnotherOutline() {
        const auto area = areaOf({outline("a", square(0, 0, 1000))}, {outline("b", square(900, 0, 3000))});
        QVERIFY(geo::contains(*area.lookedAt, {950, 500}));
        QVERIFY(!geo::contains(*area.lookedAt, {1100, 500}));
    }

    void whatAnExpertLeftOutIsTaughtAsNoIceOnlyWhereTheLayerIsComplete() {
        const auto learn = [](bool complete) {
            return training::areaFromLayer(
                nullptr, utm(),
                {{{"rgi", LayerKind::Expert, "scene", ""}, {outline("a", square(0, 0, 1000))}},
                 {{"predicted", LayerKind::Predicted, "scene", ""}, {outline("b", square(1200, 0, 1000))}}},
                "rgi", {.distance = 500, .complete = complete});
        };
        QVERIFY(geo::contains(*learn(true).lookedAt, {1300, 500}));
        QVERIFY(learn(true).complete);
        QVERIFY(!geo::contains(*learn(false).lookedAt, {1300, 500}));
        QVERIFY(!learn(false).complete);
    }

    void whatLiesBeyondANeighboursIceWasNotLookedAt() {
        // A neighbour of 100 m between the glacier and what else is within its 500 m.
        const geo::MultiPolygon between{{{{1000, -2000}, {1100, -2000}, {1100, 3000}, {1000, 3000}}, {}}};
        const auto area = areaOf({outline("a", square(0, 0, 1000))}, {outline("b", between)});
        QVERIFY(geo::contains(*area.lookedAt, {-100, 500}));
        QVERIFY(!geo::contains(*area.lookedAt, {1050, 500}));
        QVERIFY(!geo::contains(*area.lookedAt, {1300, 500}));
    }

    void inARegionThatWasReviewedWholeWhatIsNotOutlinedIsNoIce() {
        const auto area = training::areaFromLayer(
            nullptr, utm(),
            {{{"corrected", LayerKind::Inventory, "scene", ""}, {outline("a", square(0, 0, 1000))}},
             {{"predicted", LayerKind::Predicted, "scene", ""}, {outline("b", square(3000, 0, 1000))}}},
            "corrected", {.regions = {square(2500, -500, 2000)}});
        QVERIFY(geo::contains(*area.lookedAt, {3500, 500}));
        QVERIFY(!geo::contains(*area.lookedAt, {2000, 500}));
        QCOMPARE(area.regions.size(), std::size_t(1));
    }

    void whatDiffersFromThePredictionWasChanged() {
        // Drawn larger in the east by hand, and confirmed as it came.
        const auto area = areaOf({outline("a", square(0, 0, 1200)), outline("b", square(5000, 0, 1000))},
                                 {outline("a", square(0, 0, 1000)), outline("b", square(5000, 0, 1000))});
        const auto changed = geo::unionOf(area.changed);
        QVERIFY(geo::contains(changed, {1100, 500}));
        QVERIFY(!geo::contains(changed, {500, 500}));
        QCOMPARE(geo::planarArea(changed), 1200.0 * 1200 - 1000 * 1000);
    }

    void whatAModelDrewAsOneWithItsNeighboursWasNotCutOff() {
        const auto learn = [](bool isChanged) {
            outlines::Outline now;
            now.uuid = "a";
            now.geometry = square(0, 0, 1000);
            now.origin = outlines::Origin::Machine;
            now.review = outlines::Review::Accepted;
            now.isChanged = isChanged;
            return areaOf({outlines::share(now)}, {outline("a", square(0, 0, 3000))});
        };
        QVERIFY(learn(false).changed.empty());
        QVERIFY(!geo::contains(*learn(false).lookedAt, {1100, 500}));
        // By hand, it was.
        QVERIFY(geo::contains(*learn(true).lookedAt, {1100, 500}));
        QCOMPARE(geo::planarArea(geo::unionOf(learn(true).changed)), 8e6);
    }

    void aGlacierOfAnotherSceneHidesNothing() {
        const auto area = training::areaFromLayer(
            nullptr, utm(),
            {{{"corrected", LayerKind::Inventory, "2020", ""}, {outline("a", square(0, 0, 1000))}},
             {{"predicted", LayerKind::Predicted, "1990", ""}, {outline("b", square(1200, 0, 1000))}}},
            "corrected");
        QVERIFY(geo::contains(*area.lookedAt, {1300, 500}));
    }

    void aDoubtfulOutlineIsNoStatementEitherWay() {
        const auto doubtful = [](const std::string& uuid, double x) {
            outlines::Outline made;
            made.uuid = uuid;
            made.geometry = square(x, 0, 1000);
            made.review = outlines::Review::Doubtful;
            return outlines::share(made);
        };
        const auto predicted = outline("b", square(1200, 0, 1000));
        const auto area = areaOf({outline("a", square(0, 0, 1000)), doubtful("b", 1200)}, {predicted});
        QCOMPARE(area.glaciers.size(), std::size_t(1));
        QVERIFY(geo::contains(*area.lookedAt, {1100, 500}));
        QVERIFY(!geo::contains(*area.lookedAt, {1300, 500}));
        QVERIFY_EXCEPTION_THROWN(areaOf({doubtful("b", 1200)}, {predicted}), Error);
        // An expert's outline is doubted by its copy.
        const auto expert = training::areaFromLayer(
            nullptr, utm(),
            {{{"rgi", LayerKind::Expert, "scene", ""}, {outline("a", square(0, 0, 1000)), predicted}},
             {{"corrected", LayerKind::Inventory, "scene", ""}, {doubtful("b", 1200)}}},
            "rgi");
        QCOMPARE(expert.glaciers.size(), std::size_t(1));
        QVERIFY(!geo::contains(*expert.lookedAt, {1300, 500}));
    }

    void ofAnInventoryOnlyWhatSomebodyTouchedTeaches() {
        const auto of = [](const std::string& uuid, double x, outlines::Review review, bool isChanged) {
            outlines::Outline made;
            made.uuid = uuid;
            made.geometry = square(x, 0, 1000);
            made.origin = outlines::Origin::Machine;
            made.review = review;
            made.isChanged = isChanged;
            return outlines::share(made);
        };
        using outlines::Review;
        const auto untouched = of("untouched", 1200, Review::NotReviewed, false);
        const auto area = areaOf({of("accepted", 0, Review::Accepted, false), untouched,
                                  of("changed", 5000, Review::NotReviewed, true)},
                                 {});
        QCOMPARE(area.glaciers.size(), std::size_t(2));
        QVERIFY(geo::contains(*area.lookedAt, {5500, 500}));
        QVERIFY(geo::contains(*area.lookedAt, {1100, 500}));
        QVERIFY(!geo::contains(*area.lookedAt, {1300, 500}));
        QVERIFY_EXCEPTION_THROWN(areaOf({untouched}, {}), Error);
    }

    void whatWasFoundToBeNoGlacierTeachesThatThereIsNoIce() {
        outlines::Outline none;
        none.uuid = "none";
        none.geometry = square(5000, 0, 1000);
        none.review = outlines::Review::Removed;
        const auto area = areaOf({outline("a", square(0, 0, 1000)), outlines::share(none)},
                                 {outline("none", square(5000, 0, 1000))});
        QCOMPARE(area.glaciers.size(), std::size_t(1));
        QVERIFY(geo::contains(*area.lookedAt, {5500, 500}));
        QVERIFY(!geo::contains(*area.lookedAt, {5500, 1100})); // nobody spoke of what is around it
        QVERIFY(geo::contains(geo::unionOf(area.changed), {5500, 500}));
    }

    void noGlacierIsNoStatementWhereAnotherOutlineOfTheInventoryLies() {
        outlines::Outline none;
        none.uuid = "none";
        none.geometry = square(5000, 0, 1000);
        none.review = outlines::Review::Removed;
        outlines::Outline beside;
        beside.uuid = "beside";
        beside.geometry = square(5800, 0, 1000);
        beside.origin = outlines::Origin::Machine;
        const auto area =
            areaOf({outline("a", square(0, 0, 1000)), outlines::share(none), outlines::share(beside)}, {});
        QVERIFY(geo::contains(*area.lookedAt, {5500, 500}));
        QVERIFY(!geo::contains(*area.lookedAt, {5900, 500}));
    }

    void nothingCorrectedIsRefusedWithWhatToDo() {
        QVERIFY_EXCEPTION_THROWN(areaOf({}, {outline("b", square(0, 0, 100))}), Error);
        QVERIFY_EXCEPTION_THROWN(training::areaFromLayer(nullptr, utm(), {}, "corrected"), Error);
    }
};

QTEST_APPLESS_MAIN(CorrectionsTest)
#include "corrections_test.moc"
