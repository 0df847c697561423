// SPDX-License-Identifier: GPL-3.0-or-later
// What is done to a project's file as a whole, and what becomes of files that are damaged, cut, empty, or
// none of ours.
#include "faulty_project.h"
#include "project/project_care.h"
#include "support/failing_disk.h"

#include <cstring>
#include <fstream>
#include <random>
#include <stop_token>

#include <QFile>

using namespace nunatak;
using namespace nunatak::tests;
using project::Access;
using project::Project;

namespace {

QByteArray bytesOf(const std::filesystem::path& file) {
    QFile opened(QString::fromStdString(file.string()));
    return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
}

void write(const std::filesystem::path& file, const QByteArray& bytes) {
    std::ofstream(file, std::ios::binary).write(bytes.constData(), bytes.size());
}

std::string all(const std::vector<std::string>& sentences) {
    std::string text;
    for (const auto& sentence : sentences) {
        text += sentence + "\n";
    }
    return text;
}

std::string all(const project::FileCheck& check) {
    std::string text;
    for (const auto& finding : check.found) {
        text += finding.what + " " + finding.toDo + "\n";
    }
    return text;
}

constexpr int glaciers = 300;
constexpr int pageSize = 4096;

/// A project of 300 glaciers whose outlines fill many pages.
void makeLargeProject(const std::filesystem::path& file) {
    const auto project = Project::create(file, utm32());
    project->addScene(sceneOf("s2020", "2020-08-20"));
    std::vector<outlines::Outline> outlines;
    for (int i = 0; i < glaciers; ++i) {
        auto outline = square("g" + std::to_string(i), 300.0 * i, 0);
        geo::Ring ring;
        for (int v = 0; v < 60; ++v) {
            const double angle = v * 2 * 3.14159265358979 / 60;
            ring.push_back({300.0 * i + 100 * std::cos(angle), 100 * std::sin(angle)});
        }
        outline.geometry = {{ring, {}}};
        outlines.push_back(std::move(outline));
    }
    project->importOutlines({"inventory", outlines::LayerKind::Inventory, "", "2020-08-20"}, outlines);
    move(*project, "inventory", "g0", squareShape(0, 500), "Move g0");
    project->setSetting(someSetting, "from above");
    project->close();
}

} // namespace

class ProjectCareTest : public QObject {
    Q_OBJECT

    ProjectFolder m_folder;
    std::filesystem::path m_large;

    std::filesystem::path copyOfLarge() {
        const auto file = m_folder.newFile();
        std::filesystem::copy_file(m_large, file);
        return file;
    }
    /// Those of the inventory ask functions that a plain connection has not.
    static void dropTriggers(SQLite::Database& file) {
        std::vector<std::string> triggers;
        SQLite::Statement each(
            file, "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'inventory'");
        while (each.executeStep()) {
            triggers.push_back(each.getColumn(0).getString());
        }
        each.reset();
        for (const std::string& trigger : triggers) {
            file.exec("DROP TRIGGER \"" + trigger + "\"");
        }
    }

    static std::filesystem::path beside(const std::filesystem::path& file) {
        return file.parent_path() / "recovered.gpkg";
    }

private Q_SLOTS:
    void initTestCase() {
        m_large = m_folder.newFile();
        makeLargeProject(m_large);
    }

    void aSoundProjectIsSaidToBeSoundAndNothingOfItChanges() {
        const auto file = copyOfLarge();
        const QByteArray bytes = bytesOf(file);
        const auto check = project::checkFile(file);
        QCOMPARE(all(check), std::string());
        QVERIFY2(has(check.lookedAt, "1 layer with 300 outlines") &&
                     has(check.lookedAt, "history of 2 steps"),
                 check.lookedAt.c_str());
        QCOMPARE(bytesOf(file), bytes);
    }

    void whatIsWrongWithAProjectIsSaid() {
        const auto file = copyOfLarge();
        {
            SQLite::Database other(file.string(), SQLite::OPEN_READWRITE);
            other.exec("DELETE FROM rtree_inventory_geom WHERE id = 5");
            other.exec("DELETE FROM gpkgext_nunatak_history WHERE id = 1");
        }
        const std::string found = all(project::checkFile(file));
        QVERIFY(has(found, "The spatial index of the layer inventory"));
        QVERIFY(has(found, "The history lacks 1 step"));
        QVERIFY(has(found, "recovered from this one") && has(found, "cannot be taken back or looked at"));
        QByteArray bytes = bytesOf(m_large);
        bytes.replace(20 * pageSize, pageSize, QByteArray(pageSize, '\xA5'));
        write(file, bytes);
        const auto check = project::checkFile(file);
        QVERIFY(check.isDamaged && has(all(check), "damaged") && has(all(check), "File \u203a Recover"));
    }

    void aCheckAndACompactingThatAreStoppedLeaveTheFileAsItWas() {
        const auto file = copyOfLarge();
        const QByteArray bytes = bytesOf(file);
        for (const char* at : {"Reading every page", "Writing it anew"}) {
            std::stop_source stop;
            const Progress progress(
                [&](double, std::string_view stage) {
                    if (stage == at) {
                        stop.request_stop();
                    }
                },
                stop.get_token());
            bool isStopped = false;
            try {
                project::checkFile(file, progress);
                project::compactFile(file, progress);
            } catch (const Cancelled&) {
                isStopped = true;
            }
            QVERIFY(isStopped);
            QCOMPARE(bytesOf(file), bytes);
        }
    }

    void ofALayerThatCannotBeReadNothingIsSaidToBeComplete() {
        // The layer's table lies on pages of which each is unreadable, and so does the list of its UUIDs.
        const auto file = copyOfLarge();
        std::vector<int> pages;
        {
            SQLite::Database opened(file.string());
            SQLite::Statement of(opened,
                                 "SELECT rootpage FROM sqlite_master WHERE tbl_name = 'inventory' AND "
                                 "rootpage > 0");
            while (of.executeStep()) {
                pages.push_back(of.getColumn(0).getInt() - 1);
            }
        }
        QByteArray bytes = bytesOf(file);
        for (const int page : pages) {
            bytes.replace(page * pageSize, pageSize, QByteArray(pageSize, '\xA5'));
        }
        write(file, bytes);
        const std::string said = all(project::recoverFile(file, beside(file)));
        QVERIFY2(has(said,
                     "The layer inventory: 0 outlines read; there were pages of it that cannot be read, "
                     "and how many more it had is not known."),
                 said.c_str());
        QVERIFY2(said.find("Nothing is known to be missing") == std::string::npos, said.c_str());
    }

    void compactingGivesBackRoomAndKeepsEverything() {
        const auto file = copyOfLarge();
        ProjectState before;
        {
            const auto project = Project::open(file);
            for (int i = 0; i < 30; ++i) {
                project->importOutlines(expertLayer("many"),
                                        {square("m" + std::to_string(i), 0, 1000.0 + 300 * i)});
            }
            before = stateOf(*project);
        }
        SQLite::Database(file.string(), SQLite::OPEN_READWRITE)
            .exec("CREATE TABLE theirs AS SELECT randomblob(400000) AS b; DROP TABLE theirs");
        const auto sizes = project::compactFile(file);
        QVERIFY(sizes.before > sizes.after + 300000);
        QCOMPARE(std::filesystem::file_size(file), sizes.after);
        QVERIFY(stateOf(*Project::open(file)) == before);
        QCOMPARE(all(project::checkFile(file)), std::string());
        const auto open = Project::open(file);
        QVERIFY(has(messageOf([&] { project::compactFile(file); }), "already open for writing"));
    }

    void aCopyIsOfWhatIsSavedAlsoWhileTheProjectIsEdited() {
        const auto file = copyOfLarge();
        const auto copy = beside(file);
        ProjectState saved;
        {
            const auto project = Project::open(file);
            move(*project, "inventory", "g1", squareShape(300, 700), "Move g1");
            project->flush();
            saved = stateOf(*project);
            project::copyFile(file, copy);
            move(*project, "inventory", "g1", squareShape(300, 800), "Move g1 on");
        }
        QVERIFY(stateOf(*Project::open(copy)) == saved);
        QCOMPARE(all(project::checkFile(copy)), std::string());
        const QByteArray bytes = bytesOf(copy);
        QVERIFY(has(messageOf([&] { project::copyFile(file, copy); }), "exists already"));
        QCOMPARE(bytesOf(copy), bytes);
    }

    void whereverTheDiskFailsACopyIsWholeOrNotThereAndTheProjectStays_data() {
        QTest::addColumn<int>("what");
        QTest::newRow("copy") << 0;
        QTest::newRow("compact") << 1;
        QTest::newRow("recover") << 2;
    }
    void whereverTheDiskFailsACopyIsWholeOrNotThereAndTheProjectStays() {
        QFETCH(const int, what);
        const auto base = m_folder.newFile();
        makeProjectToEdit(base);
        const ProjectState state = stateOf(*Project::open(base, Access::ReadOnly));
        int failures = 0;
        for (int n = 1;; ++n) {
            const auto file = m_folder.newFile();
            std::filesystem::copy_file(base, file);
            FailingDisk disk;
            disk.failFrom(n, n % 2 == 0 ? FailingDisk::Fault::Full : FailingDisk::Fault::Torn);
            const std::string problem = messageOf([&] {
                what == 0   ? project::copyFile(file, beside(file))
                : what == 1 ? void(project::compactFile(file))
                            : void(project::recoverFile(file, beside(file)));
            });
            const bool hasFailed = disk.hasFailed();
            disk.mend();
            failures += problem.empty() ? 0 : 1;
            QVERIFY2(problem.empty() || has(problem, file.parent_path().string()), problem.c_str());
            QCOMPARE(integrityOf(file), std::string("ok"));
            QVERIFY(stateOf(*Project::open(file)) == state);
            QCOMPARE(std::filesystem::exists(beside(file)), what != 1 && problem.empty());
            if (what != 1 && problem.empty()) {
                QVERIFY(stateOf(*Project::open(beside(file))) == state);
            }
            if (!hasFailed) {
                break;
            }
        }
        QVERIFY2(failures > 5, qPrintable(QString::number(failures)));
    }

    void aSoundProjectIsRecoveredWholeWithItsHistory() {
        const auto file = copyOfLarge();
        const auto sentences = project::recoverFile(file, beside(file));
        QVERIFY(has(all(sentences),
                    "The layer inventory: 300 outlines read, and nothing in the file speaks of more."));
        QVERIFY(has(all(sentences), "Nothing is known to be missing."));
        const auto recovered = Project::open(beside(file));
        QVERIFY(stateOf(*recovered) == stateOf(*Project::open(file, Access::ReadOnly)));
        recovered->undo();
        recovered->undo();
        recovered->close();
        QCOMPARE(all(project::checkFile(beside(file))), std::string());
    }

    void ofADamagedProjectEverythingThatCanBeReadComesOverAndTheRestIsNamed() {
        // Each page of the layer's in turn is not what it was.
        const QByteArray whole = bytesOf(m_large);
        const ProjectState state = stateOf(*Project::open(m_large, Access::ReadOnly));
        const auto pages = static_cast<int>(whole.size() / pageSize);
        int read = 0, refused = 0, kept = 0, lost = 0;
        for (int page = 1; page < pages; ++page) {
            const auto file = m_folder.newFile();
            QByteArray bytes = whole;
            bytes.replace(page * pageSize, pageSize, QByteArray(pageSize, '\xA5'));
            write(file, bytes);
            std::vector<std::string> sentences;
            const std::string problem =
                messageOf([&] { sentences = project::recoverFile(file, beside(file)); });
            QCOMPARE(bytesOf(file), bytes);
            if (!problem.empty()) {
                QVERIFY2(has(problem, file.string()) && problem.back() == '.', problem.c_str());
                ++refused;
                continue;
            }
            ++read;
            const auto project = Project::open(beside(file));
            if (!project->hasLayer("inventory")) { // where it is in the file lay on that page
                QVERIFY2(has(all(sentences), "The list of what the file holds is damaged"),
                         all(sentences).c_str());
                lost += glaciers;
                continue;
            }
            // What is missing was taken by nobody. (Bytes that changed within a row say nothing of
            // themselves.)
            const bool isAnyMissing =
                all(sentences).find("Nothing is known to be missing") == std::string::npos;
            for (const auto& note : project->notes()) {
                QVERIFY2(!isAnyMissing || note.find("which the history says now") == std::string::npos,
                         (note + " " + all(sentences)).c_str());
            }
            const auto& set = project->outlines("inventory");
            int here = 0;
            for (const auto& outline : state.contents.front().second) {
                if (const auto found = set.find(outline.uuid)) {
                    QVERIFY(found->geometry == outline.geometry);
                    ++here;
                }
            }
            QCOMPARE(static_cast<int>(set.size()), here); // nothing that was not there
            kept += here;
            lost += glaciers - here;
            if (here < glaciers) {
                QVERIFY2(has(all(sentences), "lost"), all(sentences).c_str());
                QVERIFY(!project->undoDescription());
            }
            project->addLayer(expertLayer("goes_on"));
            project->undo();
            project->close();
            QCOMPARE(integrityOf(beside(file)), std::string("ok"));
        }
        qInfo("%d pages damaged in turn: %d projects recovered, %d refused; %d outlines kept, %d lost",
              pages - 1, read, refused, kept, lost);
        QVERIFY(read > 0.9 * pages);
        QVERIFY(kept > 0.93 * (kept + lost));
    }

    void anOutlineWhoseHeaderIsDamagedIsRecoveredByItsLine() {
        const auto file = copyOfLarge();
        const auto kept = contentsOf(*Project::open(file, Access::ReadOnly));
        {
            SQLite::Database damaged(file.string(), SQLite::OPEN_READWRITE);
            dropTriggers(damaged);
            SQLite::Statement shape(damaged, "SELECT geom FROM inventory WHERE uuid = 'g7'");
            QVERIFY(shape.executeStep());
            std::string blob = shape.getColumn(0).getString();
            shape.reset();
            const double east = 1e12; // of all there is: what is said to be its western end
            std::memcpy(blob.data() + 8, &east, sizeof east);
            SQLite::Statement change(damaged, "UPDATE inventory SET geom = ? WHERE uuid = 'g7'");
            change.bind(1, blob.data(), static_cast<int>(blob.size()));
            QCOMPARE(change.exec(), 1);
        }
        project::recoverFile(file, beside(file));
        QVERIFY(contentsOf(*Project::open(beside(file), Access::ReadOnly)) == kept);
        QCOMPARE(SQLite::Database(beside(file).string())
                     .execAndGet("SELECT COUNT(*) FROM rtree_inventory_geom")
                     .getInt(),
                 glaciers);
    }

    void aRowThatHoldsNoiseIsLostAndNoGlacier() {
        const auto file = copyOfLarge();
        {
            SQLite::Database damaged(file.string(), SQLite::OPEN_READWRITE);
            dropTriggers(damaged);
            SQLite::Statement shape(damaged, "SELECT geom FROM inventory WHERE uuid = 'g7'");
            QVERIFY(shape.executeStep());
            std::string blob = shape.getColumn(0).getString();
            shape.reset();
            constexpr std::size_t firstVertex =
                8 + 32 + 9 + 9 + 4; // header, envelope, and what counts parts and rings
            const double beyond = 1e130;
            std::memcpy(blob.data() + firstVertex, &beyond, sizeof beyond);
            SQLite::Statement change(damaged, "UPDATE inventory SET geom = ? WHERE uuid = 'g7'");
            change.bind(1, blob.data(), static_cast<int>(blob.size()));
            QCOMPARE(change.exec(), 1);
            damaged.exec("UPDATE inventory SET uuid = CAST(x'1b03fe7a' AS TEXT) WHERE uuid = 'g8'");
        }
        const auto report = project::recoverFile(file, beside(file));
        const auto recovered = Project::open(beside(file), Access::ReadOnly);
        const auto& outlines = recovered->outlines("inventory");
        QCOMPARE(static_cast<int>(outlines.size()), glaciers - 2);
        QVERIFY(outlines.find("g7") == nullptr);
        QVERIFY(outlines.find("g9") != nullptr);
    }

    void aFileThatIsCutAnywhereIsRecoveredAsFarAsItGoesOrRefused() {
        const QByteArray whole = bytesOf(m_large);
        int recovered = 0;
        for (int part = 0; part <= 40; ++part) {
            const auto file = m_folder.newFile();
            const auto size = whole.size() * part / 40 - (part % 3 == 1 ? 100 : 0);
            write(file, whole.left(std::max<long long>(0, size)));
            if (part < 40) { // never opened as if it were whole
                QVERIFY(!messageOf([&] { Project::open(file); }).empty());
            }
            const std::string problem = messageOf([&] { project::recoverFile(file, beside(file)); });
            if (problem.empty()) {
                ++recovered;
                Project::open(beside(file))->close();
                QCOMPARE(integrityOf(beside(file)), std::string("ok"));
            } else {
                QVERIFY2(has(problem, file.string()), problem.c_str());
            }
        }
        QVERIFY(recovered > 20);
    }

    void filesThatAreNoneOfOursAreRefusedWithASentence_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("a text") << QByteArray("Hello, this is no project.\n").repeated(500);
        QTest::newRow("zeros") << QByteArray(100000, '\0');
        QTest::newRow("a header alone") << QByteArray("SQLite format 3\0", 16);
        QTest::newRow("a header and zeros") << QByteArray("SQLite format 3\0", 16) + QByteArray(100000, '\0');
        std::minstd_rand chance(1);
        QByteArray noise(100000, '\0');
        std::generate(noise.begin(), noise.end(), [&] { return static_cast<char>(chance() >> 8); });
        QTest::newRow("noise") << noise;
    }
    void filesThatAreNoneOfOursAreRefusedWithASentence() {
        QFETCH(const QByteArray, bytes);
        const auto file = m_folder.newFile();
        write(file, bytes);
        for (const auto& work : std::vector<std::function<void()>>{
                 [&] { Project::open(file); }, [&] { Project::open(file, Access::ReadOnly); },
                 [&] { project::checkFile(file); }, [&] { project::compactFile(file); },
                 [&] { project::copyFile(file, beside(file)); },
                 [&] { project::recoverFile(file, beside(file)); }}) {
            const std::string problem = messageOf(work);
            QVERIFY2(has(problem, file.string()) && problem.back() == '.', problem.c_str());
        }
        QCOMPARE(bytesOf(file), bytes);
        QVERIFY(!std::filesystem::exists(beside(file)));
    }

    void bytesThatChangedAnywhereAreMetWithASentenceOrAreHarmless() {
        const QByteArray whole = bytesOf(m_large);
        std::minstd_rand chance(7);
        int opened = 0, recovered = 0;
        constexpr int rounds = 150;
        for (int round = 0; round < rounds; ++round) {
            const auto file = m_folder.newFile();
            QByteArray bytes = whole;
            for (int i = 0; i < 1 + round % 40; ++i) {
                // Half of them in the first pages, where a file says what it is.
                const auto range =
                    i % 2 == 0 ? bytes.size() : std::min<qsizetype>(bytes.size(), 8 * pageSize);
                bytes[static_cast<qsizetype>(chance() % static_cast<unsigned>(range))] =
                    static_cast<char>(chance() >> 8);
            }
            write(file, bytes);
            const std::string problem = messageOf([&] {
                const auto project = Project::open(file);
                for (const auto& layer : project->layers()) {
                    for (const auto& outline : project->outlines(layer.name).all()) {
                        QVERIFY(outline->hasSoundRings());
                    }
                }
                project->close(1);
            });
            opened += problem.empty() ? 1 : 0;
            QVERIFY2(problem.empty() || problem.back() == '.', problem.c_str());
            write(file, bytes);
            recovered += messageOf([&] { project::recoverFile(file, beside(file)); }).empty() ? 1 : 0;
        }
        qInfo("%d files with changed bytes: %d opened, %d recovered", rounds, opened, recovered);
        QVERIFY(recovered > rounds / 2);
    }
};

QTEST_GUILESS_MAIN(ProjectCareTest)
#include "project_care_test.moc"
