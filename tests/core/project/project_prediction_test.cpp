// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/inventory.h"
#include "project_fixture.h"

#include "geo/shape_operations.h"

#include <future>

using namespace nunatak;
using namespace nunatak::tests;
using outlines::LayerKind;
using prediction::ScenePrediction;
using project::Project;

namespace {

ScenePrediction predictionOf(const geo::MultiPolygon& computed, std::vector<outlines::Outline> glaciers,
                             const std::string& model = "starter v1", const std::string& scene = "scene-1") {
    ScenePrediction prediction;
    prediction.run = outlines::makeUuid();
    prediction.sceneId = scene;
    prediction.modelName = model;
    prediction.modelFingerprint = "of " + model;
    prediction.threshold = 0.5;
    prediction.settings = "{}";
    prediction.computed = computed;
    for (outlines::Outline& glacier : glaciers) {
        glacier.run = prediction.run;
        glacier.sceneId = scene;
        glacier.srcDate = "2020-08-01";
    }
    prediction.glaciers = std::move(glaciers);
    return prediction;
}

double areaOf(const outlines::OutlineSet& set) {
    double area = 0;
    for (const auto& outline : set.all()) {
        area += geo::planarArea(outline->geometry);
    }
    return area;
}

} // namespace

class ProjectPredictionTest : public QObject {
    Q_OBJECT

private:
    ProjectFolder m_folder;

private Q_SLOTS:
    void aPredictionMakesALayerOfItsSceneAndModel() {
        const auto file = m_folder.newFile();
        {
            const auto project = Project::create(file, utm32());
            QCOMPARE(project->storePrediction(predictionOf(squareShape(0, 0, 1000), {square("a", 100, 100)})),
                     std::string("predicted"));
        }
        const auto project = Project::open(file);
        const auto layer = project->layer("predicted");
        QVERIFY(layer.kind == LayerKind::Predicted);
        QCOMPARE(layer.sceneId, std::string("scene-1"));
        QCOMPARE(layer.date, std::string("2020-08-01"));
        QCOMPARE(layer.model, std::string("starter v1"));
        QCOMPARE(project->outlines("predicted").size(), std::size_t{1});
        QVERIFY(project->computedRegion("predicted") == squareShape(0, 0, 1000));
    }

    void theSameSceneAndModelReplaceWhatWasPredictedInTheRegion() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->storePrediction(predictionOf(
            squareShape(0, 0, 10000),
            {square("inside", 100, 100), square("across", 900, 400, 200), square("far", 5000, 0)}));
        const auto far = project->outlines("predicted").find("far");
        const Contents before = contentsOf(*project);
        QCOMPARE(project->storePrediction(predictionOf(squareShape(0, 0, 1000), {square("new", 300, 300)})),
                 std::string("predicted"));
        const auto& set = project->outlines("predicted");
        QCOMPARE(set.size(), std::size_t{3});
        QVERIFY(set.find("inside") == nullptr);
        QVERIFY(set.find("far") == far);
        QCOMPARE(geo::planarArea(set.find("across")->geometry), 100.0 * 200.0);
        QCOMPARE(geo::extentOf(set.find("across")->geometry).xmin, 1000.0);
        // What was computed before around it counts as before.
        QCOMPARE(geo::planarArea(project->computedRegion("predicted")), 10000.0 * 10000.0);
        // One step, which undo takes back.
        project->undo();
        QVERIFY(contentsOf(*project) == before);
        QVERIFY(project->computedRegion("predicted") == squareShape(0, 0, 10000));
        project->redo();
        QCOMPARE(set.size(), std::size_t{3});
    }

    void regionsComputedOneAfterTheOtherCountTogetherUntilTheyAreUndone() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->storePrediction(predictionOf(squareShape(0, 0, 1000), {square("a", 100, 100)}));
        project->storePrediction(predictionOf(squareShape(3000, 0, 1000), {square("b", 3100, 100)}));
        QCOMPARE(project->outlines("predicted").size(), std::size_t{2});
        QCOMPARE(project->computedRegion("predicted").size(), std::size_t{2});
        QCOMPARE(geo::planarArea(project->computedRegion("predicted")), 2 * 1000.0 * 1000.0);
        project->undo();
        QVERIFY(project->computedRegion("predicted") == squareShape(0, 0, 1000));
    }

    void aPlanThatWasOvertakenIsRefusedAndLosesNothing() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        const auto region = squareShape(0, 0, 1000);
        project->storePrediction(predictionOf(region, {square("a", 100, 100)}));
        const auto second =
            std::make_shared<const ScenePrediction>(predictionOf(region, {square("b", 300, 300)}));
        auto step = std::async(std::launch::async, project->planPrediction(second)).get();
        project->undo(); // what the plan clears is not there any more
        const Contents before = contentsOf(*project);
        QVERIFY(has(messageOf([&] { project->take(std::move(step)); }),
                    "Meanwhile Glacier a of predicted has changed"));
        QVERIFY(contentsOf(*project) == before);
        QCOMPARE(project->take(project->planPrediction(second)()).layer, std::string("predicted"));
        QVERIFY(project->outlines("predicted").find("b") != nullptr);
    }

    void aPlanNeverTouchesALayerThatAnotherModelTookMeanwhile() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        const auto region = squareShape(0, 0, 1000);
        const auto first = std::make_shared<const ScenePrediction>(predictionOf(region, {square("a", 0, 0)}));
        auto step = project->planPrediction(first)();
        project->storePrediction(predictionOf(region, {square("b", 500, 500)}, "starter v2"));
        QVERIFY(has(messageOf([&] { project->take(std::move(step)); }), "changed meanwhile"));
        QCOMPARE(project->outlines("predicted").size(), std::size_t{1});
    }

    void anOutlineAroundTheRegionKeepsWhatLiesOutside() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->storePrediction(predictionOf(squareShape(0, 0, 10000), {square("large", 0, 0, 1000)}));
        project->storePrediction(predictionOf(squareShape(400, 400, 200), {}));
        QCOMPARE(areaOf(project->outlines("predicted")), 1000.0 * 1000.0 - 200.0 * 200.0);
        QCOMPARE(project->outlines("predicted").find("large")->geometry[0].holes.size(), std::size_t{1});
    }

    void anOutlineInTheNotchOfARegionIsNoPartOfIt() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->storePrediction(predictionOf(squareShape(0, 0, 10000), {square("notch", 700, 700)}));
        const geo::MultiPolygon corner{
            {{{0, 0}, {1000, 0}, {1000, 400}, {400, 400}, {400, 1000}, {0, 1000}}, {}}};
        project->storePrediction(predictionOf(corner, {}));
        QVERIFY(project->outlines("predicted").find("notch") != nullptr);
    }

    void aGlacierThatIsPredictedAgainKeepsItsUuidAndItsName() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        const auto region = squareShape(0, 0, 5000);
        auto named = square("b", 500, 0);
        named.name = "Khumbu";
        project->storePrediction(predictionOf(region, {square("a", 0, 0), named, square("c", 1000, 0)}));
        // Shifted by a pixel, in another order, one of them under the old UUID of another; c is gone, d is
        // new.
        project->storePrediction(
            predictionOf(region, {square("a", 515, 10), square("x", 15, 10), square("d", 2000, 0)}));
        const auto& set = project->outlines("predicted");
        QCOMPARE(set.size(), std::size_t{3});
        QCOMPARE(set.find("a")->geometry, squareShape(15, 10));
        QCOMPARE(set.find("b")->geometry, squareShape(515, 10));
        QCOMPARE(set.find("b")->name, std::string("Khumbu"));
        QVERIFY(set.find("c") == nullptr && set.find("d") != nullptr);
    }

    void anotherModelOrSceneMakesAnotherLayer() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        const auto region = squareShape(0, 0, 1000);
        project->storePrediction(predictionOf(region, {square("a", 0, 0)}));
        QCOMPARE(project->storePrediction(predictionOf(region, {square("b", 0, 0)}, "starter v2")),
                 std::string("predicted_2"));
        QCOMPARE(project->storePrediction(predictionOf(region, {square("c", 0, 0)}, "starter v1", "scene-2")),
                 std::string("predicted_3"));
        QCOMPARE(project->storePrediction(predictionOf(region, {square("d", 0, 0)}, "starter v2")),
                 std::string("predicted_2"));
        QCOMPARE(project->outlines("predicted").all().at(0)->uuid, std::string("a"));
        QCOMPARE(project->outlines("predicted_2").all().at(0)->uuid, std::string("b")); // the same ground
        QVERIFY(has(
            messageOf([&] { project->storePrediction(predictionOf(region, {}, "starter v2"), "predicted"); }),
            "another layer"));
    }

    void aRegionWithOtherSettingsMakesAnotherLayer() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        const auto stored = [&](ScenePrediction prediction, const char* settings, bool isWhole,
                                const std::string& layer = {}) {
            prediction.settings = settings;
            prediction.isWholeScene = isWhole;
            return project->storePrediction(prediction, layer);
        };
        const auto scene = squareShape(0, 0, 10000);
        const auto region = squareShape(0, 0, 1000);
        const char* usual = R"({"threshold":0.5,"batch":4})";
        const char* lower = R"({"threshold":0.3,"batch":4})";
        QCOMPARE(stored(predictionOf(scene, {square("a", 0, 0), square("far", 5000, 0)}), usual, true),
                 std::string("predicted"));
        QCOMPARE(stored(predictionOf(region, {square("b", 0, 0)}), lower, false), std::string("predicted_2"));
        QVERIFY(project->outlines("predicted").find("a") != nullptr);
        QVERIFY(has(messageOf([&] { stored(predictionOf(region, {}), lower, false, "predicted"); }),
                    "threshold 0.5, not 0.3"));
        // What does not shape the result, and what replaces all of it, may go there.
        QCOMPARE(stored(predictionOf(region, {square("c", 0, 0)}), R"({"threshold":0.5,"batch":8})", false),
                 std::string("predicted"));
        QCOMPARE(stored(predictionOf(scene, {square("d", 0, 0)}), lower, true), std::string("predicted"));
        QVERIFY(project->outlines("predicted").find("far") == nullptr);
    }

    void glaciersOnTheEdgeOfARegionAreNotCutInTwo() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        auto whole = predictionOf(squareShape(0, 0, 10000),
                                  {square("across", 900, 400, 200), square("gone", 950, 700, 100),
                                   square("beside", 1000, 0, 100), square("far", 5000, 0)});
        project->storePrediction(whole);
        // In the region the ice of "across" is as it was, that of "gone" is no more.
        auto region =
            predictionOf(squareShape(0, 0, 1000), {square("x", 900, 400, 200), square("y", 1000, 0, 100)});
        outlines::Outline half = square("z", 0, 0);
        half.geometry = {{{{1000, 700}, {1050, 700}, {1050, 800}, {1000, 800}}, {}}};
        region.glaciers.push_back(half);
        region.joinsOlder = true;
        project->storePrediction(region);
        const auto& set = project->outlines("predicted");
        QCOMPARE(set.size(), std::size_t{4});
        QVERIFY(set.find("across")->geometry == squareShape(900, 400, 200));
        QVERIFY(set.find("beside") != nullptr && set.find("far") != nullptr);
        QVERIFY(set.find("z") == nullptr); // what is left of a glacier is that glacier
        QVERIFY(set.find("gone")->geometry == half.geometry);
        project->undo();
        QVERIFY(project->outlines("predicted").find("gone")->geometry == squareShape(950, 700));
    }

    void aLayerWhosePredictionWasUndoneIsFreeAgain() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->storePrediction(predictionOf(squareShape(0, 0, 1000), {square("a", 0, 0)}));
        project->undo();
        QVERIFY(!project->hasLayer("predicted"));
        QCOMPARE(
            project->storePrediction(predictionOf(squareShape(0, 0, 1000), {square("b", 0, 0)}, "other")),
            std::string("predicted"));
    }

    void correctionsStayAsTheyAre() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->storePrediction(predictionOf(squareShape(0, 0, 1000), {square("a", 0, 0)}));
        project->take(project::planInventory(*project, {.from = "predicted"})());
        move(*project, "inventory", "a", squareShape(10, 10));
        const auto corrected = project->outlines("inventory").find("a");
        project->storePrediction(predictionOf(squareShape(0, 0, 1000), {square("b", 300, 0)}));
        QCOMPARE(project->outlines("inventory").size(), std::size_t{1});
        QVERIFY(project->outlines("inventory").find("a") == corrected);
    }

    void aPredictionWithoutIceIsAStepToo() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->storePrediction(predictionOf(squareShape(0, 0, 1000), {square("a", 0, 0)}));
        project->storePrediction(predictionOf(squareShape(0, 0, 500), {}));
        QCOMPARE(project->outlines("predicted").size(), std::size_t{0});
        QCOMPARE(geo::planarArea(project->computedRegion("predicted")), 1000.0 * 1000.0);
        project->undo();
        QCOMPARE(project->outlines("predicted").size(), std::size_t{1});
    }
};

QTEST_GUILESS_MAIN(ProjectPredictionTest)
#include "project_prediction_test.moc"
