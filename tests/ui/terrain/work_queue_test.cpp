// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "ui/terrain/work_queue.h"

#include <QtTest>

#include <atomic>
#include <chrono>
#include <semaphore>
#include <thread>

using namespace nunatak;
using namespace nunatak::ui::terrain;

namespace {

WorkKey keyOf(int column, std::uint64_t version = 0) {
    return {WorkKey::Kind::Read, {5, column, 0}, 0, version};
}

/// Delivers until nothing is being done any more.
std::vector<std::string> delivered(WorkQueue& queue) {
    std::vector<std::string> failures;
    while (queue.waitForDelivery()) {
        queue.deliver(failures);
    }
    return failures;
}

} // namespace

class WorkQueueTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whatIsMostUrgentIsDoneFirst() {
        std::counting_semaphore<> begin(0);
        std::vector<int> order;
        WorkQueue queue(1, {});
        std::vector<WorkQueue::Task> tasks;
        const auto task = [&](int column, double urgency) {
            tasks.push_back({keyOf(column), urgency, [&order, column](const Progress&) {
                                 return [&order, column] { order.push_back(column); };
                             }});
        };
        // The worker is kept busy until all are wanted.
        queue.want({{keyOf(99), 1e9, [&](const Progress&) {
                         begin.acquire();
                         return WorkQueue::Delivery();
                     }}});
        tasks.push_back({keyOf(99), 1e9, [](const Progress&) { return WorkQueue::Delivery(); }});
        task(1, 1);
        task(2, 30);
        task(3, 7);
        queue.want(std::move(tasks));
        begin.release();
        QVERIFY(delivered(queue).empty());
        QCOMPARE(order, (std::vector<int>{2, 3, 1}));
    }

    void whatIsNoLongerWantedIsDroppedOrStopped() {
        std::binary_semaphore begun(0);
        std::atomic<bool> stopped{false};
        std::atomic<int> done{0};
        WorkQueue queue(1, {});
        const auto quick = [&](const Progress&) {
            ++done;
            return WorkQueue::Delivery();
        };
        queue.want({{keyOf(1), 2,
                     [&](const Progress& progress) -> WorkQueue::Delivery {
                         begun.release();
                         try {
                             while (true) {
                                 progress.throwIfStopped();
                                 std::this_thread::sleep_for(std::chrono::milliseconds(1));
                             }
                         } catch (const Cancelled&) {
                             stopped = true;
                             throw;
                         }
                     }},
                    {keyOf(2), 1, quick}});
        begun.acquire();
        queue.want({{keyOf(3), 1, quick}});
        QVERIFY(delivered(queue).empty()); // being cancelled is no failure
        QVERIFY(stopped);
        QCOMPARE(done.load(), 1); // the third, not the second
    }

    void whatFailsIsToldOnceAndNotBegunAgainUntilForgotten() {
        std::atomic<int> tries{0};
        WorkQueue queue(2, {});
        const auto wanted = [&] {
            return std::vector<WorkQueue::Task>{{keyOf(1), 1, [&](const Progress&) -> WorkQueue::Delivery {
                                                     ++tries;
                                                     throw Error("The file is cut off.");
                                                 }}};
        };
        queue.want(wanted());
        QCOMPARE(delivered(queue), std::vector<std::string>{"The file is cut off."});
        QVERIFY(queue.hasFailed(keyOf(1)));
        queue.want(wanted());
        QVERIFY(delivered(queue).empty());
        QCOMPARE(tries.load(), 1);
        queue.forgetFailures();
        queue.want(wanted());
        QCOMPARE(delivered(queue).size(), std::size_t(1));
        QCOMPARE(tries.load(), 2);
    }

    void deliveriesRunOnTheOwnersThreadAndWakeIt() {
        std::binary_semaphore woken(0);
        std::thread::id worker;
        std::thread::id owner;
        WorkQueue queue(1, [&] { woken.release(); });
        queue.want({{keyOf(1), 1, [&](const Progress&) {
                         worker = std::this_thread::get_id();
                         return [&] { owner = std::this_thread::get_id(); };
                     }}});
        woken.acquire();
        delivered(queue);
        QVERIFY(owner == std::this_thread::get_id());
        QVERIFY(worker != owner);
    }

    void itGoesWhileWorkIsUnderWay() {
        std::binary_semaphore begun(0);
        std::atomic<bool> stopped{false};
        {
            WorkQueue queue(2, {});
            queue.want({{keyOf(1), 1, [&](const Progress& progress) -> WorkQueue::Delivery {
                             begun.release();
                             while (!progress.stopToken().stop_requested()) {
                                 std::this_thread::sleep_for(std::chrono::milliseconds(1));
                             }
                             stopped = true;
                             throw Cancelled();
                         }}});
            begun.acquire();
        }
        QVERIFY(stopped); // it was told to stop, and waited for
    }
};

QTEST_GUILESS_MAIN(WorkQueueTest)
#include "work_queue_test.moc"
