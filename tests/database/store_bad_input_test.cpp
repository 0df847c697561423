// SPDX-License-Identifier: GPL-3.0-or-later
#include "store_fixture.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <fstream>

using namespace nunatak;
using namespace nunatak::tests;
using database::Store;

class StoreBadInputTest : public QObject {
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
    static std::filesystem::path written(const std::filesystem::path& file, const std::string& bytes) {
        std::ofstream(file, std::ios::binary) << bytes;
        return file;
    }
    /// What both ways of opening say, which shall be the same.
    static std::string refusalOf(const std::filesystem::path& file) {
        const std::string reading = messageOf([&] { Store store(file, Store::Mode::ReadOnly); });
        const std::string writing = messageOf([&] { Store store(file, Store::Mode::ReadWrite); });
        return reading == writing ? writing : "reading: " + reading + " writing: " + writing;
    }
    static bool says(const std::string& message, const std::filesystem::path& file,
                     const std::string& words) {
        const bool fits = message.find(file.string()) != std::string::npos &&
                          message.find(words) != std::string::npos &&
                          message.find("reading:") == std::string::npos;
        if (!fits) {
            qWarning("%s", message.c_str());
        }
        return fits;
    }

private Q_SLOTS:
    void initTestCase() {
        // Reachable by a user without rights, see asOrdinaryUser().
        std::filesystem::permissions(m_folder.path().toStdString(), std::filesystem::perms{0755});
    }

    void aMissingFileIsNamed() {
        const auto file = newFolder() / "none.gpkg";
        QVERIFY(says(refusalOf(file), file, "no project"));
        QVERIFY(!std::filesystem::exists(file));
    }

    void anEmptyFileIsRefused() {
        const auto file = written(newFolder() / "empty.gpkg", "");
        QVERIFY(says(refusalOf(file), file, "is empty"));
    }

    void aTextFileIsRefused() {
        const auto file = written(newFolder() / "text.gpkg", std::string(5000, 'x'));
        QVERIFY(says(refusalOf(file), file, "not a Nunatak project"));
    }

    void aFolderIsRefused() {
        const auto folder = newFolder();
        QVERIFY(says(refusalOf(folder), folder, "not a file"));
    }

    void aDatabaseOfAnotherProgramIsRefused() {
        const auto file = newFolder() / "other.gpkg";
        SQLite::Database(file.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE)
            .exec("CREATE TABLE t (a)");
        QVERIFY(says(refusalOf(file), file, "not a Nunatak project"));
    }

    void aPlainGeoPackageIsRefusedWithTheWayIn() {
        const auto file = newProject();
        SQLite::Database(file.string(), SQLite::OPEN_READWRITE).exec("DROP TABLE gpkgext_nunatak_schema");
        QVERIFY(says(refusalOf(file), file, "Import its outlines"));
    }

    void aNewerProjectIsRefused() {
        const auto file = newProject();
        SQLite::Database(file.string(), SQLite::OPEN_READWRITE)
            .exec("UPDATE gpkgext_nunatak_schema SET version = version + 1");
        QVERIFY(says(refusalOf(file), file, "newer Nunatak"));
    }

    void aTruncatedProjectIsRefused() {
        const auto file = newProject();
        const auto size = std::filesystem::file_size(file);
        for (const auto part : {size / 10, size / 2, size - 4096, size - 1}) {
            const auto copy = newFolder() / "part.gpkg";
            std::filesystem::copy_file(file, copy);
            std::filesystem::resize_file(copy, part);
            const std::string message = refusalOf(copy);
            QVERIFY(says(message, copy, "damaged") || says(message, copy, "not a Nunatak project"));
        }
    }

    void randomlyDamagedProjectsAreRefusedOrReadButNeverCrash() {
        const auto file = newProject();
        {
            Store store(file, Store::Mode::ReadWrite);
            store.commit(layerOf("expert", {square("a", 0, 0), square("b", 500, 0)}));
            store.close();
        }
        const auto size = std::filesystem::file_size(file);
        std::uint64_t random = 1;
        int refused = 0;
        const auto copy = newFolder() / "damaged.gpkg";
        for (int round = 0; round < 150; ++round) {
            std::filesystem::copy_file(file, copy, std::filesystem::copy_options::overwrite_existing);
            std::fstream stream(copy, std::ios::in | std::ios::out | std::ios::binary);
            for (int i = 0; i < 8; ++i) {
                random = random * 6364136223846793005ULL + 1442695040888963407ULL;
                stream.seekp(static_cast<std::streamoff>((random >> 20) % size));
                stream.put(static_cast<char>(random >> 56));
            }
            stream.close();
            const std::string message = messageOf([&] {
                Store store(copy, Store::Mode::ReadOnly);
                for (const auto& layer : store.contents().layers) {
                    featuresOf(store, layer.name);
                }
            });
            refused += message.empty() ? 0 : 1;
            QVERIFY(message.empty() || message.find(copy.string()) != std::string::npos);
        }
        QVERIFY(refused > 0);
    }

    void creatingOverAnExistingFileIsRefusedAndLeavesIt() {
        const auto file = written(newFolder() / "mine.gpkg", "precious");
        QVERIFY(says(messageOf([&] { Store::create(file, utm32()); }), file, "exists already"));
        QCOMPARE(std::filesystem::file_size(file), std::uintmax_t{8});
    }

    void creatingInAMissingFolderIsRefused() {
        const auto folder = newFolder() / "none";
        QVERIFY(
            says(messageOf([&] { Store::create(folder / "a.gpkg", utm32()); }), folder, "does not exist"));
    }

    void creatingInAFolderThatCannotBeWrittenIsRefused() {
        const auto folder = newFolder();
        std::filesystem::permissions(folder, std::filesystem::perms{0555});
        const std::string message = asOrdinaryUser([&] {
            Store::create(folder / "a.gpkg", utm32());
            return std::string();
        });
        QVERIFY(says(message, folder, "cannot be written"));
        QVERIFY(filesIn(folder).empty());
    }

    void aReadOnlyProjectIsRefusedForWritingAndCanBeRead() {
        const auto file = newProject();
        std::filesystem::permissions(file, std::filesystem::perms{0444});
        QVERIFY(says(messageOf([&] { Store store(file, Store::Mode::ReadWrite); }), file, "write-protected"));
        Store store(file, Store::Mode::ReadOnly);
        QVERIFY(store.contents().layers.empty());
    }

    void aProjectInAReadOnlyFolderCanBeRead() {
        const auto file = newProject();
        {
            Store store(file, Store::Mode::ReadWrite);
            store.commit(layerOf("expert", {square("a", 0, 0)}));
            store.close();
        }
        std::filesystem::permissions(file.parent_path(), std::filesystem::perms{0555});
        const std::string answer = asOrdinaryUser([&] {
            Store store(file, Store::Mode::ReadOnly);
            return std::to_string(featuresOf(store, "expert").size());
        });
        QCOMPARE(answer, std::string("1"));
    }

    void whatACutOffSessionLeftInAReadOnlyFolderIsRead() {
        const auto file = newProject();
        Store store(file, Store::Mode::ReadWrite);
        store.commit(layerOf("expert", {square("a", 0, 0), square("b", 500, 0)}));
        const auto folder = newFolder();
        for (const char* suffix : {"", "-wal"}) {
            std::filesystem::copy_file(file.string() + suffix, (folder / "alps.gpkg").string() + suffix);
            std::filesystem::permissions((folder / "alps.gpkg").string() + suffix,
                                         std::filesystem::perms{0444});
        }
        std::filesystem::permissions(folder, std::filesystem::perms{0555});
        const std::string answer = asOrdinaryUser([&] {
            Store reader(folder / "alps.gpkg", Store::Mode::ReadOnly);
            return std::to_string(featuresOf(reader, "expert").size());
        });
        QCOMPARE(answer, std::string("2"));
        QCOMPARE(filesIn(folder).size(), std::size_t{2});
    }

    void namesThatCannotBeTablesAreKnown() {
        for (const char* good : {"expert", "Predicted_2", "a"}) {
            QVERIFY(database::isUsableLayerName(good));
        }
        for (const char* bad :
             {"", "2nd", "a b", "a\"b", "gpkg_x", "RTREE_x", "gpkgext_x", "sqlite_x", "é"}) {
            QVERIFY2(!database::isUsableLayerName(bad), bad);
        }
        QVERIFY(!database::isUsableLayerName(std::string(64, 'a')));
    }
};

QTEST_GUILESS_MAIN(StoreBadInputTest)
#include "store_bad_input_test.moc"
