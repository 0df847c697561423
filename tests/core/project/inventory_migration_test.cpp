// SPDX-License-Identifier: GPL-3.0-or-later
// Projects of before there were inventories, as a version of then wrote them.
#include "inventory_fixture.h"

#include <SQLiteCpp/SQLiteCpp.h>

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

private Q_SLOTS:
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
