// SPDX-License-Identifier: GPL-3.0-or-later
// What makes a glacier need an eye, who is left to be looked at, how far one is, and how outlines differ.
#include <QtTest>

#include "base/error.h"
#include "core/review/glaciers.h"
#include "geo/shape_operations.h"
#include "outlines/common_ground.h"
#include "outlines/ground.h"
#include "review/acceptance.h"
#include "review/agreement.h"
#include "review/ground_measures.h"
#include "review/outline_difference.h"
#include "review/review_progress.h"
#include "review/review_queue.h"

#include <cmath>
#include <tuple>

using namespace nunatak;
using namespace nunatak::tests;
using outlines::OutlineHandle;
using outlines::Review;
using review::Evidence;
using review::LayerEvidence;
using review::Measure;
using review::ReviewQueue;

namespace QTest {
template <> inline char* toString(const std::string& text) {
    return qstrdup(text.c_str());
}
} // namespace QTest

namespace {

const geo::Crs& utm32() {
    static const geo::Crs crs = geo::Crs::fromUserInput("EPSG:32632");
    return crs;
}

OutlineHandle glacier(const std::string& uuid, double x = 0, double side = 1000,
                      Review found = Review::NotReviewed) {
    auto outline = squareGlacier(uuid, 500000 + x, 5200000, side);
    outline.review = found;
    return outlines::share(std::move(outline));
}

/// One that somebody judged at that time of a day.
OutlineHandle judged(const std::string& uuid, const std::string& reviewer, const std::string& time,
                     Review found = Review::Accepted) {
    outlines::Outline outline = *glacier(uuid, 0, 1000, found);
    outline.reviewRecord = {reviewer, "2026-11-30T" + time + "Z", "", false};
    return outlines::share(std::move(outline));
}

Evidence unsure(double width, double share) {
    Evidence evidence;
    evidence.area = 1e6;
    evidence.band = review::ConfidenceBand{width, share, true};
    return evidence;
}

LayerEvidence evidenceOf(const std::vector<std::pair<OutlineHandle, Evidence>>& known) {
    LayerEvidence evidence("inventory");
    std::vector<LayerEvidence::Measured> measured;
    std::vector<OutlineHandle> outlines;
    for (const auto& [outline, found] : known) {
        measured.push_back({outline, found});
        outlines.push_back(outline);
    }
    evidence.take(measured, setOf(outlines));
    return evidence;
}

std::vector<std::string> namesIn(const ReviewQueue& queue) {
    std::vector<std::string> names;
    for (const auto& entry : queue.entries()) {
        names.push_back(entry->glacier.outline->uuid);
    }
    return names;
}

std::string failure(const std::function<void()>& work) {
    try {
        work();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

bool isNear(double value, double wanted, double tolerance) {
    if (std::abs(value - wanted) <= tolerance) {
        return true;
    }
    qWarning("%g instead of %g", value, wanted);
    return false;
}

} // namespace

class EvidenceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // The order and its reasons.

    void whatNeedsAnEyeMostStandsFirstWithTheReasonBesideIt() {
        const auto sure = glacier("sure", 0, 3000);
        const auto shady = glacier("shady");
        const auto wide = glacier("wide");
        auto inShadow = unsure(90, 0.62);
        inShadow.shadow = 0.8;
        inShadow.cloud = 0.2;
        const ReviewQueue queue(
            {sure, shady, wide},
            evidenceOf({{sure, unsure(2, 0.01)}, {shady, inShadow}, {wide, unsure(200, 0.4)}}));
        QCOMPARE(namesIn(queue), (std::vector<std::string>{"wide", "shady", "sure"}));
        QCOMPARE(queue.entries()[1]->why, std::string("62 % unsure, in shadow, 20 % under cloud"));
        QVERIFY(queue.entries()[0]->score > queue.entries()[1]->score && queue.entries()[0]->score < 1);
    }

    void everyMeasureMovesAGlacierForwardAndSaysSo() {
        const Evidence plain = unsure(0, 0);
        const auto whyOf = [&](const std::function<void(Evidence&)>& change) {
            Evidence evidence = plain;
            change(evidence);
            const auto outline = glacier("a");
            const auto criteria = review::usualCriteria();
            if (!(scoreOf(*outline, evidence, criteria) > scoreOf(*outline, plain, criteria))) {
                return std::string("not moved");
            }
            return whyInWords(*outline, evidence, criteria);
        };
        QCOMPARE(whyOf([](Evidence& e) { e.band->width = 30; }), std::string("band of 30 m unsure"));
        QCOMPARE(whyOf([](Evidence& e) { e.difference = 0.34; }),
                 std::string("34 % differs from the expert's"));
        QCOMPARE(whyOf([](Evidence& e) {
                     e.difference = 1;
                     e.isUnknownToExpert = true;
                 }),
                 std::string("the expert has no ice there"));
        QCOMPARE(whyOf([](Evidence& e) {
                     e.faults = {editing::Fault::Overlap, editing::Fault::Gap, editing::Fault::Overlap};
                 }),
                 std::string("2 × overlap, gap"));
        QCOMPARE(whyOf([](Evidence& e) { e.change = -0.234; }),
                 std::string("\u221223 % since the earlier date"));
        QCOMPARE(whyOf([](Evidence& e) { e.isNew = true; }), std::string("new since the earlier date"));
        QCOMPARE(whyOf([](Evidence& e) { e.area = 50e6; }), std::string());
        const auto doubted = glacier("a", 0, 1000, Review::Doubtful);
        QCOMPARE(whyInWords(*doubted, plain, review::usualCriteria()), std::string("doubtful"));
    }

    void whoRanksOtherwiseGivesOtherWeights() {
        const auto wide = glacier("wide");
        const auto large = glacier("large");
        auto largest = unsure(0, 0);
        largest.area = 80e6;
        const auto evidence = evidenceOf({{wide, unsure(100, 0.5)}, {large, largest}});
        const auto first = [&](const std::string& weights) {
            return namesIn(ReviewQueue({wide, large}, evidence, review::criteriaFrom(weights))).front();
        };
        QCOMPARE(first("size=0"), std::string("wide"));
        QCOMPARE(first("band=0"), std::string("large"));
        QCOMPARE(first("band=0.1,size=5"), std::string("large"));
        for (const char* wrong :
             {"bnad=3", "band", "band=", "band=-1", "band=much", "band=1,,size=2", "band=nan"}) {
            QVERIFY2(!failure([&] { review::criteriaFrom(wrong); }).empty(), wrong);
        }
        QVERIFY(!failure([] {
                     review::criteriaFrom("band=0,difference=0,faults=0,size=0,change=0,verdict=0");
                 }).empty());
    }

    void filtersChooseWhatIsGoneThroughAndCanBeJoined() {
        outlines::Outline mine = *glacier("mine", 5000, 2000, Review::Accepted);
        mine.reviewRecord.reviewer = "A. Heim";
        mine.attributes["surge_type"] = std::int64_t{1};
        const std::vector<OutlineHandle> layer{glacier("new"),
                                               glacier("doubtful", 2000, 1000, Review::Doubtful),
                                               outlines::share(mine), glacier("far", 90000, 3000)};
        std::vector<std::pair<OutlineHandle, Evidence>> known;
        for (const auto& outline : layer) {
            known.emplace_back(outline, Evidence{outline->area(), {}, {}, {}, {}, {}, {}, {}, {}, {}});
        }
        const auto evidence = evidenceOf(known);
        const auto chosen = [&](const review::Filter& filter) {
            auto names = namesIn(ReviewQueue(layer, evidence, review::usualCriteria(), filter));
            std::sort(names.begin(), names.end());
            return names;
        };
        using Names = std::vector<std::string>;
        QCOMPARE(chosen(review::notReviewed()), (Names{"far", "new"}));
        QCOMPARE(chosen(review::doubtful()), (Names{"doubtful"}));
        QCOMPARE(chosen(review::reviewedBy("A. Heim")), (Names{"mine"}));
        QCOMPARE(chosen(review::reviewedBy("")), Names{});
        QCOMPARE(chosen(review::ofSize(0.5, 4)), (Names{"doubtful", "mine", "new"}));
        QCOMPARE(chosen(review::attributeIs("surge_type", "1")), (Names{"mine"}));
        const auto region = squareGlacier("", 500000 - 100, 5200000 - 100, 8000).geometry;
        QCOMPARE(chosen(review::within(region)), (Names{"doubtful", "mine", "new"}));
        QCOMPARE(chosen(review::allOf({review::within(region), review::notReviewed()})), (Names{"new"}));
        QCOMPARE(chosen(review::anyOf({review::doubtful(), review::reviewedBy("A. Heim")})),
                 (Names{"doubtful", "mine"}));
        QCOMPARE(chosen(review::allOf({})).size(), std::size_t{4});
    }

    // Evidence that is kept by what changes.

    void anEditOutdatesWhatItChangedAndNothingElse() {
        const auto a = glacier("a");
        const auto b = glacier("b", 2000);
        auto evidence = evidenceOf({{a, unsure(10, 0.1)}, {b, unsure(20, 0.2)}});
        outlines::Outline judgedA = *a;
        judgedA.review = Review::Accepted;
        evidence.note({{"inventory", a, outlines::share(judgedA)}});
        QVERIFY(evidence.unmeasured().empty()); // a verdict moves no line
        const auto moved = glacier("a", 30);
        QVERIFY(evidence.note({{"inventory", a, moved}}) == std::set<std::string>{"a"});
        evidence.note({{"another layer", nullptr, glacier("c")}});
        evidence.note({{"inventory", b, nullptr}});
        QVERIFY(evidence.unmeasured() == std::set<std::string>{"a"});
        QCOMPARE(evidence.size(), std::size_t{1});
        QCOMPARE(evidence.of(*moved).band->width, 10.0); // what was measured stands until then
        // Measured on the line of before: too late.
        evidence.take({{a, unsure(11, 0.1)}}, setOf({moved}));
        QVERIFY(!evidence.unmeasured().empty());
        evidence.take({{moved, unsure(12, 0.1)}}, setOf({moved}));
        QVERIFY(evidence.unmeasured().empty());
        QCOMPARE(evidence.of(*moved).band->width, 12.0);
        evidence.take({{b, unsure(1, 0.1)}}, setOf({moved})); // it is gone
        QCOMPARE(evidence.size(), std::size_t{1});
    }

    void whatThePictureSaidStaysWhereItIsNotLookedAtAgain() {
        const auto a = glacier("a");
        auto shady = unsure(10, 0.1);
        shady.shadow = 0.7;
        auto evidence = evidenceOf({{a, shady}});
        const auto moved = glacier("a", 30);
        evidence.note({{"inventory", a, moved}});
        evidence.take({{moved, unsure(12, 0.1)}}, setOf({moved}));
        QCOMPARE(*evidence.of(*moved).shadow, 0.7);
    }

    void aFindingIsOfBothItsGlaciersUntilOneOfThemIsCheckedAgain() {
        const auto a = glacier("a");
        const auto b = glacier("b", 900);
        const auto c = glacier("c", 5000);
        auto evidence = evidenceOf({{a, unsure(0, 0)}, {b, unsure(0, 0)}, {c, unsure(0, 0)}});
        const auto finding = [](editing::Fault fault, const std::vector<std::string>& uuids) {
            editing::Finding found;
            found.kind = fault;
            for (const auto& uuid : uuids) {
                found.outlines.push_back({"inventory", uuid});
            }
            return found;
        };
        evidence.take(
            {finding(editing::Fault::Overlap, {"a", "b"}), finding(editing::Fault::TooSmall, {"c"})},
            {"a", "b", "c"});
        QCOMPARE(evidence.of(*a).faults.size(), std::size_t{1});
        QVERIFY(evidence.of(*b).faults == std::vector{editing::Fault::Overlap});
        // b was cut back; the check around it sees c's fault, too, which is known.
        evidence.take({finding(editing::Fault::TooSmall, {"c"})}, {"b"});
        QVERIFY(evidence.of(*a).faults.empty() && evidence.of(*b).faults.empty());
        QVERIFY(evidence.of(*c).faults == std::vector{editing::Fault::TooSmall});
        evidence.take({{c, unsure(5, 0.1)}}, setOf({c}));
        QCOMPARE(evidence.of(*c).faults.size(), std::size_t{1}); // measuring is not checking
    }

    void areasAreWhatGeodesicsSayAlsoInPolarStereographic() {
        for (const auto& [system, x, y] :
             {std::tuple("EPSG:3413", -200000.0, -3200000.0), std::tuple("EPSG:3413", 61234.0, -900000.0),
              std::tuple("EPSG:32632", 500000.0, 5200000.0), std::tuple("EPSG:3031", 1500000.0, 300000.0)}) {
            const auto crs = geo::Crs::fromUserInput(system);
            review::GroundMeasures ground(crs);
            for (const double radius : {150.0, 4000.0, 30000.0}) {
                outlines::Outline outline = *glacier("a");
                geo::Ring ring;
                for (int i = 0; i < 60; ++i) {
                    const double angle = 2 * 3.14159265358979 * i / 60;
                    ring.push_back({x + radius * std::cos(angle), y + 2 * radius * std::sin(angle)});
                }
                outline.geometry = {{ring, {}}};
                const double wanted = geo::geodesicArea(outline.geometry, crs);
                QVERIFY(isNear(ground.area(*outlines::share(outline)), wanted, 2e-5 * wanted));
            }
        }
    }

    // Agreement with the expert.

    void iceThatIsDividedOtherwiseAgreesAndIceThatOneLacksDoesNot() {
        const auto whole = glacier("whole", 0, 1000);
        const auto half = [](const std::string& uuid, double x) {
            outlines::Outline outline = *glacier(uuid);
            outline.geometry = {
                {{{500000 + x, 5200000}, {500500 + x, 5200000}, {500500 + x, 5201000}, {500000 + x, 5201000}},
                 {}}};
            return outlines::share(std::move(outline));
        };
        const auto west = half("west", 0);
        const auto east = half("east", 500);
        const auto of = [](const std::vector<OutlineHandle>& layer,
                           const std::vector<OutlineHandle>& reference) {
            return review::agreementsWith(setOf(reference), layer, setOf(layer), 20, {});
        };
        QVERIFY(isNear(of({whole}, {west, east})[0].difference, 0, 0.01));
        QVERIFY(isNear(of({west, east}, {whole})[1].difference, 0, 0.01));
        QVERIFY(isNear(of({whole}, {west})[0].difference, 0.5, 0.02)); // half of it is too much
        QVERIFY(isNear(of({west}, {whole})[0].difference, 0.5, 0.02)); // half is missing
        QVERIFY(isNear(of({whole}, {west, east})[0].theirArea, 1e6, 1));
        const auto nothing = of({glacier("far", 50000)}, {whole})[0];
        QVERIFY(!nothing.touchesAny && nothing.difference == 1 && nothing.theirArea == 0);
        auto removed = *whole;
        removed.review = Review::Removed;
        QVERIFY(!of({west}, {outlines::share(removed)})[0].touchesAny);
        // What is missing counts once, for the one that has most of it.
        const auto two = of({west, glacier("piece", 900, 50)}, {whole});
        QVERIFY(two[0].difference > 0.3 && two[1].difference < 0.02);
    }

    void groundInCommonIsMeasuredOfAllAtOnceAsOfTwo() {
        std::vector<OutlineHandle> layer;
        std::vector<OutlineHandle> reference;
        for (int i = 0; i < 400; ++i) {
            // Stars that overlap their neighbours, and the same turned and moved.
            const auto star = [&](const std::string& uuid, double turn, double away) {
                outlines::Outline outline;
                outline.uuid = uuid + std::to_string(i);
                geo::Ring ring;
                for (int k = 0; k < 40; ++k) {
                    const double angle = turn + k * 0.157;
                    const double radius = k % 2 == 0 ? 900 : 500 + i % 7 * 50;
                    ring.push_back({500000 + i % 20 * 1300 + away + radius * std::cos(angle),
                                    5200000 + i / 20 * 1300 + radius * std::sin(angle)});
                }
                outline.geometry = {{ring, {}}};
                return outlines::share(std::move(outline));
            };
            layer.push_back(star("a", 0, 0));
            reference.push_back(star("b", 0.3, 150));
        }
        const auto found = outlines::inCommon(layer, reference, 20);
        double worst = 0;
        for (const auto& pair : found.common) {
            const double wanted = outlines::commonArea(*layer[pair.one], *reference[pair.other]);
            worst = std::max(worst, std::abs(pair.area - wanted) / layer[pair.one]->area());
        }
        QVERIFY2(worst < 0.02, std::to_string(worst).c_str());
        std::size_t pairs = 0;
        for (const auto& one : layer) {
            for (const auto& other : reference) {
                pairs += outlines::commonArea(*one, *other) > 5000 ? 1 : 0;
            }
        }
        QVERIFY(found.common.size() >= pairs && pairs > 400);
        // A few give what they give among all.
        const auto all = review::agreementsWith(setOf(reference), layer, setOf(layer), 20, {});
        for (std::size_t i = 0; i < layer.size(); i += 37) {
            const auto one = review::agreementsWith(setOf(reference), {layer[i]}, setOf(layer), 20, {});
            QVERIFY(std::abs(one[0].difference - all[i].difference) < 1e-9);
            QVERIFY(isNear(one[0].theirArea, all[i].theirArea, 1e-3));
        }
    }

    // Progress.

    void paceComesFromTheTimesOfVerdictsWithoutPauses() {
        std::vector<OutlineHandle> layer{judged("1", "A", "08:00:00"),
                                         judged("2", "A", "08:01:00"),
                                         judged("3", "A", "08:03:00", Review::Doubtful),
                                         judged("4", "A", "08:03:00"), // with the one before, in one step
                                         judged("5", "A", "09:30:00"), // after a pause
                                         judged("6", "A", "09:33:00")};
        for (int i = 0; i < 4; ++i) {
            layer.push_back(glacier("left" + std::to_string(i)));
        }
        const auto progress = review::progressOf(layer, LayerEvidence());
        QCOMPARE(progress.timed, 3);
        QCOMPARE(*progress.secondsPerVerdict, 120.0); // 60, 120 and 180
        QCOMPARE(progress.left, 4);
        QCOMPARE(*progress.secondsLeft(), 480.0);
        QCOMPARE(review::inWords(progress), std::string("6 of 10, 1 doubtful, about 8 min left"));
        QVERIFY(isNear(progress.areaReviewed / progress.area, 0.6, 1e-9));
    }

    void twoPeopleAtTheSameTimeAreNotTwiceAsFast() {
        const auto progress =
            review::progressOf({judged("1", "A", "08:00:00"), judged("2", "B", "08:00:30"),
                                judged("3", "A", "08:02:00"), judged("4", "B", "08:02:30"),
                                judged("5", "A", "08:04:00"), judged("6", "B", "08:04:30"), glacier("7")},
                               LayerEvidence());
        QCOMPARE(*progress.secondsPerVerdict, 120.0);
    }

    void whereTooFewTimesAreKnownNothingIsPromised() {
        const auto few = review::progressOf(
            {judged("1", "A", "08:00:00"), judged("2", "A", "08:01:00"), glacier("3")}, LayerEvidence());
        QVERIFY(!few.secondsLeft());
        QCOMPARE(review::inWords(few), std::string("2 of 3"));
        outlines::Outline changed = *judged("1", "A", "08:00:00");
        changed.reviewRecord.isOutdated = true;
        const auto outdated = review::progressOf({outlines::share(changed)}, LayerEvidence());
        QCOMPARE(outdated.left, 1);
        QCOMPARE(outdated.areaReviewed, 0.0);
        QCOMPARE(review::inWords(outdated), std::string("0 of 1, 1 changed since"));
    }

    // Before and after.

    void anOutlineIsToldFromAnotherOneOnTheGroundAndInNumbers() {
        const auto before = squareGlacier("", 500000, 5200000, 1000).geometry;
        auto after = before;
        after[0].outer[1].x += 100; // the eastern side leans out by up to 100 m
        after[0].outer[2].x += 100;
        const auto difference = review::differenceBetween(before, after, utm32());
        QVERIFY(isNear(difference.areaBefore, geo::geodesicArea(before, utm32()), 1e-6));
        QVERIFY(isNear(difference.gainedArea, 1e5 / (0.9996 * 0.9996), 50));
        QCOMPARE(difference.lostArea, 0.0);
        QCOMPARE(difference.gained.size(), std::size_t{1});
        QVERIFY(isNear(*difference.largestDistance, 100 / 0.9996, 0.1));
        QVERIFY(isNear(difference.farthest.x, 501050, 51));
        // There: 800 m of 4,000 are 100 m away and twice 100 m half of it; back: 1,000 of 4,200, and as much.
        QVERIFY(isNear(*difference.meanDistance, (90'000.0 / 4000 + 110'000.0 / 4200) / 2 / 0.9996, 0.05));
        const auto same = review::differenceBetween(before, before, utm32());
        QCOMPARE(*same.largestDistance, 0.0);
        QVERIFY(same.gained.empty() && same.lost.empty());
    }

    void withoutALineThereIsNoDistance() {
        const auto shape = squareGlacier("", 500000, 5200000, 1000).geometry;
        const auto gone = review::differenceBetween(shape, {}, utm32());
        QVERIFY(!gone.meanDistance && !gone.largestDistance);
        QVERIFY(isNear(gone.lostArea, gone.areaBefore, 1e-3));
        // Of a shape that crosses itself something can be said, too.
        const geo::MultiPolygon bow{
            {{{500000, 5200000}, {501000, 5201000}, {501000, 5200000}, {500000, 5201000}}, {}}};
        QVERIFY(review::differenceBetween(bow, shape, utm32()).gainedArea > 4e5);
    }

    void whatTheModelIsSureOfIsCountedAndAcceptedAsOneStep() {
        outlines::Outline changed = *glacier("changed");
        changed.isChanged = true;
        outlines::Outline noted = *glacier("noted");
        noted.reviewRecord.note = "calving";
        const std::vector<LayerEvidence::Measured> measured{
            {glacier("sure"), unsure(20, 0.01)},      {glacier("just"), unsure(80, 0.05)},
            {glacier("less"), unsure(20, 0.06)},      {judged("judged", "Ada", "10:00:00"), unsure(1, 0)},
            {outlines::share(changed), unsure(1, 0)}, {glacier("unknown"), Evidence()},
            {outlines::share(noted), unsure(20, 0)}};
        const auto found = review::acceptanceOf(measured, {0.95, {}});
        QCOMPARE(found.accepted.size(), std::size_t{3});
        QCOMPARE(found.area, 3e6);
        QCOMPARE(found.glaciers, 7);
        QCOMPARE(
            QString::fromStdString(review::leftInWords(found)),
            QStringLiteral("Left as they are: 1 less sure, 1 judged already, 1 drawn or changed by hand, 1 "
                           "without a confidence."));
        QVERIFY(found.isCalibrated);
        // A wide band is a doubtful margin, however large the glacier.
        QCOMPARE(review::acceptanceOf(measured, {0.95, 60.0}).accepted.size(), std::size_t{2});
        const auto isNamed = [](const review::Candidate& each) { return each.outline.uuid == "sure"; };
        QCOMPARE(review::acceptanceOf(measured, {0.95, {}}, isNamed).glaciers, 1);

        const auto edit = review::accept("inventory", found, {0.95, {}});
        QCOMPARE(QString::fromStdString(edit.description),
                 QStringLiteral("Accept 3 glaciers by confidence, at least 95 % sure"));
        QCOMPARE(edit.changes.size(), std::size_t{3});
        for (const auto& change : edit.changes) {
            QVERIFY(change.after->review == Review::Accepted);
            QVERIFY(change.after->geometry == change.before->geometry);
            QCOMPARE(change.after->reviewRecord.note, change.before->uuid == "noted"
                                                          ? std::string("calving")
                                                          : std::string("by confidence, at least 95 % sure"));
        }
    }

    void anUncalibratedConfidenceIsToldOf() {
        auto evidence = unsure(10, 0);
        evidence.band->isCalibrated = false;
        QVERIFY(
            !review::acceptanceOf({{glacier("a"), evidence}, {glacier("b"), unsure(1, 0)}}, {}).isCalibrated);
    }
};

QTEST_APPLESS_MAIN(EvidenceTest)
#include "evidence_test.moc"
