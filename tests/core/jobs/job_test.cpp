// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "jobs/job.h"

#include <algorithm>
#include <atomic>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <new>
#include <thread>

#include <QtTest>

using namespace nunatak;
using namespace nunatak::jobs;
using namespace std::chrono_literals;

namespace {

/// A door that work waits at until the test opens it.
class Gate {
public:
    void open() {
        {
            const std::lock_guard lock(m_mutex);
            m_open = true;
        }
        m_changed.notify_all();
    }
    void wait() {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return m_open; });
    }
    /// False when it stayed closed for many seconds.
    bool waitSome() {
        std::unique_lock lock(m_mutex);
        return m_changed.wait_for(lock, 20s, [this] { return m_open; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_open = false;
};

void waitForStop(const Progress& progress) {
    while (true) {
        progress.throwIfStopped();
        std::this_thread::sleep_for(1ms);
    }
}

} // namespace

class JobTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aJobRunsOnAnotherThreadAndTellsHowFarItIs() {
        Gate reported;
        Gate goOn;
        Runner runner(Runner::Mode::Threads);
        std::thread::id worker;
        const auto job = runner.start("Predict", Lane::Network, [&](const Progress& progress) {
            worker = std::this_thread::get_id();
            progress.report(0.25, "Reading bands");
            reported.open();
            goOn.wait();
        });
        reported.wait();
        const auto status = job->status();
        QCOMPARE(status.state, State::Running);
        QCOMPARE(status.fraction, 0.25);
        QCOMPARE(status.stage, std::string("Reading bands"));
        QVERIFY(!status.remaining); // after a few milliseconds an estimate would be a guess
        QVERIFY(!job->finished());
        QCOMPARE(runner.active().size(), std::size_t{1});
        QCOMPARE(runner.active().front()->title(), std::string("Predict"));
        goOn.open();
        job->wait();
        QCOMPARE(job->status().state, State::Succeeded);
        QCOMPARE(job->status().fraction, 1.0);
        QVERIFY(worker != std::this_thread::get_id());
        QVERIFY(runner.active().empty());
        job->rethrow();
    }

    void whatRunsAsideHoldsUpNoOtherJob() {
        Gate goOn;
        Runner runner(Runner::Mode::Threads);
        const auto aside = runner.start("Make overviews", Lane::Aside, [&](const Progress&) { goOn.wait(); });
        const auto next = runner.start("Look for overviews", Lane::Aside, [](const Progress&) {});
        for (const Lane lane : {Lane::Background, Lane::Network}) {
            runner.start("Undo", lane, [](const Progress&) {})->wait();
        }
        QVERIFY(!aside->finished());
        QVERIFY(!next->finished()); // those aside wait for each other
        goOn.open();
        next->wait();
        QVERIFY(aside->finished());
    }

    void theRemainingTimeIsEstimatedFromTheWorkDone() {
        Gate reported;
        Gate goOn;
        Runner runner(Runner::Mode::Threads);
        const auto job = runner.start("Predict", Lane::Network, [&](const Progress& progress) {
            std::this_thread::sleep_for(1100ms);
            progress.report(0.1);
            reported.open();
            goOn.wait();
        });
        reported.wait();
        const auto remaining = job->status().remaining;
        std::this_thread::sleep_for(1100ms);
        const auto later = job->status().remaining;
        goOn.open();
        job->wait();
        QVERIFY(remaining.has_value());
        QVERIFY(*remaining >= 5s);          // a tenth took 1.1 s, so the rest takes about 10
        QVERIFY(*later <= *remaining - 1s); // and time goes by while nothing is reported
        QVERIFY(!job->status().remaining);
    }

    void progressNeverMovesBack() {
        Runner runner(Runner::Mode::Inline);
        double seen = 0;
        std::shared_ptr<Job> job;
        runner.start("Predict", Lane::Network, [&](const Progress& progress) {
            progress.report(0.5);
            progress.report(0.2);
            seen = runner.active().front()->status().fraction;
        });
        QCOMPARE(seen, 0.5);
    }

    void whatTheWorkThrowsIsKeptForTheCaller() {
        Runner runner(Runner::Mode::Threads);
        const auto job = runner.start("Export", Lane::Background, [](const Progress&) {
            throw Error("The disk is full; free some space and export again.");
        });
        job->wait();
        QCOMPARE(job->status().state, State::Failed);
        QCOMPARE(job->status().error, std::string("The disk is full; free some space and export again."));
        QVERIFY_EXCEPTION_THROWN(job->rethrow(), Error);
    }

    void failuresThatAreNotOursBecomeASentence() {
        Runner runner(Runner::Mode::Inline);
        const auto memory =
            runner.start("Predict", Lane::Network, [](const Progress&) { throw std::bad_alloc(); });
        QCOMPARE(memory->status().state, State::Failed);
        QVERIFY(memory->status().error.find("Predict needs more memory") == 0);
        const auto strange = runner.start("Predict", Lane::Network, [](const Progress&) { throw 1; });
        QCOMPARE(strange->status().state, State::Failed);
        QVERIFY(!strange->status().error.empty());
        QVERIFY_EXCEPTION_THROWN(strange->rethrow(), Error);
    }

    void aRunningJobCanBeCancelled() {
        Gate running;
        Runner runner(Runner::Mode::Threads);
        const auto job = runner.start("Predict", Lane::Network, [&](const Progress& progress) {
            running.open();
            waitForStop(progress);
        });
        running.wait();
        job->cancel();
        job->wait();
        QCOMPARE(job->status().state, State::Cancelled);
        QVERIFY_EXCEPTION_THROWN(job->rethrow(), nunatak::Cancelled);
    }

    void aWaitingJobIsCancelledAtOnceAndNeverRuns() {
        Gate goOn;
        std::atomic<bool> ran = false;
        bool told = false;
        Runner runner(Runner::Mode::Threads);
        const auto first = runner.start("First", Lane::Network, [&](const Progress&) { goOn.wait(); });
        const auto second = runner.start(
            "Second", Lane::Network, [&](const Progress&) { ran = true; }, [&](const Job&) { told = true; });
        second->cancel();
        QVERIFY(second->finished());
        QCOMPARE(second->status().state, State::Cancelled);
        QCOMPARE(runner.active().size(), std::size_t{1});
        runner.deliver();
        QVERIFY(told);
        goOn.open();
        first->wait();
        const auto third = runner.start("Third", Lane::Network, [](const Progress&) {});
        third->wait();
        QVERIFY(!ran);
    }

    void jobsThatUseTheNetworkRunOneAfterTheOther() {
        std::atomic<int> atOnce = 0;
        std::atomic<int> most = 0;
        std::vector<int> order; // touched by one job at a time: a sanitizer would tell
        Runner runner(Runner::Mode::Threads);
        std::vector<std::shared_ptr<Job>> jobs;
        for (int i = 0; i < 20; ++i) {
            jobs.push_back(runner.start("Predict", Lane::Network, [&, i](const Progress&) {
                most = std::max(most.load(), ++atOnce);
                order.push_back(i);
                std::this_thread::sleep_for(1ms);
                --atOnce;
            }));
        }
        for (const auto& job : jobs) {
            job->wait();
        }
        QCOMPARE(most.load(), 1);
        QVERIFY(std::is_sorted(order.begin(), order.end()));
        QCOMPARE(order.size(), std::size_t{20});
    }

    void twoBackgroundJobsRunAtOnceBesideTheNetwork() {
        Gate first;
        Gate second;
        Gate network;
        std::atomic<bool> met = true;
        Runner runner(Runner::Mode::Threads);
        // Each waits for the two others, so they only end when all three run at once.
        const auto together = [&met](Gate& mine, Gate& one, Gate& other) {
            mine.open();
            met = one.waitSome() && other.waitSome() && met;
        };
        const std::vector jobs{
            runner.start("A", Lane::Background, [&](const Progress&) { together(first, second, network); }),
            runner.start("B", Lane::Background, [&](const Progress&) { together(second, first, network); }),
            runner.start("C", Lane::Network, [&](const Progress&) { together(network, first, second); })};
        for (const auto& job : jobs) {
            job->wait();
        }
        QVERIFY(met);
    }

    void noMoreThanTwoBackgroundJobsRunAtOnce() {
        std::atomic<int> atOnce = 0;
        std::atomic<int> most = 0;
        Runner runner(Runner::Mode::Threads);
        std::vector<std::shared_ptr<Job>> jobs;
        for (int i = 0; i < 12; ++i) {
            jobs.push_back(runner.start("Export", Lane::Background, [&](const Progress&) {
                const int now = ++atOnce;
                int before = most;
                while (before < now && !most.compare_exchange_weak(before, now)) {
                }
                std::this_thread::sleep_for(2ms);
                --atOnce;
            }));
        }
        for (const auto& job : jobs) {
            job->wait();
        }
        QVERIFY(most <= 2);
    }

    void doneIsCalledOnTheThreadThatDelivers() {
        Runner runner(Runner::Mode::Threads);
        std::thread::id deliverer;
        State state = State::Waiting;
        int calls = 0;
        const auto job = runner.start(
            "Predict", Lane::Network, [](const Progress&) {},
            [&](const Job& finished) {
                deliverer = std::this_thread::get_id();
                state = finished.status().state;
                ++calls;
            });
        job->wait();
        QCOMPARE(calls, 0);
        runner.deliver();
        runner.deliver();
        QCOMPARE(calls, 1);
        QCOMPARE(state, State::Succeeded);
        QVERIFY(deliverer == std::this_thread::get_id());
    }

    void doneMayStartTheNextJob() {
        Runner runner(Runner::Mode::Threads);
        std::shared_ptr<Job> next;
        const auto first = runner.start(
            "First", Lane::Network, [](const Progress&) {},
            [&](const Job&) { next = runner.start("Next", Lane::Network, [](const Progress&) {}); });
        first->wait();
        runner.deliver();
        QVERIFY(next != nullptr);
        next->wait();
        QCOMPARE(next->status().state, State::Succeeded);
    }

    void anErrorInOneDoneLeavesTheOthersToBeDelivered() {
        Runner runner(Runner::Mode::Threads);
        bool told = false;
        const auto first = runner.start(
            "First", Lane::Network, [](const Progress&) {},
            [](const Job&) { throw Error("cannot show this"); });
        const auto second = runner.start(
            "Second", Lane::Network, [](const Progress&) {}, [&](const Job&) { told = true; });
        second->wait();
        QVERIFY_EXCEPTION_THROWN(runner.deliver(), Error);
        runner.deliver();
        QVERIFY(told);
    }

    void anInlineJobIsFinishedWhenStartReturns() {
        std::vector<std::string> events;
        Runner runner(Runner::Mode::Inline);
        const auto job = runner.start(
            "Predict", Lane::Network, [&](const Progress&) { events.push_back("work"); },
            [&](const Job& finished) { events.push_back(finished.finished() ? "done" : "too early"); });
        QVERIFY(job->finished());
        QCOMPARE(events, (std::vector<std::string>{"work", "done"}));
        runner.deliver();
        QCOMPARE(events.size(), std::size_t{2});
    }

    void theOwnerIsToldAtMostThirtyTimesASecondAndAtTheEnd() {
        std::atomic<int> notices = 0;
        std::atomic<bool> sawEnd = false;
        std::shared_ptr<Job> job;
        Gate known;
        Gate ended;
        Runner runner(Runner::Mode::Threads, [&] {
            ++notices;
            known.wait();
            if (job->finished()) {
                sawEnd = true;
                ended.open();
            }
        });
        const auto start = std::chrono::steady_clock::now();
        job = runner.start("Predict", Lane::Network, [](const Progress& progress) {
            for (int i = 0; i < 5000; ++i) {
                progress.report(i / 5000.0);
                std::this_thread::sleep_for(20us);
            }
        });
        known.open();
        QVERIFY(ended.waitSome());
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
        QVERIFY(sawEnd);
        QVERIFY(notices <= static_cast<int>(seconds.count() * 30) + 2);
        QVERIFY(notices >= 2);
    }

    void theLastChangeIsToldEvenIfNothingFollowsIt() {
        Gate told;
        Gate goOn;
        std::shared_ptr<Job> job;
        Gate known;
        Runner runner(Runner::Mode::Threads, [&] {
            known.wait();
            if (job->status().stage == "Second") {
                told.open();
            }
        });
        job = runner.start("Predict", Lane::Network, [&](const Progress& progress) {
            progress.report(0.1, "First");
            progress.report(0.2, "Second"); // right after the first, then silence
            goOn.wait();
        });
        known.open();
        QVERIFY(told.waitSome());
        goOn.open();
        job->wait();
    }

    void destroyingTheRunnerCancelsAndWaits() {
        std::atomic<int> running = 0;
        std::vector<std::shared_ptr<Job>> jobs;
        bool told = false;
        Gate started; // outlives the jobs that open it
        {
            Runner runner(Runner::Mode::Threads);
            for (int i = 0; i < 6; ++i) {
                jobs.push_back(runner.start(
                    "Predict", Lane::Background,
                    [&](const Progress& progress) {
                        ++running;
                        started.open();
                        try {
                            waitForStop(progress);
                        } catch (...) {
                            --running;
                            throw;
                        }
                    },
                    [&](const Job&) { told = true; }));
            }
            started.wait();
        }
        QCOMPARE(running.load(), 0);
        QVERIFY(!told);
        for (const auto& job : jobs) {
            QCOMPARE(job->status().state, State::Cancelled);
            job->cancel(); // a handle may outlive its runner
        }
    }

    void whatTheWorkHoldsGoesWhenItEnds() {
        auto held = std::make_shared<int>(1);
        const std::weak_ptr<int> watch = held;
        Runner runner(Runner::Mode::Threads);
        const auto job = runner.start("Predict", Lane::Network, [held](const Progress&) {});
        held.reset();
        job->wait();
        QVERIFY(watch.expired());
    }
};

QTEST_GUILESS_MAIN(JobTest)
#include "job_test.moc"
