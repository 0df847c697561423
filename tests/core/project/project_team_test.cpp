// SPDX-License-Identifier: GPL-3.0-or-later
#include "other_program.h"
#include "project/outline_past.h"
#include "project/part_origin.h"
#include "project/partition.h"
#include "project/project_then.h"
#include "project/step_tools.h"
#include "project/who_writes.h"
#include "team_fixture.h"

#include <fstream>

#include <QSysInfo>

using namespace nunatak;
using namespace nunatak::tests;
using outlines::Review;
using project::Access;
using project::Choice;
using project::Prefer;
using project::Project;

/// Several experts: a project in parts, and what they did joined again.
class ProjectTeamTest : public QObject {
    Q_OBJECT

    TeamFolder m_team;

private Q_SLOTS:
    void partsHaveEqualNumbersOfGlaciersAndAreCompact() {
        std::vector<outlines::OutlineHandle> all;
        for (auto& outline : TeamFolder::glaciers(100)) {
            all.push_back(outlines::share(std::move(outline)));
        }
        const auto part = project::partition(all, {}, 4);
        std::vector<int> counts(4);
        std::vector<geo::Extent> extents(4);
        for (std::size_t i = 0; i < all.size(); ++i) {
            ++counts.at(static_cast<std::size_t>(part[i]));
            extents[static_cast<std::size_t>(part[i])].include(all[i]->extent());
        }
        QCOMPARE(counts, (std::vector<int>{25, 25, 25, 25}));
        for (const auto& extent : extents) {
            QVERIFY(extent.width() < 800 && extent.height() < 800); // no strips along the whole
        }
    }

    void aCutGoesWhereFewGlaciersShareALine() {
        // Two groups of neighbours, 21 and 19, with a gap between them.
        std::vector<outlines::OutlineHandle> all;
        for (int i = 0; i < 40; ++i) {
            all.push_back(handle(square("g" + std::to_string(i), 100 * i + (i < 21 ? 0 : 5000), 0)));
        }
        const auto lines = project::sharedLines(all);
        QCOMPARE(lines.size(), std::size_t{38});
        const auto part = project::partition(all, lines, 2);
        QCOMPARE(std::count(part.begin(), part.end(), part.front()), 21);
    }

    void eachPartHasItsGlaciersWithTheirHistoryAndKnowsWhereItComesFrom() {
        const auto file = m_team.inventoryOf(40);
        const auto parts = splitByCount(file, 4);
        const auto whole = Project::open(file, Access::ReadOnly);
        std::set<std::string> seen;
        for (const auto& each : parts) {
            const auto part = Project::open(each);
            QCOMPARE(part->outlines("inventory").size(), std::size_t{10});
            for (const auto& uuid : uuidsIn(*part, "inventory")) {
                QVERIFY(seen.insert(uuid).second);
                QVERIFY(*glacier(*part, uuid) == *glacier(*whole, uuid));
            }
            const auto origin = project::partOrigin(*part);
            QVERIFY(origin.has_value());
            QCOMPARE(origin->parent, std::string("alps.gpkg"));
            QCOMPARE(origin->at.id, whole->history().back().id);
            QCOMPARE(part->history().back().tool, std::string(project::tools::split));
            QCOMPARE(part->scenes().size(), std::size_t{1});
            QVERIFY(part->outlines(origin->neighbours).size() > 0);
            QVERIFY(!part->undoDescription()); // what was before is all experts'
            QCOMPARE(part->outlines("expert").size(), std::size_t{10});
        }
        QCOMPARE(seen.size(), std::size_t{40});
        for (const auto& each : parts) {
            const auto part = Project::open(each, Access::ReadOnly);
            if (const auto first = glacier(*part, "g0")) {
                const auto past = project::planPast(*part, {"inventory", "g0"})();
                QCOMPARE(past.moments.size(), std::size_t{2});
                QCOMPARE(past.moments.front().step.analyst, std::string("Before"));
                QVERIFY(past.moments.back().outline->geometry == squareShape(0, 0));
            }
        }
    }

    void splittingMakesAllPartsOrNone() {
        const auto file = m_team.inventoryOf(20);
        std::ofstream(file.parent_path() / "alps-2.gpkg") << "something else";
        QVERIFY(has(messageOf([&] { splitByCount(file, 3); }), "alps-2.gpkg exists already"));
        QVERIFY(!std::filesystem::exists(file.parent_path() / "alps-1.gpkg"));
        const auto project = Project::open(file, Access::ReadOnly);
        const std::vector<project::PartWanted> twice{{"a", {"g0", "g1"}}, {"b", {"g1"}}};
        QVERIFY(
            has(messageOf([&] { project::planSplit(*project, "inventory", twice, file.parent_path())({}); }),
                "is in two parts"));
        const std::vector<project::PartWanted> some{{"a", {"g0", "g1"}}};
        QVERIFY(
            has(messageOf([&] { project::planSplit(*project, "inventory", some, file.parent_path())({}); }),
                "18 glaciers are in no part"));
    }

    void aRegionHasTheGlaciersOfWhichItHasMost() {
        const auto file = m_team.inventoryOf(20);
        const auto project = Project::open(file, Access::ReadOnly);
        const auto parts =
            project::partsByRegion(project->outlines("inventory"), {{"west", squareShape(-20, -20, 480)}});
        QCOMPARE(parts.size(), std::size_t{2});
        QCOMPARE(parts[0].uuids.size(), std::size_t{10}); // 5 columns of 2 rows, the last by 60 of 100 m
        QCOMPARE(parts[1].name, std::string("rest"));
    }

    void whatEachOfSeveralExpertsDidComesTogetherInOneStep() {
        const auto file = m_team.inventoryOf(40);
        const auto parts = splitByCount(file, 4);
        std::vector<std::string> edited;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            const auto part = Project::open(parts[i]);
            part->setAnalyst("Expert " + std::to_string(i));
            const auto own = part->outlines("inventory").all();
            edited.push_back(own[0]->uuid);
            auto shape = own[0]->geometry;
            shape[0].outer[0].x += 10;
            move(*part, "inventory", own[0]->uuid, shape, "Move vertex");
            mark(*part, "inventory", own[1]->uuid, Review::Accepted);
            outlines::Outline fresh =
                square("new" + std::to_string(i), 5000 + 500 * static_cast<double>(i), 5000);
            fresh.srcDate = "2000-08-01";
            part->commit({"New glacier", {{"inventory", nullptr, handle(fresh)}}, {}, "new"});
            part->commit({"Remove", {{"inventory", own[2], nullptr}}, {}, "delete"});
        }
        const auto whole = Project::open(file);
        const auto before = contentsOf(*whole);
        const auto steps = whole->history().size();
        const auto join = merge(*whole, parts);
        QCOMPARE(join.undecided, 0);
        QCOMPARE(join.changed, 8);
        QCOMPARE(join.added, 4);
        QCOMPARE(join.removed, 4);
        QCOMPARE(whole->history().size(), steps + 1);
        QCOMPARE(glacier(*whole, edited[2])->analyst, std::string("Expert 2"));
        QVERIFY(glacier(*whole, "new3") != nullptr);
        QCOMPARE(whole->reviewCount("inventory").accepted, 4);
        QCOMPARE(whole->layers().size(), std::size_t{2}); // no neighbours of parts
        whole->undo();
        QVERIFY(contentsOf(*whole) == before);
        whole->redo();
        QCOMPARE(whole->outlines("inventory").size(), std::size_t{40});
    }

    void theHistoryOfAGlacierSaysWhatCameWithAMerge() {
        const auto file = m_team.inventoryOf(20);
        const auto parts = splitByCount(file, 2);
        std::string uuid;
        {
            const auto part = Project::open(parts[1]);
            part->setAnalyst("Anna");
            uuid = part->outlines("inventory").all().front()->uuid;
            move(*part, "inventory", uuid, squareShape(9000, 0), "Redraw", "s2000");
        }
        const auto whole = Project::open(file);
        merge(*whole, parts);
        const auto steps = project::planMergedSteps(*whole, {"inventory", uuid})();
        QCOMPARE(steps.size(), std::size_t{1});
        QCOMPARE(steps[0].source, parts[1].filename().string());
        QCOMPARE(steps[0].what.analyst, std::string("Anna"));
        QCOMPARE(steps[0].what.description, std::string("Redraw"));
        QCOMPARE(steps[0].what.picture, std::string("s2000"));
        QCOMPARE(steps[0].step, whole->history().back().id);
    }

    void mergingAgainTakesOnlyWhatIsNew() {
        const auto file = m_team.inventoryOf(20);
        const auto parts = splitByCount(file, 2);
        const auto uuid = [&] {
            const auto part = Project::open(parts[0]);
            const auto first = part->outlines("inventory").all().front()->uuid;
            mark(*part, "inventory", first, Review::Doubtful);
            return first;
        }();
        const auto whole = Project::open(file);
        merge(*whole, {parts[0]});
        // Decided anew in the whole project: the part has said nothing since.
        mark(*whole, "inventory", uuid, Review::Accepted);
        auto again = joinOf(*whole, {parts[0]});
        QCOMPARE(again.step.changes.size(), std::size_t{0});
        QVERIFY(has(again.notes.at(0), "has nothing new"));
        {
            const auto part = Project::open(parts[0]);
            edit(
                *part, "inventory", uuid, [](auto& outline) { outline.name = "Aletsch"; }, "Name");
        }
        again = merge(*whole, {parts[0]});
        QCOMPARE(again.conflicts.size(), std::size_t{0});
        QCOMPARE(glacier(*whole, uuid)->name, std::string("Aletsch"));
        QVERIFY(glacier(*whole, uuid)->review == Review::Accepted);
        // A merge that was taken back is no common moment.
        whole->undo();
        QCOMPARE(joinOf(*whole, {parts[0]}).changed, 1);
    }

    void ofOneGlacierLineVerdictNameAndAttributesComeTogether() {
        const auto mine = m_team.inventoryOf(10);
        const auto theirs = m_team.copyOf(mine);
        {
            const auto project = Project::open(theirs);
            mark(*project, "inventory", "g1", Review::Accepted);
            edit(
                *project, "inventory", "g1",
                [](auto& outline) {
                    outline.attributes["tags"] = "debris, calving";
                    outline.attributes["surge_type"] = 1;
                },
                "Tags");
        }
        const auto project = Project::open(mine);
        move(*project, "inventory", "g1", squareShape(100, 0, 90));
        edit(
            *project, "inventory", "g1", [](auto& outline) { outline.attributes["tags"] = "steep"; }, "Tag");
        const auto join = merge(*project, {theirs});
        QCOMPARE(join.conflicts.size(), std::size_t{0});
        QCOMPARE(join.both, 1);
        const auto now = glacier(*project, "g1");
        QVERIFY(now->geometry == squareShape(100, 0, 90));
        QVERIFY(now->review == Review::Accepted && now->reviewRecord.isOutdated);
        QCOMPARE(now->attributes.at("tags").text(), std::string("steep, debris, calving"));
        QCOMPARE(now->attributes.at("surge_type").text(), std::string("1"));
    }

    void whatTwoChangedIsNotMergedUntilItIsDecided() {
        const auto mine = m_team.inventoryOf(10);
        const auto theirs = m_team.copyOf(mine);
        {
            const auto project = Project::open(theirs);
            project->setAnalyst("Theo");
            move(*project, "inventory", "g1", squareShape(100, 0, 80));
            mark(*project, "inventory", "g2", Review::Accepted);
            project->commit({"Remove", {{"inventory", glacier(*project, "g3"), nullptr}}, {}, "delete"});
        }
        const auto project = Project::open(mine);
        move(*project, "inventory", "g1", squareShape(100, 0, 90));
        mark(*project, "inventory", "g2", Review::Doubtful);
        move(*project, "inventory", "g3", squareShape(300, 0, 90));
        auto join = joinOf(*project, {theirs});
        QCOMPARE(join.undecided, 3);
        const auto& line = join.conflicts.at(0);
        QCOMPARE(line.uuid, std::string("g1"));
        QCOMPARE(line.disagreements.at(0).what, std::string("outline"));
        QVERIFY(has(line.disagreements.at(0).there, "Theo"));
        QCOMPARE(line.lastThere.analyst, std::string("Theo"));

        join = joinOf(*project, {theirs}, Prefer::Nobody, {{line.key(), Choice::There}});
        QCOMPARE(join.undecided, 2);
        std::map<std::string, Choice> all;
        for (const auto& conflict : join.conflicts) {
            all[conflict.key()] = Choice::There;
        }
        join = joinOf(*project, {theirs}, Prefer::Nobody, all);
        QCOMPARE(join.undecided, 0);
        project->take(join.step);
        QVERIFY(glacier(*project, "g1")->geometry == squareShape(100, 0, 80));
        QVERIFY(glacier(*project, "g2")->review == Review::Accepted);
        QVERIFY(glacier(*project, "g3") == nullptr);
        // What was decided against is kept beside it.
        QCOMPARE(project->outlines("not_taken").size(), std::size_t{2});
        project->undo();
        QVERIFY(!project->hasLayer("not_taken"));

        join = merge(*project, {theirs}, Prefer::Here);
        QVERIFY(glacier(*project, "g1")->geometry == squareShape(100, 0, 90));
        QVERIFY(glacier(*project, "g3") != nullptr);
        // Decided for mine: it is not asked again.
        QCOMPARE(joinOf(*project, {theirs}).conflicts.size(), std::size_t{0});
    }

    void aMergeInWhichAllStaysAsItIsIsAStepAndIsNotAskedAgain() {
        const auto mine = m_team.inventoryOf(10);
        const auto theirs = m_team.copyOf(mine);
        {
            const auto project = Project::open(theirs);
            project->setAnalyst("Theo");
            mark(*project, "inventory", "g2", Review::Accepted);
        }
        const auto project = Project::open(mine);
        mark(*project, "inventory", "g2", Review::Doubtful);
        const auto steps = project->history().size();
        merge(*project, {theirs}, Prefer::Here);
        QCOMPARE(project->history().size(), steps + 1);
        QVERIFY(glacier(*project, "g2")->review == Review::Doubtful);
        QCOMPARE(joinOf(*project, {theirs}).conflicts.size(), std::size_t{0});
        merge(*project, {theirs});
        QCOMPARE(project->history().size(), steps + 1); // nothing new is none
        project->undo();
        QCOMPARE(joinOf(*project, {theirs}).conflicts.size(), std::size_t{1});
        project->redo();
        QVERIFY(glacier(*project, "g2")->review == Review::Doubtful);
    }

    void thePiecesOfASplitAreDecidedWithTheGlacier() {
        const auto mine = m_team.inventoryOf(10);
        const auto theirs = m_team.copyOf(mine);
        {
            const auto project = Project::open(theirs);
            outlines::Outline left = *glacier(*project, "g5");
            left.geometry = {{{{500, 0}, {540, 0}, {540, 100}, {500, 100}}, {}}};
            outlines::Outline right = left;
            right.uuid = "g5b";
            right.geometry = {{{{540, 0}, {600, 0}, {600, 100}, {540, 100}}, {}}};
            project->commit({"Split",
                             {{"inventory", glacier(*project, "g5"), handle(left)},
                              {"inventory", nullptr, handle(right)}},
                             {},
                             "split"});
        }
        const auto project = Project::open(mine);
        move(*project, "inventory", "g5", squareShape(500, 0, 95));
        auto join = joinOf(*project, {theirs});
        QCOMPARE(join.undecided, 1);
        QCOMPARE(join.conflicts[0].along.size(), std::size_t{1});
        join = merge(*project, {theirs}, Prefer::Here);
        QVERIFY(glacier(*project, "g5b") == nullptr);
        project->undo();
        join = merge(*project, {theirs}, Prefer::There);
        QVERIFY(glacier(*project, "g5b") != nullptr);
        QCOMPARE(glacier(*project, "g5")->area(), 4000.0);
    }

    void aGlacierThatIsSplitByHandIsNoSplitOfTheProject() {
        const auto file = m_team.inventoryOf(3);
        {
            const auto project = Project::open(file);
            move(*project, "inventory", "g1", squareShape(100, 0, 90));
            const auto before = glacier(*project, "g2");
            outlines::Outline rest = *before;
            rest.geometry = squareShape(200, 0, 50);
            // The ids of the window's tools.
            project->commit({"Split Glacier g2", {{"inventory", before, handle(rest)}}, {}, "split"});
            project->commit({"Join", {{"inventory", glacier(*project, "g2"), before}}, {}, "merge"});
        }
        sql(file, "INSERT INTO inventory (geom, uuid, name) SELECT geom, 'other', 'Other' FROM inventory "
                  "WHERE uuid = 'g2'");
        const auto project = Project::open(file);
        QVERIFY(has(project->history().back().description, "added 1 outline"));
        QVERIFY(project->undoable()->kind == project::UndoableStep::Kind::Edit);
        for (int i = 0; i < 3; ++i) { // what came before it can still be taken back
            project->undo();
        }
        QVERIFY(glacier(*project, "g1")->geometry == squareShape(100, 0, 100));
    }

    void oneGlacierDrawnByTwoIsAConflictAndNotThereTwice() {
        const auto mine = m_team.inventoryOf(10);
        const auto theirs = m_team.copyOf(mine);
        const auto draw = [](Project& project, const std::string& uuid, double side) {
            outlines::Outline fresh = square(uuid, 5000, 5000, side);
            fresh.srcDate = "2000-08-01";
            project.commit({"New glacier", {{"inventory", nullptr, handle(fresh)}}, {}, "new"});
        };
        draw(*Project::open(theirs), "theirs", 120);
        const auto project = Project::open(mine);
        draw(*project, "mine", 100);
        QCOMPARE(joinOf(*project, {theirs}).undecided, 1);
        merge(*project, {theirs}, Prefer::There);
        QVERIFY(glacier(*project, "theirs") != nullptr && glacier(*project, "mine") == nullptr);
    }

    void ofTwoThatChangedTheSameTheNewerIsTaken() {
        const auto mine = m_team.inventoryOf(10);
        const auto theirs = m_team.copyOf(mine);
        {
            const auto project = Project::open(mine);
            move(*project, "inventory", "g1", squareShape(100, 0, 90));
        }
        QTest::qSleep(1100); // the history counts seconds
        move(*Project::open(theirs), "inventory", "g1", squareShape(100, 0, 80));
        const auto project = Project::open(mine);
        const auto join = joinOf(*project, {theirs}, Prefer::Newer);
        QCOMPARE(join.undecided, 0);
        QVERIFY(join.conflicts.at(0).choice == Choice::There);
    }

    void overlapsWhereGlaciersOfDifferentPeopleMeetAreTold() {
        const auto file = m_team.inventoryOf(20);
        const auto project = Project::open(file, Access::ReadOnly);
        std::set<std::string> west;
        std::set<std::string> east;
        for (int i = 0; i < 20; ++i) {
            (i % 10 < 5 ? west : east).insert("g" + std::to_string(i));
        }
        project::planSplit(*project, "inventory", {{"west", west}, {"east", east}}, file.parent_path())({});
        const auto part = file.parent_path() / "alps-west.gpkg";
        move(*Project::open(part), "inventory", "g4",
             {{{{400, 0}, {520, 0}, {520, 100}, {400, 100}}, {}}}); // g5 begins at 500
        const auto whole = Project::open(file, Access::ReadOnly);
        const auto join = joinOf(*whole, {part});
        QCOMPARE(join.findings.size(), std::size_t{1});
        QVERIFY(join.findings[0].kind == editing::Fault::Overlap);
    }

    void newLayersAndScenesComeAlong() {
        const auto mine = m_team.inventoryOf(10);
        const auto theirs = m_team.copyOf(mine);
        {
            const auto project = Project::open(theirs);
            project->addScene(sceneNamed("s2005", "2005", "2005-08-01"));
            project->importOutlines(expertLayer("other"), {square("x", 0, 0)});
        }
        const auto project = Project::open(mine);
        merge(*project, {theirs});
        QCOMPARE(project->scenes().size(), std::size_t{2});
        QCOMPARE(project->outlines("other").size(), std::size_t{1});
    }

    void partsOfOneProjectCanBeJoinedWithoutIt() {
        const auto file = m_team.inventoryOf(20);
        const auto parts = splitByCount(file, 2);
        const auto one = Project::open(parts[0]);
        const auto join = merge(*one, {parts[1]});
        QCOMPARE(join.conflicts.size(), std::size_t{0});
        QCOMPARE(one->outlines("inventory").size(), std::size_t{20});
    }

    void theSecondOneReadsIsToldWhoWritesAndCanWriteWhenThatOneIsGone() {
        const auto file = m_team.inventoryOf(3);
        auto first = Project::open(file);
        const std::string why = messageOf([&] { Project::open(file); });
        QVERIFY(has(why, "already open for writing in Nunatak by "));
        QVERIFY(has(why, QSysInfo::machineHostName().toStdString()));
        QVERIFY(has(why, " since 20"));
        QCOMPARE(Project::open(file, Access::ReadOnly)->outlines("inventory").size(), std::size_t{3});
        QVERIFY(has(why, project::whoWrites(file)));
        first.reset();
        QCOMPARE(project::whoWrites(file), std::string());
        QVERIFY(!Project::open(file)->isReadOnly());
    }

    void onANetworkDriveAProjectIsSavedWithoutAWal() {
        const auto file = m_team.inventoryOf(3);
        qputenv("NUNATAK_NETWORK_DRIVES",
                QByteArray::fromStdString("/nowhere:" + file.parent_path().string()));
        {
            const auto project = Project::open(file);
            QVERIFY(has(project->notes().back(), "on a network drive"));
            move(*project, "inventory", "g1", squareShape(100, 0, 90));
            project->flush();
            QVERIFY(!std::filesystem::exists(file.string() + "-wal"));
        }
        qunsetenv("NUNATAK_NETWORK_DRIVES");
        const auto project = Project::open(file);
        QVERIFY(glacier(*project, "g1")->geometry == squareShape(100, 0, 90));
        move(*project, "inventory", "g1", squareShape(100, 0, 91));
        project->flush();
        QVERIFY(std::filesystem::exists(file.string() + "-wal"));
    }

    void whatQgisDidIsAStepOfTheHistoryThatSaysWhat() {
        const auto file = m_team.inventoryOf(4);
        const std::string one = "0f8fad5b-d9cb-469f-a165-70867728950e";
        {
            const auto project = Project::open(file);
            outlines::Outline fresh = square(one, 5000, 0);
            fresh.srcDate = "2000-08-01";
            project->commit({"New glacier", {{"inventory", nullptr, handle(fresh)}}, {}, "new"});
        }
        const auto untouched = Project::open(file, Access::ReadOnly)->history().size();
        QCOMPARE(Project::open(file)->history().size(), untouched); // nobody did anything
        // Moved onto its neighbour, renamed, removed, and split with the name copied and numbered.
        sql(file,
            "UPDATE inventory SET geom = (SELECT geom FROM inventory WHERE uuid = 'g2') WHERE uuid = 'g1';"
            "UPDATE inventory SET name = 'Other' WHERE uuid = 'g0';"
            "DELETE FROM inventory WHERE uuid = 'g3';"
            "INSERT INTO inventory (geom, uuid) SELECT geom, uuid || '_1' FROM inventory WHERE uuid = '" +
                one + "'");
        std::string told;
        const auto readOnly = Project::open(file, Access::ReadOnly);
        for (const auto& note : readOnly->notes()) {
            told += note + "\n";
        }
        QVERIFY(has(told, "changed 2 outlines (Other, Glacier g1), added 1 outline"));
        QVERIFY(has(told, "removed 1 outline of Inventory"));
        QVERIFY(has(told, "Check outlines"));
        QCOMPARE(readOnly->history().size(), untouched);
        const auto project = Project::open(file);
        QCOMPARE(project->history().size(), untouched + 1);
        const auto step = project->history().back();
        QCOMPARE(step.tool, std::string(project::tools::others));
        QVERIFY(has(step.description, "Another program changed 2 outlines"));
        for (const auto& outline : project->outlines("inventory").all()) {
            QVERIFY(outline->uuid.find('_') == std::string::npos);
        }
        QCOMPARE(project->outlines("inventory").size(), std::size_t{5});
        // What was done here before can be taken back, but for what the other one changed.
        QCOMPARE(*project->undoDescription(), std::string("New glacier"));
        const auto past = project::planPast(*project, {"inventory", "g0"})();
        QVERIFY(has(past.gap, "another program"));
        QCOMPARE(past.moments.front().step.id, step.id);
        project->flush();
        QCOMPARE(project::planThen(*project, step.id - 1)().unknown.size(), std::size_t{3});
        move(*project, "inventory", "g0", squareShape(0, 0, 90));
        project->undo();
        QCOMPARE(glacier(*project, "g0")->name, std::string("Other"));
    }

    void whatAnotherProgramDidToACopyIsMergedOrAskedAboutLikeWhatSomebodyDid() {
        const auto mine = m_team.inventoryOf(6);
        const auto theirs = m_team.copyOf(mine);
        {
            const auto project = Project::open(mine);
            move(*project, "inventory", "g2", squareShape(200, 0, 90));
            move(*project, "inventory", "g3", squareShape(300, 0, 90));
        }
        sql(theirs, "UPDATE inventory SET name = 'Named in QGIS' WHERE uuid IN ('g1', 'g2');"
                    "DELETE FROM inventory WHERE uuid IN ('g3', 'g4')");
        {
            const auto project = Project::open(theirs);
            QCOMPARE(project->history().back().tool, std::string(project::tools::others));
        }
        {
            const auto project = Project::open(mine);
            const auto join = joinOf(*project, {theirs});
            QCOMPARE(join.undecided, 1); // changed here, removed there
            QCOMPARE(join.conflicts.at(0).uuid, std::string("g3"));
            QCOMPARE(join.changed, 2);
            QCOMPARE(join.removed, 1);
            QCOMPARE(join.both, 1);
            merge(*project, {theirs}, Prefer::Here);
            QCOMPARE(glacier(*project, "g1")->name, std::string("Named in QGIS"));
            QCOMPARE(glacier(*project, "g2")->name, std::string("Named in QGIS"));
            QVERIFY(glacier(*project, "g2")->geometry == squareShape(200, 0, 90));
            QVERIFY(glacier(*project, "g3") != nullptr && glacier(*project, "g4") == nullptr);
        }
        // Where another program changed both, it is not known who changed what.
        sql(mine, "UPDATE inventory SET name = 'Here' WHERE uuid = 'g5'");
        sql(theirs, "UPDATE inventory SET name = 'There' WHERE uuid = 'g5'");
        { const auto project = Project::open(theirs); }
        const auto project = Project::open(mine);
        const auto join = joinOf(*project, {theirs});
        QCOMPARE(join.undecided, 1);
        QCOMPARE(join.conflicts.at(0).disagreements.at(0).there, std::string("There"));
    }

    void aProjectIsLookedAtAsAnyStepLeftIt() {
        const auto file = m_team.inventoryOf(3);
        const auto project = Project::open(file);
        std::vector<std::pair<std::int64_t, Contents>> states;
        const auto remember = [&] {
            states.emplace_back(project->history().back().id, contentsOf(*project));
        };
        remember();
        move(*project, "inventory", "g1", squareShape(100, 0, 90));
        remember();
        project->removeLayer("expert");
        remember();
        project->undo();
        remember();
        project->commit({"Remove", {{"inventory", glacier(*project, "g2"), nullptr}}, {}, "delete"});
        remember();
        for (const auto& [step, contents] : states) {
            Contents then;
            for (const auto& layer : project::planThen(*project, step)().layers) {
                std::vector<outlines::Outline> outlines;
                for (const auto& outline : layer.outlines.all()) {
                    outlines.push_back(*outline);
                }
                std::sort(outlines.begin(), outlines.end(),
                          [](const auto& a, const auto& b) { return a.uuid < b.uuid; });
                then.emplace_back(layer.info.name, std::move(outlines));
            }
            QVERIFY(then == contents);
        }
        QCOMPARE(project::planThen(*project, 0)().layers.size(), std::size_t{0});
        QVERIFY(has(messageOf([&] { project::planThen(*project, 99); }), "has no step 99"));
    }
};

QTEST_GUILESS_MAIN(ProjectTeamTest)
#include "project_team_test.moc"
