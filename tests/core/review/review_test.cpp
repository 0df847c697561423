// SPDX-License-Identifier: GPL-3.0-or-later
// What is left to be looked at in a layer, in which order and why, and how far one is; without a window.
#include <QtTest>

#include "review/glacier_order.h"
#include "review/review_count.h"
#include "review/review_progress.h"
#include "review/review_queue.h"

#include <algorithm>
#include <cmath>
#include <random>

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
        names.push_back(entry->glacier.outline->uuid);
    }
    return names;
}

/// Who comes next; "" for none.
std::string after(const ReviewQueue& queue, const OutlineHandle& from, int step = 1) {
    const auto place = queue.next(from, step);
    return place ? queue.entries().at(*place)->glacier.outline->uuid : std::string();
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
        QCOMPARE(queue.entries().front()->glacier.area, 16.0);
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
        QCOMPARE(queue.entries()[0]->why, std::string("changed after its review"));
        QCOMPARE(queue.entries()[1]->why, std::string());
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

    /// Verdicts, edits, new glaciers, glaciers that go, findings: kept by what changes, the queue, its rows
    /// as a list shows them and the progress are what they are made anew.
    void whatIsKeptByChangesIsWhatIsMadeAnew() {
        std::mt19937 random(7);
        const auto any = [&](int end) { return std::uniform_int_distribution<int>(0, end - 1)(random); };
        outlines::OutlineSet set;
        for (int i = 0; i < 60; ++i) {
            set.put(glacier("g" + std::to_string(i), 100 + any(900)));
        }
        review::LayerEvidence evidence("inventory");
        ReviewQueue queue(set.all(), evidence);
        auto shown = queue.entries();
        review::ReviewTally tally;
        for (const auto& outline : set.all()) {
            tally.add(outline, evidence.of(*outline).area);
        }
        for (int round = 0; round < 300; ++round) {
            std::vector<outlines::OutlineChange> changes;
            for (int k = 0; k < 1 + any(3); ++k) {
                const std::string uuid = "g" + std::to_string(any(80));
                if (std::any_of(changes.begin(), changes.end(), [&](const auto& change) {
                        return (change.after ? change.after : change.before)->uuid == uuid;
                    })) {
                    continue;
                }
                const auto before = set.find(uuid);
                if (before && any(8) == 0) {
                    changes.push_back({"inventory", before, nullptr});
                    set.remove(uuid);
                    continue;
                }
                outlines::Outline now = *(before ? before : glacier(uuid, 300));
                if (any(2) == 0) {
                    now.geometry = glacier(uuid, 100 + any(900))->geometry;
                    now.reviewRecord.isOutdated = now.review != Review::NotReviewed;
                } else {
                    now.review = static_cast<Review>(any(4));
                    now.reviewRecord = {};
                    now.reviewRecord.reviewer = any(2) == 0 ? "A" : "B";
                    now.reviewRecord.time =
                        "2026-11-30T0" + std::to_string(any(3)) + ":1" + std::to_string(any(9)) + ":00Z";
                }
                const auto after = outlines::share(std::move(now));
                set.put(after);
                changes.push_back({"inventory", before, after});
            }
            evidence.note(changes);
            std::set<std::string> glaciers;
            for (const auto& change : changes) {
                glaciers.insert((change.after ? change.after : change.before)->uuid);
            }
            if (const auto all = set.all(); any(3) == 0 && !all.empty()) {
                const auto& one = all[static_cast<std::size_t>(any(static_cast<int>(all.size())))];
                review::Evidence found;
                found.area = one->area();
                found.difference = any(100) / 100.0;
                evidence.take({{one, found}}, set);
                editing::Finding finding;
                finding.kind = editing::Fault::Overlap;
                finding.outlines = {{"inventory", one->uuid}, {"inventory", all.front()->uuid}};
                evidence.take({finding}, {one->uuid});
            }
            glaciers.merge(evidence.takeChanged());
            for (const auto& step : queue.update(glaciers, set, evidence)) {
                if (step.from) {
                    QVERIFY(shown[*step.from] == step.before);
                    shown.erase(shown.begin() + static_cast<std::ptrdiff_t>(*step.from));
                }
                if (step.to) {
                    shown.insert(shown.begin() + static_cast<std::ptrdiff_t>(*step.to), step.after);
                }
                if (step.before) {
                    tally.remove(step.before->glacier.outline, step.before->evidence.area);
                }
                if (step.after) {
                    tally.add(step.after->glacier.outline, step.after->evidence.area);
                }
            }
            const ReviewQueue anew(set.all(), evidence);
            QCOMPARE(namesIn(queue), namesIn(anew));
            QVERIFY(shown == queue.entries());
            for (std::size_t i = 0; i < anew.entries().size(); ++i) {
                QCOMPARE(queue.entries()[i]->why, anew.entries()[i]->why);
                QCOMPARE(queue.placeOf(anew.entries()[i]->glacier.outline->uuid), std::optional(i));
            }
            const auto kept = tally.progress();
            const auto counted = review::progressOf(set.all(), evidence);
            QVERIFY(kept.count == counted.count);
            QCOMPARE(kept.left, counted.left);
            QCOMPARE(kept.timed, counted.timed);
            QCOMPARE(kept.secondsPerVerdict.value_or(0), counted.secondsPerVerdict.value_or(0));
            QVERIFY(std::abs(kept.areaReviewed - counted.areaReviewed) < 1e-3);
        }
        QVERIFY(queue.entries().size() > 10);
    }

    void afterAVerdictTheNextIsFoundFromWhereTheGlacierStood() {
        outlines::OutlineSet set;
        for (const auto& outline : {glacier("a", 4), glacier("b", 3), glacier("c", 2)}) {
            set.put(outline);
        }
        const review::LayerEvidence evidence;
        ReviewQueue queue(set.all(), evidence, review::usualCriteria(), [](const auto&) { return true; });
        const auto judge = [&](const char* uuid) {
            outlines::Outline now = *set.find(uuid);
            now.review = Review::Doubtful; // which brings it forward
            set.put(outlines::share(std::move(now)));
            const auto steps = queue.update({uuid}, set, evidence);
            const auto place = queue.behind(*steps.front().before);
            return place ? queue.entries()[*place]->glacier.outline->uuid : std::string();
        };
        QCOMPARE(judge("b"), std::string("c"));
        QCOMPARE(queue.entries().front()->glacier.outline->uuid, std::string("b"));
        QCOMPARE(judge("c"), std::string("b")); // round and round
        const ReviewQueue alone({glacier("a", 1)});
        QVERIFY(!alone.behind(*alone.entries().front()));
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
