// SPDX-License-Identifier: GPL-3.0-or-later
// Where the rows of an unfinished prediction are kept: a folder that may be the user's.
#include "base/error.h"
#include "prediction/file_run_storage.h"

#include <QtTest>

#include <fstream>
#include <set>

using namespace nunatak;
using prediction::FileRunStorage;
namespace fs = std::filesystem;

namespace {

void writeText(const fs::path& file, const std::string& text) {
    std::ofstream(file, std::ios::binary) << text;
}

std::set<std::string> namesIn(const fs::path& folder) {
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder)) {
        names.insert(entry.path().filename().string());
    }
    return names;
}

} // namespace

class RunFolderTest : public QObject {
    Q_OBJECT

    std::unique_ptr<QTemporaryDir> m_folder;
    fs::path run() const { return fs::path(m_folder->path().toStdString()) / "run"; }
    fs::path at(const char* name) const { return fs::path(m_folder->path().toStdString()) / name; }

    /// The sentence with which the folder is refused, and what is in it stays.
    std::string refusal() const {
        const auto before = fs::is_directory(run()) ? namesIn(run()) : std::set<std::string>();
        try {
            FileRunStorage storage(run());
            storage.remove();
        } catch (const Error& error) {
            if (fs::is_directory(run()) && namesIn(run()) != before) {
                return "the folder was changed";
            }
            return error.what();
        }
        return {};
    }

private Q_SLOTS:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void itIsMadeAndGoesWithTheRun() {
        {
            FileRunStorage storage(run());
            storage.put("strip0", {"rows"});
            storage.put("journal", {"nunatak prediction run 2\n"});
        }
        FileRunStorage again(run());
        QCOMPARE(again.get("strip0"), std::optional<std::string>("rows"));
        again.remove();
        QVERIFY(!fs::exists(run()));
    }

    void aFolderOfTheUserIsRefusedAndStays_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("content");
        QTest::newRow("notes") << "notes.txt"
                               << "field notes";
        QTest::newRow("a lock of somebody else") << "lock"
                                                 << "my own lock";
        QTest::newRow("a diary") << "journal"
                                 << "dear diary";
        QTest::newRow("a hidden file") << ".hidden"
                                       << "mine";
        QTest::newRow("almost a strip") << "strip0.tif"
                                        << "pixels";
        QTest::newRow("a strip alone") << "strip0"
                                       << "pixels";
    }
    void aFolderOfTheUserIsRefusedAndStays() {
        QFETCH(QString, name);
        QFETCH(QString, content);
        fs::create_directory(run());
        writeText(run() / name.toStdString(), content.toStdString());
        const auto message = refusal();
        QVERIFY2(message.find("left as it is") != std::string::npos, message.c_str());
        writeText(run() / "lock", "");
        if (name != "lock" && name != "strip0") { // a lock of ours beside it changes nothing
            QVERIFY(!refusal().empty());
        }
    }

    void aLinkIsNotFollowed() {
        fs::create_directory(at("victim"));
        writeText(at("victim") / "lock", "");
        writeText(at("victim") / "strip0", "somebody else's rows");
        fs::create_directory_symlink("victim", run());
        QVERIFY(refusal().find("a link") != std::string::npos);
        QCOMPARE(namesIn(at("victim")), (std::set<std::string>{"lock", "strip0"}));
        fs::remove(run());
        writeText(run(), "a file");
        QVERIFY(!refusal().empty());
    }

    void aLockThatIsALinkIsNotFollowed() {
        fs::create_directory(run());
        writeText(at("diary"), "");
        fs::create_symlink("../diary", run() / "lock");
        QVERIFY(!refusal().empty());
    }

    void anEmptyFolderOfTheUserIsUsedAndStays() {
        fs::create_directory(run());
        QCOMPARE(refusal(), std::string());
        QVERIFY(fs::is_empty(run()));
    }
};

QTEST_GUILESS_MAIN(RunFolderTest)
#include "run_folder_test.moc"
