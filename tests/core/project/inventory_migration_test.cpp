// SPDX-License-Identifier: GPL-3.0-or-later
// Projects of before there were inventories, as a version of then wrote them.
#include "inventory_fixture.h"
#include "other_program.h"

#include "project/join.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <QFile>

using namespace nunatak;
using namespace nunatak::tests;
using outlines::LayerKind;
using outlines::Review;
using project::Access;
using project::Project;

class InventoryMigrationTest : public QObject {
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

    /// One of an earlier version that its first edit brings up.
    std::filesystem::path ofVersion(int version) {
        const auto folder = std::filesystem::path(NUNATAK_TEST_DATA) / ("version_" + std::to_string(version));
        const auto file = m_folder.newFile();
        std::filesystem::copy_file(folder / (version < 4 ? "plain.gpkg" : "inventory.gpkg"), file);
        return file;
    }

    static QByteArray bytesOf(const std::filesystem::path& file) {
        QFile opened(QString::fromStdString(file.string()));
        return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
    }

private Q_SLOTS:
    void aProjectOfEachVersionIsReadAsItIsAndKeptBeforeItsFirstEditBringsItUp_data() {
        QTest::addColumn<int>("version");
        for (const int version : {1, 2, 4}) { // 3 below
            QTest::addRow("version %d", version) << version;
        }
    }
    void aProjectOfEachVersionIsReadAsItIsAndKeptBeforeItsFirstEditBringsItUp() {
        QFETCH(const int, version);
        const auto file = ofVersion(version);
        const auto kept = file.parent_path() / ("alps.version-" + std::to_string(version) + ".gpkg");
        const QByteArray bytes = bytesOf(file);
        const std::string layer = version < 4 ? "corrected" : "inventory";
        Contents before;
        std::size_t steps = 0;
        {
            const auto project = Project::open(file, Access::ReadOnly);
            before = contentsOf(*project);
            steps = project->history().size();
            QCOMPARE(project->outlines(version < 4 ? "expert" : layer).size(),
                     std::size_t(version < 4 ? 2 : 3));
            QVERIFY(project->notes().empty());
        }
        QCOMPARE(bytesOf(file), bytes);
        {
            const auto project = Project::open(file);
            project->flush();
            QVERIFY(project->layer(layer).kind == LayerKind::Inventory);
            const std::string uuid = version < 4 ? "new" : "b";
            if (version < 4) { // an empty layer of corrections has nothing to bring up, so opening did not
                project->commit({"Draw", {{layer, nullptr, handle(square(uuid, 9000, 0))}}, {}, "test"});
            } else {
                mark(*project, layer, uuid, Review::Accepted);
            }
            project->flush();
            QVERIFY(project->isSaved());
            if (std::filesystem::exists(kept)) {
                QVERIFY(has(project->savingProblem(), kept.string()));
            }
        }
        QVERIFY(versionOf(file) > version);
        // As it was, whichever of both ways kept it: opening it for writing, or the edit.
        const auto backup = std::filesystem::exists(kept) ? kept : backupOf(file);
        QCOMPARE(versionOf(backup), version);
        QVERIFY(contentsOf(*Project::open(backup, Access::ReadOnly)) == before);
        const auto project = Project::open(file);
        QVERIFY(project->notes().empty());
        QVERIFY(project->history().size() > steps);
        project->undo();
        for (const auto& [name, outlines] : before) {
            QVERIFY(project->hasLayer(name));
            QCOMPARE(project->outlines(name).size(), outlines.size());
        }
        while (project->undoDescription()) {
            project->undo();
        }
        project->redo();
        project->close();
        QCOMPARE(SQLite::Database(file.string()).execAndGet("PRAGMA integrity_check").getString(),
                 std::string("ok"));
    }

    void aProjectOfVersion5StaysOneUntilAMergeOrAnotherProgramsChangeIsAStep() {
        const auto keptOf = [](const std::filesystem::path& file) {
            return file.parent_path() / "alps.version-5.gpkg";
        };
        const auto file = ofVersion(5);
        const auto theirs = ofVersion(5);
        Contents before;
        {
            const auto project = Project::open(file);
            QVERIFY(project->notes().empty());
            QCOMPARE(*project->redoDescription(), std::string("Move another vertex of Glacier a"));
            QVERIFY(project->outlines("inventory").find("c")->reviewRecord.isOutdated);
            mark(*project, "inventory", "b", Review::Accepted);
            before = contentsOf(*project);
        }
        QCOMPARE(versionOf(file), 5); // an edit has its place there
        QVERIFY(!std::filesystem::exists(keptOf(file)));
        {
            const auto other = Project::open(theirs);
            move(*other, "inventory", "a", squareShape(7, 7));
        }
        {
            const auto project = Project::open(file);
            auto join = project::planJoin(*project, {{Project::open(theirs, Access::ReadOnly)}})({});
            QCOMPARE(join.undecided, 0);
            project->take(std::move(join.step));
            project->flush();
            QVERIFY(has(project->savingProblem(), keptOf(file).string()));
        }
        QCOMPARE(versionOf(file), 7);
        QCOMPARE(versionOf(keptOf(file)), 5);
        QVERIFY(contentsOf(*Project::open(keptOf(file), Access::ReadOnly)) == before);
        {
            const auto project = Project::open(file);
            QVERIFY(project->outlines("inventory").find("a")->geometry == squareShape(7, 7));
            project->undo();
            QVERIFY(contentsOf(*project) == before);
        }

        sql(theirs, "UPDATE inventory SET name = 'Other' WHERE uuid = 'b'");
        QCOMPARE(versionOf(theirs), 5);
        const auto project = Project::open(theirs);
        project->flush();
        QCOMPARE(versionOf(theirs), 6);
        QCOMPARE(versionOf(keptOf(theirs)), 5);
        QVERIFY(has(project->history().back().description, "Another program changed 1 outline"));
    }

    void aProjectOfVersion6StaysOneUntilAMergeThatSaysWhatItBrought() {
        const auto file = ofVersion(6);
        const auto theirs = ofVersion(6);
        Contents before;
        {
            const auto project = Project::open(file);
            QVERIFY(project->notes().empty());
            QCOMPARE(project->mergedSteps().size(), std::size_t{1});
            QCOMPARE(outlines::titleOf(project->layer("inventory")), std::string("Glaciers of 2000"));
            mark(*project, "inventory", "b", Review::Accepted);
            before = contentsOf(*project);
        }
        QCOMPARE(versionOf(file), 6);
        {
            const auto other = Project::open(theirs);
            other->addScene(sceneNamed("s2005", "2005", "2005-08-01"));
            move(*other, "inventory", "a", squareShape(7, 7));
        }
        QCOMPARE(versionOf(theirs), 6);
        {
            const auto project = Project::open(file);
            auto join = project::planJoin(*project, {{Project::open(theirs, Access::ReadOnly)}})({});
            QCOMPARE(join.undecided, 0);
            project->take(std::move(join.step));
            QCOMPARE(project->scenes().size(), std::size_t{2});
        }
        QCOMPARE(versionOf(file), 7);
        const auto kept = file.parent_path() / "alps.version-6.gpkg";
        QCOMPARE(versionOf(kept), 6);
        QVERIFY(contentsOf(*Project::open(kept, Access::ReadOnly)) == before);
        const auto project = Project::open(file);
        QVERIFY(project->mergedSteps().back().content != 0);
        project->undo();
        QCOMPARE(project->scenes().size(), std::size_t{1});
        QVERIFY(contentsOf(*project) == before);
    }

    void aProjectOfANewerVersionIsRefusedAndStaysAsItIs() {
        const auto file = ofVersion(4);
        SQLite::Database(file.string(), SQLite::OPEN_READWRITE)
            .exec("UPDATE gpkgext_nunatak_schema SET version = 99");
        const QByteArray bytes = bytesOf(file);
        for (const Access access : {Access::ReadOnly, Access::ReadWrite}) {
            QVERIFY(has(messageOf([&] { Project::open(file, access); }), "newer Nunatak (version 99"));
        }
        QCOMPARE(bytesOf(file), bytes);
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

QTEST_GUILESS_MAIN(InventoryMigrationTest)
#include "inventory_migration_test.moc"
