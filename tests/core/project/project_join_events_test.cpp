// SPDX-License-Identifier: GPL-3.0-or-later
#include "team_fixture.h"

using namespace nunatak;
using namespace nunatak::tests;
using project::Access;
using project::Project;

/// What is new to whom, where merges and steps were taken back or came by way of others.
class ProjectJoinEventsTest : public QObject {
    Q_OBJECT

    TeamFolder m_team;

    static void name(const std::filesystem::path& file, const std::string& uuid, const std::string& text) {
        edit(
            *Project::open(file), "inventory", uuid, [&](auto& outline) { outline.name = text; },
            "Name " + uuid);
    }

    static void remove(const std::filesystem::path& file, const std::string& uuid) {
        const auto project = Project::open(file);
        project->commit({"Remove", {{"inventory", glacier(*project, uuid), nullptr}}, {}, "delete"});
    }

    static std::string firstOf(const std::filesystem::path& file) {
        return *uuidsIn(*Project::open(file, Access::ReadOnly), "inventory").begin();
    }

    static std::string nameIn(const std::filesystem::path& file, const std::string& uuid) {
        const auto outline = glacier(*Project::open(file, Access::ReadOnly), uuid);
        return outline ? outline->name : "gone";
    }

private Q_SLOTS:
    void aMergeThatWasTakenBackIsDoneAgainAlsoAfterAnotherOneHasTakenItOver() {
        const auto whole = m_team.inventoryOf(10);
        const auto parts = splitByCount(whole, 2);
        const std::string a = firstOf(parts[0]);
        const std::string b = firstOf(parts[1]);
        name(parts[0], a, "A's");
        name(parts[1], b, "B's");
        const auto project = Project::open(whole);
        merge(*project, parts);
        merge(*Project::open(parts[0]), {whole}); // brings their part up to date
        project->undo();
        project->flush();
        QVERIFY(glacier(*project, a)->name != "A's");
        // What was taken back there takes nothing away from who has it.
        QVERIFY(joinOf(*Project::open(parts[0], Access::ReadOnly), {whole}).step.changes.empty());
        QCOMPARE(merge(*project, {parts[0]}).changed, 2); // B's work came with A's
        QCOMPARE(glacier(*project, a)->name, std::string("A's"));
        QCOMPARE(glacier(*project, b)->name, std::string("B's"));
        QVERIFY(joinOf(*project, {parts[1]}).step.changes.empty());
        const auto back = merge(*Project::open(parts[0]), {whole});
        QVERIFY(back.step.changes.empty() && back.conflicts.empty());
        QCOMPARE(nameIn(parts[0], a), std::string("A's"));
        QCOMPARE(nameIn(parts[0], b), std::string("B's"));
    }

    void aMergeThatWasTakenBackIsDoneAgainFromEachOfThem() {
        const auto whole = m_team.inventoryOf(10);
        const auto parts = splitByCount(whole, 2);
        const std::string a = firstOf(parts[0]);
        const std::string b = firstOf(parts[1]);
        name(parts[0], a, "A's");
        name(parts[1], b, "B's");
        const auto project = Project::open(whole);
        merge(*project, parts);
        merge(*Project::open(parts[0]), {whole});
        project->undo();
        project->flush();
        QCOMPARE(merge(*project, {parts[1]}).changed, 1);
        QCOMPARE(glacier(*project, b)->name, std::string("B's"));
        QCOMPARE(merge(*project, {parts[0]}).changed, 1);
        QCOMPARE(glacier(*project, a)->name, std::string("A's"));
    }

    void aRemovalComesAlsoByWayOfSomebodyWhoNeverHadTheGlacier() {
        const auto whole = m_team.inventoryOf(10);
        const auto parts = splitByCount(whole, 2);
        const std::string uuid = firstOf(parts[0]);
        remove(parts[0], uuid);
        merge(*Project::open(parts[1]), {parts[0]});
        const auto project = Project::open(whole);
        const auto join = merge(*project, {parts[1]});
        QCOMPARE(join.conflicts.size(), std::size_t{0});
        QVERIFY(!glacier(*project, uuid));
        QVERIFY(joinOf(*project, {parts[0]}).step.changes.empty());
        // Whom the removal did not reach is asked about what was done to the glacier meanwhile.
        project->undo();
        name(parts[0], firstOf(parts[0]), "Another one's");
        edit(
            *project, "inventory", uuid, [](auto& outline) { outline.name = "Kept"; }, "Name");
        QCOMPARE(joinOf(*project, {parts[1]}).undecided, 1);
    }

    void takingBackAndDoingAgainWhatOthersKnowComesToThemByWayOfAThird() {
        const auto mine = m_team.inventoryOf(10);
        const auto theirs = m_team.copyOf(mine);
        const auto third = m_team.copyOf(mine);
        name(mine, "g1", "First");
        merge(*Project::open(theirs), {mine});
        {
            const auto project = Project::open(mine);
            project->undo();
        }
        merge(*Project::open(third), {mine});
        QCOMPARE(merge(*Project::open(theirs), {third}).changed, 1);
        QVERIFY(nameIn(theirs, "g1") != "First");
        {
            const auto project = Project::open(mine);
            project->redo();
        }
        merge(*Project::open(third), {mine});
        QCOMPARE(nameIn(third, "g1"), std::string("First"));
        QCOMPARE(merge(*Project::open(theirs), {third}).changed, 1);
        QCOMPARE(nameIn(theirs, "g1"), std::string("First"));
    }

    void whoGoesOnWithWhatTheyTookOverIsAskedAboutNothingThatOneAloneChanged() {
        const auto mine = m_team.inventoryOf(10);
        const auto theirs = m_team.copyOf(mine);
        move(*Project::open(mine), "inventory", "g1", squareShape(100, 0, 80));
        name(theirs, "g1", "First");
        merge(*Project::open(mine), {theirs});
        name(theirs, "g1", "Second");
        const auto project = Project::open(mine);
        QCOMPARE(merge(*project, {theirs}).undecided, 0);
        QCOMPARE(glacier(*project, "g1")->name, std::string("Second"));
        QVERIFY(glacier(*project, "g1")->geometry == squareShape(100, 0, 80));
    }
};

QTEST_GUILESS_MAIN(ProjectJoinEventsTest)
#include "project_join_events_test.moc"
