// SPDX-License-Identifier: GPL-3.0-or-later
// A process that edits as fast as it can is killed at random moments, again and again: what it said was safe
// is there each time, and no step is there in part.
//
// NUNATAK_KILLS says how often, NUNATAK_SEED where chance begins.
#include "edit_sequence.h"
#include "faulty_project.h"

#include <array>
#include <chrono>
#include <csignal>
#include <thread>

#include <sys/wait.h>
#include <unistd.h>

using namespace nunatak;
using namespace nunatak::tests;
using project::Project;

namespace {

int numberFrom(const char* variable, int otherwise) {
    const int asked = qEnvironmentVariableIntValue(variable);
    return asked > 0 ? asked : otherwise;
}

/// Edits until it is killed, and writes the number of steps that are safe into `pipe` each time it knows.
[[noreturn]] void editUntilKilled(const std::filesystem::path& file, EditSequence sequence, unsigned seed,
                                  int pipe) {
    try {
        const auto project = Project::open(file);
        std::minstd_rand chance(seed);
        const int none = sequence.steps(); // it begins
        if (::write(pipe, &none, sizeof none) != sizeof none) {
            ::_exit(2);
        }
        while (true) {
            sequence.next(project.get());
            if (chance() % 4 == 0) { // others wait for the disk while the next are made
                project->flush();
                const int safe = sequence.steps();
                if (::write(pipe, &safe, sizeof safe) != sizeof safe) {
                    ::_exit(2);
                }
            }
        }
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "the process that edits: %s\n", failure.what());
        ::_exit(1);
    }
}

/// The last number in a pipe of the first `count`, waited for as long as it takes; `otherwise` when there is
/// none.
int waitedFor(int pipe, unsigned count, int otherwise) {
    int number = otherwise;
    for (unsigned i = 0; i < count && ::read(pipe, &number, sizeof number) == sizeof number; ++i) {
    }
    return number;
}

/// The last number in a pipe whose writer has ended; `otherwise` when there is none.
int lastOf(int pipe, int otherwise) {
    int number = otherwise;
    while (::read(pipe, &number, sizeof number) == sizeof number) {
    }
    return number;
}

} // namespace

class KilledEditsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatWasSaidToBeSafeIsThereAfterEachKillAndNothingIsHalfDone() {
        const int kills = numberFrom("NUNATAK_KILLS", 420);
        const auto firstSeed = static_cast<unsigned>(numberFrom("NUNATAK_SEED", 20261130));
        constexpr int killsOfAProject = 25;
        std::minstd_rand chance(firstSeed);
        std::optional<ProjectFolder> folder;
        std::filesystem::path file;
        EditSequence sequence;
        std::size_t before = 0; // steps of the history that are none of the sequence's
        long long steps = 0, safe = 0;
        int beforeAnything = 0;
        for (int kill = 0; kill < kills; ++kill) {
            if (kill % killsOfAProject == 0) {
                sequence = EditSequence();
                file = folder.emplace().newFile();
                const auto project = Project::create(file, utm32());
                project->addLayer(inventoryLayer(EditSequence::layer));
                before = project->history().size();
            }
            const unsigned seed = chance();
            std::array<int, 2> ends{};
            QCOMPARE(::pipe(ends.data()), 0);
            sequence.beginRound(seed);
            const pid_t child = ::fork();
            if (child == 0) {
                ::close(ends[0]);
                editUntilKilled(file, sequence, seed, ends[1]);
            }
            ::close(ends[1]);
            // However slow the machine: while it opens, when it begins, after its first steps that are safe.
            const int awaited = waitedFor(ends[0], chance() % 5, sequence.steps());
            std::this_thread::sleep_for(std::chrono::microseconds(chance() % 40'000));
            ::kill(child, SIGKILL);
            int status = 0;
            ::waitpid(child, &status, 0);
            QVERIFY2(WIFSIGNALED(status), "the process that edits ended by itself");
            const int acknowledged = lastOf(ends[0], awaited);
            ::close(ends[0]);

            QCOMPARE(integrityOf(file), std::string("ok"));
            const int stood = sequence.steps();
            const auto project = Project::open(file);
            const auto there = static_cast<int>(project->history().size() - before);
            const auto where = [&] {
                return QString("seed %1, kill %2: %3 steps, of which %4 are safe")
                    .arg(firstSeed)
                    .arg(kill)
                    .arg(there)
                    .arg(acknowledged)
                    .toUtf8();
            };
            QVERIFY2(there >= acknowledged, where());
            while (sequence.steps() < there) {
                sequence.next(nullptr);
            }
            QVERIFY2(EditSequence::isAs(sequence.state(), *project), where());
            QVERIFY2(project->notes().empty(), where());
            sequence.beginRound(seed + 1);
            sequence.next(project.get()); // it goes on
            project->close();
            QCOMPARE(filesIn(file.parent_path()), std::vector<std::string>{file.filename().string()});
            beforeAnything += there == stood ? 1 : 0;
            steps += there - stood;
            safe += acknowledged - stood;
        }
        qInfo("%d kills, seed %u: %lld steps were there, %lld of them said to be safe; %d before the first "
              "step",
              kills, firstSeed, steps, safe, beforeAnything);
        QVERIFY(safe > kills);
        QVERIFY(beforeAnything < kills / 2);
    }

private:
    static std::vector<std::string> filesIn(const std::filesystem::path& folder) {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(folder)) {
            names.push_back(entry.path().filename().string());
        }
        return names;
    }
};

QTEST_GUILESS_MAIN(KilledEditsTest)
#include "killed_edits_test.moc"
