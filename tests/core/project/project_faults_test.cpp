// SPDX-License-Identifier: GPL-3.0-or-later
// Disks that fail at every place there is, power cuts, clocks that go backwards: no step is lost, and none is
// there in part.
#include "disk_faults.h"

#include <atomic>
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
        addKinds({kindsOfFaults.begin(), kindsOfFaults.end()});
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
};

QTEST_GUILESS_MAIN(ProjectFaultsTest)
#include "project_faults_test.moc"
