// SPDX-License-Identifier: GPL-3.0-or-later
// What an expert says of ground besides outlines, and what comes of it for a model.
#include "core/project/project_fixture.h"
#include "geo/paths.h"
#include "geo/shape_operations.h"
#include "outlines/strokes.h"
#include "project/side_outline.h"
#include "tasks/learning_task.h"
#include "tasks/spoken_ground.h"
#include "tasks/what_teaches.h"

#include <cmath>

using namespace nunatak;
using namespace nunatak::tests;

namespace {

outlines::Outline stroke(geo::Ring line, const std::string& scene = {}) {
    outlines::Outline outline;
    outline.uuid = outlines::makeUuid();
    outline.geometry = geo::lineShape(std::move(line));
    outline.sceneId = scene;
    return outline;
}

void draw(project::Project& project, const char* term, std::vector<outlines::Outline> shapes) {
    const auto layer = project::sideLayerOf(project, *outlines::sideKindOf(std::string_view(term)));
    project.addLayer(layer);
    for (auto& shape : shapes) {
        editing::Edit edit;
        edit.description = "Draw";
        edit.tool = "draw";
        edit.changes = {{layer.name, nullptr, outlines::share(std::move(shape))}};
        project.commit(edit, {});
    }
}

} // namespace

class SpokenGroundTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void regionsThatWereReviewedTeachOnTheirOwnScene() {
        ProjectFolder folder;
        const auto file = folder.newFile();
        auto project = project::Project::create(file, utm32());
        project->importOutlines(inventoryLayer(), {square("a", 0, 0)});
        auto mine = square("r1", 1000, 1000);
        mine.sceneId = "here";
        auto other = square("r2", 3000, 1000);
        other.sceneId = "elsewhere";
        draw(*project, tasks::reviewedGround, {mine, other});
        const auto layers = tasks::learningFrom(*project, "inventory").layers;
        const auto regions = tasks::reviewedRegions(layers, "here");
        QCOMPARE(regions.size(), std::size_t(1));
        QVERIFY(regions[0] == mine.geometry);
        // A step as any other: taken back, and there again when the project is.
        project->undo();
        project->undo();
        QVERIFY(tasks::reviewedRegions(tasks::learningFrom(*project, "inventory").layers, "here").empty());
        project->redo();
        project->close();
        project = project::Project::open(file);
        QCOMPARE(tasks::reviewedRegions(tasks::learningFrom(*project, "inventory").layers, "here").size(),
                 std::size_t(1));
    }

    void strokesTeachTheGroundAlongThemWhereNothingElseSaysIt() {
        ProjectFolder folder;
        const auto project = project::Project::create(folder.newFile(), utm32());
        project->importOutlines(inventoryLayer(), {square("a", 0, 0)});
        draw(*project, outlines::iceStroke, {stroke({{1000, 0}, {1300, 0}, {1300, 400}})});
        draw(*project, outlines::noIceStroke, {stroke({{2000, 0}, {2100, 0}}), stroke({{20, 20}, {80, 20}})});
        training::TrainingArea beside;
        beside.crs = project->crs();
        beside.glaciers = {square("a", 0, 0).geometry};
        beside.lookedAt = square("around", -500, -500, 2500).geometry;
        const auto layers = tasks::learningFrom(*project, "inventory").layers;
        const auto area = tasks::areaFromStrokes(beside, layers, {}, 60).value();
        QCOMPARE(area.glaciers.size(), std::size_t(1));
        const double ice = geo::planarArea(area.glaciers[0]);
        QVERIFY2(std::abs(ice - (700 * 60 + 60 * 60)) < 60 * 60, std::to_string(ice).c_str());
        QVERIFY(geo::contains(area.glaciers[0], {1150, 25}));
        QVERIFY(!geo::contains(area.glaciers[0], {1150, 35}));
        // The stroke within the outline adds nothing to what the outline says.
        QVERIFY(geo::contains(area.removed.at(0), {2050, 0}));
        QVERIFY(!geo::contains(area.removed[0], {50, 20}));
        // It says more than the surroundings of an outline, which say nothing of its ground any more.
        QVERIFY(!geo::contains(*beside.lookedAt, {1150, 0}) && geo::contains(*beside.lookedAt, {1150, 100}));
        QVERIFY(geo::contains(*beside.lookedAt, {50, 20}));
        QCOMPARE(area.margin, 0.0); // of no glacier: none of it is held out
        QVERIFY(area.complete);
        QVERIFY(geo::contains(*area.lookedAt, {1150, 0}) && geo::contains(*area.lookedAt, {2050, 0}));
    }

    void aStrokeIsAsBroadAsItSays() {
        ProjectFolder folder;
        const auto project = project::Project::create(folder.newFile(), utm32());
        project->importOutlines(inventoryLayer(), {square("a", 0, 0)});
        auto broad = stroke({{1000, 0}, {2000, 0}});
        broad.attributes[outlines::strokeWidthAttribute] = 100.0;
        draw(*project, outlines::iceStroke, {broad});
        training::TrainingArea beside;
        beside.crs = project->crs();
        const auto layers = tasks::learningFrom(*project, "inventory").layers;
        const auto area = tasks::areaFromStrokes(beside, layers, {}, 20).value();
        QVERIFY(geo::contains(area.glaciers.at(0), {1500, 45}));
        QVERIFY(!geo::contains(area.glaciers[0], {1500, 55}));
    }

    void whatTeachesIsCounted() {
        ProjectFolder folder;
        const auto project = project::Project::create(folder.newFile(), utm32());
        auto a = square("a", 0, 0);
        auto b = square("b", 5000, 0);
        a.review = b.review = outlines::Review::Accepted;
        project->importOutlines(inventoryLayer(), {a, b});
        auto region = square("r", 20000, 0, 1000);
        draw(*project, tasks::reviewedGround, {region});
        draw(*project, outlines::noIceStroke, {stroke({{20100, 5000}, {20200, 5000}})});
        auto task = tasks::learningFrom(*project, "inventory");
        task.corrections.distance = 100;
        task.parent.manifest.pixelSize = 10;
        auto what = tasks::whatTeaches(task);
        QCOMPARE(what.glaciers, std::size_t(2));
        QCOMPARE(what.regions, std::size_t(1));
        QCOMPARE(what.strokes, std::size_t(1));
        // Two squares of 300 m with round corners, the region, and the stroke; 500 km west of its middle the
        // projection draws areas larger than they are.
        const double drawn = 2 * 81416.0 + 1e6 + 2000 + 310;
        const double ground = drawn / (1.00268 * 1.00268);
        QVERIFY2(std::abs(what.ground - ground) < 1000, std::to_string(what.ground).c_str());
        QCOMPARE(tasks::wordsOf(what),
                 std::string("2 reviewed glaciers, 1 region reviewed whole and 1 stroke"));
        what = {1, 2, 0, 0, 0};
        QCOMPARE(tasks::wordsOf(what), std::string("1 reviewed glacier and 2 found to be none"));
    }

    void withoutStrokesThereIsNoSuchArea() {
        ProjectFolder folder;
        const auto project = project::Project::create(folder.newFile(), utm32());
        project->importOutlines(inventoryLayer(), {square("a", 0, 0)});
        training::TrainingArea beside;
        beside.crs = project->crs();
        QVERIFY(!tasks::areaFromStrokes(beside, tasks::learningFrom(*project, "inventory").layers, {}, 60));
    }
};

QTEST_GUILESS_MAIN(SpokenGroundTest)
#include "spoken_ground_test.moc"
