// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/hold_out.h"
#include "training/measure.h"
#include "training/own_ice.h"

#include "geo/shape_operations.h"
#include "training_fixture.h"

#include <QtTest>

using namespace nunatak;
using namespace nunatak::training;
using namespace nunatak::tests;

namespace {

geo::MultiPolygon square(double x, double y, double side) {
    return {{{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}}, {}}};
}

/// Glaciers of 1 km, so far apart, all reviewed with 500 m around them.
TrainingArea areaOf(int glaciers, double apart) {
    TrainingArea area;
    area.crs = geo::Crs::fromUserInput("EPSG:32632");
    for (int i = 0; i < glaciers; ++i) {
        area.glaciers.push_back(square(400000 + i * (1000 + apart), 5000000, 1000));
    }
    area.margin = 500;
    area.lookedAt = lookedAtAround(area.glaciers, area.margin);
    area.complete = false;
    return area;
}

std::vector<std::size_t> glaciersIn(const TrainingArea& area) {
    std::vector<std::size_t> found;
    for (std::size_t i = 0; i < area.glaciers.size(); ++i) {
        const auto extent = geo::extentOf(area.glaciers[i]);
        if (geo::contains(*area.lookedAt, extent.center())) {
            found.push_back(i);
        }
    }
    return found;
}

/// Squares of 6 × 6 pixels of the scene's ice, that share no divide.
TrainingArea eightGlaciers(const TrainingScene& scene) {
    auto area = scene.area();
    area.glaciers.clear();
    for (int i = 0; i < 8; ++i) {
        const int column = 42 + i % 4 * 15;
        const int row = 32 + i / 4 * 16;
        area.glaciers.push_back(scene.pixels(column, row, column + 6, row + 6));
    }
    area.margin = 60;
    area.lookedAt = geo::unionOf(area.glaciers);
    return area;
}

models::Manifest manifest() {
    return trainingManifest();
}

} // namespace

class HoldOutTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aFifthOfTheReviewedGlaciersIsOnlyMeasuredOn() {
        auto area = areaOf(15, 3000);
        area.complete = true;
        const auto result = heldOut({area}, 0.2, 1);
        QCOMPARE(result.reviewed, 15);
        QCOMPARE(result.heldOut, 3);
        QVERIFY(result.missing.empty());
        QCOMPARE(result.held.size(), std::size_t(1));
        QCOMPARE(glaciersIn(result.learnt[0]).size(), std::size_t(12));
        QCOMPARE(glaciersIn(result.held[0]).size(), std::size_t(3));
        // Nothing is in both, and nothing got lost.
        QCOMPARE(geo::planarArea(geo::intersection(*result.learnt[0].lookedAt, *result.held[0].lookedAt)),
                 0.0);
        const auto all = geo::planarArea(*areaOf(15, 3000).lookedAt);
        QVERIFY(std::abs(geo::planarArea(*result.learnt[0].lookedAt) +
                         geo::planarArea(*result.held[0].lookedAt) - all) < 1);
    }

    void itIsMeasuredWhereSomebodySurelyLooked() {
        auto area = areaOf(15, 3000);
        const auto index = glaciersIn(heldOut({area}, 0.2, 1).held[0])[0];
        const auto middle = geo::extentOf(area.glaciers[index]).center();
        area.removed = {square(middle.x - 50, middle.y - 950, 100)};
        const auto held = *heldOut({area}, 0.2, 1).held[0].lookedAt;
        QVERIFY(geo::contains(held, {middle.x, middle.y + 590}));
        QVERIFY(!geo::contains(held, {middle.x, middle.y + 610})); // another glacier may lie there
        QVERIFY(geo::contains(held, {middle.x, middle.y - 900}));  // it was said what lies here
    }

    void theSeedSaysWhichGlaciers() {
        const auto one = heldOut({areaOf(15, 3000)}, 0.2, 1);
        QCOMPARE(glaciersIn(one.held[0]), glaciersIn(heldOut({areaOf(15, 3000)}, 0.2, 1).held[0]));
        bool differs = false;
        for (std::uint64_t seed = 2; seed < 6; ++seed) {
            differs |= glaciersIn(heldOut({areaOf(15, 3000)}, 0.2, seed).held[0]) != glaciersIn(one.held[0]);
        }
        QVERIFY(differs);
    }

    void neighboursWhoseMarginsTouchAreKeptTogether() {
        // Pairs, 800 m apart, far from each other.
        auto area = areaOf(10, 0);
        for (std::size_t i = 0; i < 10; ++i) {
            const double x = 400000 + static_cast<double>(i / 2) * 10000 + static_cast<double>(i % 2) * 1800;
            area.glaciers[i] = square(x, 5000000, 1000);
        }
        area.lookedAt = lookedAtAround(area.glaciers, area.margin);
        const auto result = heldOut({area}, 0.2, 4);
        QCOMPARE(result.heldOut, 2);
        const auto held = glaciersIn(result.held[0]);
        QCOMPARE(held[0] / 2, held[1] / 2);
    }

    void whereAllMarginsTouchOnlyThoseThatShareADivideAreKeptTogether() {
        const auto apart = heldOut({areaOf(10, 300)}, 0.2, 1);
        QCOMPARE(apart.heldOut, 2);
        // The margin of one that is held out is not learnt from, but for its neighbour's ice.
        const auto& learnt = *apart.learnt[0].lookedAt;
        for (const auto i : glaciersIn(apart.held[0])) {
            const auto grown = geo::difference(geo::buffered(apart.held[0].glaciers[i], 499),
                                               geo::unionOf(apart.learnt[0].glaciers));
            QVERIFY(geo::planarArea(geo::intersection(learnt, grown)) < 1);
        }
        QCOMPARE(glaciersIn(apart.learnt[0]).size(), std::size_t(8));
        const auto joined = heldOut({areaOf(10, 0)}, 0.2, 1);
        QCOMPARE(joined.heldOut, 0);
        QVERIFY(QString::fromStdString(joined.missing).contains("hang together"));
        QVERIFY(*joined.learnt[0].lookedAt == *areaOf(10, 0).lookedAt);
    }

    void withTooFewItSaysHowManyAreMissing() {
        const auto result = heldOut({areaOf(5, 3000)}, 0.2, 1);
        QCOMPARE(result.heldOut, 0);
        QVERIFY(result.held.empty());
        QVERIFY2(result.missing.find("3 more reviewed glaciers are missing") != std::string::npos,
                 result.missing.c_str());
        QVERIFY(heldOut({areaOf(15, 3000)}, 0, 1).missing.empty());
    }

    void aGlacierOfTwoDatesIsHeldOutOfBoth() {
        auto later = areaOf(10, 3000);
        const auto west = geo::Crs::fromUserInput("EPSG:32631");
        const geo::CoordinateTransform transform(later.crs, west);
        for (auto& glacier : later.glaciers) {
            glacier = transform(glacier);
        }
        later.lookedAt = lookedAtAround(later.glaciers, later.margin);
        later.crs = west;
        const auto result = heldOut({areaOf(10, 3000), later}, 0.2, 1);
        QCOMPARE(result.held.size(), std::size_t(2));
        QCOMPARE(glaciersIn(result.held[0]), glaciersIn(result.held[1]));
    }

    void whatIsReplayedIsNeverHeldOut() {
        auto before = areaOf(10, 3000);
        before.isReplay = true;
        const auto result = heldOut({areaOf(10, 3000), before}, 0.2, 1);
        QCOMPARE(result.reviewed, 10);
        QVERIFY(*result.learnt[1].lookedAt == *before.lookedAt);
    }

    void iceThatTheModelSeesBesideAnOutlineIsNoStatementEitherWay() {
        // A fresh network takes all that is bright for ice, here the ground.
        const TrainingScene scene;
        auto area = scene.area();
        area.lookedAt = scene.pixels(30, 20, 110, 70);
        area.removed = {scene.pixels(30, 20, 40, 30)};
        area.changed = area.removed;
        area.regions = {scene.pixels(100, 60, 110, 70)};
        const auto left = [&] {
            AreaPixels pixels(area, manifest(), Progress());
            FakeNetwork network(manifest().network);
            leaveOutOwnIce(network, manifest(), pixels, {});
            const auto teaches = [&](int row, int column) {
                return AreaPixels::teaches(pixels.state(row, column));
            };
            // Measured it is everywhere.
            Q_ASSERT((pixels.state(25, 70) & AreaPixels::Learnable) != 0);
            return std::vector<bool>{teaches(40, 50), teaches(25, 70), teaches(25, 35), teaches(65, 105)};
        };
        QCOMPARE(left(), (std::vector<bool>{true, true, true, true})); // whoever is complete says all
        area.complete = false;
        // The outlined ice stays, the ground beside it does not, but for what somebody spoke of.
        QCOMPARE(left(), (std::vector<bool>{true, false, true, true}));
    }

    void ofWeightsThatDoAsWellOnTheHoldOutTheLastAreKept() {
        const TrainingScene scene;
        FakeNetwork network(manifest().network);
        const auto result = train(network, manifest(), {eightGlaciers(scene)}, fewSteps(60), {});
        QVERIFY(result.measured && result.measured->heldOut == 2);
        QVERIFY2(result.measured->iouAfter > 0.9, std::to_string(result.measured->iouAfter).c_str());
        QVERIFY(helps(result.measured));
        QCOMPARE(result.measured->bestStep, 60);
        const auto sentence = QString::fromStdString(sentenceOf(*result.measured));
        QVERIFY2(sentence.startsWith("IoU on 2 glaciers of 8 that it did not learn from"),
                 qPrintable(sentence));
    }

    void itEndsEarlyWhereWhatIsLearntHarmsWhatIsHeldOut() {
        const TrainingScene scene;
        FakeNetwork network(manifest().network);
        auto options = fewSteps(60);
        options.measure = false;
        train(network, manifest(), {scene.area()}, options, {}); // dark is ice
        auto area = eightGlaciers(scene);
        area.removed = {scene.pixels(40, 39, 100, 47), scene.pixels(40, 55, 100, 60)}; // dark is none
        area.changed = area.removed;
        area.lookedAt = geo::unionOf(*area.lookedAt, geo::unionOf(area.removed));
        options = fewSteps(60);
        options.rate = 0.0003; // slowly, so that it is measured on the way
        const auto result = train(network, manifest(), {area}, options, {});
        QVERIFY2(result.losses.size() < 60, sentenceOf(*result.measured).c_str());
        QVERIFY(result.measured->bestStep < static_cast<int>(result.losses.size()));
        // The weights of then are in the network, not the last ones.
        auto held = heldOut({area}, options.holdOut, options.seed).held;
        AreaPixels pixels(held.at(0), manifest(), Progress());
        QCOMPARE(measure(network, manifest(), pixels, {}).iou(), result.measured->iouAfter);
    }

    void whatDidNotHelpIsSaid() {
        Measured worse{
            .reviewed = 10, .heldOut = 2, .missing = {}, .iouBefore = 0.9, .iouAfter = 0.89, .bestStep = 5};
        QVERIFY(!helps(worse));
        QVERIFY(sentenceOf(worse).find("not become better") != std::string::npos);
        Measured unknown{.reviewed = 3,
                         .heldOut = 0,
                         .missing = "More.",
                         .iouBefore = 0.9,
                         .iouAfter = 0.8,
                         .bestStep = 5};
        QVERIFY(!helps(unknown)); // nobody knows
        QVERIFY(sentenceOf(unknown).find("says nothing of other glaciers") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(HoldOutTest)
#include "hold_out_test.moc"
