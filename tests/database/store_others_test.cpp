// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/held_file.h"
#include "base/project_file.h"
#include "database/maintenance.h"
#include "store_fixture.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <gdal_priv.h>
#include <ogrsf_frmts.h>
#include <sqlite3.h>

#include <cmath>
#include <csignal>
#include <fstream>
#include <set>

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace nunatak;
using namespace nunatak::tests;
using database::Store;

/// What other programs do to a project's file.
class StoreOthersTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    int m_count = 0;

    std::filesystem::path newFile() {
        const std::filesystem::path folder =
            std::filesystem::path(m_folder.path().toStdString()) / std::to_string(++m_count);
        std::filesystem::create_directory(folder);
        return folder / "alps.gpkg";
    }
    std::filesystem::path newProject() {
        const auto file = newFile();
        Store::create(file, utm32());
        Store store(file, Store::Mode::ReadWrite);
        store.commit(layerOf("expert", {square("a", 0, 0), square("b", 500, 0)}));
        store.close();
        return file;
    }
    /// SQL as a program without our functions runs it; triggers of the spatial index get nothing done.
    static void sql(const std::filesystem::path& file, const std::string& text) {
        SQLite::Database other(file.string(), SQLite::OPEN_READWRITE);
        for (const char* name : {"ST_IsEmpty", "ST_MinX", "ST_MaxX", "ST_MinY", "ST_MaxY"}) {
            other.createFunction(
                name, 1, true, nullptr,
                [](sqlite3_context* context, int, sqlite3_value**) { sqlite3_result_int(context, 1); },
                nullptr, nullptr, nullptr);
        }
        other.exec(text);
    }
    static std::string answer(const std::filesystem::path& file, const std::string& question) {
        SQLite::Database other(file.string(), SQLite::OPEN_READONLY);
        return other.execAndGet(question).getString();
    }
    static std::vector<std::string> uuidsOf(Store& store) {
        std::vector<std::string> uuids;
        store.forEachFeature("expert", [&](database::FeatureRow&& row) { uuids.push_back(row.uuid); });
        return uuids;
    }
    static std::string notesOf(Store& store) {
        std::string text;
        for (const auto& note : store.contents().notes) {
            text += note + "\n";
        }
        return text;
    }
    static bool says(const std::string& text, const std::string& part) {
        if (text.find(part) == std::string::npos) {
            qWarning("\"%s\" does not say \"%s\"", text.c_str(), part.c_str());
            return false;
        }
        return true;
    }

private Q_SLOTS:
    void initTestCase() { GDALAllRegister(); }

    void outlinesWithoutAUuidAndCopiesHaveTheSameOneHoweverTheFileIsOpened() {
        const auto file = newProject();
        // As a table that another program wrote anew: nothing is unique in it.
        sql(file, "CREATE TABLE new AS SELECT * FROM expert;"
                  "INSERT INTO new SELECT 3, geom, NULL, name, src_date, scene, sensor, model, "
                  "model_fingerprint, run, threshold, attributes, review, analyst, origin, changed, "
                  "reviewer, review_time, review_note, review_outdated FROM "
                  "expert WHERE uuid = 'a';"
                  "INSERT INTO new SELECT 4, geom, '', name, src_date, scene, sensor, model, "
                  "model_fingerprint, run, threshold, attributes, review, analyst, origin, changed, "
                  "reviewer, review_time, review_note, review_outdated FROM "
                  "expert WHERE uuid = 'a';"
                  "INSERT INTO new SELECT 5, geom, 'a', name, src_date, scene, sensor, model, "
                  "model_fingerprint, run, threshold, attributes, review, analyst, origin, changed, "
                  "reviewer, review_time, review_note, review_outdated FROM "
                  "expert WHERE uuid = 'a';"
                  "DROP TABLE expert; ALTER TABLE new RENAME TO expert;");
        std::vector<std::string> read;
        {
            Store reader(file, Store::Mode::ReadOnly);
            read = uuidsOf(reader);
            QCOMPARE(reader.forEachFeature("expert", [](database::FeatureRow&&) {}), 3);
        }
        QCOMPARE(read.size(), std::size_t{5});
        QCOMPARE(read[0], std::string("a"));
        QCOMPARE(std::set<std::string>(read.begin(), read.end()).size(), std::size_t{5});
        QCOMPARE(read[2].size(), std::size_t{36});
        {
            Store store(file, Store::Mode::ReadWrite);
            store.settle();
            QVERIFY(uuidsOf(store) == read);
            QCOMPARE(store.forEachFeature("expert", [](database::FeatureRow&&) {}), 3);
            store.close();
        }
        Store store(file, Store::Mode::ReadWrite);
        store.settle();
        QVERIFY(uuidsOf(store) == read);
        QCOMPARE(store.forEachFeature("expert", [](database::FeatureRow&&) {}), 0);
    }

    void aProjectThatNeedsNothingIsNotWrittenWhenItIsOpened() {
        const auto file = newProject();
        SQLite::Database other(file.string(), SQLite::OPEN_READWRITE);
        other.exec("BEGIN IMMEDIATE"); // nobody else could write now
        Store store(file, Store::Mode::ReadWrite);
        store.setPatience(0);
        QVERIFY(store.settle().empty());
        QCOMPARE(uuidsOf(store).size(), std::size_t{2});
    }

    void whatIsMissingIsReadAsEmptyAndIsThereAgainWithTheFirstEdit() {
        const auto file = newProject();
        sql(file, "ALTER TABLE expert DROP COLUMN review; ALTER TABLE expert DROP COLUMN sensor; ALTER TABLE "
                  "expert DROP COLUMN threshold;"
                  "ALTER TABLE expert DROP COLUMN name");
        Store store(file, Store::Mode::ReadWrite);
        QVERIFY(says(notesOf(store), "removed name, sensor, threshold and review from the layer expert"));
        store.settle();
        auto rows = featuresOf(store, "expert");
        QCOMPARE(rows.at("a").name, std::string());
        database::Transaction edit;
        rows.at("a").sensor = "Landsat 8";
        rows.at("a").threshold = 0.5;
        edit.features.push_back({"expert", "a", rows.at("a")});
        store.commit(edit);
        rows = featuresOf(store, "expert");
        QCOMPARE(rows.at("a").sensor, std::string("Landsat 8"));
        QCOMPARE(rows.at("a").threshold, 0.5);
        QCOMPARE(rows.at("b").sensor, std::string());
        QVERIFY(notesOf(store).empty());
    }

    void outlinesThatLostTheirUuidsAreNotCalledAdded() {
        const auto file = newProject();
        sql(file,
            "CREATE TABLE new AS SELECT fid, geom, name FROM expert; DROP TABLE expert; ALTER TABLE new "
            "RENAME TO expert");
        {
            Store reader(file, Store::Mode::ReadOnly);
            QVERIFY(says(notesOf(reader), "removed uuid, "));
            QCOMPARE(reader.forEachFeature("expert", [](database::FeatureRow&&) {}), 0);
        }
        Store store(file, Store::Mode::ReadWrite);
        const auto told = store.settle();
        QCOMPARE(told.size(), std::size_t{1});
        QVERIFY(says(told.front(), "removed uuid from the layer expert; its outlines have new ones"));
        QCOMPARE(store.forEachFeature("expert", [](database::FeatureRow&&) {}), 0);
        QCOMPARE(uuidsOf(store).front().size(), std::size_t{36});
    }

    void columnsOfOtherProgramsAreReadNamedAndWritten() {
        const auto file = newProject();
        sql(file,
            "ALTER TABLE expert ADD COLUMN remark TEXT; ALTER TABLE expert ADD COLUMN \"No of visits\" "
            "INTEGER; ALTER TABLE expert ADD COLUMN photo BLOB; ALTER TABLE expert ADD COLUMN share REAL;"
            "UPDATE expert SET remark = 'steep', \"No of visits\" = 3, photo = X'00', share = 0.5 WHERE "
            "uuid = 'a'");
        Store store(file, Store::Mode::ReadWrite);
        QVERIFY(says(notesOf(store), "remark, No of visits and share"));
        auto rows = featuresOf(store, "expert");
        const auto& added = rows.at("a").added;
        QVERIFY(added.at("remark") == database::Value(std::string("steep")));
        QVERIFY(added.at("No of visits") == database::Value(std::int64_t{3}));
        QVERIFY(added.at("share") == database::Value(0.5));
        QVERIFY(rows.at("b").added.empty());

        // Another column appears while the project is open: what is in it is not emptied.
        sql(file, "ALTER TABLE expert ADD COLUMN late TEXT; UPDATE expert SET late = 'kept'");
        database::Transaction edit;
        rows.at("a").added["remark"] = std::string("flat");
        rows.at("a").added.erase("share");
        edit.features.push_back({"expert", "a", rows.at("a")});
        edit.features.push_back({"expert", "c", square("c", 900, 0)});
        edit.features.back().row->added["remark"] = std::string("new");
        store.commit(edit);
        store.close();
        QCOMPARE(answer(file,
                        "SELECT remark || late || \"No of visits\" || COALESCE(share, '-') || hex(photo) "
                        "FROM expert WHERE uuid = 'a'"),
                 std::string("flatkept3-00"));
        QCOMPARE(answer(file, "SELECT remark FROM expert WHERE uuid = 'c'"), std::string("new"));
    }

    void aLayerInAnotherSystemSaysWhichAndIsWrittenInIt() {
        const auto file = newProject();
        sql(file, "UPDATE gpkg_geometry_columns SET srs_id = 4326");
        Store store(file, Store::Mode::ReadWrite);
        const auto references = store.contents().references;
        QCOMPARE(references.at("expert").organization, std::string("EPSG"));
        QCOMPARE(references.at("expert").code, 4326);
        sql(file, "UPDATE gpkg_geometry_columns SET srs_id = -1");
        QVERIFY(store.contents().references.at("expert").definition.empty());
    }

    void triggersOfOtherProgramsKeepTheProjectFromBeingWritten() {
        for (const char* trigger :
             {"CREATE TRIGGER other AFTER INSERT ON gpkg_contents BEGIN DELETE FROM expert; END",
              "CREATE TRIGGER other AFTER UPDATE ON expert BEGIN UPDATE expert SET name = 'x'; END",
              "CREATE TRIGGER rtree_expert_geom_update9 AFTER UPDATE ON expert BEGIN DELETE FROM "
              "rtree_expert_geom WHERE id = 1; DELETE FROM expert; END",
              "CREATE TRIGGER other AFTER INSERT ON gpkgext_nunatak_history BEGIN DELETE FROM expert; END",
              "CREATE TRIGGER other AFTER UPDATE ON expert BEGIN INSERT INTO rtree_expert_geom SELECT fid, "
              "0, 0, "
              "0, 0 FROM expert; END"}) {
            const auto file = newProject();
            sql(file, trigger);
            const std::string message = messageOf([&] { Store store(file, Store::Mode::ReadWrite); });
            QVERIFY(says(message, "trigger of another program"));
            QVERIFY(says(message, "DROP TRIGGER"));
            Store reader(file, Store::Mode::ReadOnly);
            QCOMPARE(uuidsOf(reader).size(), std::size_t{2});
        }
    }

    void triggersOfGdalAndOfTheStandardDoNot() {
        const auto file = newProject();
        {
            const GDALDatasetUniquePtr dataset(
                GDALDataset::Open(file.c_str(), static_cast<unsigned>(GDAL_OF_VECTOR | GDAL_OF_UPDATE)));
            QVERIFY(dataset != nullptr);
            QVERIFY(dataset->GetLayerByName("expert")->GetFeatureCount() == 2);
            OGRSpatialReference system;
            system.importFromEPSG(32632);
            QVERIFY(dataset->CreateLayer("moraines", &system, wkbPolygon) != nullptr);
        }
        sql(file,
            "CREATE TRIGGER \"trigger_insert_feature_count_expert\" AFTER INSERT ON \"expert\" BEGIN UPDATE "
            "gpkg_ogr_contents SET feature_count = feature_count + 1 WHERE lower(table_name) = "
            "lower('expert'); END;"
            "CREATE TRIGGER mine AFTER INSERT ON moraines BEGIN DELETE FROM moraines; END;");
        Store store(file, Store::Mode::ReadWrite);
        store.commit(layerOf("more", {square("c", 0, 0)}, 2));
        QVERIFY(says(notesOf(store), "keeps moraines"));
    }

    void aSpatialIndexThatIsGoneIsMadeAgain() {
        const auto file = newProject();
        sql(file, "DROP TABLE rtree_expert_geom");
        Store store(file, Store::Mode::ReadWrite);
        QCOMPARE(store.settle().size(), std::size_t{1});
        QVERIFY(store.settle().empty());
        database::Transaction edit;
        edit.features.push_back({"expert", "c", square("c", 900, 0)});
        store.commit(edit);
        store.close();
        QCOMPARE(answer(file, "SELECT COUNT(*) FROM rtree_expert_geom WHERE minx > 400"), std::string("2"));
    }

    void tablesOfOursThatAreGoneAreMadeAgainAndThatIsSaid() {
        const auto file = newProject();
        sql(file, "DROP TABLE gpkgext_nunatak_settings; DROP TABLE gpkgext_nunatak_runs");
        {
            Store reader(file, Store::Mode::ReadOnly);
            QVERIFY(says(notesOf(reader), "removed the settings"));
            QCOMPARE(uuidsOf(reader).size(), std::size_t{2});
        }
        Store store(file, Store::Mode::ReadWrite);
        QCOMPARE(store.settle().size(), std::size_t{2});
        database::Transaction edit;
        edit.settings = {{"camera", "1"}};
        store.commit(edit);
        QCOMPARE(store.contents().settings.at("camera"), std::string("1"));
    }

    void viewsAndLayersWithoutShapesAreToldAndStay() {
        const auto file = newProject();
        sql(file, "ALTER TABLE expert RENAME TO kept; CREATE VIEW expert AS SELECT * FROM kept");
        {
            Store store(file, Store::Mode::ReadWrite);
            store.settle();
            QVERIFY(says(notesOf(store), "made a view of the layer expert"));
            QVERIFY(store.contents().layers.empty());
        }
        sql(file, "DROP VIEW expert; CREATE TABLE expert (fid INTEGER PRIMARY KEY, uuid TEXT)");
        Store store(file, Store::Mode::ReadWrite);
        QVERIFY(says(notesOf(store), "took the shapes away from the layer expert"));
        QVERIFY(says(notesOf(store), "keeps kept"));
    }

    void shapesThatCannotBeReadAreToldFromThoseThatAreMissing() {
        const auto file = newProject();
        sql(file,
            "UPDATE expert SET geom = X'0102' WHERE uuid = 'a'; UPDATE expert SET geom = NULL WHERE uuid = "
            "'b'");
        Store store(file, Store::Mode::ReadOnly);
        const auto rows = featuresOf(store, "expert");
        QVERIFY(rows.at("a").wkb.empty() && rows.at("a").isDamaged);
        QVERIFY(rows.at("b").wkb.empty() && !rows.at("b").isDamaged);
    }

    void nothingIsSavedIntoAFileThatIsNoLongerTheProject() {
        const auto file = newProject();
        Store store(file, Store::Mode::ReadWrite);
        const auto edit = layerOf("more", {square("c", 0, 0)}, 2);
        for (const bool isReplaced : {false, true}) {
            std::filesystem::remove(file);
            if (isReplaced) {
                std::ofstream(file) << "another file";
            }
            QVERIFY_EXCEPTION_THROWN(store.commit(edit), database::StoreReplaced);
        }
        // All there was can still be copied.
        const auto copy = file.parent_path() / "copy.gpkg";
        store.copyInto(copy);
        Store copied(copy, Store::Mode::ReadWrite);
        QCOMPARE(uuidsOf(copied).size(), std::size_t{2});
        copied.commit(edit);
        copied.close();
        QCOMPARE(answer(copy, "PRAGMA application_id"), std::to_string(0x47504B47));
        QCOMPARE(std::filesystem::file_size(file), std::uintmax_t{12});
    }

    void aFileThatIsOverwrittenWhileItIsOpenIsNeitherWrittenNorMixed() {
        const auto edit = [](std::int64_t step) { return layerOf("more", {square("c", 0, 0)}, step); };
        for (const bool hasSaved : {false, true}) {
            for (const char* what : {"an earlier state", "a later state", "another project", "no project"}) {
                const auto file = newProject();
                const auto other = file.parent_path() / "other.gpkg";
                std::filesystem::copy_file(file, other);
                if (what == std::string("another project")) {
                    std::filesystem::remove(other);
                    auto utm33 = utm32();
                    utm33.code = 32633;
                    utm33.wkt = "EPSG:32633";
                    Store::create(other, utm33, {layerOf("expert", {square("z", 0, 0)})});
                } else if (what == std::string("a later state")) {
                    Store laptop(other, Store::Mode::ReadWrite);
                    for (int step = 2; step < 5; ++step) {
                        auto laptopEdit = layerOf("expert", {square("l", 100 * step, 0)}, step);
                        laptopEdit.step->description = "On the laptop";
                        laptop.commit(laptopEdit);
                    }
                    laptop.close();
                } else if (what == std::string("no project")) {
                    std::ofstream(other) << "another file";
                } else if (!hasSaved) {
                    continue; // the same bytes
                }
                Store store(file, Store::Mode::ReadWrite);
                if (hasSaved) {
                    store.commit(edit(2));
                }
                std::filesystem::copy_file(other, file, std::filesystem::copy_options::overwrite_existing);
                const std::string message =
                    messageOf([&] { store.commit(layerOf("most", {square("d", 0, 0)}, hasSaved ? 3 : 2)); });
                QVERIFY2(says(message, "was overwritten by another program"), what);
                QVERIFY_EXCEPTION_THROWN(store.throwIfOverwritten(), database::StoreOverwritten);
                store.close();
                QVERIFY(filesIn(file.parent_path()) == (std::vector<std::string>{"alps.gpkg", "other.gpkg"}));
                const auto bytes = [](const std::filesystem::path& of) {
                    std::ifstream stream(of, std::ios::binary);
                    return std::string(std::istreambuf_iterator<char>(stream), {});
                };
                QVERIFY2(bytes(file) == bytes(other), what);
            }
        }
    }

    void changesThatACutOffSessionLeftGoIntoNoOtherStateOfTheProject() {
        const auto file = newProject();
        const auto backup = file.parent_path() / "backup.gpkg";
        std::filesystem::copy_file(file, backup);
        const auto crash = newFile();
        {
            Store store(file, Store::Mode::ReadWrite);
            store.commit(layerOf("more", {square("c", 0, 0)}, 2));
            // As it lies on the disk when the power fails.
            std::filesystem::copy_file(file, crash);
            std::filesystem::copy_file(file.string() + "-wal", crash.string() + "-wal");
        }
        const auto restored = newFile();
        std::filesystem::copy_file(crash, restored);
        std::filesystem::copy_file(crash.string() + "-wal", restored.string() + "-wal");
        {
            Store store(crash, Store::Mode::ReadWrite); // nothing was put in its place
            QCOMPARE(store.contents().layers.size(), std::size_t{2});
            QVERIFY(notesOf(store).empty());
        }
        std::filesystem::copy_file(backup, restored, std::filesystem::copy_options::overwrite_existing);
        {
            Store reader(restored, Store::Mode::ReadOnly);
            QCOMPARE(reader.contents().layers.size(), std::size_t{1});
            QVERIFY(says(notesOf(reader), "changes of another state of it"));
            QVERIFY(std::filesystem::exists(restored.string() + "-wal"));
        }
        {
            // Refused for another reason, it stays as it was for whoever opens the project read-only then.
            const auto wal = restored.string() + "-wal";
            std::filesystem::rename(wal, wal + ".aside");
            sql(restored, "CREATE TRIGGER other AFTER UPDATE ON expert BEGIN DELETE FROM expert; END");
            std::filesystem::rename(wal + ".aside", wal);
            QVERIFY(!messageOf([&] { Store refused(restored, Store::Mode::ReadWrite); }).empty());
            QVERIFY(std::filesystem::exists(wal));
            std::filesystem::rename(wal, wal + ".aside");
            sql(restored, "DROP TRIGGER other");
            std::filesystem::rename(wal + ".aside", wal);
        }
        Store store(restored, Store::Mode::ReadWrite);
        QCOMPARE(store.contents().layers.size(), std::size_t{1});
        QVERIFY(says(notesOf(store), "kept as alps.gpkg-wal.kept"));
        store.commit(layerOf("most", {square("d", 0, 0)}, 2));
        store.close();
        QCOMPARE(answer(restored, "PRAGMA integrity_check"), std::string("ok"));
        QVERIFY(filesIn(restored.parent_path()) ==
                (std::vector<std::string>{"alps.gpkg", "alps.gpkg-wal.kept"}));
    }

    void whatOthersDoThroughSqliteOrWithoutChangingAByteIsNoOverwriting() {
        const auto file = newProject();
        Store store(file, Store::Mode::ReadWrite);
        store.commit(layerOf("more", {square("c", 0, 0)}, 2));
        sql(file, "UPDATE expert SET name = 'x'; PRAGMA wal_checkpoint");
        store.commit(layerOf("most", {square("d", 0, 0)}, 3));
        sql(file, "PRAGMA wal_checkpoint(PASSIVE)");
        store.commit(layerOf("last", {square("e", 0, 0)}, 4));
        std::filesystem::last_write_time(file, std::filesystem::file_time_type::clock::now());
        store.commit(layerOf("final", {square("f", 0, 0)}, 5));
        for (int step = 6; step < 600; ++step) { // beyond SQLite's own checkpoints
            store.commit(layerOf("expert", {square("n" + std::to_string(step), step * 100.0, 0)}, step));
        }
        store.throwIfOverwritten();
        store.close();
        QCOMPARE(answer(file, "PRAGMA integrity_check"), std::string("ok"));
        QCOMPARE(answer(file, "SELECT COUNT(*) FROM expert"), std::string("596"));
    }

    void aLayerThatWasRenamedIsTheSameLayerWithItsHistory() {
        for (const bool byGdal : {false, true}) {
            const auto file = newProject();
            {
                Store store(file, Store::Mode::ReadWrite);
                store.commit(layerOf("predicted", {square("p", 0, 0)}, 2));
                store.close();
            }
            if (byGdal) {
                const GDALDatasetUniquePtr dataset(
                    GDALDataset::Open(file.c_str(), static_cast<unsigned>(GDAL_OF_VECTOR | GDAL_OF_UPDATE)));
                QVERIFY(dataset->GetLayerByName("expert")->Rename("Gletscher 2003") == OGRERR_NONE);
            } else {
                sql(file, "ALTER TABLE expert RENAME TO \"Gletscher 2003\"");
            }
            {
                Store reader(file, Store::Mode::ReadOnly);
                QVERIFY(says(notesOf(reader), "renamed the layer expert to Gletscher 2003"));
                QCOMPARE(reader.contents().layers.front().name, std::string("Gletscher 2003"));
                QCOMPARE(featuresOf(reader, "Gletscher 2003").size(), std::size_t{2});
            }
            Store store(file, Store::Mode::ReadWrite);
            const auto told = store.settle();
            QCOMPARE(told.size(), std::size_t{1});
            QVERIFY(says(told.front(), "renamed the layer expert to Gletscher 2003"));
            QVERIFY(notesOf(store).empty());
            QCOMPARE(store.contents().layers.front().name, std::string("Gletscher 2003"));
            QCOMPARE(store.changesOf(1).front().layer, std::string("Gletscher 2003"));
            database::Transaction edit;
            edit.features.push_back({"Gletscher 2003", "c", square("c", 900, 0)});
            store.commit(edit);
            store.close();
            QCOMPARE(answer(file, "SELECT COUNT(*) FROM \"Gletscher 2003\""), std::string("3"));
            QCOMPARE(answer(file, "SELECT COUNT(*) FROM gpkg_contents WHERE table_name = 'expert'"),
                     std::string("0"));
        }
    }

    void aCopyOfALayerIsNotTakenForOneThatIsGone() {
        const auto file = newProject();
        sql(file, "CREATE TABLE copied AS SELECT * FROM expert");
        {
            Store store(file, Store::Mode::ReadWrite);
            QVERIFY(store.settle().empty());
            QVERIFY(says(notesOf(store), "keeps copied"));
        }
        // Two that may be it: nobody can tell.
        sql(file, "CREATE TABLE another AS SELECT * FROM expert; DROP TABLE expert");
        Store store(file, Store::Mode::ReadWrite);
        QVERIFY(store.settle().empty());
        QVERIFY(says(notesOf(store), "Where that is copied and another now, name the table expert again"));
        QVERIFY(store.contents().layers.empty());
    }

    void aTextWhereANumberBelongsIsNoNumber() {
        const auto file = newProject();
        sql(file, "UPDATE expert SET threshold = 'high', changed = 'yes' WHERE uuid = 'a'; UPDATE expert SET "
                  "threshold = '0.4', changed = 'no' WHERE uuid = 'b'");
        Store store(file, Store::Mode::ReadOnly);
        const auto rows = featuresOf(store, "expert");
        QVERIFY(std::isnan(rows.at("a").threshold) && rows.at("a").isChanged);
        QVERIFY(rows.at("b").threshold == 0.4 && !rows.at("b").isChanged);
    }

    void aTransactionThatAnotherProgramDidNotFinishIsTakenBackInAFolderThatIsOnlyRead() {
        const auto file = newProject();
        // Killed in the middle of writing, with the rollback journal on the disk.
        const pid_t child = ::fork();
        if (child == 0) {
            SQLite::Database other(file.string(), SQLite::OPEN_READWRITE);
            other.exec("PRAGMA cache_size=1; PRAGMA cache_spill=1; BEGIN IMMEDIATE; DROP TABLE "
                       "gpkgext_nunatak_history; CREATE TABLE big (x)");
            other.exec(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) INSERT INTO "
                "big SELECT hex(zeroblob(400)) FROM n");
            ::kill(::getpid(), SIGKILL);
        }
        ::waitpid(child, nullptr, 0);
        QVERIFY(std::filesystem::file_size(file.string() + "-journal") > 0);
        std::filesystem::permissions(m_folder.path().toStdString(), std::filesystem::perms{0755});
        std::filesystem::permissions(file.parent_path(), std::filesystem::perms{0555});
        const std::string seen = asOrdinaryUser([&] {
            Store reader(file, Store::Mode::ReadOnly);
            return std::to_string(reader.contents().history.size()) + notesOf(reader);
        });
        std::filesystem::permissions(file.parent_path(), std::filesystem::perms{0755});
        QCOMPARE(seen, std::string("1"));
    }

    void whatElseReadsTheProjectInThisProgramLeavesItTheLocksThatKeepItsWal() {
        const auto file = newProject();
        Store store(file, Store::Mode::ReadWrite);
        store.commit(layerOf("another", {square("c", 0, 0)}, 2));
        QVERIFY(std::filesystem::file_size(file.string() + "-wal") > 0);
        const auto isLocked = [&] { // as another process sees it
            const pid_t child = ::fork();
            if (child == 0) {
                struct flock asked {};
                asked.l_type = F_WRLCK;
                asked.l_whence = SEEK_SET;
                asked.l_start = 0x40000002; // SQLite's shared bytes
                asked.l_len = 510;
                const int descriptor = ::open(file.c_str(), O_RDWR);
                ::_exit(::fcntl(descriptor, F_GETLK, &asked) == 0 && asked.l_type == F_RDLCK ? 0 : 1);
            }
            int status = 1;
            ::waitpid(child, &status, 0);
            return status == 0;
        };
        QVERIFY(isLocked());
        Store(file, Store::Mode::ReadOnly).contents();
        QVERIFY(isLocked());
        database::recover(file, file.parent_path() / "recovered.gpkg", {}, {});
        QVERIFY(isLocked());
        QVERIFY(isProjectFile(file) && isHeldHere(file));
        QVERIFY(isLocked());
        QVERIFY_EXCEPTION_THROWN(throwIfHeldHere(file), Error);
        store.close();
    }

    void aWalThatWasTakenAwayUnderASessionIsNoticedBeforeTheNextEdit() {
        const auto file = newProject();
        Store store(file, Store::Mode::ReadWrite);
        store.commit(layerOf("another", {square("c", 0, 0)}, 2));
        std::filesystem::remove(file.string() + "-wal");
        try {
            store.commit(layerOf("third", {square("d", 0, 0)}, 3));
            QFAIL("it was written where nobody finds it");
        } catch (const database::StoreReplaced& replaced) {
            QVERIFY(says(replaced.what(), "removed " + file.string() + "-wal"));
        }
    }

    void whatAProjectHasFromTheBeginningIsThereWithItOrNotAtAll() {
        const auto file = newFile();
        database::Transaction first;
        first.scenes = {{"scene-1", "{}"}};
        Store::create(file, utm32(), {first});
        Store store(file, Store::Mode::ReadOnly);
        QCOMPARE(store.contents().scenes.at(0).id, std::string("scene-1"));
        QCOMPARE(filesIn(file.parent_path()), std::vector<std::string>{"alps.gpkg"});
    }
};

QTEST_GUILESS_MAIN(StoreOthersTest)
#include "store_others_test.moc"
