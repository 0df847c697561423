// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/claim.h"
#include "base/printable.h"
#include "base/staging_folder.h"
#include "base/whole_file.h"
#include "support/full_disk.h"
#include "support/messages.h"

#include <QtTest>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <fstream>
#include <functional>
#include <set>
#include <sstream>
#include <thread>

#include <sys/stat.h>
#include <sys/wait.h>
#include <sys/xattr.h>
#include <unistd.h>

using namespace nunatak;
using namespace nunatak::tests;
namespace fs = std::filesystem;

namespace {

void writeText(const fs::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
}

std::string textOf(const fs::path& file) {
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

/// Runs work that ends with a kill in a process of its own.
void inKilledProcess(const std::function<void()>& work) {
    const auto child = ::fork();
    if (child == 0) {
        work();
        ::_exit(0);
    }
    ::waitpid(child, nullptr, 0);
}

#define SKIP_WITHOUT_ATTRIBUTES()                                                                            \
    do {                                                                                                     \
        writeText(at("probe"), "x");                                                                         \
        const bool kept = ::setxattr(at("probe").c_str(), "user.nunatak.probe", "x", 1, 0) == 0;             \
        fs::remove(at("probe"));                                                                             \
        if (!kept) {                                                                                         \
            QSKIP("the file system of temporary files keeps no extended attributes");                        \
        }                                                                                                    \
    } while (false)

} // namespace

class OwnFilesTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path folder() const { return m_folder->path().toStdString(); }
    fs::path at(const char* name) const { return folder() / name; }
    std::set<std::string> names() const {
        std::set<std::string> found;
        for (const auto& entry : fs::directory_iterator(folder())) {
            found.insert(entry.path().filename().string());
        }
        return found;
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void aFileOfTheUserIsKeptUnlessTheyAgree() {
        writeText(at("outlines.gpkg"), "drawn by hand");
        const auto message = messageOf([&] { writeWholeFile(at("outlines.gpkg"), {"made"}, {"export"}); });
        QVERIFY2(says(message, "outlines.gpkg") && says(message, "--overwrite"), message.c_str());
        QCOMPARE(textOf(at("outlines.gpkg")), std::string("drawn by hand"));
        writeWholeFile(at("outlines.gpkg"), {"made"}, {"export", true});
        QCOMPARE(textOf(at("outlines.gpkg")), std::string("made"));
        QCOMPARE(names(), (std::set<std::string>{"outlines.gpkg"}));
    }

    void whatTheSameMakerMadeIsReplacedUntilSomebodyChangesIt() {
        SKIP_WITHOUT_ATTRIBUTES();
        const Claim claim{"export"};
        writeWholeFile(at("a.csv"), {"first"}, claim);
        writeWholeFile(at("a.csv"), {"second"}, claim);
        QCOMPARE(textOf(at("a.csv")), std::string("second"));
        QVERIFY(!messageOf([&] { writeWholeFile(at("a.csv"), {"x"}, {"simulation"}); }).empty());
        writeText(at("a.csv"), "edited"); // of the same length
        QVERIFY(!messageOf([&] { writeWholeFile(at("a.csv"), {"third"}, claim); }).empty());
        QCOMPARE(textOf(at("a.csv")), std::string("edited"));
    }

    void aDatabaseThatWasOnlyLookedAtIsStillOwn() {
        SKIP_WITHOUT_ATTRIBUTES();
        std::string database = std::string("SQLite format 3\0", 16) + std::string(200, 'd');
        const auto put = [&] {
            std::this_thread::sleep_for(std::chrono::milliseconds(20)); // another time of change
            writeText(at("a.gpkg"), database);
        };
        writeWholeFile(at("a.gpkg"), {database}, {"export"});
        database[18] = database[19] = 2; // WAL mode
        database[27] = 9;                // a change was counted
        put();
        QVERIFY(isOwn(at("a.gpkg"), "export"));
        writeText(at("a.gpkg-wal"), "edits that are not merged yet");
        QVERIFY(!isOwn(at("a.gpkg"), "export"));
        fs::remove(at("a.gpkg-wal"));
        database[150] = 'e';
        put();
        QVERIFY(!isOwn(at("a.gpkg"), "export"));
    }

    void aMarkOfAnEarlierVersionCounts() {
        SKIP_WITHOUT_ATTRIBUTES();
        const std::string database = std::string("SQLite format 3\0", 16) + std::string(201, 'd');
        writeText(at("a.gpkg"), database);
        std::uint64_t sum = 0xcbf29ce484222325ULL;
        for (std::size_t i = 0; i < database.size(); ++i) {
            const bool isPassing = i == 18 || i == 19 || (i >= 24 && i < 28) || (i >= 92 && i < 100);
            sum = (sum ^ (isPassing ? 0U : static_cast<std::uint8_t>(database[i]))) * 0x100000001b3ULL;
        }
        const auto mark = "1 217 1 " + std::to_string(sum) + " export"; // of another time
        QCOMPARE(::setxattr(at("a.gpkg").c_str(), "user.nunatak.made", mark.data(), mark.size(), 0), 0);
        QVERIFY(isOwn(at("a.gpkg"), "export"));
        writeText(at("a.gpkg"), database.substr(0, 216) + "e");
        QCOMPARE(::setxattr(at("a.gpkg").c_str(), "user.nunatak.made", mark.data(), mark.size(), 0), 0);
        QVERIFY(!isOwn(at("a.gpkg"), "export"));
    }

    void whatWasReadIsNeverReplacedUnderAnyName() {
        writeText(at("scene.tif"), "pixels");
        fs::create_hard_link(at("scene.tif"), at("hard.tif"));
        fs::create_symlink("scene.tif", at("soft.tif"));
        fs::create_directory(at("product"));
        writeText(at("product") / "MTL.txt", "metadata");
        const Claim claim{"export", true, {at("scene.tif"), at("product")}};
        for (const auto& name :
             {at("scene.tif"), at("hard.tif"), at("soft.tif"), at("product") / "MTL.txt"}) {
            const auto message = messageOf([&] { writeWholeFile(name, {"made"}, claim); });
            QVERIFY2(says(message, "just read"), message.c_str());
        }
        QCOMPARE(textOf(at("scene.tif")), std::string("pixels"));
        writeWholeFile(at("product") / "new.txt", {"beside them"}, claim);
    }

    void aLinkIsNotFollowed() {
        writeText(at("diary.txt"), "mine");
        fs::create_symlink("diary.txt", at("out.csv"));
        QVERIFY(says(messageOf([&] { writeWholeFile(at("out.csv"), {"made"}, {"export"}); }), "is a link"));
        writeWholeFile(at("out.csv"), {"made"}, {"export", true});
        QVERIFY(!fs::is_symlink(at("out.csv")));
        QCOMPARE(textOf(at("diary.txt")), std::string("mine"));
    }

    void foldersDevicesAndNamesThatAreTooLongAreRefusedInASentence() {
        fs::create_directory(at("out"));
        QVERIFY(says(messageOf([&] { throwUnlessFree(at("out"), {"export", true}); }), "is a folder"));
        QVERIFY(says(messageOf([&] { throwUnlessFree("/dev/null", {"export", true}); }), "is a device"));
        const fs::path longName = folder() / std::string(300, 'n');
        QVERIFY(says(messageOf([&] {
                         throwUnlessFree(longName, {"export", true});
                     }),
                     "choose a shorter one"));
        // A database of this name could not be written: its journal's would be too long.
        const fs::path almost = folder() / (std::string(245, 'n') + ".gpkg");
        QVERIFY(says(messageOf([&] { throwUnlessFree(almost, {"export", true}); }), "choose a shorter one"));
        throwUnlessFree(folder() / (std::string(242, 'n') + ".gpkg"), {"export", true});
    }

    void aSetIsReplacedWholeOrNotAtAll() {
        writeText(at("a.shp"), "old");
        writeText(at("a.qix"), "old index");
        const Claim claim{"export", true};
        {
            StagingFolder staging(folder());
            writeText(staging.path() / "a.shp", "new");
            writeText(staging.path() / "a.dbf", "new");
            fs::create_directory(at("a.dbf")); // which no file replaces
            QVERIFY(!messageOf([&] { staging.publish("a.shp", {"a.qix"}, claim); }).empty());
        }
        QCOMPARE(textOf(at("a.shp")), std::string("old"));
        QCOMPARE(textOf(at("a.qix")), std::string("old index"));
        fs::remove(at("a.dbf"));
        {
            StagingFolder staging(folder());
            writeText(staging.path() / "a.shp", "new");
            writeText(staging.path() / "a.dbf", "new");
            staging.publish("a.shp", {"a.qix"}, claim);
        }
        QCOMPARE(names(), (std::set<std::string>{"a.shp", "a.dbf"}));
        QCOMPARE(textOf(at("a.shp")), std::string("new"));
    }

    void aFileThatBelongsToNoOldOneOfTheSetIsNotRemoved() {
        writeText(at("a.qix"), "somebody's");
        StagingFolder staging(folder());
        writeText(staging.path() / "a.shp", "new");
        QVERIFY(!messageOf([&] { staging.publish("a.shp", {"a.qix"}, {"export"}); }).empty());
        QCOMPARE(textOf(at("a.qix")), std::string("somebody's"));
        QVERIFY(!fs::exists(at("a.shp")));
    }

    void whatAKilledProcessLeftGoesWithTheNext() {
        inKilledProcess([&] {
            const StagingFolder staging(folder());
            writeText(staging.path() / "half", "made");
            ::raise(SIGKILL);
        });
        QCOMPARE(names().size(), std::size_t(1));
        writeWholeFile(at("other.csv"), {"made"});
        QCOMPARE(names(), (std::set<std::string>{"other.csv"}));
    }

    void whatIsStillBeingMadeOrIsNobodysLeftoverStays() {
        const StagingFolder living(folder());
        fs::create_directory(at(".nunatak-abcdef"));
        writeText(at(".nunatak-abcdef") / "notes.txt", "mine");
        fs::create_directory(at(".nunatak-lockme"));
        writeText(at(".nunatak-lockme") / ".nunatak-lock", "another lock");
        fs::create_directory(at("elsewhere"));
        writeText(at("elsewhere") / "diary.txt", "mine");
        fs::create_directory_symlink("elsewhere", at(".nunatak-linked"));
        writeText(at(".out.csv.1.part"), "mine");
        writeWholeFile(at("other.csv"), {"made"});
        QVERIFY(fs::exists(living.path()));
        QVERIFY(fs::exists(at(".nunatak-abcdef") / "notes.txt"));
        QVERIFY(fs::exists(at(".nunatak-lockme") / ".nunatak-lock"));
        QVERIFY(fs::exists(at("elsewhere") / "diary.txt"));
        QVERIFY(fs::exists(at(".out.csv.1.part")));
    }

    void aSetWhoseProcessEndedBetweenTwoRenamesIsCompletedByTheNext() {
        writeText(at("a.shp"), "old");
        inKilledProcess([&] {
            StagingFolder staging(folder());
            for (const auto* name : {"a.dbf", "a.prj", "a.shp"}) {
                writeText(staging.path() / name, "new");
            }
            fs::create_hard_link(at("a.shp"), at("kept"));
            staging.publish("a.shp", {}, {"export", true});
            // Back to how it was after the first rename.
            fs::rename(at("a.shp"), staging.path() / "a.shp");
            fs::rename(at("kept"), at("a.shp"));
            fs::rename(at("a.prj"), staging.path() / "a.prj");
            ::raise(SIGKILL);
        });
        QCOMPARE(textOf(at("a.shp")), std::string("old"));
        writeText(at("a.prj"), "somebody's since");
        writeWholeFile(at("other.csv"), {"made"});
        QCOMPARE(textOf(at("a.shp")), std::string("new"));
        QCOMPARE(textOf(at("a.prj")), std::string("somebody's since"));
        QCOMPARE(names(), (std::set<std::string>{"a.dbf", "a.prj", "a.shp", "other.csv"}));
    }

    void aFullDiskLeavesNothingUnderTheName() {
        std::string message;
        {
            const FullDisk full(1000);
            message = messageOf([&] { writeWholeFile(at("a.csv"), {std::string(5000, 'x')}); });
        }
        QVERIFY2(says(message, "disk full"), message.c_str());
        QVERIFY(names().empty());
    }

    void controlCharactersAndBrokenCharactersDoNotReachATerminal() {
        QCOMPARE(printable("Gl\x1b[31macier\x07"), std::string("Gl␛[31macier␇"));
        QCOMPARE(printable("two\nlines\tof Ötztal, 冰川"), std::string("two\nlines\tof Ötztal, 冰川"));
        QCOMPARE(printableName("two\nlines"), std::string("two␊lines"));
        QCOMPARE(printable("M\xfcller \xc2\x9b"
                           "31m"),
                 std::string("M\uFFFDller \uFFFD31m"));
        QCOMPARE(printable("cut \xe5\x86"), std::string("cut \uFFFD\uFFFD"));
        QCOMPARE(printable("a\xe2\x80\xae"
                           "b"),
                 std::string("a\uFFFDb"));
    }
};

QTEST_GUILESS_MAIN(OwnFilesTest)
#include "own_files_test.moc"
