// SPDX-License-Identifier: GPL-3.0-or-later
#include "store_fixture.h"
#include "support/full_disk.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <csignal>
#include <cstdlib>

using namespace nunatak;
using namespace nunatak::tests;
using database::Store;

/// A layer of 20 outlines of 20,000 vertices each.
database::Transaction great(const std::string& layer = "expert", std::int64_t step = 1) {
    constexpr std::uint32_t vertices = 20'000;
    std::vector<database::FeatureRow> rows;
    for (int i = 0; i < 20; ++i) {
        database::FeatureRow row = square(std::to_string(i), 1000 * i, 0);
        constexpr std::size_t points = 22; // where the ring begins, behind its number of points
        std::memcpy(row.wkb.data() + points - sizeof vertices, &vertices, sizeof vertices);
        const std::vector<std::uint8_t> first(row.wkb.begin() + points, row.wkb.begin() + points + 16);
        for (std::uint32_t k = 5; k < vertices; ++k) {
            row.wkb.insert(row.wkb.end(), first.begin(), first.end());
        }
        rows.push_back(std::move(row));
    }
    return layerOf(layer, rows, step);
}

/// How many of them another program sees; -1 where there is no such layer.
int greatOutlinesIn(const std::filesystem::path& file) {
    SQLite::Database raw(file.string());
    return raw.tableExists("expert") ? raw.execAndGet("SELECT COUNT(*) FROM expert JOIN rtree_expert_geom ON "
                                                      "fid = id WHERE length(geom) > 320000")
                                           .getInt()
                                     : -1;
}

class StoreTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_folder;
    int m_count = 0;

    std::filesystem::path newFolder() {
        const std::filesystem::path folder =
            std::filesystem::path(m_folder.path().toStdString()) / std::to_string(++m_count);
        std::filesystem::create_directory(folder);
        return folder;
    }
    std::filesystem::path newProject() {
        const std::filesystem::path file = newFolder() / "alps.gpkg";
        Store::create(file, utm32());
        return file;
    }

private Q_SLOTS:
    void whatIsCommittedIsThereAfterReopening() {
        const auto file = newProject();
        {
            Store store(file, Store::Mode::ReadWrite);
            database::Transaction transaction = layerOf("expert", {square("a", 0, 0), square("b", 500, 0)});
            transaction.features[0].row->threshold = 0.25;
            transaction.features[0].row->attributes = R"({"rgi_id":"RGI2000-v7.0"})";
            transaction.runs = {database::RunRow{
                "run-1", "expert", 1, "scene-1", "starter v1", "f00", 0.5, "{}", "t", {1, 2}}};
            transaction.scenes = {{"scene-1", R"({"name":"A"})"}};
            transaction.settings = {{"camera", "1 2 3"}};
            store.commit(transaction);
            store.close();
        }
        Store store(file, Store::Mode::ReadWrite);
        const database::Contents contents = store.contents();
        QCOMPARE(contents.crsWkt, std::string("EPSG:32632"));
        QCOMPARE(contents.layers.size(), std::size_t{1});
        QCOMPARE(contents.layers[0].kind, std::string("expert"));
        QCOMPARE(contents.layers[0].date, std::string("2000-01-01"));
        QCOMPARE(contents.scenes.at(0).json, std::string(R"({"name":"A"})"));
        QCOMPARE(contents.history.at(0).description, std::string("Import"));
        QCOMPARE(contents.runs.at(0).modelFingerprint, std::string("f00"));
        QVERIFY((contents.runs.at(0).region == database::Bytes{1, 2}));
        QCOMPARE(contents.settings.at("camera"), std::string("1 2 3"));
        const auto rows = featuresOf(store, "expert");
        QCOMPARE(rows.size(), std::size_t{2});
        QCOMPARE(rows.at("a").threshold, 0.25);
        QCOMPARE(rows.at("a").attributes, std::string(R"({"rgi_id":"RGI2000-v7.0"})"));
        QVERIFY(rows.at("b").wkb == square("b", 500, 0).wkb);
        QVERIFY((rows.at("b").box == database::Box{500, 0, 600, 100}));
    }

    void aCleanCloseLeavesOneFile() {
        const auto file = newProject();
        Store store(file, Store::Mode::ReadWrite);
        store.commit(layerOf("expert", {square("a", 0, 0)}));
        QVERIFY(std::filesystem::exists(file.string() + "-wal"));
        store.close();
        QCOMPARE(filesIn(file.parent_path()), std::vector<std::string>{"alps.gpkg"});
    }

    void openingWithoutAChangeDoesNotTouchTheFile() {
        const auto file = newProject();
        const auto before = std::filesystem::last_write_time(file);
        Store store(file, Store::Mode::ReadWrite);
        store.contents();
        store.close();
        QVERIFY(std::filesystem::last_write_time(file) == before);
    }

    void theSpatialIndexFollowsInsertsUpdatesAndDeletions() {
        const auto file = newProject();
        {
            Store store(file, Store::Mode::ReadWrite);
            store.commit(layerOf("expert", {square("a", 0, 0), square("b", 500, 0)}));
            database::Transaction edit;
            edit.features.push_back({"expert", "a", square("a", 9000, 9000)});
            edit.features.push_back({"expert", "b", std::nullopt});
            store.commit(edit);
            store.close();
        }
        SQLite::Database raw(file.string());
        QCOMPARE(raw.execAndGet("SELECT COUNT(*) FROM rtree_expert_geom").getInt(), 1);
        QCOMPARE(raw.execAndGet("SELECT minx FROM rtree_expert_geom").getDouble(), 9000.0);
    }

    void aLayerThatComesWithItsOutlinesIsIndexedAsAnyOther() {
        const auto file = newProject();
        {
            Store store(file, Store::Mode::ReadWrite);
            auto first = layerOf("expert", {square("a", 0, 0), square("b", 500, 0)});
            first.features.push_back({"expert", "a", square("a", 7000, 0)}); // the last holds
            first.features.push_back({"expert", "c", square("c", 800, 0)});
            first.features.push_back({"expert", "b", std::nullopt});
            store.commit(first);
            store.close();
        }
        SQLite::Database raw(file.string());
        QCOMPARE(raw.execAndGet("SELECT group_concat(uuid || ' ' || minx || ' ' || maxy, ', ') FROM "
                                "(SELECT * FROM expert JOIN rtree_expert_geom ON fid = id ORDER BY uuid)")
                     .getString(),
                 std::string("a 7000.0 100.0, c 800.0 100.0"));
        QCOMPARE(raw.execAndGet("SELECT COUNT(*) FROM rtree_expert_geom").getInt(), 2);
        QCOMPARE(raw.execAndGet("SELECT COUNT(*) FROM sqlite_master WHERE type = 'trigger' AND tbl_name = "
                                "'expert' AND name LIKE 'rtree_expert_geom_%'")
                     .getInt(),
                 6);
        QCOMPARE(raw.execAndGet("SELECT rtreecheck('rtree_expert_geom')").getString(), std::string("ok"));
    }

    void aGreatFirstStepIsWrittenOnceAndLaterOnesAsEver() {
        const auto file = newProject();
        Store store(file, Store::Mode::ReadWrite);
        store.commit(great());
        QCOMPARE(filesIn(file.parent_path()), std::vector<std::string>{"alps.gpkg"});
        QCOMPARE(greatOutlinesIn(file), 20);
        database::Transaction edit;
        edit.features.push_back({"expert", "0", square("0", 9000, 9000)});
        store.commit(edit);
        QVERIFY(std::filesystem::exists(file.string() + "-wal"));
        store.commit(great("second", 2)); // by the -wal file, for that is there
        store.close();
        QCOMPARE(filesIn(file.parent_path()), std::vector<std::string>{"alps.gpkg"});
        SQLite::Database raw(file.string());
        QCOMPARE(raw.execAndGet("SELECT COUNT(*) FROM second").getInt(), 20);
        QCOMPARE(raw.execAndGet("SELECT minx FROM rtree_expert_geom JOIN expert ON id = fid WHERE uuid = '0'")
                     .getDouble(),
                 9000.0);
    }

    void aGreatFirstStepThatTheDiskDoesNotTakeChangesNothing() {
        const auto file = newProject();
        Store store(file, Store::Mode::ReadWrite);
        std::string message;
        {
            const FullDisk full(1 << 20);
            message = messageOf([&] { store.commit(great()); });
        }
        QVERIFY2(message.find("disk") != std::string::npos, message.c_str());
        QVERIFY(store.contents().layers.empty());
        QCOMPARE(greatOutlinesIn(file), -1);
        store.commit(great());
        QCOMPARE(greatOutlinesIn(file), 20);
    }

    void aGreatFirstStepThatIsKilledIsThereWholeOrNotAtAll() {
        int whole = 0;
        int none = 0;
        for (int round = 0; round < 40; ++round) {
            const auto file = newProject();
            const pid_t child = ::fork();
            if (child == 0) {
                Store store(file, Store::Mode::ReadWrite);
                store.commit(great());
                ::_exit(0);
            }
            ::usleep(static_cast<useconds_t>(1000 * round));
            ::kill(child, SIGKILL);
            ::waitpid(child, nullptr, 0);
            {
                Store store(file, Store::Mode::ReadOnly); // sees it as it was saved
                const auto layers = store.contents().layers.size();
                QCOMPARE(layers == 0 ? std::size_t{20} : featuresOf(store, "expert").size(), std::size_t{20});
            }
            Store(file, Store::Mode::ReadWrite).close();
            const int there = greatOutlinesIn(file);
            QVERIFY2(there == 20 || there == -1, qPrintable(QString::number(there)));
            (there == 20 ? whole : none) += 1;
            QCOMPARE(SQLite::Database(file.string()).execAndGet("PRAGMA integrity_check").getString(),
                     std::string("ok"));
        }
        QVERIFY(none > 0);
        QVERIFY(whole + none == 40);
    }

    void extentAndTimeOfALayerAreKeptInTheContents() {
        const auto file = newProject();
        Store store(file, Store::Mode::ReadWrite);
        store.commit(layerOf("expert", {square("a", 100, 200)}));
        SQLite::Database raw(file.string());
        QCOMPARE(raw.execAndGet("SELECT max_y FROM gpkg_contents WHERE table_name = 'expert'").getDouble(),
                 300.0);
        QCOMPARE(raw.execAndGet("SELECT last_change GLOB '[0-9]*-[0-9]*-[0-9]*T[0-9]*:[0-9]*:[0-9]*.[0-9]*Z' "
                                "FROM gpkg_contents "
                                "WHERE table_name = 'expert'")
                     .getInt(),
                 1);
    }

    void theChangesOfAStepComeBackInTheirOrder() {
        const auto file = newProject();
        Store store(file, Store::Mode::ReadWrite);
        database::Transaction transaction = layerOf("expert", {square("b", 0, 0), square("a", 500, 0)});
        transaction.changes[1].before = database::ReverseChange::Before::Difference;
        transaction.changes[1].prefix = 3;
        transaction.changes[1].suffix = 4;
        transaction.changes[1].bytes = {9, 8, 7};
        transaction.changes[1].afterHash.reset();
        store.commit(transaction);
        const auto changes = store.changesOf(1);
        QCOMPARE(changes.size(), std::size_t{2});
        QCOMPARE(changes[0].uuid, std::string("b"));
        QCOMPARE(*changes[0].afterHash, std::int64_t{7});
        QCOMPARE(changes[1].prefix, std::uint64_t{3});
        QCOMPARE(changes[1].suffix, std::uint64_t{4});
        QVERIFY((changes[1].bytes == database::Bytes{9, 8, 7}));
        QVERIFY(!changes[1].afterHash);
    }

    void aCommitThatWasReportedAsFailedButSucceededIsNotWrittenTwice() {
        const auto file = newProject();
        Store store(file, Store::Mode::ReadWrite);
        store.commit(layerOf("expert", {square("a", 0, 0)}));
        store.commit(layerOf("expert", {square("a", 0, 0)}));
        QCOMPARE(store.contents().history.size(), std::size_t{1});
    }

    void anotherProgramsLockIsReportedAndTheSameCommitSucceedsLater() {
        const auto file = newProject();
        Store store(file, Store::Mode::ReadWrite);
        store.setPatience(10);
        {
            SQLite::Database other(file.string(), SQLite::OPEN_READWRITE);
            other.exec("BEGIN IMMEDIATE");
            QVERIFY_THROWS_EXCEPTION(database::StoreBusy,
                                     store.commit(layerOf("expert", {square("a", 0, 0)})));
            other.exec("ROLLBACK");
        }
        store.commit(layerOf("expert", {square("a", 0, 0)}));
        QCOMPARE(featuresOf(store, "expert").size(), std::size_t{1});
    }

    void aFullDiskLeavesTheFileAsItWasAndTheSameCommitSucceedsLater() {
        const auto file = newProject();
        Store store(file, Store::Mode::ReadWrite);
        store.commit(layerOf("expert", {square("a", 0, 0)}));
        database::Transaction large = layerOf("expert", {square("b", 0, 0)}, 2);
        large.features[0].row->attributes = std::string(1 << 20, 'x');
        {
            const FullDisk full(std::filesystem::file_size(file) + (1 << 16));
            QVERIFY_THROWS_EXCEPTION(database::StoreFull, store.commit(large));
        }
        QCOMPARE(featuresOf(store, "expert").size(), std::size_t{1});
        QCOMPARE(store.contents().history.size(), std::size_t{1});
        store.commit(large);
        QCOMPARE(featuresOf(store, "expert").size(), std::size_t{2});
    }

    void aFullDiskAtCreationLeavesNothing() {
        const auto folder = newFolder();
        std::string message;
        {
            const FullDisk full(1 << 14);
            message = messageOf([&] { Store::create(folder / "alps.gpkg", utm32()); });
        }
        QVERIFY2(message.find("alps.gpkg") != std::string::npos, message.c_str());
        QVERIFY(filesIn(folder).empty());
    }

    void whatAKilledProcessCommittedIsThere() {
        const auto file = newProject();
        const pid_t child = ::fork();
        if (child == 0) {
            Store store(file, Store::Mode::ReadWrite);
            store.commit(layerOf("expert", {square("a", 0, 0)}));
            ::kill(::getpid(), SIGKILL);
        }
        ::waitpid(child, nullptr, 0);
        QVERIFY(std::filesystem::exists(file.string() + "-wal"));
        {
            Store reader(file, Store::Mode::ReadOnly);
            QCOMPARE(featuresOf(reader, "expert").size(), std::size_t{1});
        }
        Store store(file, Store::Mode::ReadWrite);
        QCOMPARE(featuresOf(store, "expert").size(), std::size_t{1});
        store.close();
        QCOMPARE(filesIn(file.parent_path()), std::vector<std::string>{"alps.gpkg"});
    }
};

QTEST_GUILESS_MAIN(StoreTest)
#include "store_test.moc"
