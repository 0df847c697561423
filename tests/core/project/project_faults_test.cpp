// SPDX-License-Identifier: GPL-3.0-or-later
// Disks that fail at every place there is, power cuts, clocks that go backwards: no step is lost, and none is
// there in part.
#include "faulty_project.h"
#include "project/project_split.h"
#include "support/failing_disk.h"

#include <array>
#include <atomic>
#include <chrono>
#include <thread>
#include <vector>

#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

using namespace nunatak;
using namespace nunatak::tests;
using project::Access;
using project::Project;
using Fault = FailingDisk::Fault;

namespace {

/// Seconds that the wall clock of this process is off.
std::atomic<long> clockIsOff = 0;

} // namespace

/// The system's, but for this program's wall clock: every library of it asks here.
extern "C" int clock_gettime(clockid_t clock, timespec* time) {
    const long code = ::syscall(SYS_clock_gettime, clock, time);
    if (code == 0 && clock == CLOCK_REALTIME) {
        time->tv_sec += clockIsOff;
    }
    return static_cast<int>(code);
}

namespace {

/// Waits until all is saved, or something keeps it from that.
void waitForSaving(const Project& project) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
    while (!project.isSaved() && project.savingProblem().empty() && std::chrono::steady_clock::now() < end) {
        std::this_thread::sleep_for(std::chrono::microseconds(200));
    }
}

/// A sentence for a user: it names the file and what to do, and nothing of how the program is made.
bool isClear(const std::string& problem, const std::filesystem::path& file) {
    const bool isOne = !problem.empty() && problem.back() == '.' && problem.size() < 400 &&
                       problem.find('\n') == std::string::npos;
    return isOne && has(problem, file.string()) && problem.find("unforeseen") == std::string::npos;
}

QStringList leftBeside(const std::filesystem::path& file) {
    QStringList names;
    for (const auto& entry : std::filesystem::directory_iterator(file.parent_path())) {
        if (entry.path() != file) {
            names << QString::fromStdString(entry.path().filename().string());
        }
    }
    return names;
}

const char* nameOf(Fault fault) {
    return fault == Fault::Full ? "full" : fault == Fault::IoError ? "error" : "torn";
}

constexpr std::array<Fault, 3> faults{Fault::Full, Fault::IoError, Fault::Torn};

} // namespace

Q_DECLARE_METATYPE(nunatak::tests::FailingDisk::Fault)

class ProjectFaultsTest : public QObject {
    Q_OBJECT

    ProjectFolder m_folder;
    std::filesystem::path m_base;
    int m_tried = 0;

    std::filesystem::path copyOfBase() {
        const auto file = m_folder.newFile();
        std::filesystem::copy_file(m_base, file);
        return file;
    }
    void addKinds(const std::vector<Fault>& tried) {
        QTest::addColumn<int>("kind");
        QTest::addColumn<Fault>("fault");
        for (std::size_t i = 0; i < kindsOfEdits.size(); ++i) {
            for (const Fault fault : tried) {
                QTest::addRow("%s, %s", kindsOfEdits[i].name, nameOf(fault)) << static_cast<int>(i) << fault;
            }
        }
    }

private Q_SLOTS:
    void initTestCase() {
        m_base = m_folder.newFile();
        makeProjectToEdit(m_base);
        makeCopyToMerge(m_base, m_folder.newFile());
    }

    void whereverTheDiskFailsTheEditWaitsAndIsSavedOnceItWorksAgain_data() {
        addKinds({faults.begin(), faults.end()});
    }
    void whereverTheDiskFailsTheEditWaitsAndIsSavedOnceItWorksAgain() {
        QFETCH(const int, kind);
        QFETCH(const Fault, fault);
        int failures = 0;
        for (int n = 1;; ++n) {
            const auto file = copyOfBase();
            ProjectState expected;
            bool hasFailed = false;
            {
                FailingDisk disk;
                const auto project = Project::open(file);
                disk.failFrom(n, fault);
                kindsOfEdits[static_cast<std::size_t>(kind)].make(*project);
                waitForSaving(*project);
                hasFailed = disk.hasFailed();
                if (!project->isSaved()) {
                    QVERIFY2(isClear(project->savingProblem(), file), project->savingProblem().c_str());
                    ++failures;
                }
                disk.mend();
                QVERIFY(move(*project, "inventory", "c", squareShape(1530, n), "The next").outcome ==
                        project::Committed::Outcome::Done);
                project->flush();
                QVERIFY2(project->savingProblem().empty(), project->savingProblem().c_str());
                expected = stateOf(*project);
                project->close();
            }
            QCOMPARE(integrityOf(file), std::string("ok"));
            QCOMPARE(leftBeside(file), QStringList());
            QVERIFY(stateOf(*Project::open(file)) == expected);
            ++m_tried;
            if (!hasFailed) {
                break;
            }
        }
        QVERIFY2(failures > 3, qPrintable(QString::number(failures)));
    }

    void whereverTheDiskFailsOnceTheEditIsSaved_data() { addKinds({Fault::IoError}); }
    void whereverTheDiskFailsOnceTheEditIsSaved() {
        QFETCH(const int, kind);
        QFETCH(const Fault, fault);
        for (int n = 1;; ++n) {
            const auto file = copyOfBase();
            ProjectState expected;
            bool hasFailed = false;
            {
                FailingDisk disk;
                const auto project = Project::open(file);
                disk.failOnce(n, fault);
                kindsOfEdits[static_cast<std::size_t>(kind)].make(*project);
                project->flush();
                hasFailed = disk.hasFailed();
                expected = stateOf(*project);
            }
            QCOMPARE(integrityOf(file), std::string("ok"));
            QVERIFY(stateOf(*Project::open(file)) == expected);
            ++m_tried;
            if (!hasFailed) {
                break;
            }
        }
    }

    void aPowerCutLeavesEachStepWholeOrNotAtAll_data() { addKinds({Fault::Torn}); }
    void aPowerCutLeavesEachStepWholeOrNotAtAll() {
        QFETCH(const int, kind);
        QFETCH(const Fault, fault);
        const ProjectState before = stateOf(*Project::open(m_base, Access::ReadOnly));
        int kept = 0, gone = 0;
        for (int n = 1;; ++n) {
            const auto file = copyOfBase();
            FailingDisk disk;
            ProjectState after;
            bool isSaved = false;
            {
                const auto project = Project::open(file);
                disk.failFrom(n, fault);
                kindsOfEdits[static_cast<std::size_t>(kind)].make(*project);
                waitForSaving(*project);
                isSaved = project->isSaved();
                after = stateOf(*project);
                messageOf([&] { project->close(0); });
            }
            const bool hasFailed = disk.hasFailed();
            disk.cutPower(static_cast<unsigned>(n));
            const ProjectState found = stateOf(*Project::open(file));
            QCOMPARE(integrityOf(file), std::string("ok"));
            if (isSaved) {
                QVERIFY2(found == after, qPrintable(QString("said to be saved, and gone: %1").arg(n)));
            } else if (kindsOfEdits[static_cast<std::size_t>(kind)].isOneStep) {
                QVERIFY2(found == before || found == after, qPrintable(QString("half done: %1").arg(n)));
            }
            ++(found == after ? kept : gone);
            ++m_tried;
            if (!hasFailed) {
                break;
            }
        }
        QVERIFY(gone > 0 && kept > 0);
    }

    void whereverTheDiskFailsAProjectIsMadeWholeOrNotAtAll_data() { addFaults(); }
    void whereverTheDiskFailsAProjectIsMadeWholeOrNotAtAll() {
        QFETCH(const Fault, fault);
        const auto scene = sceneOf("s2020", "2020-08-20");
        int failures = 0;
        for (int n = 1;; ++n) {
            const auto file = m_folder.newFile();
            FailingDisk disk;
            disk.failFrom(n, fault);
            const std::string problem = messageOf([&] { Project::make(file, utm32(), &scene); });
            const bool isMade = problem.empty();
            failures += isMade ? 0 : 1;
            QVERIFY2(isMade || isClear(problem, file), problem.c_str());
            QCOMPARE(std::filesystem::exists(file), isMade);
            QCOMPARE(leftBeside(file), QStringList());
            const bool hasFailed = disk.hasFailed();
            disk.mend();
            if (!isMade) {
                Project::make(file, utm32(), &scene);
            }
            QCOMPARE(Project::open(file)->scenes().size(), std::size_t{1});
            ++m_tried;
            if (!hasFailed) {
                break;
            }
        }
        QVERIFY(failures > 5);
    }

    void whereverTheDiskFailsAProjectOfBeforeIsBroughtUpOrStaysAsItWas_data() { addFaults(); }
    void whereverTheDiskFailsAProjectOfBeforeIsBroughtUpOrStaysAsItWas() {
        QFETCH(const Fault, fault);
        const std::filesystem::path old =
            std::filesystem::path(NUNATAK_TEST_DATA) / "version_3" / "twice.gpkg";
        const auto whole = m_folder.newFile();
        std::filesystem::copy_file(old, whole);
        const ProjectState wanted = stateOf(*Project::open(whole));
        int failures = 0;
        for (int n = 1;; ++n) {
            const auto file = m_folder.newFile();
            std::filesystem::copy_file(old, file);
            bool hasFailed = false;
            {
                FailingDisk disk;
                disk.failFrom(n, fault);
                std::string problem;
                const std::string refusal = messageOf([&] {
                    const auto project = Project::open(file);
                    waitForSaving(*project);
                    problem = project->savingProblem();
                    messageOf([&] { project->close(0); });
                });
                problem = refusal.empty() ? problem : refusal;
                hasFailed = disk.hasFailed();
                failures += problem.empty() ? 0 : 1;
                QVERIFY2(problem.empty() || isClear(problem, file.parent_path()), problem.c_str());
            }
            QCOMPARE(integrityOf(file), std::string("ok"));
            QVERIFY2(stateOf(*Project::open(file)) == wanted, qPrintable(QString::number(n)));
            QVERIFY(std::filesystem::exists(file.parent_path() / "alps.before-inventory.gpkg"));
            ++m_tried;
            if (!hasFailed) {
                break;
            }
        }
        QVERIFY(failures > 5);
    }

    void whereverTheDiskFailsTheFirstEditBringsAFileOfBeforeUpOrItStaysAsItWas_data() {
        QTest::addColumn<int>("version");
        QTest::addColumn<Fault>("fault");
        for (const int version : {1, 2, 4, 5}) {
            for (const Fault fault : faults) {
                QTest::addRow("version %d, %s", version, nameOf(fault)) << version << fault;
            }
        }
    }
    void whereverTheDiskFailsTheFirstEditBringsAFileOfBeforeUpOrItStaysAsItWas() {
        QFETCH(const int, version);
        QFETCH(const Fault, fault);
        const std::filesystem::path old = std::filesystem::path(NUNATAK_TEST_DATA) /
                                          ("version_" + std::to_string(version)) /
                                          (version < 4 ? "plain.gpkg" : "inventory.gpkg");
        const auto copyOfOld = [&] {
            auto file = m_folder.newFile();
            std::filesystem::copy_file(old, file);
            return file;
        };
        const auto versionOf = [](const std::filesystem::path& file) {
            return SQLite::Database(file.string())
                .execAndGet("SELECT MAX(version) FROM gpkgext_nunatak_schema")
                .getInt();
        };
        const auto theirs = copyOfOld();
        if (version == 5) {
            mark(*Project::open(theirs), "inventory", "b", outlines::Review::Accepted);
        }
        const auto edit = [&](Project& project) {
            if (version < 4) {
                project.commit(
                    {"Draw", {{"corrected", nullptr, handle(square("new", 9000, 0))}}, {}, "test"});
            } else if (version == 4) {
                mark(project, "inventory", "b", outlines::Review::Accepted);
            } else {
                project.take(
                    project::planJoin(project, {{Project::open(theirs, Access::ReadOnly)}})({}).step);
            }
        };
        const auto kept = contentsOf(*Project::open(old, Access::ReadOnly));
        const auto whole = copyOfOld();
        ProjectState before;
        {
            const auto project = Project::open(whole);
            before = stateOf(*project);
            edit(*project);
            project->flush();
        }
        QVERIFY(versionOf(whole) > version);
        int failures = 0;
        for (int n = 1;; ++n) {
            const auto file = copyOfOld();
            bool hasFailed = false, isSaved = false;
            ProjectState after = before; // with the times of this edit
            {
                FailingDisk disk;
                disk.failFrom(n, fault);
                std::string problem;
                const std::string refusal = messageOf([&] {
                    const auto project = Project::open(file);
                    edit(*project);
                    waitForSaving(*project);
                    after = stateOf(*project);
                    isSaved = project->isSaved();
                    problem = isSaved ? "" : project->savingProblem();
                    messageOf([&] { project->close(0); });
                });
                problem = refusal.empty() ? problem : refusal;
                hasFailed = disk.hasFailed();
                failures += problem.empty() ? 0 : 1;
                QVERIFY2(problem.empty() || isClear(problem, file.parent_path()), problem.c_str());
            }
            QCOMPARE(integrityOf(file), std::string("ok"));
            if (versionOf(file) > version) {
                auto backup = file.parent_path() / ("alps.version-" + std::to_string(version) + ".gpkg");
                if (!std::filesystem::exists(backup)) {
                    backup = file.parent_path() / "alps.before-inventory.gpkg";
                }
                QCOMPARE(versionOf(backup), version);
                QVERIFY(contentsOf(*Project::open(backup, Access::ReadOnly)) == kept);
            }
            const ProjectState found = stateOf(*Project::open(file));
            QVERIFY2(found == after || (!isSaved && found == before), qPrintable(QString::number(n)));
            ++m_tried;
            if (!hasFailed) {
                break;
            }
        }
        QVERIFY2(failures > 5, qPrintable(QString::number(failures)));
    }

    void whereverTheDiskFailsAllPartsOfASplitAreMadeOrNone_data() { addFaults(); }
    void whereverTheDiskFailsAllPartsOfASplitAreMadeOrNone() {
        QFETCH(const Fault, fault);
        const auto whole = Project::open(m_base, Access::ReadOnly);
        const auto parts = project::partsByCount(whole->outlines("inventory"), 2);
        int failures = 0;
        for (int n = 1;; ++n) {
            const auto folder = m_folder.newFile().parent_path();
            FailingDisk disk;
            const auto project = Project::open(m_base, Access::ReadOnly);
            const auto plan = project::planSplit(*project, "inventory", parts, folder);
            disk.failFrom(n, fault);
            project::Split split;
            const std::string problem = messageOf([&] { split = plan({}); });
            const bool hasFailed = disk.hasFailed();
            disk.mend();
            if (!problem.empty()) {
                ++failures;
                QVERIFY2(isClear(problem, folder), problem.c_str());
                QVERIFY(std::filesystem::is_empty(folder));
            } else {
                QCOMPARE(split.parts.size(), std::size_t{2});
                std::size_t glaciers = 0;
                for (const auto& part : split.parts) {
                    QCOMPARE(integrityOf(part.file), std::string("ok"));
                    glaciers += Project::open(part.file)->outlines("inventory").size();
                }
                QCOMPARE(glaciers, whole->outlines("inventory").size());
            }
            ++m_tried;
            if (!hasFailed) {
                break;
            }
        }
        QVERIFY2(failures > 5, qPrintable(QString::number(failures)));
    }

    void editsThatWaitAreSavedTogether() {
        const auto file = copyOfBase();
        FailingDisk disk;
        const auto project = Project::open(file);
        move(*project, "inventory", "a", squareShape(1, 1));
        project->flush();
        SQLite::Database other(file.string(), SQLite::OPEN_READWRITE);
        other.exec("BEGIN IMMEDIATE");
        for (int i = 0; i < 100; ++i) {
            move(*project, "inventory", "a", squareShape(2 + i, 1), "Move " + std::to_string(i));
        }
        QTRY_VERIFY(!project->savingProblem().empty());
        disk.failFrom(1'000'000, Fault::Full); // counts from here
        other.exec("ROLLBACK");
        project->flush();
        QVERIFY2(disk.syncs() < 10, qPrintable(QString::number(disk.syncs())));
        const auto expected = stateOf(*project);
        project->close();
        QVERIFY(stateOf(*Project::open(file)) == expected);
    }

    void aClockThatGoesBackwardsTakesNothingAway() {
        const auto file = copyOfBase();
        ProjectState expected;
        std::string first, last;
        {
            const auto project = Project::open(file);
            move(*project, "inventory", "a", squareShape(1, 1), "Before");
            project->flush();
            first = project->history().back().time;
            clockIsOff = -40L * 365 * 86400; // an empty battery
            move(*project, "inventory", "a", squareShape(2, 2), "After");
            mark(*project, "inventory", "b", outlines::Review::Accepted);
            project->flush();
            last = project->history().back().time;
            project->undo();
            project->undo();
            project->redo();
            expected = stateOf(*project);
        }
        QVERIFY(last < first);
        {
            const auto project = Project::open(file); // with the clock as it is
            QVERIFY(stateOf(*project) == expected);
            clockIsOff = 0;
            project->redo();
            move(*project, "inventory", "a", squareShape(3, 3), "With the right time");
            project->flush();
            expected = stateOf(*project);
        }
        const auto project = Project::open(file);
        QVERIFY(project->notes().empty());
        QVERIFY(stateOf(*project) == expected);
        while (project->undoDescription()) {
            project->undo();
        }
        QVERIFY(project->layers().empty());
    }

    void anotherProgramReadsAndWritesWhileEditsAreSaved() {
        const auto file = copyOfBase();
        const auto project = Project::open(file);
        project->flush();
        std::atomic<bool> isOver = false;
        std::atomic<int> written = 0;
        std::string trouble;
        std::thread other([&] {
            try {
                SQLite::Database connection(file.string(), SQLite::OPEN_READWRITE, 5000);
                connection.exec("CREATE TABLE theirs (value INTEGER)");
                while (!isOver) {
                    connection.exec("BEGIN IMMEDIATE; INSERT INTO theirs VALUES (1); COMMIT");
                    connection.execAndGet("SELECT COUNT(*) FROM inventory");
                    ++written;
                }
            } catch (const std::exception& failure) {
                trouble = failure.what();
            }
        });
        for (int i = 0; i < 200; ++i) {
            move(*project, "inventory", "a", squareShape(1 + i, 1), "Move " + std::to_string(i));
            project->flush();
        }
        isOver = true;
        other.join();
        QCOMPARE(trouble, std::string());
        QVERIFY(written > 3);
        const auto expected = stateOf(*project);
        project->close();
        QVERIFY(stateOf(*Project::open(file)) == expected);
        QCOMPARE(SQLite::Database(file.string()).execAndGet("SELECT COUNT(*) FROM theirs").getInt(),
                 written.load());
    }

    void cleanupTestCase() { qInfo("%d times a disk that failed", m_tried); }

private:
    void addFaults() {
        QTest::addColumn<Fault>("fault");
        for (const Fault fault : faults) {
            QTest::newRow(nameOf(fault)) << fault;
        }
    }
};

QTEST_GUILESS_MAIN(ProjectFaultsTest)
#include "project_faults_test.moc"
