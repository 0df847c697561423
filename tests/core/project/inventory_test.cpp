// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/shape_operations.h"
#include "project/inventory.h"
#include "project/layer_choice.h"
#include "project/outline_import.h"
#include "project_fixture.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <set>

using namespace nunatak;
using namespace nunatak::tests;
using outlines::LayerKind;
using outlines::Origin;
using outlines::Review;
using project::Access;
using project::Committed;
using project::Project;

namespace {

scene::Scene sceneOf(const std::string& id, const std::string& date) {
    scene::Scene scene;
    scene.id = id;
    scene.name = "scene of " + date;
    scene.date = date;
    scene.sensor = "sensor of " + id;
    scene.grid = {utm32(), 0, 3000, 30, 100, 100};
    return scene;
}

outlines::Outline dated(const std::string& uuid, double x, const std::string& date) {
    outlines::Outline outline = square(uuid, x, 0);
    outline.srcDate = date;
    return outline;
}

const outlines::LayerInfo predictedLayer{"predicted", LayerKind::Predicted, "s2020", "2020-08-20"};

} // namespace

/// One inventory, which is edited and handed in; the rest is reference.
class InventoryTest : public QObject {
    Q_OBJECT

    ProjectFolder m_folder;

    /// A project as a version of before wrote it.
    std::filesystem::path old(const char* name) {
        const auto file = m_folder.newFile();
        std::filesystem::copy_file(std::filesystem::path(NUNATAK_TEST_DATA) / "version_3" / name, file);
        return file;
    }

    static int versionOf(const std::filesystem::path& file) {
        return SQLite::Database(file.string())
            .execAndGet("SELECT MAX(version) FROM gpkgext_nunatak_schema")
            .getInt();
    }

    static std::filesystem::path backupOf(const std::filesystem::path& file) {
        return file.parent_path() / "alps.before-inventory.gpkg";
    }

    static std::set<std::string> uuidsIn(const Project& project, const std::string& layer) {
        std::set<std::string> uuids;
        for (const auto& outline : project.outlines(layer).all()) {
            uuids.insert(outline->uuid);
        }
        return uuids;
    }

    std::unique_ptr<Project> predicted() {
        auto project = Project::create(m_folder.newFile(), utm32());
        project->addScene(sceneOf("s2020", "2020-08-20"));
        project->addScene(sceneOf("s2036", "2036-07-01"));
        project->importOutlines(predictedLayer, {square("a", 0, 0), square("b", 500, 0)});
        return project;
    }

private Q_SLOTS:
    void anInventoryIsStartedFromAReferenceInOneStepAndKeepsItsUuids() {
        const auto project = predicted();
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
        const auto project = predicted();
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
        const auto project = predicted();
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
        // In the place of the one that leaves in the same step there is room, and beside it.
        const auto a = project->outlines("inventory").find("a");
        project->commit({"Replace", {{"inventory", a, nullptr}, drawn("n", 30), drawn("m", 120)}, {}, {}});
        QVERIFY(uuidsIn(*project, "inventory") == (std::set<std::string>{"b", "m", "n"}));
        const auto step = project::importStep(*project, project->layer("inventory"),
                                              {handle(square("k", 35, 0)), handle(square("l", 3000, 0))});
        QCOMPARE(step.changes.size(), std::size_t{1});
        QVERIFY(has(step.notes.at(0), "Glacier k")); // n is somebody's
    }

    void whatIsDrawnIsDatedByThePictureAndOthersKeepTheirDates() {
        const auto project = predicted();
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

    void aPictureOutOfTheEpochIsAskedAboutAndNothingHappens() {
        const auto project = predicted();
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
            QCOMPARE(database.execAndGet("SELECT COUNT(*) FROM gpkg_contents").getInt(), 1);
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

    void takingOverReplacesWhatNobodyTouchedAndSaysSoBefore() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->addScene(sceneOf("s2020", "2020-08-20"));
        prediction::ScenePrediction prediction;
        prediction.sceneId = "s2020";
        prediction.computed = squareShape(-1000, -1000, 4000);
        prediction.glaciers = {square("a", 0, 0), square("b", 500, 0), square("c", 1000, 0)};
        project->storePrediction(prediction, {}, project::AfterPrediction::StartInventory);
        move(*project, "inventory", "a", squareShape(-5, 0, 110));
        edit(
            *project, "inventory", "b", [](outlines::Outline& outline) { outline.name = "Khumbu"; }, "Name");
        // Another model finds a elsewhere, b larger and under another UUID, c not, and d.
        prediction.modelFingerprint = "another";
        prediction.glaciers = {square("a2", 3, 3), square("b2", 495, 0, 120), square("d", 2000, 0)};
        project->storePrediction(prediction);
        const auto taken = project::planTakeOver(*project, "predicted_2", "inventory")();
        QCOMPARE(taken.counts(), std::string("2 kept, 1 new, 1 gone"));
        QCOMPARE(taken.other, 1);
        const auto steps = project->history().size();
        project->take(taken.step);
        QCOMPARE(project->history().size(), steps + 1);
        QVERIFY(uuidsIn(*project, "inventory") == (std::set<std::string>{"a", "b", "d"}));
        QCOMPARE(project->outlines("inventory").find("a")->geometry, squareShape(-5, 0, 110));
        const auto b = project->outlines("inventory").find("b");
        QCOMPARE(b->geometry, squareShape(495, 0, 120));
        QCOMPARE(b->name, std::string("Khumbu"));
        QVERIFY(!outlines::isTouched(*b));
        project->undo();
        QVERIFY(uuidsIn(*project, "inventory") == (std::set<std::string>{"a", "b", "c"}));
    }

    void outlinesOfAnotherEpochComeIntoNoInventory() {
        const auto project = predicted();
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

    void whatIsTakenOverEndsWhereSomebodysOutlineBegins() {
        const auto project = predicted();
        project->take(project::planInventory(*project, {.from = "predicted"})());
        move(*project, "inventory", "a", squareShape(0, 0, 120));
        project->importOutlines({"rgi", LayerKind::Expert, "", ""}, {square("n", 110, 0)});
        project->take(project::planTakeOver(*project, "rgi", "inventory")().step);
        QCOMPARE(geo::planarArea(project->outlines("inventory").find("n")->geometry), 90.0 * 100);
        QCOMPARE(project->outlines("inventory").size(), std::size_t{3}); // an expert's layer empties nothing
    }

    void oneOutlineOfAReferenceIsTakenInThePlaceOfWhatCoversItsGround() {
        const auto project = predicted();
        project->importOutlines({"rgi", LayerKind::Expert, "", ""}, {dated("r", -5, "2017-09-01")});
        project->take(project::planInventory(*project, {.from = "predicted"})());
        mark(*project, "inventory", "a", Review::Doubtful);
        const auto taken = project::takenOutline(*project, {"rgi", "r"}, "inventory");
        QVERIFY(taken.then == (outlines::OutlineRef{"inventory", "a"}));
        project->commit(taken);
        const auto a = project->outlines("inventory").find("a");
        QCOMPARE(a->geometry, squareShape(-5, 0));
        QCOMPARE(a->srcDate, std::string("2017-09-01"));
        QVERIFY(a->origin == Origin::Imported && a->isChanged && a->review == Review::NotReviewed);
        QCOMPARE(project->outlines("inventory").size(), std::size_t{2});
        project->undo();
        QVERIFY(project->outlines("inventory").find("a")->review == Review::Doubtful);
        QVERIFY(has(messageOf([&] {
                        project::takenOutline(*project, {"inventory", "a"}, "inventory");
                    }),
                    "is no reference"));
    }

    void whatIsTakenTakesNoGlacierAwayThatSomebodyTouched() {
        const auto project = predicted();
        project->importOutlines({"rgi", LayerKind::Expert, "", ""}, {square("r", -100, -100, 900)});
        project->take(project::planInventory(*project, {.from = "predicted"})());
        move(*project, "inventory", "a", squareShape(0, 0, 120));
        // Of a and b, both of which r covers, it takes the place of the larger one; the other is untouched.
        const auto taken = project::takenOutline(*project, {"rgi", "r"}, "inventory");
        QVERIFY(taken.then->uuid == "a");
        QVERIFY(has(taken.description, "in the place of Glacier b too"));
        mark(*project, "inventory", "b", Review::Doubtful);
        const auto before = contentsOf(*project);
        const auto refused = messageOf([&] {
            project->commit(project::takenOutline(*project, {"rgi", "r"}, "inventory"));
        });
        QVERIFY(has(refused, "Glacier r covers Glacier b of Inventory 2020 too"));
        QVERIFY(contentsOf(*project) == before);
    }

    void ofManyGlaciersThatWouldGoThreeAreNamed() {
        const auto project = predicted();
        std::vector<outlines::Outline> many;
        for (int i = 0; i < 6; ++i) {
            many.push_back(square("m" + std::to_string(i), 200.0 * i, 5000));
        }
        project->importOutlines({"predicted_2", LayerKind::Predicted, "s2020", "2020-08-20"}, many);
        project->importOutlines({"rgi", LayerKind::Expert, "", ""}, {square("r", -100, 4900, 1500)});
        project->take(project::planInventory(*project, {.from = "predicted_2"})());
        for (const auto& outline : many) {
            mark(*project, "inventory", outline.uuid, Review::Accepted);
        }
        QVERIFY(has(messageOf([&] {
                        project::takenOutline(*project, {"rgi", "r"}, "inventory");
                    }),
                    "and 2 more"));
    }

    void severalOutlinesAreTakenTogetherOrNone() {
        const auto project = predicted();
        project->importOutlines(
            {"rgi", LayerKind::Expert, "", ""},
            {square("r", -5, 0), square("s", 505, 0), square("t", 1000, 0), square("u", 1140, 0)});
        project->importOutlines({"other", LayerKind::Expert, "", ""},
                                {square("n", 2000, 0), square("o", 2010, 0)});
        project->take(project::planInventory(*project, {.from = "predicted"})());
        const auto steps = project->history().size();
        QVERIFY(has(messageOf([&] {
                        project::takenOutlines(*project, "rgi", {"r", "nobody"}, "inventory");
                    }),
                    "no outline nobody"));
        QVERIFY(has(messageOf([&] {
                        project::takenOutlines(*project, "other", {"n", "o"}, "inventory");
                    }),
                    "cover the same ground"));
        const auto edit = project::takenOutlines(*project, "rgi", {"r", "s", "t", "r", "u"}, "inventory");
        QVERIFY(has(edit.description, "Glacier a, Glacier b, Glacier t and 1 more"));
        project->commit(edit);
        QCOMPARE(project->history().size(), steps + 1);
        QVERIFY(uuidsIn(*project, "inventory") == (std::set<std::string>{"a", "b", "t", "u"}));
        QCOMPARE(project->outlines("inventory").find("b")->geometry, squareShape(505, 0));
        project->undo();
        QVERIFY(uuidsIn(*project, "inventory") == (std::set<std::string>{"a", "b"}));
    }

    void whatAnExpertFoundStaysFoundAndWhatAModelFoundIsNotReviewed() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        auto accepted = dated("good", 0, "2017-09-01");
        accepted.review = Review::Accepted;
        accepted.analyst = "A. Heim";
        auto none = dated("none", 500, "2017-09-01");
        none.review = Review::Removed;
        // On the ground of a larger one that was found to be no glacier another one was drawn.
        auto shadow = dated("shadow", 990, "2017-09-01");
        shadow.geometry = squareShape(990, -10, 120);
        shadow.review = Review::Removed;
        project->importOutlines({"expert", LayerKind::Expert, "", ""},
                                {accepted, none, shadow, dated("drawn", 1000, "2017-09-01")});
        project->take(project::planInventory(*project, {.from = "expert"})());
        const auto& inventory = project->outlines("inventory");
        QVERIFY(inventory.find("good")->review == Review::Accepted);
        QCOMPARE(inventory.find("good")->analyst, std::string("A. Heim"));
        QVERIFY(inventory.find("none")->review == Review::Removed);
        QVERIFY(inventory.find("drawn") && !inventory.find("shadow"));
        QCOMPARE(project::outlinesToHandIn(*project, "inventory").size(), std::size_t{2});
        // By taking over, and by taking one, too.
        project->take(project::planInventory(*project, {.epoch = outlines::Epoch{"2016", 2016, 5}})());
        project->take(project::planTakeOver(*project, "expert", "inventory_2")().step);
        QVERIFY(project->outlines("inventory_2").find("none")->review == Review::Removed);
        project->undo();
        project->commit(project::takenOutline(*project, {"expert", "none"}, "inventory_2"));
        QVERIFY(project->outlines("inventory_2").find("none")->review == Review::Removed);
        // A model's outlines that were accepted elsewhere were so in another layer.
        auto machine = square("machine", 0, 0);
        machine.review = Review::Accepted;
        QVERIFY(project::asOfInventory(machine, LayerKind::Predicted).review == Review::NotReviewed);
    }

    void whatSomebodysOutlinesCoverWholeIsLeftOutAndTold() {
        const auto project = predicted();
        // Three strips, each of them less than half of what comes.
        std::vector<outlines::Outline> strips;
        for (int i = 0; i < 3; ++i) {
            auto strip = square("strip" + std::to_string(i), 0, 0);
            strip.geometry = {{{{0, 5000.0 + 100 * i},
                                {900, 5000.0 + 100 * i},
                                {900, 5100.0 + 100 * i},
                                {0, 5100.0 + 100 * i}},
                               {}}};
            strips.push_back(strip);
        }
        project->importOutlines({"predicted_2", LayerKind::Predicted, "s2020", "2020-08-20"}, strips);
        project->take(project::planInventory(*project, {.from = "predicted_2"})());
        for (const auto& strip : strips) {
            mark(*project, "inventory", strip.uuid, Review::Accepted);
        }
        auto across = square("across", 0, 0);
        across.geometry = {{{{400, 5000}, {500, 5000}, {500, 5300}, {400, 5300}}, {}}};
        project->importOutlines({"rgi", LayerKind::Expert, "", ""}, {across, square("free", 3000, 0)});
        const auto taken = project::planTakeOver(*project, "rgi", "inventory")();
        QCOMPARE(taken.counts(), std::string("3 kept, 1 new, 0 gone"));
        QVERIFY(has(taken.step.notes.at(0), "1 outline: Glacier across"));
        project->take(taken.step);
        QVERIFY(!project->outlines("inventory").find("across"));
        QVERIFY(has(messageOf([&] {
                        project::takenOutline(*project, {"rgi", "across"}, "inventory");
                    }),
                    "Nothing of the outline of Glacier across is left"));
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
        const auto project = predicted();
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
        const auto project = predicted();
        project->take(project::planInventory(*project, {.from = "predicted"})());
        mark(*project, "inventory", "a", Review::Removed);
        const auto outlines = project::outlinesToHandIn(*project, "inventory");
        QCOMPARE(outlines.size(), std::size_t{1});
        QCOMPARE(outlines[0]->uuid, std::string("b"));
        QCOMPARE(project->outlines("inventory").size(), std::size_t{2});
    }

    void aProjectOfBeforeBecomesOneWithAnInventoryAndIsKeptBesideIt() {
        const auto file = old("plain.gpkg");
        {
            const auto reading = Project::open(file, Access::ReadOnly);
            QVERIFY(reading->layer("corrected").kind == LayerKind::Inventory);
            QCOMPARE(reading->outlines("corrected").size(), std::size_t{2});
            QVERIFY(reading->notes().empty());
        }
        QVERIFY(!std::filesystem::exists(backupOf(file)));
        QCOMPARE(versionOf(file), 3);
        {
            const auto project = Project::open(file);
            QCOMPARE(project->notes().size(), std::size_t{1});
            QVERIFY(has(project->notes()[0], "corrected is Inventory 2020 now"));
            QVERIFY(has(project->notes()[0], "alps.before-inventory.gpkg"));
            const auto layer = project->layer("corrected");
            QVERIFY(layer.kind == LayerKind::Inventory);
            QCOMPARE(*layer.epoch.year, 2020);
            QVERIFY(outlines::isTouched(*project->outlines("corrected").find("a")));
        }
        QCOMPARE(versionOf(backupOf(file)), 3);
        QCOMPARE(versionOf(file), 4);
        const auto project = Project::open(file);
        QVERIFY(project->notes().empty()); // told once
        // The history goes back through what was done before, and forth again.
        project->undo();
        QVERIFY(uuidsIn(*project, "corrected") == (std::set<std::string>{"a"}));
        project->undo();
        QCOMPARE(project->outlines("corrected").size(), std::size_t{0});
        project->redo();
        project->redo();
        QVERIFY(project->outlines("corrected").find("b")->review == Review::Accepted);
        QCOMPARE(project->outlines("corrected").find("a")->geometry, squareShape(5, 5));
        move(*project, "corrected", "a", squareShape(9, 9));
    }

    void ofAGlacierThatWasCorrectedTwiceTheLaterEditStaysAndNothingIsLost() {
        const auto file = old("twice.gpkg");
        Contents before;
        {
            const auto reading = Project::open(file, Access::ReadOnly);
            before = contentsOf(*reading);
        }
        {
            const auto project = Project::open(file);
            QCOMPARE(project->notes().size(), std::size_t{2});
            QVERIFY(has(project->notes()[1], "corrected (doubled)") && has(project->notes()[1], "Glacier a"));
            QVERIFY(has(project->notes()[1], "done again in the backup"));
            // The last move of a was undone, so e was edited last.
            QVERIFY(uuidsIn(*project, "corrected") == (std::set<std::string>{"c", "e"}));
            QVERIFY(uuidsIn(*project, "corrected_doubled") == (std::set<std::string>{"a"}));
            QVERIFY(outlines::isReference(project->layer("corrected_doubled").kind));
        }
        const auto project = Project::open(file);
        QVERIFY(project->notes().empty());
        QVERIFY(project->undoable()->kind == project::UndoableStep::Kind::Edit);
        project->undo(); // what opening did is a step like any other
        QVERIFY(contentsOf(*project) == before);
        project->undo();
        project->undo();
        project->undo();
        QCOMPARE(project->outlines("corrected").size(), std::size_t{0});
        for (int i = 0; i < 4; ++i) { // through what was there twice, to what is there once
            project->redo();
        }
        QVERIFY(uuidsIn(*project, "corrected") == (std::set<std::string>{"c", "e"}));
    }

    void correctionsOfTwoDatesBecomeInventoriesOfTwoEpochs() {
        const auto project = Project::open(old("two_dates.gpkg"));
        const auto inventories = project->inventories();
        QCOMPARE(inventories.size(), std::size_t{2});
        QCOMPARE(*inventories[0].epoch.year, 2020);
        QCOMPARE(*inventories[1].epoch.year, 2000);
        QCOMPARE(outlines::titleOf(inventories[1]), std::string("Inventory 2000"));
    }

    void whatHadBeenUndoneInAProjectOfBeforeCanStillBeDoneAgain() {
        const auto file = old("undone.gpkg");
        { const auto project = Project::open(file); }
        const auto project = Project::open(file);
        QCOMPARE(project->outlines("corrected").find("a")->geometry, squareShape(5, 5));
        QCOMPARE(*project->redoDescription(), std::string("Move another vertex of Glacier a"));
        project->redo();
        QCOMPARE(project->outlines("corrected").find("a")->geometry, squareShape(6, 6));
        project->redo();
        QVERIFY(project->outlines("corrected").find("a")->review == Review::Accepted);
    }

    void theBackupNeverTakesThePlaceOfAnother() {
        const auto file = old("plain.gpkg");
        std::filesystem::copy_file(file, backupOf(file));
        const auto kept = std::filesystem::last_write_time(backupOf(file));
        { const auto project = Project::open(file); }
        QVERIFY(std::filesystem::last_write_time(backupOf(file)) == kept);
        QCOMPARE(versionOf(file.parent_path() / "alps.before-inventory-2.gpkg"), 3);
    }
};

QTEST_GUILESS_MAIN(InventoryTest)
#include "inventory_test.moc"
