// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/merge.h"
#include "editing/split.h"
#include "inventory_fixture.h"
#include "project/layer_choice.h"
#include "project/outline_import.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <array>

using namespace nunatak;
using namespace nunatak::tests;
using outlines::LayerKind;
using outlines::Origin;
using outlines::Review;
using project::Access;
using project::Committed;
using project::Project;

/// One inventory, which is edited and handed in; the rest is reference.
class InventoryTest : public QObject {
    Q_OBJECT

    ProjectFolder m_folder;

private Q_SLOTS:
    void anInventoryIsStartedFromAReferenceInOneStepAndKeepsItsUuids() {
        const auto project = predicted(m_folder);
        const auto plan = project::planInventory(*project, {.from = "predicted"});
        project->take(plan());
        const auto layer = project->layer("inventory");
        QVERIFY(layer.kind == LayerKind::Inventory);
        QCOMPARE(outlines::titleOf(layer), std::string("Inventory 2020"));
        QCOMPARE(*layer.epoch.year, 2020);
        QVERIFY(uuidsIn(*project, "inventory") == (std::set<std::string>{"a", "b"}));
        const auto a = project->outlines("inventory").find("a");
        QVERIFY(a->origin == Origin::Machine && !a->isChanged && a->review == Review::NotReviewed);
        QCOMPARE(a->srcDate, std::string("2020-08-20"));
        QVERIFY(!outlines::isTouched(*a));
        project->undo();
        QVERIFY(!project->hasLayer("inventory"));
        QCOMPARE(project->outlines("predicted").size(), std::size_t{2});
        project->redo();
        QVERIFY(project->layer("inventory") == layer);
        QVERIFY(*project->outlines("inventory").find("a") == *a);
    }

    void anEmptyInventoryCanBeStartedAndAnEpochHasOne() {
        const auto project = predicted(m_folder);
        project->take(project::planInventory(*project, {.epoch = outlines::Epoch{"2000", 2000, 3}})());
        QCOMPARE(project->outlines("inventory").size(), std::size_t{0});
        project->take(project::planInventory(*project, {.from = "predicted"})());
        QCOMPARE(project->inventories().size(), std::size_t{2});
        QVERIFY(
            has(messageOf([&] { project->take(project::planInventory(*project, {.from = "predicted"})()); }),
                "inventory of the epoch 2020 already"));
        QCOMPARE(project->inventoryOf("2001-09-01")->name, std::string("inventory"));
        QCOMPARE(project->inventoryOf("2022-09-01")->name, std::string("inventory_2"));
        QVERIFY(!project->inventoryOf("2010-09-01"));
    }

    void anInventoryOfAnyDateStandsBackBehindOneOfThePicturesTime() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->importOutlines({"rgi", LayerKind::Expert, "", ""}, {dated("a", 0, "")});
        project->take(project::planInventory(*project, {.from = "rgi"})());
        QVERIFY(!project->layer("inventory").epoch.year);
        QCOMPARE(project->inventoryOf("2020-08-20")->name, std::string("inventory"));
        project->take(project::planInventory(*project, {.epoch = outlines::Epoch{"2020", 2020, 5}})());
        QCOMPARE(project->inventoryOf("2018-08-20")->name, std::string("inventory_2"));
        QCOMPARE(project->inventoryOf("2001-08-20")->name, std::string("inventory"));
        QCOMPARE(project->inventoryOf("")->name, std::string("inventory"));
    }

    void outlinesOfSeveralDatesAreOneInventoryWhoseEpochCoversThemAll() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->importOutlines(
            {"rgi", LayerKind::Expert, "", ""},
            {dated("a", 0, "1999-10-01"), dated("b", 500, "2000-11-02"), dated("c", 1000, "2009-02-03")});
        project->take(project::planInventory(*project, {.from = "rgi"})());
        const auto epoch = project->layer("inventory").epoch;
        QCOMPARE(*epoch.year, 2000);
        QCOMPARE(epoch.tolerance, 9);
        QCOMPARE(project->outlines("inventory").find("c")->srcDate, std::string("2009-02-03"));
        QVERIFY(project->outlines("inventory").find("c")->origin == Origin::Imported);
    }

    void anInventoryOfAnotherEpochIsStartedFromOneAndNothingOfItCountsAsReviewed() {
        const auto project = predicted(m_folder);
        project->take(project::planInventory(*project, {.from = "predicted"})());
        mark(*project, "inventory", "a", Review::Accepted);
        mark(*project, "inventory", "b", Review::Removed);
        const auto before = project->outlines("inventory").all();
        const auto step = project::planInventory(*project, {.from = "inventory", .scene = "s2036"})();
        QCOMPARE(step.description, std::string("Start the inventory 2036 from Inventory 2020"));
        QCOMPARE(step.notes.size(), std::size_t{1});
        QVERIFY2(has(step.notes[0], "1 outline of Inventory 2020 that was found to be no glacier"),
                 step.notes[0].c_str());
        project->take(step);
        const auto layer = project->layer("inventory_2");
        QVERIFY(layer.kind == LayerKind::Inventory);
        QCOMPARE(*layer.epoch.year, 2036);
        QCOMPARE(layer.epoch.tolerance, outlines::Epoch::defaultTolerance);
        QCOMPARE(layer.sceneId, std::string("s2036"));
        QVERIFY(uuidsIn(*project, "inventory_2") == std::set<std::string>{"a"});
        const auto a = project->outlines("inventory_2").find("a");
        const auto was = project->outlines("inventory").find("a");
        QVERIFY(a->geometry == was->geometry && a->name == was->name);
        QVERIFY(a->review == Review::NotReviewed && a->reviewRecord == outlines::ReviewRecord());
        QVERIFY(a->srcDate.empty() && a->sceneId.empty() && a->sensor.empty() && a->analyst.empty());
        QVERIFY(!outlines::isTouched(*a)); // a prediction of that time may replace it
        QCOMPARE(a->attributes.at("started_from").text(), std::string("Inventory 2020, 2020-08-20"));
        QVERIFY(project->outlines("inventory").all() == before); // it stays as it was
        // Drawn or accepted on a picture it is of that picture; other verdicts date nothing.
        auto drawn = *a;
        drawn.review = Review::Doubtful;
        project->commit({"Doubt", {{"inventory_2", a, handle(drawn)}}, {}, {}}, {"s2036"});
        QCOMPARE(project->outlines("inventory_2").find("a")->srcDate, std::string());
        project->undo();
        drawn.review = Review::Accepted;
        project->commit({"Accept", {{"inventory_2", a, handle(drawn)}}, {}, {}}, {"s2036"});
        QCOMPARE(project->outlines("inventory_2").find("a")->srcDate, std::string("2036-07-01"));
        QCOMPARE(project->outlines("inventory_2").find("a")->sceneId, std::string("s2036"));
        QVERIFY(!project->outlines("inventory_2").find("a")->isChanged);
        project->undo();
        project->undo();
        QVERIFY(!project->hasLayer("inventory_2"));
    }

    void anotherEpochIsOfAnotherYearAndHasOne() {
        const auto project = predicted(m_folder);
        project->take(project::planInventory(*project, {.from = "predicted"})());
        const auto why = [&](const project::InventoryRequest& request) {
            return messageOf([&] { project->take(project::planInventory(*project, request)()); });
        };
        QVERIFY(has(why({.from = "inventory"}), "needs its year"));
        QVERIFY(has(why({.from = "inventory", .scene = "s2020"}), "is of 2020 itself"));
        QVERIFY(
            has(why({.from = "inventory", .epoch = outlines::Epoch{"2020", 2020, 1}}), "is of 2020 itself"));
        project->take(project::planInventory(
            *project, {.from = "inventory", .epoch = outlines::Epoch{"2003", 2003, 2}})());
        QCOMPARE(outlines::titleOf(project->layer("inventory_2")), std::string("Inventory 2003"));
        QVERIFY(has(why({.from = "inventory", .epoch = outlines::Epoch{"2003", 2003, 2}}),
                    "inventory of the epoch 2003 already"));
        project->addLayer({"lakes", LayerKind::Side, "", ""});
        QVERIFY(has(why({.from = "lakes"}), "is a side layer"));
    }

    void aGlacierThatTheReferenceHasTwiceIsInTheInventoryOnceAndThatIsTold() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->importOutlines({"glims", LayerKind::Expert, "", ""},
                                {dated("old", 0, "1999-10-01"), dated("new", 20, "2005-11-02"),
                                 dated("beside", 95, "2005-11-02")});
        const auto step = project::planInventory(*project, {.from = "glims"})();
        QCOMPARE(step.notes.size(), std::size_t{1});
        QVERIFY(has(step.notes[0], "Glacier old"));
        project->take(step);
        QVERIFY(uuidsIn(*project, "inventory") == (std::set<std::string>{"new", "beside"}));
    }

    void noGlacierIsPutIntoAnInventoryTwice() {
        const auto project = predicted(m_folder);
        project->take(project::planInventory(*project, {.from = "predicted"})());
        const auto drawn = [&](const std::string& uuid, double x) {
            return outlines::OutlineChange{"inventory", nullptr, handle(square(uuid, x, 0))};
        };
        QVERIFY(has(messageOf([&] {
                        project->commit({"Draw", {drawn("n", 30)}, {}, {}});
                    }),
                    "covers the ground of Glacier a"));
        QVERIFY(has(messageOf([&] {
                        project->commit({"Draw", {drawn("n", 1500), drawn("m", 1510)}, {}, {}});
                    }),
                    "Glacier n"));
        // Where a prediction was found to be no glacier there may be one of another shape.
        mark(*project, "inventory", "b", Review::Removed);
        project->commit({"Draw", {drawn("o", 520)}, {}, {}});
        project->undo();
        project->undo();
        // Nor where one of before comes to lie in the same step.
        const auto moved = project->outlines("inventory").find("a");
        auto elsewhere = *moved;
        elsewhere.geometry = squareShape(1500, 0);
        QVERIFY(has(
            messageOf([&] {
                project->commit(
                    {"Move and draw", {{"inventory", moved, handle(elsewhere)}, drawn("n", 1510)}, {}, {}});
            }),
            "covers the ground of Glacier a"));
        // In the place of the one that leaves in the same step there is room, and beside it.
        const auto a = project->outlines("inventory").find("a");
        project->commit({"Replace", {{"inventory", a, nullptr}, drawn("n", 30), drawn("m", 120)}, {}, {}});
        QVERIFY(uuidsIn(*project, "inventory") == (std::set<std::string>{"b", "m", "n"}));
        const auto step = project::importStep(*project, project->layer("inventory"),
                                              {handle(square("k", 35, 0)), handle(square("l", 3000, 0))});
        QCOMPARE(step.changes.size(), std::size_t{1});
        QVERIFY(has(step.notes.at(0), "Glacier k")); // n is somebody's
    }

    void whatWasNoGlacierIsNotOneAgainWhereAnotherWasDrawnMeanwhile() {
        const auto project = predicted(m_folder);
        project->take(project::planInventory(*project, {.from = "predicted"})());
        mark(*project, "inventory", "b", Review::Removed);
        project->commit({"Draw", {{"inventory", nullptr, handle(square("o", 520, 0))}}, {}, {}});
        for (const Review verdict : {Review::Accepted, Review::NotReviewed}) {
            QVERIFY(has(messageOf([&] { mark(*project, "inventory", "b", verdict); }),
                        "Glacier b covers the ground of Glacier o"));
        }
        QVERIFY(project->outlines("inventory").find("b")->review == Review::Removed);
        mark(*project, "inventory", "o", Review::Removed); // of the two it is the other that is one
        mark(*project, "inventory", "b", Review::Accepted);
        QVERIFY(project->outlines("inventory").find("b")->review == Review::Accepted);
    }

    void whatIsDrawnIsDatedByThePictureAndOthersKeepTheirDates() {
        const auto project = predicted(m_folder);
        project->setAnalyst("A. Heim");
        project->take(project::planInventory(*project, {.from = "predicted"})());
        project->addScene(sceneOf("s2022", "2022-09-09"));
        move(*project, "inventory", "a", squareShape(5, 5), "Move", "s2022");
        const auto a = project->outlines("inventory").find("a");
        QCOMPARE(a->srcDate, std::string("2022-09-09"));
        QCOMPARE(a->sceneId, std::string("s2022"));
        QCOMPARE(a->sensor, std::string("sensor of s2022"));
        QCOMPARE(a->analyst, std::string("A. Heim"));
        QVERIFY(a->isChanged && a->origin == Origin::Machine);
        QCOMPARE(project->outlines("inventory").find("b")->srcDate, std::string("2020-08-20"));
        const auto step = project->history().back();
        QCOMPARE(step.picture, std::string("s2022"));
        QCOMPARE(step.analyst, std::string("A. Heim"));
        QCOMPARE(step.tool, std::string("test"));
        project->undo();
        QCOMPARE(project->outlines("inventory").find("a")->srcDate, std::string("2020-08-20"));
        // A verdict is no drawing.
        mark(*project, "inventory", "b", Review::Accepted);
        QCOMPARE(project->outlines("inventory").find("b")->srcDate, std::string("2020-08-20"));
        project->commit({"Draw", {{"inventory", nullptr, handle(square("n", 900, 0))}}, {}, {}}, {"s2022"});
        QVERIFY(project->outlines("inventory").find("n")->origin == Origin::Drawn);
        QCOMPARE(project->outlines("inventory").find("n")->srcDate, std::string("2022-09-09"));
    }

    void whatIsPartedOrJoinedKeepsItsDateWhateverPictureIsShown() {
        const auto project = predicted(m_folder);
        project->setAnalyst("A. Heim");
        project->take(project::planInventory(*project, {.from = "predicted"})());
        project->addScene(sceneOf("s2022", "2022-09-09"));
        project->addScene(sceneOf("s2036", "2036-07-01"));
        editing::EdgeIndices indices;
        const auto draft = [&] {
            return editing::Draft(
                [&](const std::string& layer) {
                    return editing::DraftLayer(project->hasLayer(layer) ? &project->outlines(layer)
                                                                        : nullptr);
                },
                indices);
        };
        const auto extent = project->outlines("inventory").find("a")->extent();
        const std::array line{
            geo::Ring{{extent.center().x, extent.ymin - 1}, {extent.center().x, extent.ymax + 1}}};
        const auto parted = editing::split(draft(), {"inventory", "a"}, line, {});
        // Nobody asks that picture, so that its time does not matter.
        QVERIFY(project->commit(parted.edit, {"s2036"}).outcome == Committed::Outcome::Done);
        for (const auto& ref : parted.pieces) {
            const auto piece = project->outlines("inventory").find(ref.uuid);
            QCOMPARE(piece->srcDate, std::string("2020-08-20"));
            QVERIFY(piece->isChanged && piece->analyst == "A. Heim");
        }
        const auto joined = editing::merge(draft(), parted.pieces, {});
        QVERIFY(project->commit(joined, {"s2022"}).outcome == Committed::Outcome::Done);
        QCOMPARE(project->outlines("inventory").find("a")->srcDate, std::string("2020-08-20"));
    }

    void anElevationModelDatesNoGlacier() {
        const auto project = predicted(m_folder);
        project->setAnalyst("A. Heim");
        project->take(project::planInventory(*project, {.from = "predicted"})());
        auto relief = sceneOf("relief", "");
        relief.rasters = {{"dem", "/nowhere/elevation.tif", {1}, {"elevation"}}};
        project->addScene(relief);
        move(*project, "inventory", "a", squareShape(5, 5), "Move", "relief");
        const auto a = project->outlines("inventory").find("a");
        QCOMPARE(a->srcDate, std::string("2020-08-20"));
        QVERIFY(a->sceneId != "relief");
        QCOMPARE(a->analyst, std::string("A. Heim"));
        QVERIFY(a->isChanged);
    }

    void whatMovesAlongWithANeighbourKeepsItsDate() {
        const auto project = predicted(m_folder);
        project->setAnalyst("A. Heim");
        project->take(project::planInventory(*project, {.from = "predicted"})());
        project->addScene(sceneOf("s2022", "2022-09-09"));
        const auto a = project->outlines("inventory").find("a");
        const auto b = project->outlines("inventory").find("b");
        const auto moved = [](const outlines::OutlineHandle& outline) {
            auto other = *outline;
            other.geometry[0].outer[0].x -= 1;
            return outlines::share(std::move(other));
        };
        project->commit({"Move", {{"inventory", a, moved(a)}, {"inventory", b, moved(b), true}}, {}, {}},
                        {"s2022"});
        QCOMPARE(project->outlines("inventory").find("a")->srcDate, std::string("2022-09-09"));
        const auto along = project->outlines("inventory").find("b");
        QCOMPARE(along->srcDate, std::string("2020-08-20"));
        QCOMPARE(along->sceneId, b->sceneId);
        QVERIFY(along->isChanged);
        QCOMPARE(along->analyst, std::string("A. Heim"));
    }

    void aVertexMoreOnTheLineIsNoCorrection() {
        const auto project = predicted(m_folder);
        project->setAnalyst("A. Heim");
        project->take(project::planInventory(*project, {.from = "predicted"})());
        project->addScene(sceneOf("s2022", "2022-09-09"));
        const auto a = project->outlines("inventory").find("a");
        auto more = *a;
        auto& ring = more.geometry[0].outer;
        ring.insert(ring.begin() + 1, {(ring[0].x + ring[1].x) / 2, (ring[0].y + ring[1].y) / 2});
        project->commit({"Insert", {{"inventory", a, handle(more)}}, {}, {}}, {"s2022"});
        const auto now = project->outlines("inventory").find("a");
        QCOMPARE(now->vertices(), a->vertices() + 1);
        QCOMPARE(now->srcDate, std::string("2020-08-20"));
        QVERIFY(!now->isChanged && !outlines::isTouched(*now));
        // References are as they came all the same.
        const auto reference = project->outlines("predicted").find("a");
        QVERIFY_EXCEPTION_THROWN(
            project->commit({"Insert", {{"predicted", reference, handle(more)}}, {}, {}}), Error);
    }

    void aPictureOutOfTheEpochIsAskedAboutAndNothingHappens() {
        const auto project = predicted(m_folder);
        project->take(project::planInventory(*project, {.from = "predicted"})());
        const auto steps = project->history().size();
        const auto done = move(*project, "inventory", "a", squareShape(5, 5), "Move", "s2036");
        QVERIFY(done.outcome == Committed::Outcome::OutsideEpoch);
        QVERIFY(has(done.sentence, "2036-07-01") && has(done.sentence, "2020 ± 5 years"));
        QCOMPARE(project->history().size(), steps);
        QCOMPARE(project->outlines("inventory").find("a")->geometry, squareShape(0, 0));
        QVERIFY(move(*project, "inventory", "a", squareShape(5, 5), "Move", "s2020").outcome ==
                Committed::Outcome::Done);
    }

    void layersAreRenamedAndRemovedAndUndoBringsThemBackInTheirPlace() {
        const auto file = m_folder.newFile();
        Contents before;
        std::vector<outlines::LayerInfo> layers;
        {
            const auto project = Project::create(file, utm32());
            project->importOutlines(expertLayer("one"), {square("a", 0, 0), square("b", 500, 0)});
            project->importOutlines(expertLayer("two"), {square("c", 0, 0)});
            project->renameLayer("one", "Großer Aletsch 2003");
            before = contentsOf(*project);
            layers = project->layers();
            project->removeLayer("one");
            QVERIFY(!project->hasLayer("one"));
            QCOMPARE(project->layers().size(), std::size_t{1});
        }
        {
            SQLite::Database database(file.string());
            QVERIFY(!database.tableExists("one") && !database.tableExists("rtree_one_geom"));
            QCOMPARE(database.execAndGet("SELECT COUNT(*) FROM gpkg_contents WHERE data_type = 'features'")
                         .getInt(),
                     1);
        }
        {
            const auto project = Project::open(file);
            QVERIFY(project->notes().empty());
            project->undo();
        }
        const auto project = Project::open(file);
        QVERIFY(project->layers() == layers);
        QVERIFY(contentsOf(*project) == before);
        QCOMPARE(project::layerNamed(*project, "Großer Aletsch 2003"), std::string("one"));
        project->undo();
        QCOMPARE(outlines::titleOf(project->layer("one")), std::string("one"));
        project->redo();
        project->redo();
        QVERIFY(!project->hasLayer("one"));
    }

    void aRemovedLayerComesBackWithWhatAnotherProgramHadAddedToIt() {
        const auto file = m_folder.newFile();
        Project::create(file, utm32())->importOutlines(expertLayer(), {square("a", 0, 0)});
        SQLite::Database(file.string(), SQLite::OPEN_READWRITE)
            .exec("ALTER TABLE expert ADD COLUMN massif TEXT DEFAULT 'Ecrins'");
        {
            const auto project = Project::open(file);
            project->removeLayer("expert");
            project->undo();
        }
        const auto project = Project::open(file, Access::ReadOnly);
        QCOMPARE(project->outlines("expert").find("a")->attributes.at("massif").text(),
                 std::string("Ecrins"));
    }

    void whatUndoWouldTakeBackSaysWhatItIsAndWhetherItIsOfThisOpening() {
        using Kind = project::UndoableStep::Kind;
        const auto file = m_folder.newFile();
        {
            const auto project = Project::create(file, utm32());
            QVERIFY(!project->undoable());
            project->importOutlines(inventoryLayer(), {square("a", 0, 0)});
            QVERIFY(project->undoable()->kind == Kind::Import && project->undoable()->isOfThisOpening);
        }
        const auto project = Project::open(file);
        QVERIFY(project->undoable()->kind == Kind::Import && !project->undoable()->isOfThisOpening);
        move(*project, "inventory", "a", squareShape(5, 5));
        QVERIFY(project->undoable()->kind == Kind::Edit && project->undoable()->isOfThisOpening);
        project->undo();
        QVERIFY(!project->undoable()->isOfThisOpening);
        project->storePrediction({});
        QVERIFY(project->undoable()->kind == Kind::Prediction);
    }

    void aPredictionStartsTheInventoryOfItsTimeInTheSameStep() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->addScene(sceneOf("s2020", "2020-08-20"));
        prediction::ScenePrediction prediction;
        prediction.sceneId = "s2020";
        prediction.modelName = "bright v1";
        prediction.run = "run 1";
        prediction.computed = squareShape(0, 0, 1000);
        prediction.glaciers = {square("a", 0, 0), square("b", 500, 0)};
        for (auto& glacier : prediction.glaciers) {
            glacier.run = "run 1";
        }
        const auto after = project::AfterPrediction::StartInventory;
        project->storePrediction(prediction, {}, after);
        QCOMPARE(project->history().size(), std::size_t{1});
        QVERIFY(uuidsIn(*project, "inventory") == (std::set<std::string>{"a", "b"}));
        // What was computed is known of the inventory, too.
        QVERIFY(project->computedRegion("inventory") == prediction.computed);
        project->storePrediction(prediction, {}, after);
        QCOMPARE(project->inventories().size(), std::size_t{1});
        project->undo();
        project->undo();
        QVERIFY(project->layers().empty());
        project->redo();
        QCOMPARE(project->outlines("inventory").size(), std::size_t{2});
    }

    void aPredictionBesideAnInventoryThatWasStartedMeanwhileIsAReference() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->addScene(sceneOf("s2020", "2020-08-20"));
        auto prediction = std::make_shared<prediction::ScenePrediction>();
        prediction->sceneId = "s2020";
        prediction->modelName = "bright v1";
        prediction->run = "run 1";
        prediction->computed = squareShape(0, 0, 1000);
        prediction->glaciers = {square("a", 0, 0), square("b", 500, 0)};
        auto plan = project->planPrediction(prediction, {}, project::AfterPrediction::StartInventory);
        auto step = plan();
        QVERIFY(step.inventory.has_value());
        // Hours of computing meanwhile, and somebody draws.
        project->take(project::planInventory(*project, {.scene = "s2020"})());
        const auto inventories = project->inventories();
        const auto taken = project->take(std::move(step));
        QCOMPARE(taken.layer, std::string("predicted"));
        QVERIFY(!taken.startsInventory);
        QVERIFY(has(taken.note, "was started meanwhile"));
        QVERIFY(project->inventories() == inventories);
        QVERIFY(project->outlines("inventory").size() == 0);
        QVERIFY(uuidsIn(*project, "predicted") == (std::set<std::string>{"a", "b"}));
        QCOMPARE(project->history().back().description,
                 std::string("Predict scene of 2020-08-20 with bright v1"));
        // It is no part of the same time.
        auto other = project->planPrediction(prediction, {}, project::AfterPrediction::StartInventory)();
        QVERIFY(project->take(std::move(other)).note.empty());
    }

    void outlinesOfAnotherEpochComeIntoNoInventory() {
        const auto project = predicted(m_folder);
        project->take(project::planInventory(*project, {.from = "predicted"})());
        project->importOutlines({"rgi", LayerKind::Expert, "", ""},
                                {dated("r", -5, "2003-09-01"), dated("s", 900, "2004-09-01")});
        const auto before = contentsOf(*project);
        QVERIFY(
            has(messageOf([&] { project->take(project::planTakeOver(*project, "rgi", "inventory")().step); }),
                "2 outlines are of other dates"));
        QVERIFY(has(messageOf([&] {
                        project->commit(project::takenOutline(*project, {"rgi", "r"}, "inventory"));
                    }),
                    "(2003-09-01)"));
        QVERIFY(has(messageOf([&] {
                        project->importOutlines(project->layer("inventory"),
                                                {dated("t", 3000, "1990-01-01")});
                    }),
                    "of that epoch"));
        QVERIFY(contentsOf(*project) == before);
        project->take(project::planInventory(*project, {.from = "rgi"})());
        QCOMPARE(*project->inventories().back().epoch.year, 2004);
    }

    void anInventoryOfAnEarlierDayIsTakenBackOnlyAfterAsking() {
        using Kind = project::UndoableStep::Kind;
        const auto file = m_folder.newFile();
        {
            const auto project = Project::create(file, utm32());
            project->importOutlines(expertLayer(), {square("a", 0, 0)});
            project->take(project::planInventory(*project, {.from = "expert"})());
            QVERIFY(project->undoable()->kind == Kind::Edit); // it was asked for a moment ago
            QVERIFY(project->undoable()->isOfThisOpening);
        }
        const auto project = Project::open(file);
        QVERIFY(project->undoable()->kind == Kind::Import);
        QVERIFY(!project->undoable()->isOfThisOpening);
    }

    void theOldNameMeansTheOnlyInventoryAndOfSeveralNone() {
        const auto project = predicted(m_folder);
        QVERIFY(
            has(messageOf([&] { project::layerNamed(*project, "corrected"); }), "Its layers are: predicted"));
        QCOMPARE(project::inventoryOr(*project, "predicted"), std::string("predicted"));
        project->take(project::planInventory(*project, {.from = "predicted", .name = "alps"})());
        QCOMPARE(project::layerNamed(*project, "corrected"), std::string("alps"));
        QCOMPARE(project::layerNamed(*project, "inventory"), std::string("alps"));
        QCOMPARE(project::inventoryOr(*project, "predicted"), std::string("alps"));
        project->take(project::planInventory(*project, {.epoch = outlines::Epoch{"2000", 2000, 3}})());
        const auto message = messageOf([&] { project::layerNamed(*project, "corrected"); });
        QVERIFY(has(message, "alps (2020)") && has(message, "inventory (2000)"));
        QVERIFY(!messageOf([&] { project::inventoryOr(*project, "predicted"); }).empty());
    }

    void theWholeInventoryIsHandedInButWhatIsNoGlacier() {
        const auto project = predicted(m_folder);
        project->take(project::planInventory(*project, {.from = "predicted"})());
        mark(*project, "inventory", "a", Review::Removed);
        const auto outlines = project::outlinesToHandIn(*project, "inventory");
        QCOMPARE(outlines.size(), std::size_t{1});
        QCOMPARE(outlines[0]->uuid, std::string("b"));
        QCOMPARE(project->outlines("inventory").size(), std::size_t{2});
    }
};

QTEST_GUILESS_MAIN(InventoryTest)
#include "inventory_test.moc"
