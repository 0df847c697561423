// SPDX-License-Identifier: GPL-3.0-or-later
// What is left to be looked at in a layer, in which order and why, and how far one is; without a window.
#include <QtTest>

#include "review/glacier_order.h"
#include "review/review_count.h"
#include "review/review_queue.h"

using namespace nunatak;
using outlines::OutlineHandle;
using outlines::Review;
using review::ReviewCount;
using review::ReviewQueue;

namespace {

/// A square glacier.
OutlineHandle glacier(const std::string& uuid, double width, Review found = Review::NotReviewed) {
    outlines::Outline outline;
    outline.uuid = uuid;
    outline.geometry = {{{{0, 0}, {width, 0}, {width, width}, {0, width}}, {}}};
    outline.review = found;
    return outlines::share(std::move(outline));
}

std::vector<std::string> namesIn(const ReviewQueue& queue) {
    std::vector<std::string> names;
    for (const auto& entry : queue.entries()) {
        names.push_back(entry.glacier.outline->uuid);
    }
    return names;
}

/// Who comes next; "" for none.
std::string after(const ReviewQueue& queue, const OutlineHandle& from, int step = 1) {
    const auto place = queue.next(from, step);
    return place ? queue.entries().at(*place).glacier.outline->uuid : std::string();
}

} // namespace

class ReviewTest : public QObject {
    Q_OBJECT

    const std::vector<OutlineHandle> m_layer{glacier("small", 1), glacier("large", 4),
                                             glacier("accepted", 3, Review::Accepted), glacier("middle", 2)};

private Q_SLOTS:
    void theLargestThatNobodyReviewedStandsFirst() {
        const ReviewQueue queue(m_layer);
        QCOMPARE(namesIn(queue), (std::vector<std::string>{"large", "middle", "small"}));
        QCOMPARE(queue.entries().front().glacier.area, 16.0);
        QCOMPARE(after(queue, nullptr), std::string("large"));
        QCOMPARE(after(queue, nullptr, -1), std::string("small"));
    }

    void whatWasJudgedIsLeftOutUnlessItChangedSince() {
        outlines::Outline changed = *glacier("changed", 1, Review::Accepted);
        changed.reviewRecord.isOutdated = true;
        const ReviewQueue queue(
            {glacier("accepted", 4, Review::Accepted), glacier("doubtful", 4, Review::Doubtful),
             glacier("removed", 4, Review::Removed), glacier("new", 1), outlines::share(std::move(changed))});
        QCOMPARE(namesIn(queue), (std::vector<std::string>{"changed", "new"}));
        QCOMPARE(queue.entries()[0].why, std::string("changed after its review"));
        QCOMPARE(queue.entries()[1].why, std::string());
    }

    void theQueueIsGoneThroughRoundAndRoundInBothDirections() {
        const ReviewQueue queue(m_layer);
        QCOMPARE(after(queue, m_layer[1]), std::string("middle"));
        QCOMPARE(after(queue, m_layer[0]), std::string("large"));
        QCOMPARE(after(queue, m_layer[1], -1), std::string("small"));
        QCOMPARE(after(queue, m_layer[0], -1), std::string("middle"));
    }

    void fromAGlacierThatIsReviewedItGoesOnWhereThatOneStands() {
        const ReviewQueue queue(m_layer);
        QCOMPARE(after(queue, m_layer[2]), std::string("middle"));
        QCOMPARE(after(queue, m_layer[2], -1), std::string("large"));
    }

    void theLastOneLeftComesAfterItselfAndAnEmptyQueueHasNone() {
        const ReviewQueue one({m_layer[0], m_layer[2]});
        QCOMPARE(after(one, m_layer[0]), std::string("small"));
        QCOMPARE(after(one, m_layer[0], -1), std::string("small"));
        const ReviewQueue none({m_layer[2]});
        QVERIFY(!none.next(m_layer[2]));
        QVERIFY(!none.next(nullptr, -1));
    }

    void glaciersOfOneSizeKeepTheirOrder() {
        const std::vector<OutlineHandle> layer{glacier("b", 1), glacier("c", 1), glacier("a", 1)};
        const ReviewQueue queue(layer);
        QCOMPARE(namesIn(queue), (std::vector<std::string>{"a", "b", "c"}));
        QCOMPARE(after(queue, layer[0]), std::string("c"));
        QCOMPARE(after(queue, layer[0], -1), std::string("a"));
    }

    void theNeighbourBySizeIsAnyGlacierOfTheLayer() {
        QCOMPARE(review::neighbourByArea(m_layer, "large", 1)->uuid, std::string("accepted"));
        QCOMPARE(review::neighbourByArea(m_layer, "large", -1)->uuid, std::string("small"));
        QCOMPARE(review::neighbourByArea(m_layer, "large", 5)->uuid, std::string("accepted"));
        QCOMPARE(review::neighbourByArea(m_layer, "of another layer", 1)->uuid, std::string("large"));
        QCOMPARE(review::neighbourByArea(m_layer, "of another layer", -1)->uuid, std::string("small"));
        QVERIFY(review::neighbourByArea({}, "large", 1) == nullptr);
    }

    void theCountIsKeptByWhatChanges() {
        ReviewCount count;
        for (const auto& outline : m_layer) {
            count.note({"inventory", nullptr, outline});
        }
        QVERIFY(count == (ReviewCount{1, 0, 0, 4}));
        count.note({"inventory", m_layer[0], glacier("small", 1, Review::Doubtful)});
        count.note({"inventory", m_layer[1], glacier("large", 4, Review::Removed)});
        QVERIFY(count == (ReviewCount{1, 1, 1, 4}));
        QCOMPARE(count.reviewed(), 3);
        count.note({"inventory", m_layer[2], nullptr});
        QVERIFY(count == (ReviewCount{0, 1, 1, 3}));
    }
};

QTEST_APPLESS_MAIN(ReviewTest)
#include "review_test.moc"
