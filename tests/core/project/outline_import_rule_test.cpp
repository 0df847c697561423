// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/import_survey.h"
#include "project/inventory.h"
#include "project/outline_import.h"
#include "project/same_shape.h"
#include "project_fixture.h"

#include "exchange/outline_files.h"
#include "geo/shape_operations.h"

using namespace nunatak;
using namespace nunatak::tests;
using outlines::LayerKind;
using project::Project;

namespace {

scene::Scene sceneAt(const std::string& id, double left, double top) {
    scene::Scene scene;
    scene.id = id;
    scene.name = "scene of " + id;
    scene.date = id;
    scene.grid = {utm32(), left, top, 30, 100, 100};
    return scene;
}

std::vector<outlines::OutlineHandle> handles(const std::vector<outlines::Outline>& outlines) {
    std::vector<outlines::OutlineHandle> made;
    for (const auto& outline : outlines) {
        made.push_back(outlines::share(outline));
    }
    return made;
}

} // namespace

/// What the window and the command line both ask before outlines go into a layer.
class OutlineImportRuleTest : public QObject {
    Q_OBJECT

    ProjectFolder m_folder;

private Q_SLOTS:
    void whatSomebodyDrewBelongsToNoSceneAndWhatAModelDrewToOne() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->addScene(sceneAt("2003-08-13", 0, 3000));
        QVERIFY(layerForImport(*project, {"rgi", {}, {}, {}}) ==
                (outlines::LayerInfo{"rgi", LayerKind::Expert, {}, {}}));
        QCOMPARE(layerForImport(*project, {"predicted", {}, {}, {}}).sceneId, std::string("2003-08-13"));
        QCOMPARE(layerForImport(*project, {"deeplab", LayerKind::Predicted, {}, {}}).sceneId,
                 std::string("2003-08-13"));
        QVERIFY(layerForImport(*project, {"drawn", {}, "scene of 2003-08-13", "13.8.2003"}) ==
                (outlines::LayerInfo{"drawn", LayerKind::Expert, "2003-08-13", "2003-08-13"}));
        QVERIFY(!messageOf([&] { layerForImport(*project, {"drawn", {}, "nowhere", {}}); }).empty());
        QVERIFY(!messageOf([&] { layerForImport(*project, {"drawn", {}, {}, "05/08/2003"}); }).empty());
    }

    void aRequestThatContradictsALayerIsRefusedAndNotIgnored() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->addScene(sceneAt("2003-08-13", 0, 3000));
        project->importOutlines(expertLayer(), {square("a", 0, 0)});
        QVERIFY(layerForImport(*project, {"expert", LayerKind::Expert, {}, "2000-08-01"}) == expertLayer());
        QVERIFY(has(messageOf([&] {
                        layerForImport(*project, {"expert", LayerKind::Predicted, {}, {}});
                    }),
                    "is of kind expert"));
        QVERIFY(has(messageOf([&] {
                        layerForImport(*project, {"expert", {}, {}, "2003-08-13"});
                    }),
                    "is of 2000-08-01"));
        QVERIFY(has(messageOf([&] {
                        layerForImport(*project, {"expert", {}, "2003-08-13", {}});
                    }),
                    "belongs to no scene"));
    }

    void whatIsThereAlreadyIsFoundBeforeAnythingIsWritten() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->addScene(sceneAt("2003-08-13", 0, 3000));
        auto withId = square("b", 500, 0);
        withId.attributes["rgi_id"] = "RGI2000-v7.0-G-11-00002";
        project->importOutlines(expertLayer(), {square("a", 0, 0), withId, square("c", 1000, 0)});
        auto sameId = square("x", 2000, 0); // moved elsewhere, and still that glacier
        sameId.attributes = withId.attributes;
        const auto coming = handles({square("a", 5000, 0), sameId, square("y", 1005, 0), square("z", 9000, 0),
                                     square("far", 900000, 0)});
        const auto& known = project->outlines("expert");
        const auto survey = project::surveyImport(project->layer("expert"), false, known,
                                                  project::sceneExtents(*project), coming);
        QCOMPARE(survey.inLayer, 3);
        QCOMPARE(survey.outlines, 5);
        QCOMPARE(survey.sameUuid, 1);
        QCOMPARE(survey.sameId, 1);
        QCOMPARE(survey.sameGround, 1);
        QCOMPARE(survey.alreadyThere(), 3);
        QCOMPARE(survey.elsewhere, 3);
        QVERIFY(survey.needsChoice());
        const auto sentences = project::sentencesOf(survey);
        QVERIFY(has(sentences.front(), "3 of 5"));
        QVERIFY(has(sentences.back(), "1 with the same UUID, 1 with the same RGI or GLIMS id, 1 on the same "
                                      "ground"));
        const auto refusal =
            messageOf([&] { project::throwUnlessClear(survey, project::ImportMode::Unsaid, "Choose."); });
        QVERIFY(has(refusal, "3 are already in layer expert") && has(refusal, "Choose."));
        project::throwUnlessClear(survey, project::ImportMode::Append, "Choose.");
        // The same UUID alone says all that there is to say, and a new layer has nothing yet.
        QVERIFY(
            !project::surveyImport(project->layer("expert"), false, known, {}, handles({square("a", 0, 0)}))
                 .needsChoice());
        QVERIFY(
            !project::surveyImport({"other", LayerKind::Expert, {}, {}}, true, {}, {}, coming).needsChoice());
        QCOMPARE(project->outlines("expert").size(), std::size_t{3}); // nobody wrote anything
    }

    void outlinesTakeThePlaceOfTheSameGlaciersWhereThatIsAskedFor() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        auto withId = square("b", 500, 0);
        withId.attributes["rgi_id"] = "RGI2000-v7.0-G-11-00002";
        withId.name = "Vernagtferner";
        project->importOutlines(expertLayer(),
                                {square("a", 0, 0), withId, square("c", 1000, 0), square("d", 1004, 0)});
        auto sameId = square("x", 502, 0);
        sameId.name.clear();
        sameId.attributes = withId.attributes;
        auto step = project::importStep(*project, project->layer("expert"),
                                        handles({sameId, square("y", 1002, 0), square("z", 9000, 0)}),
                                        project::ImportMode::Replace);
        QCOMPARE(step.notes.size(), std::size_t{1});
        QVERIFY(has(step.notes.front(), "2 outlines were replaced") && has(step.notes.front(), "1 other"));
        project->take(std::move(step));
        const auto& now = project->outlines("expert");
        QCOMPARE(now.size(), std::size_t{4}); // a, b in its new shape, one of c and d, z
        QCOMPARE(now.find("b")->name, std::string("Vernagtferner"));
        QVERIFY(now.find("b")->geometry == sameId.geometry);
        QVERIFY(now.find("x") == nullptr && now.find("y") == nullptr);
        QVERIFY((now.find("c") == nullptr) != (now.find("d") == nullptr));
        QVERIFY(now.find("z") != nullptr);
        project->undo();
        QCOMPARE(project->outlines("expert").size(), std::size_t{4});
        QVERIFY(project->outlines("expert").find("b")->geometry == withId.geometry);
        QVERIFY(project->outlines("expert").find("d") != nullptr);
    }

    void inAnInventoryNoGlacierComesBesideItself() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->addScene(sceneAt("2003-08-13", 0, 3000));
        const auto layer = layerForImport(*project, {"inventory", {}, {}, {}});
        project->importOutlines(layer, {square("a", 0, 0)});
        const auto coming = handles({square("x", 5, 0)});
        QVERIFY(!project::surveyImport(project->layer("inventory"), false, project->outlines("inventory"), {},
                                       coming)
                     .needsChoice());
        QVERIFY(has(messageOf([&] {
                        project::importStep(*project, project->layer("inventory"), coming,
                                            project::ImportMode::Append);
                    }),
                    "each glacier is once"));
        project->take(project::importStep(*project, project->layer("inventory"), coming));
        QCOMPARE(project->outlines("inventory").size(), std::size_t{1});
    }

    void whatAnInventoryDoesNotTakeIsNotCountedAndSaidWithItsReason() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->importOutlines(inventoryLayer(), {square("mine", 0, 0)});
        move(*project, "inventory", "mine", squareShape(2, 0));
        const auto coming = handles({square("theirs", 3, 0),         // somebody corrected that glacier
                                     square("large", 1000, 0),       // with one within it
                                     square("within", 1010, 10, 20), //
                                     square("twice", 2000, 0),       // drawn again
                                     square("again", 2001, 0, 99)}); //
        const auto step = project::importStep(*project, project->layer("inventory"), coming);
        QCOMPARE(step.leftOut, std::size_t{3});
        QCOMPARE(step.description, std::string("Import 2 outlines into inventory"));
        QCOMPARE(step.notes.size(), std::size_t{3});
        QVERIFY(has(step.notes[0], "of glaciers that somebody has corrected"));
        QVERIFY(has(step.notes[0], "Glacier theirs"));
        QVERIFY(has(step.notes[1], "that the file has twice: 1 outline: Glacier again"));
        QVERIFY(has(step.notes[2], "that lie in a larger outline of the file"));
        QVERIFY(has(step.notes[2], "Glacier within"));
        QCOMPARE(project->importOutlines(project->layer("inventory"), coming), 2);
        QCOMPARE(project->outlines("inventory").size(), std::size_t{3});
    }

    void anImportedInventoryIsOfTheEpochOfItsDateElseOfMostOutlines() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->addScene(sceneAt("2028-08-13", 0, 3000));
        const auto dated = [](const std::string& uuid, double x, const std::string& date) {
            auto outline = square(uuid, x, 0);
            outline.srcDate = date;
            return outline;
        };
        project->importOutlines(
            layerForImport(*project, {"inventory", LayerKind::Inventory, {}, {}}),
            {dated("a", 0, "2017-08-01"), dated("b", 500, "2017-09-01"), dated("c", 900, "2009-09-01")});
        const auto layer = project->layer("inventory");
        QCOMPARE(layer.epoch.year.value_or(0), 2017);
        QCOMPARE(layer.epoch.tolerance, 8);
        QCOMPARE(outlines::titleOf(layer), std::string("Inventory 2017"));
        QVERIFY(!project->inventoryOf("2028-08-13")); // a prediction on that scene starts another one
        QCOMPARE(project->inventoryOf("2018-08-13")->name, std::string("inventory"));
        project->importOutlines(
            layerForImport(*project, {"alps_1995", LayerKind::Inventory, {}, "1995-08-01"}),
            {square("d", 0, 0)});
        QCOMPARE(project->layer("alps_1995").epoch.year.value_or(0), 1995);
        QCOMPARE(outlines::titleOf(project->layer("alps_1995")), std::string("alps_1995"));
        project::ImportRequest request{"third", LayerKind::Inventory, {}, {}};
        request.epoch = {"1970", 1970, 3};
        project->importOutlines(layerForImport(*project, request), {dated("e", 0, "1971-08-01")});
        QVERIFY(project->layer("third").epoch == request.epoch);
    }

    void whatComesBackInAnotherShapeWasCorrectedElsewhereAndNothingAutomaticReplacesIt() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->addScene(sceneAt("2003-08-13", 0, 3000));
        const outlines::LayerInfo predicted{"predicted", LayerKind::Predicted, "2003-08-13", "2003-08-13"};
        project->importOutlines(predicted, {square("a", 0, 0), square("b", 500, 0), square("c", 1000, 0)});
        project->take(project::planInventory(*project, {.from = "predicted"})());
        const auto& inventory = project->outlines("inventory");
        auto corrected = *inventory.find("a");
        corrected.geometry[0].outer[2].x += 3;
        // GeoJSON rounds, begins a ring elsewhere and turns it round; that is no correction.
        auto same = *inventory.find("b");
        same.geometry = {{{{500.006, 100}, {600, 99.995}, {600, 0.004}, {500, 0}}, {}}};
        for (const auto mode : {project::ImportMode::Unsaid, project::ImportMode::Replace}) {
            project->take(
                project::importStep(*project, project->layer("inventory"), handles({corrected, same}), mode));
            QVERIFY(inventory.find("a")->isChanged);
            QVERIFY(inventory.find("a")->origin == outlines::Origin::Machine);
            QVERIFY(!outlines::isTouched(*inventory.find("b")));
            project->undo();
            QVERIFY(!inventory.find("a")->isChanged);
        }
        project->take(project::importStep(*project, project->layer("inventory"), handles({corrected, same})));
        // What a model finds anew there does not take its place.
        project->importOutlines({"predicted_2", LayerKind::Predicted, "2003-08-13", "2003-08-13"},
                                {square("a", 2, 2), square("b", 502, 2)});
        project->take(project::planTakeOver(*project, "predicted_2", "inventory")().step);
        QCOMPARE(inventory.find("a")->geometry, corrected.geometry);
        QCOMPARE(inventory.find("b")->geometry, squareShape(502, 2));
        // A file that says nothing of where outlines come from makes nobody's work a machine's.
        move(*project, "inventory", "c", squareShape(1010, 0));
        auto bare = *inventory.find("c");
        bare.origin = outlines::Origin::Unknown;
        bare.isChanged = false;
        project->importOutlines(project->layer("inventory"), {bare});
        QVERIFY(inventory.find("c")->isChanged && inventory.find("c")->origin == outlines::Origin::Machine);
    }

    void whatAFileDoesNotSayOfAKnownGlacierStaysKnown() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->addScene(sceneAt("2003-08-13", 0, 3000));
        auto a = square("a", 0, 0);
        a.srcDate = "2001-09-01";
        a.sceneId = "2001-09-01";
        a.sensor = "ASTER";
        project->importOutlines({"inventory", LayerKind::Inventory, "2003-08-13", "2003-08-13"},
                                {a, square("b", 500, 0)});
        mark(*project, "inventory", "a", outlines::Review::Accepted);
        const auto& inventory = project->outlines("inventory");
        const auto known = *inventory.find("a");
        // A program of others kept the UUID alone, and moved a vertex; c is new, and a model drew it.
        auto bare = square("a", 0, 0);
        bare.geometry[0].outer[2].x += 3;
        auto dated = square("b", 505, 0);
        dated.srcDate = "2002-08-01";
        const auto layer = project->layer("inventory");
        const auto step = project::importStep(
            *project, layer, project::readyForImport(layer, {bare, dated, square("c", 1000, 0)}));
        QVERIFY(has(step.notes.at(0), "1 outline of which the file says no review keeps its own"));
        project->take(step);
        const auto now = inventory.find("a");
        QCOMPARE(now->srcDate, std::string("2001-09-01"));
        QCOMPARE(now->sceneId, known.sceneId);
        QCOMPARE(now->sensor, std::string("ASTER"));
        QVERIFY(now->review == outlines::Review::Accepted);
        QCOMPARE(now->analyst, known.analyst);
        QVERIFY(now->geometry == bare.geometry && now->isChanged);
        QCOMPARE(inventory.find("b")->srcDate, std::string("2002-08-01"));
        QCOMPARE(inventory.find("c")->srcDate, std::string()); // nobody dated it
        QCOMPARE(inventory.find("c")->sceneId, std::string("2003-08-13"));
        // What it does say is taken.
        bare.review = outlines::Review::Doubtful;
        bare.srcDate = "2002-08-01";
        project->importOutlines(layer, {bare});
        QCOMPARE(inventory.find("a")->srcDate, std::string("2002-08-01"));
        QVERIFY(inventory.find("a")->review == outlines::Review::Doubtful);
    }

    void whatNobodyDatedStaysUndatedInAnInventory() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        const auto dateOf = [&](const std::string& name) {
            for (const auto& outline : project->outlines("inventory").all()) {
                if (outline->name == name) {
                    return outline->srcDate;
                }
            }
            return std::string("not there");
        };
        const auto named = [](const std::string& name, double x, const std::string& date) {
            auto outline = square("", x, 0); // as most files, without a UUID
            outline.name = name;
            outline.srcDate = date;
            return outline;
        };
        project->importOutlines(inventoryLayer(), {named("first", 0, "2000-07-30"), named("new", 500, "")});
        QCOMPARE(dateOf("new"), std::string("2000-08-01")); // said of the new inventory
        const auto layer = project->layer("inventory");
        project->importOutlines(layer, {named("undated", 1000, ""), named("dated", 1500, "2001-08-02")});
        QCOMPARE(dateOf("undated"), std::string());
        QCOMPARE(dateOf("dated"), std::string("2001-08-02"));
        // Unless somebody says of when it is; what is known of others stays known.
        auto known = *project->outlines("inventory").all().front();
        const std::string before = known.srcDate;
        known.srcDate.clear();
        std::vector<outlines::Outline> coming{known, named("said", 2000, "")};
        project::dateUndated(*project, "inventory", coming, "2000-08-01");
        project->importOutlines(layer, coming);
        QCOMPARE(dateOf("said"), std::string("2000-08-01"));
        QCOMPARE(project->outlines("inventory").find(known.uuid)->srcDate, before);
        // A reference is of one date.
        project->importOutlines(expertLayer(), {named("expert's", 0, "")});
        QCOMPARE(project->outlines("expert").all().front()->srcDate, std::string("2000-08-01"));
    }

    void aVertexMoreOrAnotherRingMakesAnotherShape() {
        const auto shape = squareShape(0, 0);
        auto more = shape;
        more[0].outer.insert(more[0].outer.begin() + 1, {50, 0});
        QVERIFY(!project::isSameShape(shape, more));
        auto moved = shape;
        moved[0].outer[0].x += 0.05;
        QVERIFY(!project::isSameShape(shape, moved));
        auto hole = shape;
        hole[0].holes.push_back({{10, 10}, {20, 10}, {20, 20}});
        QVERIFY(!project::isSameShape(shape, hole));
        const geo::MultiPolygon two{shape[0], squareShape(500, 0)[0]};
        QVERIFY(project::isSameShape(two, {two[1], two[0]}));
        QVERIFY(!project::isSameShape(two, {two[1], two[1]}));
    }

    void outlinesElsewhereThanTheScenesAreCounted() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        QVERIFY(
            importNotes(*project, expertLayer(), handles({square("a", 0, 0)})).empty()); // no scene to miss
        project->addScene(sceneAt("2003-08-13", 0, 3000));
        project->addScene(sceneAt("2015-08-13", 100000, 3000));
        QVERIFY(importNotes(*project, expertLayer(), handles({square("a", 0, 0), square("b", 100000, 0)}))
                    .empty());
        const auto some =
            importNotes(*project, expertLayer(), handles({square("a", 0, 0), square("b", 50000, 0)}));
        QCOMPARE(some.size(), std::size_t(1));
        QVERIFY(has(some[0], "1 of 2 outlines lies elsewhere"));
        const auto all = importNotes(*project, expertLayer(), handles({square("b", 50000, 0)}));
        QVERIFY(has(all.at(0), "All outlines lie elsewhere"));
    }

    void outlinesThatTakeThePlaceOfOthersAreCounted() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->importOutlines(expertLayer(), {square("a", 0, 0), square("b", 500, 0)});
        const auto notes =
            importNotes(*project, expertLayer(), handles({square("a", 10, 0), square("c", 900, 0)}));
        QCOMPARE(notes.size(), std::size_t(1));
        QVERIFY(has(notes[0], "1 outline of layer expert has the same UUID"));
    }

    void aLayerOfAnotherProjectComesWithItsAttributes() {
        const auto file = m_folder.newFile();
        auto outline = square("8d8ac610-566d-4ef0-9c22-186b2a5ed793", 0, 0);
        outline.attributes = {{"rgi_id", "RGI2000-v7.0-G-11-00001"}, {"term_type", 1}};
        outline.describedShape = geo::fingerprint(outline.geometry);
        outline.model = "glavitu";
        outline.run = "run 7";
        {
            const auto other = Project::create(file, utm32());
            other->importOutlines(expertLayer(), {outline});
            other->importOutlines(expertLayer("second"), {square("b", 0, 0)});
            other->close();
        }
        const auto message = messageOf([&] { exchange::readOutlines(file, utm32()); });
        QVERIFY(has(message, "--source-layer"));
        exchange::ImportOptions options;
        options.sourceLayers = {"expert"};
        auto read = exchange::readOutlines(file, utm32(), options);
        const auto ready = project::readyForImport(expertLayer(), std::move(read.outlines));
        QCOMPARE(ready.size(), std::size_t(1));
        QCOMPARE(ready[0]->uuid, outline.uuid);
        QVERIFY(ready[0]->attributes == outline.attributes);
        QCOMPARE(ready[0]->describedShape, outline.describedShape);
        QCOMPARE(ready[0]->model, outline.model);
        QCOMPARE(ready[0]->run, outline.run);
    }

    void aLayerKeepsTheOrderOfItsFile() {
        const auto file = m_folder.newFile();
        const std::vector<std::string> order{"c", "a", "d", "b"};
        const auto uuidsOf = [](const Project& project) {
            std::vector<std::string> uuids;
            for (const auto& outline : project.outlines("expert").all()) {
                uuids.push_back(outline->uuid);
            }
            return uuids;
        };
        {
            const auto project = Project::create(file, utm32());
            std::vector<outlines::Outline> given;
            for (const auto& uuid : order) {
                given.push_back(square(uuid, 500.0 * static_cast<double>(given.size()), 0));
            }
            project->importOutlines(expertLayer(), given);
            QVERIFY(uuidsOf(*project) == order);
        }
        QVERIFY(uuidsOf(*Project::open(file)) == order);
    }
};

QTEST_GUILESS_MAIN(OutlineImportRuleTest)
#include "outline_import_rule_test.moc"
