// SPDX-License-Identifier: GPL-3.0-or-later
#include "other_program.h"
#include "project/outline_past.h"
#include "project/part_origin.h"
#include "project/project_then.h"
#include "project/step_tools.h"
#include "team_fixture.h"

#include <csignal>

#include <sys/wait.h>
#include <unistd.h>

using namespace nunatak;
using namespace nunatak::tests;
using outlines::Review;
using project::Access;
using project::Choice;
using project::Prefer;
using project::Project;

/// Work of several people that is joined in whatever order, again, and after another program was at it.
class ProjectJoinTest : public QObject {
    Q_OBJECT

    TeamFolder m_team;

    static std::string notesOf(const project::Join& join) {
        std::string text;
        for (const auto& note : join.notes) {
            text += note + "\n";
        }
        return text;
    }

    static void remove(Project& project, const std::string& uuid) {
        project.commit({"Remove", {{"inventory", glacier(project, uuid), nullptr}}, {}, "delete"});
    }

    static void name(Project& project, const std::string& uuid, const std::string& text) {
        edit(
            project, "inventory", uuid, [&](auto& outline) { outline.name = text; }, "Name " + uuid);
    }

    static void draw(Project& project, const std::string& uuid, double x, double side = 100) {
        outlines::Outline fresh = square(uuid, x, 5000, side);
        fresh.srcDate = "2000-08-01";
        project.commit({"New glacier", {{"inventory", nullptr, handle(fresh)}}, {}, "new"});
    }

    /// g5 in two, the second called g5b.
    static void cut(Project& project) {
        outlines::Outline left = *glacier(project, "g5");
        left.geometry = {{{{500, 0}, {540, 0}, {540, 100}, {500, 100}}, {}}};
        outlines::Outline right = left;
        right.uuid = "g5b";
        right.geometry = {{{{540, 0}, {600, 0}, {600, 100}, {540, 100}}, {}}};
        project.commit(
            {"Split",
             {{"inventory", glacier(project, "g5"), handle(left)}, {"inventory", nullptr, handle(right)}},
             {},
             "split"});
    }

private Q_SLOTS:
    void whatAnotherProgramDidToAPartThatIsOnlyReadIsMergedAndTold() {
        const auto file = m_team.inventoryOf(20);
        const auto part = splitByCount(file, 2)[0];
        std::vector<std::string> own;
        for (const auto& outline : Project::open(part, Access::ReadOnly)->outlines("inventory").all()) {
            own.push_back(outline->uuid);
        }
        sql(part, "UPDATE inventory SET name = 'Named in QGIS' WHERE uuid = '" + own[0] +
                      "'; DELETE FROM inventory WHERE uuid = '" + own[1] +
                      "'; INSERT INTO inventory (geom, uuid, name) SELECT geom, 'drawn', 'Drawn' FROM "
                      "inventory WHERE uuid = '" +
                      own[2] + "'; DELETE FROM inventory WHERE uuid = '" + own[2] + "'");
        const auto before = sql(part, "SELECT COUNT(*) FROM gpkgext_nunatak_history");
        const auto whole = Project::open(file);
        auto join = merge(*whole, {part});
        QCOMPARE(join.undecided, 0);
        QVERIFY(has(notesOf(join), "Another program changed 1 outline (Named in QGIS)"));
        QVERIFY(has(notesOf(join), part.filename().string()));
        QCOMPARE(glacier(*whole, own[0])->name, std::string("Named in QGIS"));
        QVERIFY(!glacier(*whole, own[1]) && !glacier(*whole, own[2]));
        QCOMPARE(glacier(*whole, "drawn")->name, std::string("Drawn"));
        QCOMPARE(sql(part, "SELECT COUNT(*) FROM gpkgext_nunatak_history"), before); // it was only read
        QCOMPARE(project::planMergedSteps(*whole, {"inventory", own[0]})().back().what.tool,
                 std::string(project::tools::others));
        // Decided anew here: the part has said nothing since, also when it was opened for writing meanwhile.
        name(*whole, own[0], "Ours");
        QCOMPARE(joinOf(*whole, {part}).step.changes.size(), std::size_t{0});
        { const auto project = Project::open(part); }
        QCOMPARE(joinOf(*whole, {part}).step.changes.size(), std::size_t{0});
        sql(part, "UPDATE inventory SET name = 'Again in QGIS' WHERE uuid = '" + own[3] + "'");
        merge(*whole, {part});
        QCOMPARE(glacier(*whole, own[3])->name, std::string("Again in QGIS"));
        QCOMPARE(glacier(*whole, own[0])->name, std::string("Ours"));
    }

    void whatIsEditedHereStaysWhereAnotherProgramChangesTheGlacierElsewhereAfterAMerge() {
        const auto file = m_team.inventoryOf(20);
        const auto part = splitByCount(file, 2)[0];
        mark(*Project::open(part), "inventory", "g1", Review::Accepted);
        const auto whole = Project::open(file);
        move(*whole, "inventory", "g0", squareShape(0, 0, 70));
        merge(*whole, {part});
        sql(part, "UPDATE inventory SET name = 'Named in QGIS' WHERE uuid = 'g0'");
        const auto join = merge(*whole, {part});
        QCOMPARE(join.undecided, 0);
        QVERIFY(glacier(*whole, "g0")->geometry == squareShape(0, 0, 70));
        QCOMPARE(glacier(*whole, "g0")->name, std::string("Named in QGIS"));
    }

    void aLayerThatAnotherProgramRenamedInAPartIsTheSameLayer() {
        for (const bool isOpenedBetween : {false, true}) {
            const auto file = m_team.inventoryOf(20);
            const auto part = splitByCount(file, 2)[0];
            move(*Project::open(part), "inventory", "g0", squareShape(0, 0, 70));
            remove(*Project::open(part), "g1");
            sql(part, "ALTER TABLE inventory RENAME TO glaciers;"
                      "UPDATE glaciers SET name = 'Named in QGIS' WHERE uuid = 'g2'");
            if (isOpenedBetween) {
                QCOMPARE(Project::open(part)->history().back().tool, std::string(project::tools::others));
            }
            const auto whole = Project::open(file);
            const auto join = merge(*whole, {part});
            QCOMPARE(join.undecided, 0);
            QVERIFY(glacier(*whole, "g0")->geometry == squareShape(0, 0, 70));
            QVERIFY(!glacier(*whole, "g1"));
            QCOMPARE(glacier(*whole, "g2")->name, std::string("Named in QGIS"));
            QCOMPARE(whole->layers().size(), std::size_t{2});
            const auto read = Project::open(part, Access::ReadOnly);
            const auto past = project::planPast(*read, {"glaciers", "g0"})();
            QVERIFY(past.moments.size() >= 3);
        }
    }

    void aLayerOfAPartThatCannotBeToldAnyMoreIsNotLeftOutWithoutAWord() {
        const auto file = m_team.inventoryOf(20);
        const auto part = splitByCount(file, 2)[0];
        move(*Project::open(part), "inventory", "g0", squareShape(0, 0, 70));
        const auto whole = Project::open(file);
        const auto copy = m_team.copyOf(part);
        sql(part, "CREATE TABLE one AS SELECT * FROM inventory; CREATE TABLE two AS SELECT * FROM inventory;"
                  "DROP TABLE inventory");
        const auto why = messageOf([&] { joinOf(*whole, {part}); });
        QVERIFY(has(why, "renamed or removed the layer inventory of " + part.filename().string()));
        QVERIFY(has(why, "one and two"));
        sql(copy, "DROP TABLE expert");
        const auto join = joinOf(*whole, {copy});
        QVERIFY(has(notesOf(join), "removed the layer expert"));
        QCOMPARE(join.changed, 1);
        QCOMPARE(join.removed, 0);
    }

    void aGlacierThatAPartHasTwiceComesOnceAndTheOtherIsToldAndKept() {
        const auto file = m_team.inventoryOf(20);
        const auto part = splitByCount(file, 2)[0];
        move(*Project::open(part), "inventory", "g0", squareShape(0, 0, 70));
        const auto doubled = [&](const std::string& uuid, const std::string& of) {
            sql(part, "INSERT INTO inventory (geom, uuid, name) SELECT geom, '" + uuid +
                          "', name FROM inventory WHERE uuid = '" + of + "'");
        };
        doubled("g1_1", "g1");
        const auto whole = Project::open(file);
        const auto preview = joinOf(*whole, {part});
        QCOMPARE(preview.added, 0);
        QVERIFY2(has(notesOf(preview), "(g1_1) of " + part.filename().string()), notesOf(preview).c_str());
        QVERIFY(has(notesOf(preview), "(g1)") && has(notesOf(preview), "Not taken in the merge"));
        const auto join = merge(*whole, {part});
        QCOMPARE(join.changed, 1);
        QVERIFY(glacier(*whole, "g1") && !glacier(*whole, "g1_1"));
        QVERIFY(glacier(*whole, "g0")->geometry == squareShape(0, 0, 70));
        const auto kept = whole->outlines("not_taken").all();
        QCOMPARE(kept.size(), std::size_t{1});
        QCOMPARE(kept[0]->attributes.at("instead_of").text(), std::string("g1"));
        QVERIFY(kept[0]->geometry == glacier(*whole, "g1")->geometry);
        // Told once; two that are both new on one ground are the same.
        const auto again = joinOf(*whole, {part});
        QCOMPARE(again.step.changes.size(), std::size_t{0});
        QCOMPARE(notesOf(again), part.filename().string() + " has nothing new.\n");
        {
            const auto project = Project::open(part);
            draw(*project, "new", 5000);
        }
        doubled("new_1", "new");
        const auto both = merge(*whole, {part});
        QCOMPARE(both.added, 1);
        QVERIFY(glacier(*whole, "new") && !glacier(*whole, "new_1"));
    }

    void aDecisionStandsUntilSomebodyChangesTheGlacierAnew() {
        const auto mine = m_team.inventoryOf(10);
        const auto theirs = m_team.copyOf(mine);
        {
            const auto project = Project::open(theirs);
            move(*project, "inventory", "g3", squareShape(300, 0, 90));
            remove(*project, "g4");
            cut(*project);
            draw(*project, "theirs", 5000, 120);
        }
        const auto project = Project::open(mine);
        remove(*project, "g3");
        move(*project, "inventory", "g4", squareShape(400, 0, 90));
        move(*project, "inventory", "g5", squareShape(500, 0, 95));
        draw(*project, "mine", 5000, 100);
        merge(*project, {theirs}, Prefer::Here);
        const auto decided = contentsOf(*project);
        mark(*Project::open(theirs), "inventory", "g8", Review::Accepted);
        const auto join = merge(*project, {theirs});
        QCOMPARE(join.conflicts.size(), std::size_t{0});
        QCOMPARE(join.changed, 1);
        QVERIFY(!glacier(*project, "g3") && !glacier(*project, "g5b") && !glacier(*project, "theirs"));
        QVERIFY(glacier(*project, "g4") && glacier(*project, "mine"));
        project->undo();
        QVERIFY(contentsOf(*project) == decided);
        project->redo();
        // Changed anew, so it is asked about, and with theirs all its pieces come.
        {
            const auto other = Project::open(theirs);
            move(*other, "inventory", "g3", squareShape(300, 0, 80));
            move(*other, "inventory", "g5", {{{{505, 0}, {540, 0}, {540, 100}, {505, 100}}, {}}});
        }
        QCOMPARE(joinOf(*project, {theirs}).undecided, 2);
        merge(*project, {theirs}, Prefer::There);
        QVERIFY(glacier(*project, "g3")->geometry == squareShape(300, 0, 80));
        QCOMPARE(glacier(*project, "g5")->area(), 3500.0);
        QVERIFY(glacier(*project, "g5b") != nullptr);
    }

    void afterAMergeTheOtherOneGetsAllOfIt() {
        const auto mine = m_team.inventoryOf(10);
        const auto theirs = m_team.copyOf(mine);
        {
            const auto project = Project::open(theirs);
            move(*project, "inventory", "g1", squareShape(100, 0, 80));
            mark(*project, "inventory", "g2", Review::Accepted);
        }
        {
            const auto project = Project::open(mine);
            move(*project, "inventory", "g3", squareShape(300, 0, 80));
            mark(*project, "inventory", "g2", Review::Doubtful);
            remove(*project, "g4");
            merge(*project, {theirs}, Prefer::Here);
        }
        const auto project = Project::open(theirs);
        const auto join = merge(*project, {mine});
        QCOMPARE(join.conflicts.size(), std::size_t{0});
        QVERIFY(glacier(*project, "g3")->geometry == squareShape(300, 0, 80));
        QVERIFY(glacier(*project, "g1")->geometry == squareShape(100, 0, 80));
        QVERIFY(glacier(*project, "g2")->review == Review::Doubtful); // what was decided there
        QVERIFY(!glacier(*project, "g4"));
    }

    void twoWhoTookEachOthersWorkAtOnceAreNotAskedAboutItAgain() {
        const auto mine = m_team.inventoryOf(10);
        const auto theirs = m_team.copyOf(mine);
        move(*Project::open(mine), "inventory", "g1", squareShape(100, 0, 80));
        move(*Project::open(theirs), "inventory", "g2", squareShape(200, 0, 80));
        const auto mineThen = m_team.copyOf(mine);
        const auto theirsThen = m_team.copyOf(theirs);
        merge(*Project::open(mine), {theirsThen});
        merge(*Project::open(theirs), {mineThen});
        // Each goes on with what came from the other one.
        move(*Project::open(mine), "inventory", "g2", squareShape(200, 0, 70));
        move(*Project::open(theirs), "inventory", "g1", squareShape(100, 0, 70));
        const auto project = Project::open(mine);
        const auto join = merge(*project, {theirs});
        QCOMPARE(join.conflicts.size(), std::size_t{0});
        QVERIFY(glacier(*project, "g1")->geometry == squareShape(100, 0, 70));
        QVERIFY(glacier(*project, "g2")->geometry == squareShape(200, 0, 70));
    }

    void whatWasTakenBackThereIsTakenBackHere() {
        const auto mine = m_team.inventoryOf(10);
        const auto theirs = m_team.copyOf(mine);
        move(*Project::open(theirs), "inventory", "g1", squareShape(100, 0, 80));
        const auto project = Project::open(mine);
        merge(*project, {theirs});
        Project::open(theirs)->undo();
        const auto join = merge(*project, {theirs});
        QCOMPARE(join.conflicts.size(), std::size_t{0});
        QVERIFY(glacier(*project, "g1")->geometry == squareShape(100, 0, 100));
    }

    void aMergeThatWasTakenBackThereHidesNothingOfAThirdPerson() {
        const auto mine = m_team.inventoryOf(10);
        const auto theirs = m_team.copyOf(mine);
        const auto third = m_team.copyOf(mine);
        move(*Project::open(third), "inventory", "g1", squareShape(100, 0, 80));
        {
            const auto project = Project::open(theirs);
            merge(*project, {third});
            project->undo();
            mark(*project, "inventory", "g2", Review::Accepted);
        }
        const auto project = Project::open(mine);
        merge(*project, {theirs});
        QVERIFY(glacier(*project, "g1")->geometry == squareShape(100, 0, 100));
        merge(*project, {third});
        QVERIFY(glacier(*project, "g1")->geometry == squareShape(100, 0, 80));
    }

    void stepsOfTheSameWordsInTheSameSecondAreNotTheSame() {
        const auto mine = m_team.inventoryOf(10);
        const auto anna = m_team.copyOf(mine);
        const auto ben = m_team.copyOf(mine);
        const auto carl = m_team.copyOf(mine);
        for (const auto& [file, uuid, side] :
             {std::tuple{anna, "g1", 80.0}, {ben, "g1", 70.0}, {carl, "g2", 60.0}}) {
            const auto project = Project::open(file);
            project->setAnalyst("Anna");
            const auto shape = glacier(*project, uuid)->geometry[0].outer[0];
            move(*project, "inventory", uuid, squareShape(shape.x, shape.y, side), "Move vertex");
        }
        for (const auto& file : {anna, ben, carl}) {
            sql(file, "UPDATE gpkgext_nunatak_history SET time = '2026-01-01T00:00:00Z' WHERE id = (SELECT "
                      "MAX(id) FROM gpkgext_nunatak_history)");
        }
        // As copies of each other …
        QCOMPARE(joinOf(*Project::open(ben), {anna}).undecided, 1);
        QCOMPARE(joinOf(*Project::open(ben), {carl}).changed, 1);
        // … and as what came with a merge.
        const auto project = Project::open(mine);
        merge(*project, {anna});
        QCOMPARE(joinOf(*project, {ben}).undecided, 1);
        merge(*project, {carl});
        QVERIFY(glacier(*project, "g2")->geometry == squareShape(200, 0, 60));
    }

    void undoOfAMergeTakesTheScenesAwayThatCameWithIt() {
        const auto mine = m_team.inventoryOf(10);
        const auto theirs = m_team.copyOf(mine);
        {
            const auto project = Project::open(theirs);
            project->addScene(sceneNamed("s2005", "2005", "2005-08-01"));
            move(*project, "inventory", "g1", squareShape(100, 0, 80));
        }
        {
            const auto project = Project::open(mine);
            int told = 0;
            const auto subscription = project->subscribe([&](const project::Event& event) {
                told += event.kind == project::Event::Kind::ScenesChanged ? 1 : 0;
            });
            merge(*project, {theirs});
            QCOMPARE(project->scenes().size(), std::size_t{2});
            project->undo();
            QCOMPARE(project->scenes().size(), std::size_t{1});
            QCOMPARE(told, 2);
        }
        {
            const auto project = Project::open(mine);
            QCOMPARE(project->scenes().size(), std::size_t{1});
            project->redo();
            QCOMPARE(project->scenes().size(), std::size_t{2});
            auto moved = project->scene("s2005");
            moved.name = "Summer 2005";
            project->replaceScene(moved);
            project->undo();
        }
        {
            const auto project = Project::open(mine);
            QCOMPARE(project->scenes().size(), std::size_t{1});
            project->redo();
            QCOMPARE(project->scene("s2005").name, std::string("Summer 2005"));
            project->undo();
            merge(*project, {theirs}); // anew
            QCOMPARE(project->scene("s2005").name, std::string("2005"));
            project->undo();
            project->addScene(sceneNamed("s2005", "Mine", "2005-08-01")); // of its own from here on
        }
        const auto project = Project::open(mine);
        QCOMPARE(project->scene("s2005").name, std::string("Mine"));
    }

    void takingBackAndDoingAgainIsNoNewerChange() {
        const auto mine = m_team.inventoryOf(10);
        const auto theirs = m_team.copyOf(mine);
        const auto timeOf = [](const std::filesystem::path& file, int back, const std::string& time) {
            sql(file, "UPDATE gpkgext_nunatak_history SET time = '" + time +
                          "' WHERE id = (SELECT MAX(id) FROM gpkgext_nunatak_history) - " +
                          std::to_string(back));
        };
        {
            const auto project = Project::open(theirs);
            move(*project, "inventory", "g1", squareShape(100, 0, 80));
            mark(*project, "inventory", "g1", Review::Accepted);
            project->undo();
            move(*project, "inventory", "g2", squareShape(200, 0, 80));
            project->undo();
            project->redo();
        }
        for (int back = 0; back < 6; ++back) { // the moves at 10, what came after them at 15
            timeOf(theirs, back,
                   std::string("2026-01-01T1") + (back == 5 || back == 2 ? "0" : "5") + ":00:00Z");
        }
        {
            const auto project = Project::open(mine);
            move(*project, "inventory", "g1", squareShape(100, 0, 90));
            move(*project, "inventory", "g2", squareShape(200, 0, 90));
        }
        timeOf(mine, 0, "2026-01-01T12:00:00Z");
        timeOf(mine, 1, "2026-01-01T12:00:00Z");
        const auto project = Project::open(mine);
        const auto join = joinOf(*project, {theirs}, Prefer::Newer);
        QCOMPARE(join.conflicts.size(), std::size_t{2});
        for (const auto& conflict : join.conflicts) {
            QCOMPARE(conflict.lastThere.time, std::string("2026-01-01T10:00:00Z"));
            QVERIFY(conflict.choice == Choice::Here);
        }
    }

    void twoFilesOfOneNameAreDecidedEachForItself() {
        const auto mine = m_team.inventoryOf(10);
        const auto anna = m_team.copyOf(mine);
        const auto ben = m_team.copyOf(mine);
        move(*Project::open(anna), "inventory", "g1", squareShape(100, 0, 80));
        move(*Project::open(ben), "inventory", "g1", squareShape(100, 0, 70));
        const auto project = Project::open(mine);
        move(*project, "inventory", "g1", squareShape(100, 0, 90));
        const auto join = joinOf(*project, {anna, ben});
        QCOMPARE(join.conflicts.size(), std::size_t{2});
        QVERIFY(join.conflicts[0].key() != join.conflicts[1].key());
        QVERIFY(has(join.conflicts[0].source, anna.parent_path().filename().string() + "/alps.gpkg"));
        QVERIFY(has(messageOf([&] { joinOf(*project, {anna, anna}); }), "is named twice"));
    }

    void aPartOfAPartIsMergedIntoWhatThatIsAPartOf() {
        const auto file = m_team.inventoryOf(20);
        const auto part = splitByCount(file, 2)[0];
        {
            const auto project = Project::open(part);
            move(*project, "inventory", "g0", squareShape(0, 0, 70));
            remove(*project, "g1");
        }
        const auto small = splitByCount(part, 2);
        std::string own; // of the second, that nobody has changed
        {
            const auto project = Project::open(small[1]);
            own = project->outlines("inventory").all().front()->uuid;
            name(*project, own, "Named in the small part");
        }
        name(*Project::open(part), "g0", "Named in the part");
        const auto whole = Project::open(file);
        auto join = merge(*whole, {small[1]});
        QCOMPARE(join.conflicts.size(), std::size_t{0});
        QVERIFY(!has(notesOf(join), "in common"));
        QCOMPARE(glacier(*whole, own)->name, std::string("Named in the small part"));
        QCOMPARE(join.removed, 0);
        QCOMPARE(join.added, 0);
        // What the part did to glaciers that the small one does not have comes with the part.
        join = merge(*whole, {part});
        QCOMPARE(join.conflicts.size(), std::size_t{0});
        QVERIFY(glacier(*whole, "g0")->geometry == squareShape(0, 0, 70));
        QCOMPARE(glacier(*whole, "g0")->name, std::string("Named in the part"));
        QVERIFY(!glacier(*whole, "g1"));
        QCOMPARE(glacier(*whole, own)->name, std::string("Named in the small part"));
        // Both of the small ones know each other by what they were split from.
        const auto one = Project::open(small[0]);
        QCOMPARE(joinOf(*one, {small[1]}).conflicts.size(), std::size_t{0});
    }

    void aSplitThatIsKilledLeavesNoneOfItsParts() {
        const auto file = m_team.inventoryOf(20);
        const auto folder = file.parent_path();
        const auto child = ::fork();
        if (child == 0) {
            const auto project = Project::open(file, Access::ReadOnly);
            const auto wanted = project::partsByCount(project->outlines("inventory"), 4);
            project::planSplit(*project, "inventory", wanted, folder)(Progress(
                [](double, std::string_view stage) {
                    if (stage == "Writing part 3") {
                        ::kill(::getpid(), SIGKILL);
                    }
                },
                {}));
            ::_exit(0);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        QVERIFY(WIFSIGNALED(status));
        const auto parts = [&] {
            int count = 0;
            for (const auto& entry : std::filesystem::directory_iterator(folder)) {
                count += entry.path().filename().string().starts_with("alps-") ? 1 : 0;
            }
            return count;
        };
        QCOMPARE(parts(), 0);
        QCOMPARE(splitByCount(file, 4).size(), std::size_t{4}); // and takes away what the killed one left
        QCOMPARE(parts(), 4);
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            QVERIFY(!entry.path().filename().string().starts_with(".nunatak"));
        }
    }

    void aPartHasWhatAnotherProgramAddedAndRenamedBefore() {
        const auto file = m_team.inventoryOf(20);
        sql(file, "ALTER TABLE inventory RENAME TO glaciers;"
                  "INSERT INTO glaciers (geom, name) SELECT geom, 'Drawn' FROM glaciers WHERE uuid = 'g0';"
                  "DELETE FROM glaciers WHERE uuid = 'g0'");
        std::set<std::string> uuids;
        std::vector<std::filesystem::path> files;
        {
            const auto whole = Project::open(file, Access::ReadOnly);
            const auto wanted = project::partsByCount(whole->outlines("glaciers"), 2);
            uuids = uuidsIn(*whole, "glaciers");
            for (const auto& part :
                 project::planSplit(*whole, "glaciers", wanted, file.parent_path())({}).parts) {
                files.push_back(part.file);
            }
        }
        std::set<std::string> found;
        for (const auto& each : files) {
            const auto part = Project::open(each);
            for (const auto& uuid : uuidsIn(*part, "glaciers")) {
                found.insert(uuid);
            }
            QVERIFY(part->history().back().tool == project::tools::split); // nothing was done to it since
            if (part->outlines("glaciers").find("g1")) {
                QVERIFY(project::planPast(*part, {"glaciers", "g1"})().moments.front().step.id > 0);
            }
        }
        QVERIFY(found == uuids);
    }
};

QTEST_GUILESS_MAIN(ProjectJoinTest)
#include "project_join_test.moc"
