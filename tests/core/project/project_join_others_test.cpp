// SPDX-License-Identifier: GPL-3.0-or-later
#include "other_program.h"
#include "project/outline_past.h"
#include "project/source_notes.h"
#include "project/step_tools.h"
#include "project/step_words.h"
#include "team_fixture.h"

using namespace nunatak;
using namespace nunatak::tests;
using project::Access;
using project::Choice;
using project::Prefer;
using project::Project;

/// Parts and copies in which another program, such as QGIS, did something, joined.
class ProjectJoinOthersTest : public QObject {
    Q_OBJECT

    TeamFolder m_team;

    static void name(Project& project, const std::string& uuid, const std::string& text) {
        edit(
            project, "inventory", uuid, [&](auto& outline) { outline.name = text; }, "Name " + uuid);
    }

private Q_SLOTS:
    void whenAnotherProgramDidSomethingIsNotKnownSoNewerAsks() {
        for (const bool isOpenedBetween : {false, true}) {
            const auto mine = m_team.inventoryOf(10);
            const auto theirs = m_team.copyOf(mine);
            sql(theirs, "UPDATE inventory SET name = 'Earlier in QGIS' WHERE uuid = 'g1'");
            if (isOpenedBetween) {
                const auto project = Project::open(theirs);
                name(*project, "g2", "Later");
            }
            {
                const auto project = Project::open(mine);
                name(*project, "g1", "Later here");
                name(*project, "g2", "Earlier here");
            }
            sql(mine, "UPDATE gpkgext_nunatak_history SET time = '2020-01-01T12:00:00Z' WHERE id = (SELECT "
                      "MAX(id) FROM gpkgext_nunatak_history)"); // g2's
            const auto join = joinOf(*Project::open(mine, Access::ReadOnly), {theirs}, Prefer::Newer);
            QCOMPARE(join.undecided, 1);
            const auto& unknown = join.conflicts.at(0);
            QCOMPARE(unknown.uuid, std::string("g1"));
            QVERIFY(unknown.newer() == Choice::Undecided);
            QVERIFY(!project::isMomentKnown(unknown.lastThere) && project::isMomentKnown(unknown.lastHere));
            QCOMPARE(project::momentInWords(unknown.lastThere), "before " + unknown.lastThere.time);
            QCOMPARE(join.conflicts.size(), std::size_t(isOpenedBetween ? 2 : 1));
            if (isOpenedBetween) { // what Nunatak did there has its time
                QVERIFY(join.conflicts.at(1).choice == Choice::There);
            }
            // In either direction.
            QCOMPARE(joinOf(*Project::open(theirs, Access::ReadOnly), {mine}, Prefer::Newer).undecided, 1);
        }
    }

    void aGlacierThatCameFromTheWholeIsAskedAboutNowhereElse() {
        for (const bool isByAnotherProgram : {false, true}) {
            const auto file = m_team.inventoryOf(12);
            const auto parts = splitByCount(file, 3);
            const auto own = uuidsIn(*Project::open(parts[1], Access::ReadOnly), "inventory");
            const std::string uuid = *own.begin();
            merge(*Project::open(parts[2]), {file}); // has the others' glaciers as they were
            if (isByAnotherProgram) {
                sql(parts[1], "UPDATE inventory SET name = 'In QGIS' WHERE uuid = '" + uuid + "'");
            }
            name(*Project::open(parts[1]), uuid, "Theirs");
            QCOMPARE(joinOf(*Project::open(parts[1], Access::ReadOnly), {parts[2]}).undecided, 0);
            const auto project = Project::open(parts[2]);
            QCOMPARE(merge(*project, {parts[1]}).undecided, 0);
            QCOMPARE(glacier(*project, uuid)->name, std::string("Theirs"));
        }
    }

    void whatAnotherProgramDidIsToldOnceWhenItComes() {
        const auto file = m_team.inventoryOf(12);
        const auto part = splitByCount(file, 2)[0];
        sql(part, "UPDATE inventory SET name = 'In QGIS' WHERE uuid = 'g1'");
        const auto whole = Project::open(file);
        const auto notes = merge(*whole, {part}).notes;
        QCOMPARE(notes.size(), std::size_t{1});
        QVERIFY(has(notes[0], "alps-1.gpkg: Another program changed 1 outline (In QGIS)"));
        const auto source = Project::open(part, Access::ReadOnly);
        QCOMPARE(project::sourceNotes(*source).unrecorded.size(), std::size_t{1});
        QVERIFY(project::sourceNotes(*source).besides.empty()); // nothing to be told beside that
        const auto again = joinOf(*whole, {part}).notes;
        QCOMPARE(again, std::vector<std::string>{"alps-1.gpkg has nothing new."});
    }

    void whatAnotherProgramDidBeforeAndAfterAMergeIsNotAskedAbout() {
        for (const bool isOpenedBetween : {false, true}) {
            const auto file = m_team.inventoryOf(12);
            const auto part = splitByCount(file, 2)[0];
            const auto whole = Project::open(file);
            for (const std::string text : {"First", "Second", "Third"}) {
                sql(part, "UPDATE inventory SET name = '" + text + "' WHERE uuid = 'g1'");
                if (isOpenedBetween) {
                    const auto project = Project::open(part);
                }
                const auto join = merge(*whole, {part});
                QVERIFY2(join.undecided == 0, text.c_str());
                QCOMPARE(glacier(*whole, "g1")->name, text);
                QVERIFY(joinOf(*whole, {part}).step.changes.empty());
            }
            move(*whole, "inventory", "g1", squareShape(100, 0, 70)); // by hand, beside a name
            sql(part, "UPDATE inventory SET name = 'Fourth' WHERE uuid = 'g1'");
            QCOMPARE(merge(*whole, {part}).undecided, 0);
            QCOMPARE(glacier(*whole, "g1")->name, std::string("Fourth"));
            QVERIFY(glacier(*whole, "g1")->geometry == squareShape(100, 0, 70));
            QCOMPARE(joinOf(*Project::open(part, Access::ReadOnly), {file}).undecided, 0);
        }
    }

    void aStepIsSaidInWords() {
        QCOMPARE(project::toolInWords("notAGlacier"), std::string("not a glacier"));
        QCOMPARE(project::toolInWords("brush"), std::string("brush"));
        const std::vector<scene::Scene> scenes{sceneNamed("s2000", "Khumbu", "2000-08-01")};
        QCOMPARE(project::pictureInWords("s2000", scenes), std::string("Khumbu, 2000-08-01"));
        QCOMPARE(project::pictureInWords("gone", scenes), std::string("gone"));
    }
};

QTEST_GUILESS_MAIN(ProjectJoinOthersTest)
#include "project_join_others_test.moc"
