// SPDX-License-Identifier: GPL-3.0-or-later
// How far a training came is kept whole, by turns, and watched; what it will take is told.
#include "base/error.h"
#include "base/staging_folder.h"
#include "support/full_disk.h"
#include "tasks/kept_course.h"
#include "tasks/learning_pace.h"
#include "tasks/training_lock.h"
#include "tasks/training_run.h"

#include <QTemporaryDir>
#include <QtTest>

#include <cmath>
#include <fstream>
#include <iterator>

#include <sys/wait.h>
#include <unistd.h>

using namespace nunatak;
using namespace nunatak::tasks;
using training::TrainingState;

namespace {

template <typename Work> std::string errorOf(Work&& work) {
    try {
        work();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

models::NamedTensors weights(float value, std::int64_t count = 4) {
    return {{"weight", {{count}, std::vector<float>(static_cast<std::size_t>(count), value)}}};
}

TrainingState stateAt(int step, std::int64_t count = 4) {
    TrainingState state;
    state.step = step;
    state.dice = "dice of step " + std::to_string(step);
    for (int i = 0; i < step; ++i) {
        state.losses.push_back(1.0 / (i + 3));
    }
    state.measured = {{0, 0.5}, {step, 0.1 * step}};
    state.network = weights(static_cast<float>(step), count);
    state.best = {step, 0.6, 0.7, weights(-1.0F)};
    return state;
}

TrainingRun someRun() {
    TrainingRun run;
    run.name = "everest-after-37-glaciers";
    run.layer = "inventory";
    run.scene = "0b9c4e6a";
    run.parent = "starter";
    run.fingerprint = std::string(64, 'a');
    run.began = "2026-08-20T12:00:00Z";
    run.options.title = "Everest, after 37 glaciers";
    run.options.steps = 300;
    run.options.rate = 3e-5;
    run.options.seed = 18446744073709551615U;
    training::TrainingArea area;
    area.crs = geo::Crs::fromUserInput("EPSG:32632");
    area.glaciers = {{{{{0, 0}, {0, 100.0 / 3}, {100, 100}}, {}}}};
    area.lookedAt = area.glaciers[0];
    area.margin = 500;
    area.complete = false;
    run.areas = {area};
    return run;
}

struct Folder {
    QTemporaryDir folder;
    TrainingFolder training{std::filesystem::path(folder.filePath("training").toStdString())};
    std::filesystem::path file(const char* name) const { return training.path() / name; }
};

} // namespace

class TrainingRunTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatATrainingIsIsFoundAgainToTheLastDigit() {
        const Folder folder;
        QVERIFY(folder.training.isEmpty());
        QVERIFY(!folder.training.interrupted());
        const auto run = someRun();
        folder.training.begin(run);
        const auto found = folder.training.interrupted().value();
        QCOMPARE(found.options.title, run.options.title);
        QCOMPARE(found.options.steps, 300);
        QCOMPARE(found.options.rate, 3e-5);
        QCOMPARE(found.options.seed, run.options.seed);
        QCOMPARE(found.areas.size(), std::size_t(1));
        QVERIFY(found.areas[0].glaciers == run.areas[0].glaciers);
        QVERIFY(found.areas[0].lookedAt == run.areas[0].lookedAt);
        QCOMPARE(found.areas[0].margin, 500.0);
        QVERIFY(!found.areas[0].complete);
        QVERIFY(found.areas[0].crs == run.areas[0].crs);
        QCOMPARE(found.step, 0);
        folder.training.remove();
        QVERIFY(!std::filesystem::exists(folder.training.path()));
    }

    void theNewestCheckpointIsGoneOnFromAndADamagedOneCostsOneInterval() {
        const Folder folder;
        folder.training.begin(someRun());
        std::vector<std::string> notes;
        QVERIFY(!folder.training.newest(notes));
        for (const int step : {3, 6, 9}) {
            folder.training.keep(stateAt(step));
        }
        QCOMPARE(folder.training.interrupted()->step, 9);
        const auto newest = folder.training.newest(notes).value();
        QVERIFY(notes.empty());
        QCOMPARE(newest.step, 9);
        QCOMPARE(newest.losses, stateAt(9).losses);
        QCOMPARE(newest.dice, stateAt(9).dice);
        QVERIFY(newest.network == stateAt(9).network);
        QVERIFY(newest.best.of == stateAt(9).best.of);
        QCOMPARE(newest.best.step, 9);

        // The third took the place of the first.
        const auto file = folder.file("checkpoint-1.safetensors");
        std::filesystem::resize_file(file, std::filesystem::file_size(file) - 1);
        const auto before = folder.training.newest(notes).value();
        QCOMPARE(before.step, 6);
        QVERIFY(before.network == stateAt(6).network);
        QCOMPARE(notes.size(), std::size_t(1));
        QVERIFY2(notes[0].find("checkpoint-1.json") != std::string::npos &&
                     notes[0].find("the one before") != std::string::npos,
                 notes[0].c_str());

        std::ofstream(folder.file("checkpoint-2.json")) << "{\"step\": 6";
        notes.clear();
        QVERIFY(!folder.training.newest(notes));
        QVERIFY2(notes.back().find("begins at its first step") != std::string::npos, notes.back().c_str());
    }

    void nothingStaysOfATrainingThatWasKilledWhileItWroteACheckpoint() {
        const Folder folder;
        folder.training.begin(someRun());
        folder.training.keep(stateAt(3));
        const pid_t child = ::fork();
        if (child == 0) {
            const StagingFolder staging(folder.training.path());
            std::ofstream(staging.path() / "file") << "half a checkpoint";
            ::_exit(0);
        }
        int status = 0;
        QCOMPARE(::waitpid(child, &status, 0), child);
        QCOMPARE(std::distance(std::filesystem::directory_iterator(folder.training.path()), {}), 4);
        folder.training.remove();
        QVERIFY(!std::filesystem::exists(folder.training.path()));
    }

    void aFlippedBitInTheWeightsIsNoticed() {
        const Folder folder;
        folder.training.begin(someRun());
        folder.training.keep(stateAt(3));
        std::fstream file(folder.file("checkpoint-1.safetensors"),
                          std::ios::in | std::ios::out | std::ios::binary);
        file.seekp(-1, std::ios::end);
        file.put('\x01');
        file.close();
        std::vector<std::string> notes;
        QVERIFY(!folder.training.newest(notes));
        QVERIFY(!notes.empty());
    }

    void aDamagedRunSaysThatItCanBeDiscarded() {
        const Folder folder;
        folder.training.begin(someRun());
        std::ofstream(folder.file("run.json")) << "{\"format\": \"nunatak-training\"}";
        const auto message = errorOf([&] { folder.training.interrupted(); });
        QVERIFY2(message.find("discard") != std::string::npos, message.c_str());
        folder.training.remove();
        QVERIFY(folder.training.isEmpty());
    }

    void onAFullDiskLearningGoesOnIsToldOnceAndTheCheckpointOfBeforeStays() {
        const Folder folder;
        folder.training.begin(someRun());
        folder.training.keep(stateAt(3, 4000));
        auto watch = std::make_shared<LearningWatch>();
        std::vector<std::string> told;
        watch->noted = [&](const std::string& sentence) { told.push_back(sentence); };
        KeptCourse course(&folder.training, watch, 300, std::chrono::milliseconds(0));
        QCOMPARE(course.begin()->step, 3);
        QVERIFY(course.wantsState(6));
        {
            const tests::FullDisk full(2000);
            course.keep(stateAt(6, 4000));
            course.keep(stateAt(9, 4000));
        }
        QCOMPARE(told.size(), std::size_t(1));
        QVERIFY2(told[0].find("cannot be kept") != std::string::npos, told[0].c_str());
        std::vector<std::string> notes;
        QCOMPARE(folder.training.newest(notes)->step, 3);
        QVERIFY(notes.empty());
        course.keep(stateAt(12, 4000)); // there is room again
        QCOMPARE(folder.training.newest(notes)->step, 12);
    }

    void aPauseKeepsTheStepAndEnds() {
        const Folder folder;
        folder.training.begin(someRun());
        auto watch = std::make_shared<LearningWatch>();
        KeptCourse course(&folder.training, watch, 300, std::chrono::hours(1));
        QVERIFY(!course.begin());
        QVERIFY(!course.wantsState(5));
        watch->pauseAsked = true;
        QVERIFY(course.wantsState(6));
        QVERIFY_EXCEPTION_THROWN(course.keep(stateAt(6)), Cancelled);
        QCOMPARE(folder.training.interrupted()->step, 6);
    }

    void twoTrainingsAtOnceAreRefused() {
        const QTemporaryDir folder;
        const std::filesystem::path models = folder.path().toStdString();
        {
            const TrainingLock lock(models, "Everest, after 37 glaciers");
            const auto message = errorOf([&] { const TrainingLock other(models, "Alps"); });
            QVERIFY2(message.find("Another training is running: Everest, after 37 glaciers") == 0,
                     message.c_str());
        }
        const TrainingLock after(models, "Alps");
    }

    void theTimeIsEstimatedWithinAFifthAfterTheFirstMinute() {
        // Steps of 2 s that wander by a fifth, 10 s to measure each thirtieth, a first look of 12 s.
        LearningPace pace;
        constexpr int steps = 300;
        std::vector<double> ends;
        double now = 100;
        pace.begin(now, 0, steps, 12, steps / 10);
        std::vector<std::optional<double>> left;
        for (int step = 1; step <= steps; ++step) {
            const bool measures = step > 1 && (step - 1) % 30 == 0;
            now += 2 + 0.4 * std::sin(step) + (measures ? 10 : 0);
            pace.stepped(now, step, measures);
            ends.push_back(now);
            left.push_back(pace.secondsLeft());
        }
        const double end = now + 10; // measured after the last step, too
        for (int step = 1; step < steps - 30; ++step) {
            const auto i = static_cast<std::size_t>(step - 1);
            if (ends[i] - 100 > 60) {
                const double truth = end - ends[i];
                QVERIFY2(
                    std::abs(left[i].value() - truth) < truth / 5,
                    qPrintable(
                        QString("step %1: %2 s said, %3 s true").arg(step).arg(left[i].value()).arg(truth)));
            }
        }
        QVERIFY(!pace.secondsLeft());
    }
};

QTEST_GUILESS_MAIN(TrainingRunTest)
#include "training_run_test.moc"
