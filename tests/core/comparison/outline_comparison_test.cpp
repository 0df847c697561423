// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "comparison/outline_comparison.h"
#include "geo/shape_operations.h"
#include "measures/measure.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <QtTest>

using namespace nunatak;
using namespace nunatak::comparison;

namespace {

using Handles = std::vector<outlines::OutlineHandle>;

geo::Crs utm() {
    return geo::Crs::fromUserInput("EPSG:32632");
}

/// A rectangle in hectometres from a place in the middle of the zone.
geo::MultiPolygon box(double west, double south, double east, double north) {
    const auto at = [](double x, double y) { return geo::Point{500'000 + 100 * x, 5'200'000 + 100 * y}; };
    return {{{at(west, south), at(east, south), at(east, north), at(west, north)}, {}}};
}

outlines::OutlineHandle outline(const std::string& name, geo::MultiPolygon shape,
                                const std::string& id = "") {
    outlines::Outline made;
    made.uuid = name;
    made.name = name;
    made.geometry = std::move(shape);
    if (!id.empty()) {
        made.attributes["rgi_id"] = outlines::AttributeValue(id);
    }
    return outlines::share(std::move(made));
}

OutlineComparison compared(const Handles& model, const Handles& expert, const std::string& matchedBy = "") {
    OutlineOptions options;
    options.matchedBy = matchedBy;
    return compareOutlines(model, expert, utm(), options, {});
}

bool isNear(double value, double wanted, double share = 1e-6) {
    return std::abs(value - wanted) <= share * std::abs(wanted);
}

} // namespace

class OutlineComparisonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLayerAgreesWithItself() {
        const Handles layer{outline("a", box(0, 0, 20, 10)), outline("b", box(20, 0, 30, 10))};
        const auto result = compared(layer, layer);
        QCOMPARE(result.iou, 1.0);
        QCOMPARE(result.maxBoundaryDistance, 0.0);
        QCOMPARE(result.rows.size(), std::size_t{2});
        QVERIFY(result.rows[0].correspondence == Correspondence::OneToOne);
        QVERIFY(isNear(result.expertArea, geo::geodesicArea(box(0, 0, 30, 10), utm())));
    }

    void sharesAreThoseOfAreas() {
        // 2,000 × 1,000 m against the same moved by 500 m to the east: 1.5 km² of 2.5 km².
        const auto result = compared({outline("m", box(5, 0, 25, 10))}, {outline("e", box(0, 0, 20, 10))});
        QVERIFY(isNear(result.iou, 0.6));
        QVERIFY(isNear(result.precision, 0.75));
        QVERIFY(isNear(result.recall, 0.75));
        // In the middle of the zone a map is 0.9996 of the ground.
        QVERIFY(isNear(result.maxBoundaryDistance, 500 / 0.9996, 1e-5));
    }

    void outlinesBelongTogetherByTheGround() {
        const Handles expert{outline("same", box(0, 0, 10, 10)), outline("parted", box(20, 0, 40, 10)),
                             outline("west", box(50, 0, 60, 10)), outline("east", box(60, 0, 70, 10)),
                             outline("lost", box(80, 0, 90, 10))};
        const Handles model{outline("m", box(0, 1, 10, 11)), outline("p1", box(20, 0, 29, 10)),
                            outline("p2", box(31, 0, 40, 10)), outline("both", box(50, 0, 70, 10)),
                            outline("found", box(100, 0, 105, 10))};
        const auto result = compared(model, expert);
        QCOMPARE(result.rows.size(), std::size_t{5});
        const auto of = [&](Correspondence correspondence) -> const CorrespondingOutlines& {
            return *std::ranges::find(result.rows, correspondence, &CorrespondingOutlines::correspondence);
        };
        QCOMPARE(of(Correspondence::OneToOne).models.front()->name, std::string("m"));
        QCOMPARE(of(Correspondence::Split).models.size(), std::size_t{2});
        QVERIFY(isNear(of(Correspondence::Split).recall, 0.9));
        QCOMPARE(of(Correspondence::Merged).experts.size(), std::size_t{2});
        // The line between the two experts' outlines is no boundary of both together.
        QCOMPARE(of(Correspondence::Merged).maxBoundaryDistance, 0.0);
        QCOMPARE(of(Correspondence::Merged).iou, 1.0);
        QCOMPARE(of(Correspondence::Missed).experts.front()->name, std::string("lost"));
        QVERIFY(std::isnan(of(Correspondence::Missed).meanBoundaryDistance));
        QCOMPARE(of(Correspondence::New).models.front()->name, std::string("found"));
        QVERIFY(result.rows.back().correspondence == Correspondence::New);
    }

    void neighboursThatOverlapALittleStayApart() {
        // Moved by 30 m each one reaches into the next, which is ice all the same.
        const Handles expert{outline("a", box(0, 0, 10, 10)), outline("b", box(10, 0, 20, 10))};
        const Handles model{outline("a2", box(0.3, 0, 10.3, 10)), outline("b2", box(10.3, 0, 20.3, 10))};
        const auto result = compared(model, expert);
        QCOMPARE(result.rows.size(), std::size_t{2});
        QVERIFY(isNear(result.rows[0].iou, 9.7 / 10.3));
        QVERIFY(isNear(result.iou, 19.7 / 20.3));
    }

    void outlinesBelongTogetherByAnId() {
        const Handles expert{outline("a", box(0, 0, 10, 10), "RGI-1"),
                             outline("b", box(20, 0, 30, 10), "RGI-2")};
        const Handles model{outline("x", box(0, 0, 10, 10), "RGI-2"), outline("y", box(20, 0, 30, 10))};
        const auto result = compared(model, expert, "RGI_ID");
        QCOMPARE(result.rows.size(), std::size_t{3}); // a missed, y new
        const auto& row =
            *std::ranges::find(result.rows, Correspondence::OneToOne, &CorrespondingOutlines::correspondence);
        QCOMPARE(row.experts.front()->name, std::string("b"));
        QCOMPARE(row.iou, 0.0);
        QVERIFY(isNear(row.maxBoundaryDistance, 2000, 1e-3));
        QCOMPARE(result.iou, 1.0); // ice is ice, whatever it is called
        QVERIFY_THROWS_EXCEPTION(Error, compared(model, expert, "glims_id"));
    }

    void duplicatesAndCoveredOnesAreNamedAndCountOnce() {
        const Handles expert{outline("complex", box(0, 0, 20, 10)), outline("west", box(0, 0, 10, 10)),
                             outline("east", box(10, 0, 20, 10)), outline("twin", box(30, 0, 40, 10)),
                             outline("twin again", box(30, 0, 40, 10))};
        const auto result = compared({outline("m", box(0, 0, 20, 10))}, expert);
        QCOMPARE(result.covered.size(), std::size_t{2});
        QCOMPARE(result.covered[0].outline->name, std::string("complex"));
        QVERIFY(!result.covered[0].isDuplicate && result.covered[0].isExpert);
        QVERIFY(result.covered[1].isDuplicate);
        QVERIFY(isNear(result.expertArea, geo::geodesicArea(box(0, 0, 30, 10), utm()), 1e-5));
        QCOMPARE(result.rows.size(), std::size_t{2});
        QVERIFY(result.rows[0].correspondence == Correspondence::Merged);
    }

    void classesHaveTheirOwnFigures() {
        const auto result = compared({outline("m", box(0, 0, 20, 10)), outline("n", box(40, 0, 45, 4))},
                                     {outline("e", box(0, 0, 20, 10)), outline("f", box(40, 0, 45, 8))});
        QCOMPARE(result.classes.size(), std::size_t{2});
        QCOMPARE(result.classes[0].from, 0.1e6);
        QCOMPARE(result.classes[0].rows, std::size_t{1});
        QVERIFY(isNear(result.classes[0].iou, 0.5));
        QCOMPARE(result.classes[1].iou, 1.0);
        QVERIFY(isNear(result.classes[0].maxBoundaryDistance, 400, 1e-3));
    }

    void whereNothingCanBeToldTheReasonIsSaid() {
        const auto apart = compared({outline("m", box(0, 0, 1, 1))}, {outline("e", box(500, 0, 501, 1))});
        QCOMPARE(apart.iou, 0.0);
        QCOMPARE(apart.notes.size(), std::size_t{1});
        const auto empty = compared({}, {outline("e", box(0, 0, 1, 1))});
        QCOMPARE(empty.notes.size(), std::size_t{1});
        const auto json = nlohmann::json::parse(toJson(empty));
        QVERIFY(json.at("meanBoundaryDistance").is_null());
        QVERIFY(compared({}, {}).rows.empty());
    }

    void filesHaveEveryMeasureWithItsUnit() {
        const auto result =
            compared({outline("m", box(5, 0, 25, 10))}, {outline("e; \"1\"", box(0, 0, 20, 10))});
        const auto json = nlohmann::json::parse(toJson(result));
        const auto csv = QString::fromStdString(toCsv(result)).split("\r\n").join("\n").split("\n");
        for (const auto& measure : measures::measuresOf(measures::Method::Outlines)) {
            QVERIFY2(json.at("glaciers").at(0).at(measure.id).is_number(), measure.id);
            QCOMPARE(json.at("units").at(measure.id).get<std::string>(), std::string(measure.unit));
            QVERIFY2(csv[0].contains(QString::fromStdString(measures::columnName(measure))), measure.id);
        }
        QCOMPARE(json.at("correspondence").at("one to one").get<int>(), 1);
    }

    void itCanBeStopped() {
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_THROWS_EXCEPTION(Cancelled, compareOutlines({outline("m", box(0, 0, 1, 1))},
                                                            {outline("e", box(0, 0, 1, 1))}, utm(), {},
                                                            Progress({}, stop.get_token())));
    }
};

QTEST_GUILESS_MAIN(OutlineComparisonTest)
#include "outline_comparison_test.moc"
