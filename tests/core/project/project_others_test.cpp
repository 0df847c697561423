// SPDX-License-Identifier: GPL-3.0-or-later
#include "other_program.h"
#include "project/inventory.h"
#include "project_fixture.h"

#include "base/project_file.h"
#include "base/whole_file.h"
#include "exchange/export_layer.h"
#include "exchange/outline_files.h"
#include "geo/shape_operations.h"

#include <cmath>
#include <fstream>

using namespace nunatak;
using namespace nunatak::tests;
using project::Access;
using project::Project;

/// What other programs, and other parts of this one, do to a project's file.
class ProjectOthersTest : public QObject {
    Q_OBJECT

private:
    ProjectFolder m_folder;

    static std::string notesOf(const Project& project) {
        std::string text;
        for (const auto& note : project.notes()) {
            text += note + "\n";
        }
        return text;
    }

private Q_SLOTS:
    void aProjectIsToldFromOtherFilesOpenOrNotWholeOrNot() {
        const auto file = projectOf(m_folder, {square("a", 0, 0)});
        const auto folder = file.parent_path();
        QVERIFY(isProjectFile(file));
        {
            const auto open = Project::open(file);
            open->importOutlines(expertLayer(), {square("b", 500, 0)});
            open->flush();
            QVERIFY(isProjectFile(file));
        }
        std::filesystem::create_symlink("alps.gpkg", folder / "link.gpkg");
        QVERIFY(isProjectFile(folder / "link.gpkg"));
        std::filesystem::resize_file(file, std::filesystem::file_size(file) / 2);
        QVERIFY(isProjectFile(file));

        exchange::writeOutlines({square("a", 600000, 5200000)}, utm32(), folder / "outlines.gpkg");
        QVERIFY(!isProjectFile(folder / "outlines.gpkg"));
        QVERIFY(!isProjectFile(folder));
        QVERIFY(!isProjectFile(folder / "nothing"));
        std::ofstream(folder / "notes.txt") << "gpkgext_nunatak_schema";
        QVERIFY(!isProjectFile(folder / "notes.txt"));
    }

    void whereTheWalIsTakenAwayUnderItTheProjectGoesOnBesideWithAllThatWasEdited() {
        const auto file = projectOf(m_folder, {square("a", 0, 0)});
        const auto project = Project::open(file);
        project->importOutlines(expertLayer("second"), {square("b", 500, 0)});
        project->flush();
        std::filesystem::remove(file.string() + "-wal");
        std::filesystem::remove(file.string() + "-shm");
        project->importOutlines(expertLayer("third"), {square("c", 900, 0)});
        const std::string said = messageOf([&] { project->flush(); });
        QVERIFY2(has(said, "removed " + file.string() + "-wal") && has(said, "alps-recovered.gpkg"),
                 said.c_str());
        QVERIFY(has(messageOf([&] { project->close(); }), "alps-recovered.gpkg"));
        const auto recovered = Project::open(file.parent_path() / "alps-recovered.gpkg", Access::ReadOnly);
        QVERIFY(recovered->outlines("second").find("b") && recovered->outlines("third").find("c"));
        QVERIFY(!Project::open(file, Access::ReadOnly)->hasLayer("third"));
    }

    void nothingIsWrittenInTheProjectsPlace() {
        for (const bool isOpen : {false, true}) {
            const auto file = m_folder.newFile();
            auto project = Project::create(file, utm32());
            if (!isOpen) {
                project.reset();
            }
            const auto refused = [&](const std::function<void()>& write) {
                return has(messageOf(write), "is a Nunatak project");
            };
            QVERIFY(refused([&] { writeWholeFile(file, {"text"}); }));
            QVERIFY(refused([&] { scene::saveScene({}, file); }));
            QVERIFY(refused([&] { exchange::writeOutlines({square("a", 600000, 5200000)}, utm32(), file); }));
            project.reset();
            QCOMPARE(Project::open(file)->layers().size(), std::size_t{0});
        }
    }

    void columnsOfOtherProgramsAreAttributesAndStayColumns() {
        const auto file = projectOf(m_folder, {square("a", 0, 0), square("b", 500, 0)});
        QCOMPARE(sql(file, "ALTER TABLE expert ADD COLUMN remark TEXT; ALTER TABLE expert ADD COLUMN visits "
                           "INTEGER; UPDATE expert SET remark = 'steep', visits = 3 WHERE uuid = 'a'"),
                 std::string());
        {
            const auto project = Project::open(file);
            QVERIFY(has(notesOf(*project), "added remark and visits to the layer expert"));
            const auto a = project->outlines("expert").find("a");
            QCOMPARE(a->attributes.at("remark").text(), std::string("steep"));
            QCOMPARE(*a->attributes.at("visits").integer(), std::int64_t{3});
            // Removed and brought back, and copied to where that column is not.
            project->take({"Remove", {}, {}, {{"expert", a, nullptr}}, {}});
            project->undo();
            project->take(project::planInventory(*project, {.from = "expert"})());
        }
        QCOMPARE(
            sql(file, "SELECT remark || visits || COALESCE(attributes, '-') FROM expert WHERE uuid = 'a'"),
            std::string("steep3-"));
        const auto project = Project::open(file, Access::ReadOnly);
        QCOMPARE(project->outlines("inventory").find("a")->attributes.at("remark").text(),
                 std::string("steep"));
    }

    void aColumnThatIsGoneKeepsNothingShut() {
        const auto file = projectOf(m_folder, {square("a", 0, 0)});
        sql(file, "ALTER TABLE expert DROP COLUMN sensor");
        const auto project = Project::open(file);
        QVERIFY(has(notesOf(*project), "removed sensor from the layer expert"));
        QCOMPARE(project->outlines("expert").size(), std::size_t{1});
        project->importOutlines(expertLayer(), {square("b", 500, 0)});
        project->flush();
    }

    void aLayerRewrittenInAnotherSystemLiesWhereItLiesAndIsNotChanged() {
        const auto file = projectOf(m_folder, {square("a", 0, 0)});
        {
            const auto project = Project::open(file);
            const geo::CoordinateTransform toDegrees(utm32(), geo::Crs::fromUserInput("EPSG:4326"));
            outlines::Outline degrees = square("d", 600000, 5200000, 600);
            degrees.geometry = toDegrees(degrees.geometry);
            project->importOutlines(expertLayer("other"), {degrees});
        }
        sql(file, "UPDATE gpkg_geometry_columns SET srs_id = 4326 WHERE table_name = 'other'");
        const auto project = Project::open(file);
        QVERIFY(has(notesOf(*project), "rewrote the layer other in WGS 84"));
        const auto found = project->outlines("other").find("d");
        QVERIFY(std::abs(geo::planarArea(found->geometry) - 360000) < 1);
        QVERIFY(std::abs(geo::extentOf(found->geometry).xmin - 600000) < 0.01);
        QVERIFY(has(messageOf([&] { project->importOutlines(expertLayer("other"), {square("e", 0, 0)}); }),
                    "cannot be changed"));
        // It is corrected like any other: in an inventory.
        project->take(project::planInventory(*project, {.from = "other"})());
        move(*project, "inventory", "d", squareShape(1, 1));

        project->flush();
        QCOMPARE(sql(file, "UPDATE gpkg_geometry_columns SET srs_id = 0 WHERE table_name = 'other'"),
                 std::string());
        const auto again = Project::open(file, Access::ReadOnly);
        QVERIFY(has(notesOf(*again), "without a coordinate system"));
        QVERIFY(!again->hasLayer("other"));
        QCOMPARE(again->outlines("expert").size(), std::size_t{1});
    }

    void noStepIsTakenBackOrDoneAgainInALayerThatCannotBeChanged() {
        const auto file = projectOf(m_folder, {square("a", 0, 0)});
        {
            const auto project = Project::open(file);
            const geo::CoordinateTransform toDegrees(utm32(), geo::Crs::fromUserInput("EPSG:4326"));
            outlines::Outline degrees = square("d", 600000, 5200000, 600);
            degrees.geometry = toDegrees(degrees.geometry);
            project->importOutlines(expertLayer("other"), {degrees});
            project->importOutlines(expertLayer("other"), {square("e", 600000, 5200000)});
            project->undo();
        }
        sql(file, "UPDATE gpkg_geometry_columns SET srs_id = 4326 WHERE table_name = 'other'");
        const auto project = Project::open(file);
        QVERIFY(has(messageOf([&] { project->redo(); }), "cannot be changed"));
        QCOMPARE(project->outlines("other").size(), std::size_t{1});
    }

    void shapesThatCannotBeReadAreTold() {
        const auto file = projectOf(m_folder, {square("a", 0, 0), square("b", 500, 0), square("c", 900, 0)});
        QCOMPARE(sql(file, "UPDATE expert SET geom = X'4750000100000000FFFFFFFFFFFFFFFF' WHERE uuid = 'a';"
                           "UPDATE expert SET geom = NULL WHERE uuid = 'b'"),
                 std::string());
        const auto project = Project::open(file);
        QCOMPARE(project->outlines("expert").size(), std::size_t{1});
        QVERIFY(has(notesOf(*project), "1 outline whose shape cannot be read"));
        QVERIFY(has(notesOf(*project), "1 row without a polygon"));
        QCOMPARE(sql(file, "SELECT COUNT(*) FROM expert"), std::string("3"));
    }

    void whatAnotherProgramWroteMeanwhileIsKeptAndTold() {
        const auto file = m_folder.newFile();
        Project::create(file, utm32())
            ->importOutlines(inventoryLayer(), {square("a", 0, 0), square("b", 500, 0), square("c", 900, 0)});
        {
            const auto project = Project::open(file);
            move(*project, "inventory", "b", squareShape(510, 0));
            project->flush();
            QCOMPARE(sql(file, "UPDATE inventory SET name = 'theirs' WHERE uuid = 'a';"
                               "DELETE FROM inventory WHERE uuid = 'c'"),
                     std::string());
            move(*project, "inventory", "b", squareShape(520, 0)); // which nobody else has touched
            project->flush();
            QCOMPARE(project->savingProblem(), std::string());
            edit(
                *project, "inventory", "a", [](auto& outline) { outline.name = "ours"; }, "Rename");
            project->flush();
            QVERIFY(has(project->savingProblem(), "changed 1 outline of the layer inventory"));
            move(*project, "inventory", "c", squareShape(910, 0));
            project->flush();
            QVERIFY(has(project->savingProblem(), "removed 1 outline that was changed here"));
        }
        const auto project = Project::open(file);
        QCOMPARE(project->outlines("inventory").size(), std::size_t{3});
        QCOMPARE(project->outlines("inventory").find("a")->name, std::string("ours"));
        const auto others = project->outlines("inventory_other_program").all();
        QCOMPARE(others.size(), std::size_t{1});
        QCOMPARE(others[0]->name, std::string("theirs"));
        QVERIFY(geo::fingerprint(others[0]->geometry) == geo::fingerprint(squareShape(0, 0)));
    }

    void heightsThresholdsScenesAndAttributesOfOthersAreTold() {
        const auto file = projectOf(m_folder, {square("a", 0, 0), square("b", 500, 0), square("c", 900, 0)});
        const auto hex = [](const auto& value) {
            return QByteArray(reinterpret_cast<const char*>(&value), sizeof value).toHex();
        };
        // A MULTIPOLYGON Z of one square, as QGIS writes it.
        QByteArray geometry = "47500001" + hex(std::int32_t{32632}) + "01" + hex(std::uint32_t{1006}) +
                              hex(std::uint32_t{1}) + "01" + hex(std::uint32_t{1003}) +
                              hex(std::uint32_t{1}) + hex(std::uint32_t{5});
        for (const auto& [x, y] :
             {std::pair{0.0, 0.0}, {100.0, 0.0}, {100.0, 100.0}, {0.0, 100.0}, {0.0, 0.0}}) {
            geometry += hex(600000 + x) + hex(5200000 + y) + hex(2500.0);
        }
        QCOMPARE(sql(file, "UPDATE expert SET geom = X'" + geometry.toStdString() +
                               "', threshold = 7 WHERE uuid = 'a';"
                               "UPDATE expert SET scene = 'the good one' WHERE uuid = 'b';"
                               "UPDATE expert SET attributes = '{\"a\": ' WHERE uuid = 'c'"),
                 std::string());
        const auto project = Project::open(file);
        const std::string notes = notesOf(*project);
        QCOMPARE(project->outlines("expert").size(), std::size_t{3});
        QVERIFY2(has(notes, "1 outline whose vertices have heights"), notes.c_str());
        QVERIFY2(has(notes, "1 outline whose threshold is no probability"), notes.c_str());
        QVERIFY2(has(notes, "1 outline of a scene that is none (\"the good one\")"), notes.c_str());
        QVERIFY2(has(notes, "1 outline whose attributes cannot be read"), notes.c_str());
    }

    void aThresholdOfABandRatioIsNoTrouble() {
        auto mapped = square("a", 0, 0);
        mapped.model = "band ratio";
        mapped.modelFingerprint = "band-ratio-red";
        mapped.threshold = 5.6;
        QCOMPARE(notesOf(*Project::open(projectOf(m_folder, {mapped}))), std::string());
    }

    void datesThatAreNoneAndTextsThatAreNoUtf8AreTold() {
        const auto file = projectOf(m_folder, {square("a", 0, 0), square("b", 500, 0), square("c", 900, 0)});
        QCOMPARE(notesOf(*Project::open(file)), std::string());
        QCOMPARE(sql(file, "UPDATE expert SET src_date = 'in summer' WHERE uuid = 'a';"
                           "UPDATE expert SET src_date = '20.08.2020' WHERE uuid = 'b';"
                           "UPDATE expert SET name = CAST(X'476C61E7' AS TEXT) WHERE uuid = 'c'"),
                 std::string());
        const auto project = Project::open(file, Access::ReadOnly);
        const std::string notes = notesOf(*project);
        QVERIFY2(has(notes, "expert has 1 outline whose src_date is no date (\"in summer\")"), notes.c_str());
        QVERIFY2(has(notes, "expert has 1 outline with a text that is no UTF-8"), notes.c_str());
        QCOMPARE(project->outlines("expert").size(), std::size_t{3});
        // On the way out a date that cannot be mistaken is written as the field writes dates.
        const auto out = file.parent_path() / "dates.geojson";
        std::filesystem::remove(out);
        exchange::exportLayer("expert", project->outlines("expert").all(), utm32(), out);
        std::ifstream stream(out);
        const std::string text(std::istreambuf_iterator<char>(stream), {});
        QVERIFY2(has(text, "\"2020-08-20\""), text.c_str());
        QVERIFY2(has(text, "\"in summer\""), text.c_str());
    }

    void aRingOfCoordinatesThatAreNoNumbersIsAShapeThatCannotBeRead() {
        const auto file = projectOf(m_folder, {square("a", 0, 0)});
        // The first coordinate behind header (8), envelope (32) and the counts of well-known binary (9 + 9 +
        // 4).
        sql(file,
            "UPDATE expert SET geom = CAST(substr(geom, 1, 62) || X'000000000000F87F' || substr(geom, 71) AS "
            "BLOB)");
        const auto project = Project::open(file, Access::ReadOnly);
        QVERIFY(has(notesOf(*project), "1 outline whose shape cannot be read"));
        QCOMPARE(project->outlines("expert").size(), std::size_t{0});
    }

    void aRemovedLayerLeavesWhatTheProgramDidNotKnowOf() {
        const auto file = projectOf(m_folder, {square("a", 0, 0)});
        sql(file, "INSERT INTO expert (uuid, name) VALUES ('b', 'drawn later')"); // without a shape
        {
            const auto project = Project::open(file);
            project->removeLayer("expert");
        }
        {
            const auto project = Project::open(file);
            QVERIFY(!project->hasLayer("expert"));
            QCOMPARE(sql(file, "SELECT COUNT(*) FROM expert"), std::string("1"));
            project->undo();
        }
        const auto project = Project::open(file);
        QCOMPARE(project->outlines("expert").size(), std::size_t{1});
        QCOMPARE(sql(file, "SELECT COUNT(*) FROM expert"), std::string("2"));
    }

    void outlinesThatAreDrawnElsewhereAreTheSameReadAndWritten() {
        const auto file = projectOf(m_folder, {square("a", 0, 0)});
        sql(file, "INSERT INTO expert (geom, uuid, name) SELECT geom, NULL, 'drawn' FROM expert;"
                  "INSERT INTO expert (geom, uuid, name) SELECT geom, 'a_1', 'split' FROM expert LIMIT 1");
        const Contents read = contentsOf(*Project::open(file, Access::ReadOnly));
        QCOMPARE(read.at(0).second.size(), std::size_t{3});
        QVERIFY(contentsOf(*Project::open(file)) == read);
        QVERIFY(contentsOf(*Project::open(file, Access::ReadOnly)) == read);
    }

    void whatCannotBeReadOfAProjectKeepsTheRestOpen() {
        const auto file = projectOf(m_folder, {square("a", 0, 0)});
        {
            const auto project = Project::open(file);
            project->addScene(sceneNamed("1", "Good", "2020-08-20"));
            project->addScene(sceneNamed("2", "Damaged", "2020-08-20"));
            project->addScene(sceneNamed("3", "Dated", "2020-08-20"));
            project->addScene(sceneNamed("4", "Twice", "2020-08-20"));
        }
        sql(file, "UPDATE gpkgext_nunatak_scenes SET json = 'cut off' WHERE id = '2';"
                  "UPDATE gpkgext_nunatak_scenes SET json = replace(json, '2020-08-20', '20.08.2020') WHERE "
                  "id = '3';"
                  "UPDATE gpkgext_nunatak_scenes SET json = replace(json, '2020-08-20', '08/07/2020') WHERE "
                  "id = '4';"
                  "UPDATE gpkgext_nunatak_layers SET kind = 'moraine'");
        const auto project = Project::open(file);
        QCOMPARE(project->scenes().size(), std::size_t{3});
        QCOMPARE(project->scene("3").date, std::string("2020-08-20"));
        QCOMPARE(project->scene("4").date, std::string());
        const std::string notes = notesOf(*project);
        QVERIFY(has(notes, "cannot be read and is left out"));
        QVERIFY(has(notes, "\"20.08.2020\", which is read as 2020-08-20"));
        QVERIFY(has(notes, "\"08/07/2020\", which is two dates"));
        QVERIFY(has(notes, "unknown kind \"moraine\""));
        // Nor is it written over.
        QVERIFY(has(messageOf([&] { project->addScene(sceneNamed("2", "New", "")); }), "same id"));
    }

    void aSceneOfAKnownIdReplacesNothingUnlessThatIsWanted() {
        const auto file = m_folder.newFile();
        const auto project = Project::create(file, utm32());
        project->addScene(sceneNamed("1", "First", "2020-08-20"));
        const std::string message =
            messageOf([&] { project->addScene(sceneNamed("1", "Second", "2021-08-20")); });
        QVERIFY(has(message, "\"First\" of 2020-08-20"));
        QVERIFY(has(message, "--replace"));
        QCOMPARE(project->scene().name, std::string("First"));
        project->replaceScene(sceneNamed("1", "Second", "2021-08-20"));
        QVERIFY(
            has(messageOf([&] { project->replaceScene(sceneNamed("2", "Third", "")); }), "Add it instead"));
        QCOMPARE(project->scenes().size(), std::size_t{1});
        QCOMPARE(project->scene().date, std::string("2021-08-20"));
    }

    void whatCouldNotBeReadAgainIsNotTaken() {
        const auto file = m_folder.newFile();
        const auto project = Project::create(file, utm32());
        const auto refused = [&](const std::function<void(scene::Scene&)>& spoil, const std::string& part) {
            scene::Scene scene = sceneNamed("1", "Scene", "2020-08-20");
            scene.rasters.push_back(
                {.feature = "optical", .file = "/data/a.tif", .bands = {1}, .bandNames = {"red"}});
            spoil(scene);
            return has(messageOf([&] { project->addScene(scene); }), part) &&
                   has(messageOf([&] { scene::saveScene(scene, file.parent_path() / "scene.json"); }), part);
        };
        QVERIFY(refused([](scene::Scene& scene) { scene.date = "20.08.2020"; }, "20.08.2020"));
        QVERIFY(refused([](scene::Scene& scene) { scene.time = "noon"; }, "noon"));
        QVERIFY(refused([](scene::Scene& scene) { scene.name = "Gro\xDF"; }, "no UTF-8"));
        QVERIFY(refused([](scene::Scene& scene) { scene.rasters[0].file = "/data/Gro\xDF.tif"; },
                        "rename the file"));
        QVERIFY(refused([](scene::Scene& scene) { scene.rasters[0].scale = std::nan(""); }, "scale"));
        QVERIFY(refused([](scene::Scene& scene) { scene.sunElevation = INFINITY; }, "sun elevation"));
        QVERIFY(project->scenes().empty());
        QVERIFY(!std::filesystem::exists(file.parent_path() / "scene.json"));
    }

    void aStepWithALayerOfItsOwnIsOneStep() {
        const auto file = m_folder.newFile();
        {
            const auto project = Project::create(file, utm32());
            const auto split = [&](const std::string& name, const std::string& uuid) {
                project::LayerStep step{"Split", {}, {}, {}, {}};
                step.layers.push_back(
                    {{}, outlines::LayerInfo{name, outlines::LayerKind::Predicted, "", ""}});
                if (uuid != "none") {
                    step.changes.push_back({name, nullptr, handle(square(uuid, 0, 0))});
                }
                project->take(step);
            };
            split("debris", "a");
            split("none", "none");
            QVERIFY(!messageOf([&] { split("bad", ""); }).empty());
            QVERIFY(!project->hasLayer("bad"));
        }
        const auto project = Project::open(file);
        QCOMPARE(project->history().size(), std::size_t{2});
        QCOMPARE(project->outlines("debris").size(), std::size_t{1});
        QVERIFY(project->hasLayer("none"));
    }

    void aStepIsNotDoneAgainWhereAnotherProgramHasDrawnTheGlacierMeanwhile() {
        const auto file = m_folder.newFile();
        {
            const auto project = Project::create(file, utm32());
            project->addLayer(inventoryLayer());
            project->commit({"Draw", {{"inventory", nullptr, handle(square("a", 0, 0))}}, {}, "test"});
            project->undo();
            project->commit({"Draw", {{"inventory", nullptr, handle(square("b", 500, 0))}}, {}, "test"});
            project->undo();
            project->close();
        }
        // What b would be is there by another name.
        {
            const auto project = Project::open(file);
            QCOMPARE(*project->redoDescription(), std::string("Draw"));
            project->close();
        }
        {
            const auto other = Project::create(m_folder.newFile(), utm32());
            other->importOutlines(expertLayer(), {square("z", 502, 1)});
            const auto source = other->file().string();
            other->close();
            QCOMPARE(sql(file, "ATTACH '" + source +
                                   "' AS other; INSERT INTO inventory (geom, uuid) SELECT geom, uuid FROM "
                                   "other.expert"),
                     std::string());
        }
        const auto project = Project::open(file);
        QCOMPARE(project->outlines("inventory").size(), std::size_t{1});
        QVERIFY(has(messageOf([&] { project->redo(); }), "\"Draw\" cannot be done again"));
        QCOMPARE(project->outlines("inventory").size(), std::size_t{1});
        project->commit({"Draw", {{"inventory", nullptr, handle(square("c", 900, 0))}}, {}, "test"});
    }

    void anOutlineWhoseUuidAnotherProgramTookAwayIsKnownByAllElseThatTheHistoryKnowsOfIt() {
        const auto file = m_folder.newFile();
        {
            const auto project = Project::create(file, utm32());
            project->importOutlines(inventoryLayer(),
                                    {square("a", 0, 0), square("b", 500, 0), square("c", 900, 0)});
            move(*project, "inventory", "b", squareShape(510, 0));
            mark(*project, "inventory", "b", outlines::Review::Accepted);
        }
        sql(file, "UPDATE inventory SET uuid = NULL WHERE uuid IN ('a', 'b');"
                  "UPDATE inventory SET name = 'Another' WHERE uuid IS NULL AND name = 'Glacier a'");
        const auto look = [&](const Project& project) {
            QVERIFY(has(notesOf(project), "took the UUID of 1 outline of the layer inventory away"));
            QVERIFY(project.outlines("inventory").find("b")->review == outlines::Review::Accepted);
            QVERIFY(project.outlines("inventory").find("a") == nullptr); // nobody can know that it is it
            QCOMPARE(project.outlines("inventory").size(), std::size_t{3});
        };
        look(*Project::open(file, Access::ReadOnly));
        {
            const auto project = Project::open(file);
            look(*project);
            QVERIFY(has(project->history().back().description, "added 1 outline (Another) and removed 1"));
            project->undo();
            QVERIFY(project->outlines("inventory").find("b")->review == outlines::Review::NotReviewed);
        }
        QCOMPARE(sql(file, "SELECT COUNT(*) FROM inventory WHERE uuid = 'b'"), std::string("1"));
        // All of them, in a layer whose outlines are the same but for their names.
        sql(file, "UPDATE inventory SET uuid = NULL");
        const auto steps = Project::open(file, Access::ReadOnly)->history().size();
        const auto project = Project::open(file);
        QCOMPARE(project->history().size(), steps);
        QVERIFY(project->outlines("inventory").find("c") != nullptr);
    }

    void aRenamedLayerCanBeEditedAndItsStepsTakenBack() {
        const auto file = projectOf(m_folder, {square("a", 0, 0)});
        sql(file, "ALTER TABLE expert RENAME TO glaciers");
        const auto project = Project::open(file);
        QVERIFY(has(notesOf(*project), "renamed the layer expert to glaciers"));
        project->importOutlines(expertLayer("glaciers"), {square("b", 500, 0)});
        project->undo();
        QCOMPARE(project->outlines("glaciers").size(), std::size_t{1});
        project->undo();
        QVERIFY(!project->hasLayer("glaciers"));
        project->redo();
        QCOMPARE(project->outlines("glaciers").size(), std::size_t{1});
        project->close();
    }
};

QTEST_GUILESS_MAIN(ProjectOthersTest)
#include "project_others_test.moc"
