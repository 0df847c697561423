// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/prediction/scene_fixture.h"
#include "core/project/project_fixture.h"
#include "editing/check.h"
#include "editing/edit.h"
#include "geo/paths.h"
#include "geo/shape_operations.h"
#include "raster/raster_writer.h"
#include "tasks/boundaries_task.h"
#include "tasks/comparison_task.h"
#include "tasks/divides_task.h"
#include "tasks/evidence_task.h"
#include "tasks/export_task.h"
#include "tasks/extreme_points_task.h"
#include "tasks/learning_task.h"
#include "tasks/prediction_task.h"

#include <cmath>
#include <limits>

using namespace nunatak;
using namespace nunatak::tests;

namespace {

tasks::PredictionTask plainTask(const SceneFiles& files) {
    return {std::make_shared<const scene::SceneReader>(files.reader()),
            storedModel(files.path("model")),
            files.grid.crs,
            files.results(),
            {}};
}

tasks::FinishedPrediction predicted(tasks::PredictionTask task) {
    FakeModelsModule module;
    const auto userModels = task.folder;
    return tasks::predict(std::move(task), module, userModels, {});
}

} // namespace

class TasksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsNoGlacierIsNotCompared() {
        ProjectFolder folder;
        const auto project = project::Project::create(folder.newFile(), utm32());
        project->importOutlines(inventoryLayer(), {square("a", 0, 0), square("b", 500, 0)});
        project->importOutlines(expertLayer(), {square("x", 0, 0)});
        mark(*project, "inventory", "b", outlines::Review::Removed);
        const auto task = tasks::comparisonOf(*project, "inventory", "expert");
        QCOMPARE(task.model.size(), std::size_t(1));
        QCOMPARE(task.model.front()->uuid, std::string("a"));
        QCOMPARE(task.expert.size(), std::size_t(1));
    }

    void anExportMeasuresNothingThatItsPreviewMeasured() {
        ProjectFolder folder;
        const auto project = project::Project::create(folder.newFile(), utm32());
        project->importOutlines(inventoryLayer(), {square("a", 0, 0), square("b", 500, 0)});
        tasks::ExportChoice choice;
        choice.layer = "inventory";
        choice.schema = "rgi7-g";
        auto request = tasks::exportOf(*project, choice);
        request.surfaces = std::make_shared<tasks::MeasuredSurfaces>();
        int reads = 0;
        request.elevation.identity = "a model";
        request.elevation.open = [&reads] {
            return divides::Elevation{{}, [&reads](const geo::Grid& grid, const std::stop_token&) {
                                          ++reads;
                                          Image<float> heights(1, grid.rows, grid.columns);
                                          for (int row = 0; row < grid.rows; ++row) {
                                              for (int column = 0; column < grid.columns; ++column) {
                                                  heights.at(0, row, column) =
                                                      3000.0F - 10.0F * static_cast<float>(row);
                                              }
                                          }
                                          return heights;
                                      }};
        };
        const auto file = folder.newFile().replace_extension(".shp");
        const auto before = tasks::previewBeforeMeasuring(request, file, {});
        const auto column = [](const exchange::ExportPreview& preview, const char* name) {
            return *std::find_if(preview.columns.begin(), preview.columns.end(),
                                 [&](const auto& each) { return each.name == name; });
        };
        QCOMPARE(reads, 0);
        QVERIFY(column(before, "zmean_m").isAwaited);
        QVERIFY(!column(before, "area_km2").isAwaited);
        const auto preview = tasks::preview(request, file, {});
        QCOMPARE(column(preview, "zmean_m").filled, std::size_t(2));
        QVERIFY(!column(preview, "zmean_m").isAwaited);
        const int measured = reads;
        QVERIFY(measured > 0);
        tasks::write(request, file, {}, {"export"});
        QCOMPARE(reads, measured);
        auto ofRgi6 = request; // the same measures in other columns
        ofRgi6.choice.schema = "rgi6";
        tasks::preview(ofRgi6, file, {});
        QCOMPARE(reads, measured);
        request.elevation.identity = "another model";
        tasks::preview(request, file, {});
        QCOMPARE(reads, 2 * measured);
    }

    void anExportLeavesWhatLiesWithinALayerAndRefusesOneWithoutArea() {
        ProjectFolder folder;
        const auto project = project::Project::create(folder.newFile(), utm32());
        project->importOutlines(inventoryLayer(),
                                {square("a", 0, 0), square("b", 500, 0), square("c", 900, 0)});
        project->importOutlines(expertLayer(), {square("x", 0, 0), square("y", 500, 0)});
        tasks::ExportChoice choice;
        choice.layer = "inventory";
        choice.which.withinLayer = "expert";
        const auto within = tasks::settled(tasks::exportOf(*project, choice));
        QCOMPARE(within.outlines.size(), std::size_t(2));
        QCOMPARE(within.notes, std::vector<std::string>{"Chosen: 2 of 3 outlines of the layer."});
        QVERIFY2(within.unfinished.starts_with("Of 2 outlines"), within.unfinished.c_str());
        const auto refusal = [&](const geo::MultiPolygon& region) {
            choice.which = {};
            choice.which.region = region;
            try {
                tasks::settled(tasks::exportOf(*project, choice));
            } catch (const Error& error) {
                return std::string(error.what());
            }
            return std::string();
        };
        QVERIFY(refusal({}).find("no area") != std::string::npos); // and not all of them
        QCOMPARE(refusal({{{{-1, -1}, {101, -1}, {101, 101}, {-1, 101}}, {}}}), std::string());
        QVERIFY(refusal({{{{2000, 46}, {2011, 46}, {2011, 47}, {2000, 47}}, {}}})
                    .find("x 0 to 1000, y 0 to 100") != std::string::npos);
    }

    void whatAGlacierWasStartedFromIsTheSameAlsoWhereLittleOfItsGroundIsLeft() {
        ProjectFolder folder;
        const auto project = project::Project::create(folder.newFile(), utm32());
        project->importOutlines(inventoryLayer(), {square("a", 70, 70), square("b", 500, 0)});
        // Where a is now lies another one, too.
        project->importOutlines(expertLayer(), {square("a", 0, 0), square("x", 90, 90), square("y", 500, 0)});
        const auto of = [&](const char* uuid) {
            const auto found = tasks::counterpartsOf(*project, {"inventory", uuid});
            return found.expert ? found.expert->outline->uuid : std::string();
        };
        QCOMPARE(of("a"), std::string("a"));
        QCOMPARE(of("b"), std::string("y")); // by its ground
    }

    void theHighestAndLowestPointsOfGlaciersAreFoundOnceAndStayWhereSomebodyPutThem() {
        ProjectFolder folder;
        const auto project = project::Project::create(folder.newFile(), utm32());
        project->importOutlines(inventoryLayer(), {square("a", 0, 0), square("b", 500, 0)});
        // Heights rise to the east and a little to the north; b lies beyond what the model has.
        const auto read = [](const geo::Grid& grid, const std::stop_token&) {
            Image<float> heights(1, grid.rows, grid.columns);
            for (int row = 0; row < grid.rows; ++row) {
                for (int column = 0; column < grid.columns; ++column) {
                    const auto place = grid.toMap(column + 0.5, row + 0.5);
                    heights.at(0, row, column) = place.x > 300
                                                     ? std::numeric_limits<float>::quiet_NaN()
                                                     : static_cast<float>(1000 + place.x + 0.1 * place.y);
                }
            }
            return heights;
        };
        tasks::ExtremeRequest request;
        for (const char* uuid : {"a", "b"}) {
            request.glaciers.push_back(project->outlines("inventory").find(uuid));
        }
        request.elevation = {{utm32(), -1000, 1000, 10, 0, 0}, read};
        tasks::find(request, {});
        auto step = tasks::extremesStep(*project, request);
        QCOMPARE(step.notes, std::vector<std::string>{"No point was found in 1 glacier: no middle of a pixel "
                                                      "of the elevation model with a height lies there."});
        project->take(std::move(step));
        const auto highest = project->outlines("highest").all();
        QCOMPARE(highest.size(), std::size_t{1});
        QVERIFY(highest.front()->geometry == geo::pointShape({95, 95}));
        QCOMPARE(highest.front()->attributes.at("elev_m").text(), std::string("1104.5"));
        QCOMPARE(highest.front()->attributes.at("glac_uuid").text(), std::string("a"));
        QVERIFY(project->outlines("lowest").all().front()->geometry == geo::pointShape({5, 5}));
        // Again nothing changes.
        const auto steps = project->history().size();
        project->take(tasks::extremesStep(*project, request));
        QCOMPARE(project->history().size(), steps);
        // What somebody moved stays.
        move(*project, "highest", highest.front()->uuid, geo::pointShape({50, 50}));
        QVERIFY(!project->outlines("highest").all().front()->attributes.contains("elev_m")); // of elsewhere
        auto again = tasks::extremesStep(*project, request);
        QVERIFY(has(again.notes.back(), "1 point that somebody placed stays"));
        project->take(std::move(again));
        QVERIFY(project->outlines("highest").all().front()->geometry == geo::pointShape({50, 50}));
        project->undo();
        project->undo();
        QVERIFY(!project->hasLayer("highest") && !project->hasLayer("lowest"));
    }

    void aGlacierIsDividedByTheSamePixelsWhicheverOthersAreChosen() {
        ProjectFolder folder;
        const auto project = project::Project::create(folder.newFile(), utm32());
        project->importOutlines(inventoryLayer(),
                                {square("south", 600000, 5000000), square("north", 600000, 5400000)});
        // A second of arc is as wide as 22 m in the south and 20 m in the north.
        raster::RasterLayout layout;
        layout.grid = {geo::Crs::fromUserInput("EPSG:4326"), 9, 49, 1 / 3600.0, 8, 8};
        layout.bandNames = {"elevation"};
        tasks::DivideOptions options;
        options.layer = "inventory";
        options.elevation = (folder.newFile().parent_path() / "heights.tif").string();
        raster::RasterWriter writer(options.elevation, layout);
        writer.write(Image<float>(1, 8, 8), 0, 0);
        writer.finish();
        const auto pixelOf = [&](std::vector<std::string> uuids) {
            options.uuids = std::move(uuids);
            return tasks::planDivide(*project, options)().elevation.posting.pixelSize;
        };
        const double pixel = pixelOf({});
        QVERIFY2(pixel == std::round(pixel) && pixel > 15 && pixel < 31, qPrintable(QString::number(pixel)));
        QCOMPARE(pixelOf({"south"}), pixel);
        QCOMPARE(pixelOf({"north"}), pixel);
    }

    void linesThatWereBroughtTogetherAreOneStepAndComeBackBitByBit() {
        ProjectFolder folder;
        const auto project = project::Project::create(folder.newFile(), utm32());
        project->importOutlines(inventoryLayer(), {square("a", 0, 0), square("b", 101.5, 0)});
        const auto before = project->outlines("inventory").find("b")->geometry;
        const auto steps = project->history().size();
        project->take(tasks::planTidying(*project, "inventory",
                                         5)(editing::snap(tasks::snapOf(*project, "inventory", 5), {}).edit));
        QCOMPARE(project->history().size(), steps + 1);
        QCOMPARE(project->history().back().tool, std::string("snap"));
        QVERIFY(project->outlines("inventory").find("b")->geometry != before);
        QVERIFY(editing::snap(tasks::snapOf(*project, "inventory", 5), {}).edit.empty());
        project->undo();
        QVERIFY(project->outlines("inventory").find("b")->geometry == before);
    }

    void whatAToolTidiesWithinTheToleranceIsNobodysCorrection() {
        ProjectFolder folder;
        const auto project = project::Project::create(folder.newFile(), utm32());
        project->setAnalyst("Ada");
        auto imported = std::vector{square("a", 0, 0), square("b", 101.5, 0)};
        for (auto& outline : imported) {
            outline.origin = outlines::Origin::Imported;
            outline.srcDate = "2019-09-01";
        }
        project->importOutlines(inventoryLayer(), imported);
        const auto before = project->outlines("inventory").find("b");
        QVERIFY(!outlines::isTouched(*before));
        const auto tidy = tasks::planTidying(*project, "inventory", 5);
        project->take(tidy(editing::snap(tasks::snapOf(*project, "inventory", 5), {}).edit));
        const auto after = project->outlines("inventory").find("b");
        QVERIFY(after->geometry != before->geometry);
        QVERIFY(!outlines::isTouched(*after) && !after->isChanged && after->analyst == before->analyst);
        QCOMPARE(after->srcDate, std::string("2019-09-01"));
        // The same of a repair; one that goes farther than that is a decision that somebody asked for.
        project->undo();
        const auto repaired = [&] {
            auto request = tasks::checkOf(*project, "inventory");
            request.smallest = 0;
            const auto findings = editing::check(request, {});
            project->take(tidy(tasks::planRepair(*project, "inventory", findings, 5)({}).edit));
            request.outlines = project->outlines("inventory").all();
            QVERIFY(!findings.empty() && editing::check(request, {}).empty());
            QCOMPARE(project->history().back().tool, std::string("repair"));
        };
        repaired();
        QVERIFY(!outlines::isTouched(*project->outlines("inventory").find("b")));
        auto over = square("c", 150, 50); // 51.5 m of b
        over.origin = outlines::Origin::Imported;
        over.geometry = {{{{150, 60}, {260, 60}, {260, 90}, {150, 90}}, {}}};
        project->importOutlines(inventoryLayer(), {over});
        repaired();
        const auto cut = project->outlines("inventory").find("c");
        QVERIFY(cut->isChanged && cut->analyst == "Ada");
        QVERIFY(!outlines::isTouched(*project->outlines("inventory").find("b"))); // a vertex on its line
    }

    void aReferenceIsNotBroughtTogether() {
        ProjectFolder folder;
        const auto project = project::Project::create(folder.newFile(), utm32());
        project->importOutlines(expertLayer(), {square("x", 0, 0)});
        QVERIFY(has(messageOf([&] { tasks::throwUnlessEdited(*project, "expert"); }), "--dry-run"));
        project->importOutlines(inventoryLayer(), {square("a", 0, 0)});
        tasks::throwUnlessEdited(*project, "inventory");
    }

    void learningSeesEveryLayerOfTheProject() {
        ProjectFolder folder;
        const auto project = project::Project::create(folder.newFile(), utm32());
        project->importOutlines(inventoryLayer(), {square("a", 0, 0), square("b", 500, 0)});
        project->importOutlines(expertLayer(), {square("x", 0, 0)});
        const auto task = tasks::learningFrom(*project, "expert");
        QCOMPARE(task.from, std::string("expert"));
        QCOMPARE(task.layers.size(), std::size_t(2));
        QVERIFY(has(messageOf([&] { tasks::learningFrom(*project, "nowhere"); }), "nowhere"));
    }

    void whatWasDeletedIsReadFromTheHistoryAlsoAfterReopening() {
        ProjectFolder folder;
        const auto file = folder.newFile();
        auto project = project::Project::create(file, utm32());
        project->importOutlines(inventoryLayer(),
                                {square("a", 0, 0), square("b", 500, 0), square("c", 900, 0),
                                 square("d", 1300, 0), square("e", 1700, 0)});
        const auto remove = [&](const std::string& uuid, const char* tool) {
            editing::Edit edit;
            edit.description = "Delete " + uuid;
            edit.tool = tool;
            edit.changes = {{"inventory", project->outlines("inventory").find(uuid), nullptr}};
            project->commit(edit, {});
        };
        remove("e", "join"); // its ground is another's now
        remove("b", "delete");
        remove("c", "delete");
        project->undo();
        remove("d", "delete");
        const auto deleted = [&] {
            std::vector<std::string> uuids;
            for (const auto& outline : tasks::learningFrom(*project, "inventory").deleted()) {
                uuids.push_back(outline->uuid);
            }
            return uuids;
        };
        QCOMPARE(deleted(), (std::vector<std::string>{"b", "d"}));
        project->close();
        for (const auto access : {project::Access::ReadWrite, project::Access::ReadOnly}) {
            project = project::Project::open(file, access);
            QCOMPARE(deleted(), (std::vector<std::string>{"b", "d"}));
            if (access == project::Access::ReadWrite) {
                project->close();
            }
        }
    }

    void aPredictionAroundShapesFindsWhatLiesWithinTheBuffer() {
        const SceneFiles files;
        auto task = plainTask(files);
        // A square in the middle of the ice, which is 40 × 20 pixels of 30 m: without a buffer only a part.
        task.around = [](const Progress&) {
            return std::vector<geo::MultiPolygon>{squareShape(601100, 5198700, 200)};
        };
        const auto part = predicted(task).prediction;
        QCOMPARE(part.glaciers.size(), std::size_t(1));
        QVERIFY(geo::planarArea(part.glaciers.front().geometry) <= 220 * 220.0);
        QVERIFY(!part.isWholeScene);
        task.buffer = 2000;
        task.folder = files.path("with a buffer");
        const auto whole = predicted(task).prediction;
        QVERIFY(geo::planarArea(whole.glaciers.front().geometry) > 39 * 19 * 900.0);
    }

    void whoCannotKeepAResultSaysSoBeforeTheWork() {
        const SceneFiles files;
        auto task = plainTask(files);
        task.check = [&](const prediction::ScenePrediction& expected) {
            throw Error("There is no place for a prediction of " + expected.sceneId + ".");
        };
        QVERIFY(has(messageOf([&] { predicted(task); }), files.scene.id));
        QVERIFY(
            !std::filesystem::exists(prediction::predictionFiles(files.results(), files.scene.id,
                                                                 storedModel(files.path("model")).manifest)
                                         .probability));
    }

    void outlinesOfLowConfidenceThatCannotBeWrittenDoNotLoseTheGlaciers() {
        const SceneFiles files;
        const auto first = predicted(plainTask(files));
        QCOMPARE(first.bandsProblem, std::string());
        QVERIFY(std::filesystem::is_regular_file(first.bands));
        std::filesystem::remove(first.bands);
        std::filesystem::create_directories(first.bands / "of somebody else");
        const auto second = predicted(plainTask(files));
        QVERIFY(has(second.bandsProblem, first.bands.filename().string()));
        QCOMPARE(second.prediction.glaciers.size(), std::size_t(1));
    }
};

QTEST_GUILESS_MAIN(TasksTest)
#include "tasks_test.moc"
