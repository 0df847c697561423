// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/store.h"
#include "project_fixture.h"

#include <SQLiteCpp/SQLiteCpp.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <thread>

#include <QCoreApplication>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

using namespace nunatak;
using namespace nunatak::tests;
using project::Event;
using project::Project;

namespace {

constexpr const char* editUntilKilled = "edit-until-killed";

void draw(Project& project, int number) {
    project.commit({"Draw",
                    {{"corrected", nullptr, handle(square(std::to_string(number), number * 200.0, 0))}},
                    {},
                    {}});
}

/// This program again, see runUntilKilled(). Spawned, for ThreadSanitizer knows no threads after a fork.
class RunningCopy {
public:
    explicit RunningCopy(const std::filesystem::path& file) {
        std::string program = QCoreApplication::applicationFilePath().toStdString();
        std::string task = editUntilKilled;
        std::string path = file.string();
        char* const arguments[] = {program.data(), task.data(), path.data(), nullptr};
        int ends[2] = {};
        if (::pipe2(ends, O_CLOEXEC) != 0) {
            return;
        }
        m_output = ends[0];
        posix_spawn_file_actions_t actions;
        ::posix_spawn_file_actions_init(&actions);
        ::posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
        if (::posix_spawn(&m_process, program.c_str(), &actions, nullptr, arguments, environ) != 0) {
            m_process = 0;
        }
        ::posix_spawn_file_actions_destroy(&actions);
        ::close(ends[1]);
    }
    ~RunningCopy() { ::close(m_output); }
    RunningCopy(const RunningCopy&) = delete;
    RunningCopy& operator=(const RunningCopy&) = delete;

    bool waitForOutput() const {
        pollfd waiting{m_output, POLLIN, 0};
        return m_process != 0 && ::poll(&waiting, 1, 60000) == 1;
    }
    QByteArray killAndReadAll() const {
        ::kill(m_process, SIGKILL);
        ::waitpid(m_process, nullptr, 0);
        QByteArray text;
        char buffer[4096];
        for (ssize_t count = 0; (count = ::read(m_output, buffer, sizeof buffer)) > 0;) {
            text.append(buffer, count);
        }
        return text;
    }

private:
    pid_t m_process = 0;
    int m_output = -1;
};

int runUntilKilled(const std::filesystem::path& file) {
    const auto project = Project::create(file, utm32());
    project->addLayer(inventoryLayer("corrected"));
    for (int number = 1; number < 1000000; ++number) {
        draw(*project, number);
        if (number % 3 == 0) {
            project->flush();
            std::printf("%d\n", number);
            std::fflush(stdout);
        }
    }
    return 1;
}

} // namespace

class ProjectSavingTest : public QObject {
    Q_OBJECT

private:
    ProjectFolder m_folder;

private Q_SLOTS:
    void editsWaitForAnotherProgramAndNoneIsDropped() {
        const auto file = m_folder.newFile();
        {
            const auto project = Project::create(file, utm32());
            project->addLayer(inventoryLayer("corrected"));
            project->flush();
            SQLite::Database other(file.string(), SQLite::OPEN_READWRITE);
            other.exec("BEGIN IMMEDIATE");
            for (int i = 0; i < 5; ++i) {
                draw(*project, i);
            }
            QTRY_VERIFY(!project->savingProblem().empty());
            QVERIFY(has(project->savingProblem(), "Another program holds"));
            QVERIFY(!project->isSaved());
            QCOMPARE(project->outlines("corrected").size(), std::size_t{5});
            QVERIFY(has(messageOf([&] { project->flush(0.2); }), "Another program holds"));
            // What waits can be taken back as anything else.
            project->undo();
            other.exec("ROLLBACK");
            project->flush();
            QVERIFY(project->isSaved());
            QVERIFY(project->savingProblem().empty());
        }
        QCOMPARE(Project::open(file)->outlines("corrected").size(), std::size_t{4});
        QCOMPARE(Project::open(file)->history().size(), std::size_t{7}); // with the layer
    }

    void anOlderStepCanBeTakenBackWhileAnotherProgramHoldsTheFile() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        project->addLayer(inventoryLayer("corrected"));
        draw(*project, 1);
        project->flush();
        SQLite::Database other(project->file().string(), SQLite::OPEN_READWRITE);
        other.exec("BEGIN IMMEDIATE");
        draw(*project, 2);
        QTRY_VERIFY(!project->savingProblem().empty());
        project->undo();
        project->undo();
        QCOMPARE(project->outlines("corrected").size(), std::size_t{0});
        other.exec("ROLLBACK");
        project->flush();
    }

    void listenersHearThatSavingBeganAndEnded() {
        const auto project = Project::create(m_folder.newFile(), utm32());
        std::atomic<int> told = 0;
        std::atomic<bool> fromAnotherThread = true;
        const auto owner = std::this_thread::get_id();
        const auto subscription = project->subscribe([&](const Event& event) {
            if (event.kind == Event::Kind::SavingChanged) {
                ++told;
                fromAnotherThread = fromAnotherThread && std::this_thread::get_id() != owner;
            }
        });
        project->addLayer(inventoryLayer("corrected"));
        project->flush();
        QTRY_VERIFY(told >= 2);
        QVERIFY(fromAnotherThread);
    }

    void aFullDiskIsReportedAndTheEditsAreSavedOnceThereIsRoom() {
        const auto file = m_folder.newFile();
        const auto handler = std::signal(SIGXFSZ, SIG_IGN);
        rlimit unlimited{};
        ::getrlimit(RLIMIT_FSIZE, &unlimited);
        {
            const auto project = Project::create(file, utm32());
            project->addLayer(inventoryLayer("corrected"));
            project->flush();
            rlimit limited = unlimited;
            limited.rlim_cur = std::filesystem::file_size(file.string() + "-wal") + 20000;
            ::setrlimit(RLIMIT_FSIZE, &limited);
            for (int i = 0; i < 60; ++i) {
                draw(*project, i);
            }
            QTRY_VERIFY(!project->savingProblem().empty());
            const std::string problem = project->savingProblem();
            ::setrlimit(RLIMIT_FSIZE, &unlimited);
            QVERIFY(has(problem, "full"));
            QCOMPARE(project->outlines("corrected").size(), std::size_t{60});
            project->flush();
            QVERIFY(project->savingProblem().empty());
        }
        std::signal(SIGXFSZ, handler);
        QCOMPARE(Project::open(file)->outlines("corrected").size(), std::size_t{60});
    }

    void closingSaysHowManyChangesAreLostWhenAnotherProgramNeverLetsGo() {
        const auto file = m_folder.newFile();
        const auto project = Project::create(file, utm32());
        project->addLayer(inventoryLayer("corrected"));
        project->flush();
        SQLite::Database other(file.string(), SQLite::OPEN_READWRITE);
        other.exec("BEGIN IMMEDIATE");
        draw(*project, 1);
        draw(*project, 2);
        const std::string message = messageOf([&] { project->close(0.3); });
        QVERIFY(has(message, "The last 2 changes"));
        QVERIFY(has(message, "Another program holds"));
    }

    void whatWasReportedAsSavedSurvivesAKill() {
        // This program again, which edits and says after each flush how many edits are safe, killed at a
        // moment of no choosing.
        for (int round = 0; round < 4; ++round) {
            const auto file = m_folder.newFile();
            const RunningCopy child(file);
            QVERIFY(child.waitForOutput());
            std::this_thread::sleep_for(std::chrono::milliseconds(40 + 53 * round));
            const QList<QByteArray> lines = child.killAndReadAll().trimmed().split('\n');
            const int safe = lines.last().toInt();
            QVERIFY(safe >= 3);

            const auto project = Project::open(file);
            const auto count = static_cast<int>(project->outlines("corrected").size());
            QVERIFY2(count >= safe, qPrintable(QString("%1 of %2").arg(count).arg(safe)));
            // Whole steps only, and each with its history.
            QCOMPARE(project->history().size(), static_cast<std::size_t>(count) + 1); // with the layer
            for (int number = 1; number <= count; ++number) {
                QVERIFY(project->outlines("corrected").find(std::to_string(number)) != nullptr);
            }
            project->undo();
            QCOMPARE(static_cast<int>(project->outlines("corrected").size()), count - 1);
        }
    }

    void whatAnotherProgramChangedIsTakenAsItIsAndAnUndoThatNoLongerFitsSaysSo() {
        const auto file = m_folder.newFile();
        {
            const auto project = Project::create(file, utm32());
            project->addLayer(inventoryLayer("corrected"));
            draw(*project, 1);
            draw(*project, 2);
        }
        {
            database::Store other(file, database::Store::Mode::ReadWrite);
            database::Transaction change;
            other.forEachFeature("corrected", [&](database::FeatureRow&& row) {
                row.name = "Renamed in QGIS";
                if (row.uuid == "2") {
                    change.features.push_back({"corrected", row.uuid, row});
                }
            });
            other.commit(change);
            other.close();
        }
        const auto project = Project::open(file);
        QCOMPARE(project->outlines("corrected").find("2")->name, std::string("Renamed in QGIS"));
        QVERIFY(has(messageOf([&] { project->undo(); }), "changed by another program"));
        QCOMPARE(project->outlines("corrected").size(), std::size_t{2});
        draw(*project, 3);
        project->undo();
        QCOMPARE(project->outlines("corrected").size(), std::size_t{2});
    }

    void aProjectMayBeMadeOnOneThreadAndUsedOnAnother() {
        const auto file = m_folder.newFile();
        std::unique_ptr<Project> project;
        std::thread([&] {
            project = Project::create(file, utm32());
            project->addLayer(inventoryLayer("corrected"));
        }).join();
        for (int i = 0; i < 50; ++i) {
            draw(*project, i);
        }
        while (project->undoDescription()) {
            project->undo();
        }
        QVERIFY(!project->hasLayer("corrected"));
        project->close();
        project.reset();
        QCOMPARE(Project::open(file)->history().size(), std::size_t{102});
    }
};

int main(int argc, char** argv) {
    if (argc == 3 && std::string(argv[1]) == editUntilKilled) {
        return runUntilKilled(argv[2]);
    }
    const QCoreApplication application(argc, argv);
    ProjectSavingTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "project_saving_test.moc"
