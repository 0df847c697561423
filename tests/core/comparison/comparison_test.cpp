// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "comparison/comparison.h"
#include "exchange/outline_files.h"
#include "geo/shape_operations.h"
#include "raster/raster_writer.h"
#include "support/shared_data.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <functional>
#include <limits>

#include <nlohmann/json.hpp>

#include <QTemporaryDir>
#include <QtTest>

using namespace nunatak;
using namespace nunatak::comparison;

namespace {

constexpr float noData = std::numeric_limits<float>::quiet_NaN();
/// On the ground: 100 km from the middle of the zone a map is 0.03 % too small.
constexpr double pixelArea = 900.5;

bool isAbout(double value, double wanted) {
    return std::abs(value - wanted) <= 5e-4 * std::abs(wanted);
}

/// A scene of 100 × 80 pixels of 30 m; `hasData` says where.
class World {
public:
    explicit World(const std::function<bool(int row, int column)>& hasData = {}, int columns = 100,
                   int rows = 80, const char* feature = "optical", const char* crs = "EPSG:32632",
                   geo::Point corner = {600000, 5200000})
        : grid{geo::Crs::fromUserInput(crs), corner.x, corner.y, 30, columns, rows} {
        Image<float> pixels(1, rows, columns, 0.3F);
        for (int row = 0; row < rows; ++row) {
            for (int column = 0; column < columns; ++column) {
                if (hasData && !hasData(row, column)) {
                    pixels.at(0, row, column) = noData;
                }
            }
        }
        raster::RasterLayout layout;
        layout.grid = grid;
        const std::string band = std::string(feature) == "dem" ? "elevation" : "green";
        layout.bandNames = {band};
        layout.noData = std::numeric_limits<double>::quiet_NaN();
        const auto file = folder.filePath("pixels.tif").toStdString();
        raster::RasterWriter writer(file, layout);
        writer.write(pixels, 0, 0);
        writer.finish();
        scene.id = "scene";
        scene.name = "test scene";
        scene.date = "2020-08-20";
        scene.grid = grid;
        scene.rasters = {{feature, file, {1}, {band}, 1, 0}};
    }

    /// A rectangle of pixels, the ends not part of it.
    geo::Polygon box(double firstColumn, double firstRow, double endColumn, double endRow) const {
        const auto a = grid.toMap(firstColumn, firstRow);
        const auto b = grid.toMap(endColumn, endRow);
        return {{{a.x, b.y}, {b.x, b.y}, {b.x, a.y}, {a.x, a.y}}, {}};
    }

    outlines::OutlineSet::Handle outline(const std::string& uuid, geo::MultiPolygon shape,
                                         const std::string& date = "") const {
        outlines::Outline made;
        made.uuid = uuid;
        made.name = "Glacier " + uuid;
        made.geometry = std::move(shape);
        made.srcDate = date;
        return outlines::share(std::move(made));
    }

    Comparison compared(const std::vector<outlines::OutlineSet::Handle>& model,
                        const std::vector<outlines::OutlineSet::Handle>& expert,
                        const prediction::ComputedResult& computed = {},
                        const Progress& progress = {}) const {
        const scene::SceneReader reader(scene, std::make_shared<raster::ReaderPool>());
        return compare(model, expert, computed, reader, grid.crs, progress);
    }

    QTemporaryDir folder;
    geo::Grid grid;
    scene::Scene scene;
};

const GlacierRow& rowOf(const Comparison& comparison, const std::string& uuid) {
    for (const auto& row : comparison.glaciers) {
        if (row.uuid == uuid) {
            return row;
        }
    }
    throw std::runtime_error("the comparison lists no " + uuid);
}

} // namespace

class ComparisonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void theSameOutlinesAgreeWholly() {
        const World world;
        const geo::MultiPolygon shape{world.box(20, 20, 50, 40)};
        const auto result = world.compared({world.outline("m", shape)}, {world.outline("e", shape)});
        QCOMPARE(result.iou, 1.0);
        QCOMPARE(result.precision, 1.0);
        QCOMPARE(result.recall, 1.0);
        QCOMPARE(result.glaciers.size(), std::size_t{1});
        const auto& row = result.glaciers.front();
        QCOMPARE(row.uuid, std::string("e"));
        QCOMPARE(row.iou, 1.0);
        QVERIFY(isAbout(row.expertArea, 600 * pixelArea));
        QVERIFY(isAbout(row.modelArea, 600 * pixelArea));
        QVERIFY(isAbout(row.meanBoundaryDistance, 0.0));
        QVERIFY(isAbout(row.maxBoundaryDistance, 0.0));
        QVERIFY(!row.isNew && !row.cutBySceneEdge);
        QCOMPARE(row.extent, geo::extentOf(shape));
    }

    void anOutlineThatIsOnePixelWiderIsThatFarAway() {
        const World world;
        const auto result = world.compared({world.outline("m", {world.box(19, 19, 51, 41)})},
                                           {world.outline("e", {world.box(20, 20, 50, 40)})});
        const auto& row = result.glaciers.front();
        QCOMPARE(row.iou, 600.0 / 704.0);
        QVERIFY(isAbout(row.modelArea,
                        704 * pixelArea)); // the ring lies outside of the expert's, in the same body
        // From the expert's boundary to the model's it is always one pixel; back it is √2 from the corners.
        QVERIFY(isAbout(row.maxBoundaryDistance, std::sqrt(2.0) * 30));
        const double back = (4 * std::sqrt(2.0) + 100) / 104;
        QVERIFY(isAbout(row.meanBoundaryDistance, 30 * (1 + back) / 2));
    }

    void iceOutsideGoesToTheNearestGlacierOfTheSameBody() {
        const World world;
        // Two glaciers, 20 columns apart, joined by predicted ice; a third is nearer to the east end but not
        // joined.
        const auto west = world.outline("west", {world.box(10, 20, 30, 40)});
        const auto east = world.outline("east", {world.box(50, 20, 70, 40)});
        const auto apart = world.outline("apart", {world.box(30, 42, 50, 46)});
        const auto ice = world.outline("m", {world.box(10, 20, 70, 40)});
        const auto result = world.compared({ice}, {west, east, apart});
        // Half of the bridge for each of the two, although the third glacier is only two rows south of it.
        QVERIFY(isAbout(rowOf(result, "west").modelArea, (400 + 200) * pixelArea));
        QVERIFY(isAbout(rowOf(result, "east").modelArea, (400 + 200) * pixelArea));
        QCOMPARE(rowOf(result, "apart").modelArea, 0.0);
        QCOMPARE(rowOf(result, "apart").iou, 0.0);
        QVERIFY(std::isnan(rowOf(result, "apart").meanBoundaryDistance));
        QCOMPARE(rowOf(result, "west").iou, 400.0 / 600.0);
    }

    void iceInsideAnotherGlacierCountsForThatOne() {
        const World world;
        const auto west = world.outline("west", {world.box(10, 20, 30, 40)});
        const auto east = world.outline("east", {world.box(30, 20, 50, 40)});
        // One outline of the model over both: the divide is the expert's.
        const auto result = world.compared({world.outline("m", {world.box(10, 20, 50, 40)})}, {west, east});
        QCOMPARE(rowOf(result, "west").iou, 1.0);
        QCOMPARE(rowOf(result, "east").iou, 1.0);
        QCOMPARE(rowOf(result, "east").maxBoundaryDistance, 0.0);
    }

    void theDivideIsNotMeasured() {
        const World world;
        const auto west = world.outline("west", {world.box(10, 20, 30, 40)});
        const auto east = world.outline("east", {world.box(30, 20, 50, 40)});
        // The model's ice ends 5 pixels early in the west: that margin is far off, the divide must not soften
        // it.
        const auto result = world.compared({world.outline("m", {world.box(15, 20, 50, 40)})}, {west, east});
        // The expert's margin: 20 pixels in the west (5 away), the upper and lower edge (0 to 5 away).
        double sum = 20 * 5;
        for (int i = 1; i < 5; ++i) {
            sum += 2 * (5 - i);
        }
        const double there = sum / (20 + 2 * 19);
        // The model's margin: the westernmost column's 18 inner pixels look to the nearest of the expert's
        // edges.
        double back = 0;
        for (int i = 1; i < 19; ++i) {
            back += std::min({5, i, 19 - i});
        }
        back /= 20 + 2 * 14;
        QVERIFY(isAbout(rowOf(result, "west").meanBoundaryDistance, 30 * (there + back) / 2));
        QCOMPARE(rowOf(result, "east").meanBoundaryDistance, 0.0);
    }

    void iceThatTouchesNoGlacierIsNew() {
        const World world;
        const auto expert = world.outline("e", {world.box(10, 10, 20, 20)});
        const auto found = world.outline("found", {world.box(40, 40, 50, 45)}, "2020-08-20");
        const auto larger = world.outline("larger", {world.box(60, 40, 80, 45)});
        // Meets the glacier at a corner only, which is no contact.
        const auto corner = world.outline("corner", {world.box(20, 20, 22, 22)});
        // Borders on the glacier without covering any of it.
        const auto beside = world.outline("beside", {world.box(20, 12, 24, 14)});
        const auto result = world.compared({found, larger, corner, beside}, {expert});
        QCOMPARE(result.glaciers.size(), std::size_t{4});
        QCOMPARE(result.glaciers[1].uuid, std::string("larger")); // new ice after the expert's, largest first
        QCOMPARE(result.glaciers[2].uuid, std::string("found"));
        QCOMPARE(result.glaciers[3].uuid, std::string("corner"));
        const auto& row = result.glaciers[2];
        QVERIFY(row.isNew);
        QVERIFY(isAbout(row.modelArea, 50 * pixelArea));
        QCOMPARE(row.expertArea, 0.0);
        QVERIFY(std::isnan(row.iou)); // there is nothing to agree with
        QCOMPARE(row.modelDate, std::string("2020-08-20"));
        QCOMPARE(row.expertDate, std::string());
        QVERIFY(isAbout(rowOf(result, "e").modelArea, 8 * pixelArea));
    }

    void whereNoGlacierOfTheExpertsCanBeComparedTheNumbersAreSaidToSayNothing() {
        const World world;
        const auto found = world.outline("m", {world.box(20, 20, 50, 40)});
        const auto outside = world.outline("e", {world.box(220, 20, 250, 40)});
        const auto nothing = world.compared({found}, {outside});
        QCOMPARE(nothing.notes.size(), std::size_t(1));
        QVERIFY2(nothing.notes[0].find("say nothing") != std::string::npos, nothing.notes[0].c_str());
        const auto json = nlohmann::json::parse(toJson(nothing));
        for (const char* measure : {"iou", "precision", "recall"}) {
            QVERIFY2(json.at(measure).is_null(), measure); // 0 would be a result
        }
        QVERIFY(json.at("glaciers").at(0).at("iou").is_null());
        QVERIFY(
            toTable(nothing).find("All pixels: IoU -, Precision -, Recall -, F1 -, Expert area 0.000 km²,") !=
            std::string::npos);
        QVERIFY(world.compared({found}, {found}).notes.empty());
    }

    void onlyPixelsWithDataCount() {
        const World world([](int, int column) { return column < 40; });
        const auto expert = world.outline("e", {world.box(30, 20, 50, 40)});
        const auto hidden = world.outline("hidden", {world.box(60, 20, 70, 40)});
        const auto result =
            world.compared({world.outline("m", {world.box(35, 20, 60, 40)})}, {expert, hidden});
        QCOMPARE(result.glaciers.size(), std::size_t{1});
        QCOMPARE(result.unlisted.size(), std::size_t{1});
        const auto& row = result.glaciers.front();
        QVERIFY(isAbout(row.expertArea, 200 * pixelArea));
        QVERIFY(isAbout(row.modelArea, 100 * pixelArea));
        QCOMPARE(row.iou, 0.5);
        QVERIFY(row.cutBySceneEdge);
        QCOMPARE(result.precision, 1.0);
        QCOMPARE(result.recall, 0.5);
        // The edge of the data, which both share, is no margin: the expert's western edge is 5 pixels off.
        QVERIFY(isAbout(row.maxBoundaryDistance, 150.0));
    }

    void aGapInsideTheSceneIsNoEdge() {
        const World world(
            [](int row, int column) { return row < 25 || row > 27 || column < 25 || column > 27; });
        const geo::MultiPolygon shape{world.box(20, 20, 50, 40)};
        const auto result = world.compared({world.outline("m", shape)}, {world.outline("e", shape)});
        QVERIFY(!result.glaciers.front().cutBySceneEdge);
        QVERIFY(isAbout(result.glaciers.front().expertArea, (600 - 9) * pixelArea));
    }

    void glaciersThatReachBeyondTheSceneAreMarked() {
        const World world;
        const auto over = world.outline("over", {world.box(90, 20, 120, 40)});
        const auto ending = world.outline("ending", {world.box(0, 60, 10, 80)}); // ends exactly at the edge
        const auto whole = world.outline("whole", {world.box(20, 20, 30, 30)});
        const auto ice = world.outline("ice", {world.box(50, 0, 60, 5)});
        const auto result = world.compared({ice}, {over, ending, whole});
        QVERIFY(rowOf(result, "over").cutBySceneEdge);
        QVERIFY(!rowOf(result, "ending").cutBySceneEdge);
        QVERIFY(!rowOf(result, "whole").cutBySceneEdge);
        QVERIFY(rowOf(result, "ice").cutBySceneEdge);
        QVERIFY(isAbout(rowOf(result, "over").expertArea, 200 * pixelArea));
    }

    void onlyTheComputedRegionCounts() {
        const World world;
        const geo::MultiPolygon computed{world.box(0, 0, 50, 80)};
        const auto expert = world.outline("e", {world.box(40, 20, 60, 40)});
        const auto beyond = world.outline("beyond", {world.box(70, 20, 80, 40)});
        const auto result = world.compared({world.outline("m", {world.box(40, 20, 50, 40)})},
                                           {expert, beyond}, {computed, {}, {}});
        QCOMPARE(result.glaciers.size(), std::size_t{1});
        QCOMPARE(result.unlisted.size(), std::size_t{1});
        QCOMPARE(result.glaciers.front().iou, 1.0);
        QVERIFY(result.glaciers.front().cutBySceneEdge);
    }

    void areasAndDistancesAreThoseOnTheGround() {
        // Polar stereographic, true at 71° S, at about 63.3° S: lengths are 2.7 % too large, areas 5.6 %.
        const World world({}, 100, 80, "optical", "EPSG:3031", {-2455000, 1595000});
        const geo::MultiPolygon shape{world.box(20, 20, 50, 40)};
        const auto wider = world.outline("m", {world.box(20, 20, 51, 40)});
        const auto result = world.compared({wider}, {world.outline("e", shape)});
        const double area = geo::geodesicArea(shape, world.grid.crs);
        QVERIFY(std::abs(area / (600 * 900) - 1) > 0.04);
        const auto& row = result.glaciers.front();
        QVERIFY(std::abs(row.expertArea / area - 1) < 5e-4);
        QVERIFY(std::abs(row.modelArea / (area * 31 / 30) - 1) < 5e-4);
        QVERIFY(std::abs(result.expertArea / area - 1) < 5e-4);
        QVERIFY(std::abs(row.maxBoundaryDistance - 30 * std::sqrt(area / (600 * 900))) < 0.01);
        QCOMPARE(row.iou, 600.0 / 620); // shares are of pixels
    }

    void whereTheModelHasNoResultNothingCounts() {
        const World world;
        // Flags on a coarser grid of the model's: no data in the west, not computed in the east.
        Image<float> flags(1, 40, 50);
        for (int row = 0; row < 40; ++row) {
            for (int column = 0; column < 50; ++column) {
                flags.at(0, row, column) = column < 10   ? 1
                                           : column > 40 ? 2
                                                         : 8; // of low confidence, which is a result
            }
        }
        raster::RasterLayout layout;
        layout.grid = world.grid.atPixelSize(60);
        layout.bandNames = {"quality"};
        const auto file = world.folder.filePath("quality.tif").toStdString();
        raster::RasterWriter writer(file, layout);
        writer.write(flags, 0, 0);
        writer.finish();
        const auto west = world.outline("west", {world.box(2, 20, 12, 30)});
        const auto middle = world.outline("middle", {world.box(15, 40, 25, 50)});
        const auto east = world.outline("east", {world.box(85, 20, 95, 30)});
        const auto ice = world.outline("m", {world.box(20, 40, 25, 50), world.box(86, 20, 90, 30)});
        const auto result = world.compared({ice}, {west, middle, east}, {{}, {file}, {"a note"}});
        QCOMPARE(result.recall, 1.0);
        QCOMPARE(result.glaciers.size(), std::size_t{1});
        QVERIFY(isAbout(rowOf(result, "middle").expertArea, 50 * pixelArea));
        QCOMPARE(result.unlisted.size(), std::size_t{2});
        QVERIFY(result.unlisted.front().reason == UnlistedGlacier::Reason::WithoutResult);
        QVERIFY(toTable(result).find("Glacier west lies where") != std::string::npos);
        QVERIFY(toTable(result).find("a note") != std::string::npos);
        QCOMPARE(world.compared({ice}, {west, middle, east}).glaciers.size(), std::size_t{3});
    }

    void aGlacierUnderOthersIsNamedAndNoAreaCountsTwice() {
        const World world;
        const geo::MultiPolygon shape{world.box(20, 20, 50, 40)};
        const auto larger = world.outline("larger", {world.box(10, 20, 60, 40)});
        const auto first = world.outline("first", shape);
        const auto again = world.outline("again", shape);
        const auto tiny = world.outline("tiny", {world.box(70.6, 70.6, 70.9, 70.9)});
        const auto away = world.outline("away", {world.box(200, 20, 210, 30)});
        const auto result = world.compared({world.outline("m", shape)}, {larger, first, again, tiny, away});
        QCOMPARE(result.glaciers.size(), std::size_t{2});
        QVERIFY(isAbout(result.expertArea, 1000 * pixelArea));
        QVERIFY(isAbout(rowOf(result, "again").expertArea, 600 * pixelArea));
        QVERIFY(isAbout(rowOf(result, "larger").expertArea, 400 * pixelArea));
        QVERIFY(isAbout(rowOf(result, "larger").overlappedArea, 600 * pixelArea));
        QCOMPARE(rowOf(result, "again").overlappedArea, 0.0);
        const auto json = nlohmann::json::parse(toJson(result)).at("notListed");
        QCOMPARE(json.size(), std::size_t{3});
        const auto entry = [&](const std::string& uuid) {
            for (const auto& one : json) {
                if (one.at("uuid") == uuid) {
                    return one;
                }
            }
            return nlohmann::json();
        };
        QCOMPARE(entry("first").at("reason").get<std::string>(), std::string("covered"));
        QCOMPARE(entry("first").at("coveredBy").get<std::string>(), std::string("Glacier again"));
        QCOMPARE(entry("tiny").at("reason").get<std::string>(), std::string("below a pixel"));
        QCOMPARE(entry("away").at("reason").get<std::string>(), std::string("outside"));
        const auto table = toTable(result);
        for (const char* words : {"Glacier first lies under", "Glacier tiny is so small", "overlapped",
                                  "1 expert glaciers lie outside"}) {
            QVERIFY2(table.find(words) != std::string::npos, words);
        }
    }

    void aRowShowsBothDates() {
        const World world;
        const auto expert = world.outline("e", {world.box(10, 10, 30, 30)}, "2000-10-30");
        const auto missed = world.outline("missed", {world.box(50, 50, 60, 60)}, "2002-01-05");
        const auto small = world.outline("small", {world.box(10, 10, 15, 15)}, "2019-08-01");
        const auto large = world.outline("large", {world.box(15, 10, 30, 30)}, "2020-08-20");
        const auto result = world.compared({small, large}, {expert, missed});
        QCOMPARE(rowOf(result, "e").expertDate, std::string("2000-10-30"));
        QCOMPARE(rowOf(result, "e").modelDate,
                 std::string("2020-08-20")); // of the outline with most of the ice
        QCOMPARE(rowOf(result, "missed").expertDate, std::string("2002-01-05"));
        QVERIFY(!rowOf(result, "missed").modelDate.empty()); // the model looked, and found none
        const auto nothing = world.compared({}, {missed});
        QCOMPARE(rowOf(nothing, "missed").modelDate, std::string("2020-08-20"));
    }

    void expertGlaciersComeByArea() {
        const World world;
        const auto result = world.compared({}, {world.outline("a", {world.box(10, 10, 12, 12)}),
                                                world.outline("b", {world.box(20, 10, 40, 30)}),
                                                world.outline("c", {world.box(50, 10, 60, 20)})});
        QCOMPARE(result.glaciers[0].uuid, std::string("b"));
        QCOMPARE(result.glaciers[1].uuid, std::string("c"));
        QCOMPARE(result.glaciers[2].uuid, std::string("a"));
        QCOMPARE(result.iou, 0.0);
        QCOMPARE(result.recall, 0.0);
        QVERIFY(std::isnan(result.precision)); // of no ice none is right or wrong
    }

    void ofOverlappingOutlinesTheSmallerKeepsItsPixels() {
        const World world;
        const auto small = world.outline("a", {world.box(20, 20, 30, 30)});
        const auto large = world.outline("b", {world.box(10, 10, 60, 60)});
        const auto result = world.compared({}, {small, large});
        QVERIFY(isAbout(rowOf(result, "a").expertArea, 100 * pixelArea));
        QVERIFY(isAbout(rowOf(result, "b").expertArea, 2400 * pixelArea));
    }

    void aSceneOfElevationAloneIsComparedWhereThereIsElevation() {
        const World world([](int row, int) { return row < 30; }, 100, 80, "dem");
        const geo::MultiPolygon shape{world.box(20, 20, 30, 40)};
        const auto result = world.compared({world.outline("m", shape)}, {world.outline("e", shape)});
        QVERIFY(isAbout(result.glaciers.front().expertArea, 100 * pixelArea));
        auto nothing = World();
        nothing.scene.rasters.clear();
        QVERIFY_EXCEPTION_THROWN(nothing.compared({}, {}), Error);
    }

    void outlinesInAnotherSystemAreTheSamePlaces() {
        const World world;
        const geo::Crs utm33 = geo::Crs::fromUserInput("EPSG:32633");
        const geo::CoordinateTransform toUtm33(world.grid.crs, utm33);
        const auto shape = toUtm33(geo::MultiPolygon{world.box(20.1, 20.1, 49.9, 39.9)});
        const scene::SceneReader reader(world.scene, std::make_shared<raster::ReaderPool>());
        const auto result =
            compare({world.outline("m", shape)}, {world.outline("e", shape)}, {}, reader, utm33, {});
        QVERIFY(isAbout(result.glaciers.front().expertArea, 600 * pixelArea));
        QCOMPARE(result.glaciers.front().extent,
                 geo::extentOf(shape)); // in the project's system, to fly there
    }

    void aComparisonCanBeCancelled() {
        const World world;
        std::stop_source stop;
        stop.request_stop();
        QVERIFY_EXCEPTION_THROWN(world.compared({}, {}, {}, Progress({}, stop.get_token())), Cancelled);
    }

    void theReportHasEveryGlacier() {
        const World world;
        const auto expert = world.outline("11111111-aaaa", {world.box(10, 10, 30, 30)}, "2000-10-30");
        const auto ice = world.outline("22222222-bbbb", {world.box(50, 50, 60, 60)}, "2020-08-20");
        const auto result = world.compared({ice}, {expert});
        const auto json = nlohmann::json::parse(toJson(result));
        QCOMPARE(json.at("glaciers").size(), std::size_t{2});
        const auto& first = json.at("glaciers").at(0);
        QCOMPARE(first.at("uuid").get<std::string>(), std::string("11111111-aaaa"));
        QVERIFY(isAbout(first.at("expertArea").get<double>(), 400 * pixelArea));
        QVERIFY(first.at("meanBoundaryDistance").is_null()); // JSON has no NaN
        QCOMPARE(first.at("isNew").get<bool>(), false);
        QCOMPARE(first.at("extent").size(), std::size_t{4});
        QCOMPARE(json.at("glaciers").at(1).at("isNew").get<bool>(), true);
        QCOMPARE(json.at("iou").get<double>(), 0.0);
        const auto table = toTable(result);
        QVERIFY(table.find("Glacier 11111111-aaaa") != std::string::npos);
        QVERIFY(table.find("0.360") != std::string::npos);
        QVERIFY(table.find("2000-10-30") != std::string::npos);
        QVERIFY(table.find("new") != std::string::npos);
    }

    void theGlaciersOfEverestAgreeWithThemselves() {
        NUNATAK_NEEDS_SHARED("data/everest/rgi60_outlines.gpkg");
        const auto file = [](const char* name) { return tests::sharedFile(name).string(); };
        const auto everest =
            scene::sceneFromRasters({{"optical", file("data/everest/landsat7_rgb.tif") + ":red,green,blue"},
                                     {"optical", file("data/everest/landsat7_b4.tif") + ":nir"}},
                                    "Everest", "2000-10-30", "Landsat 7 ETM+");
        const geo::Crs crs = geo::defaultProjectCrs(everest.grid.crs, everest.grid.extent());
        const auto imported = exchange::readOutlines(file("data/everest/rgi60_outlines.gpkg"), crs);
        std::vector<outlines::OutlineSet::Handle> glaciers;
        for (const auto& outline : imported.outlines) {
            glaciers.push_back(outlines::share(outline));
        }
        QCOMPARE(glaciers.size(), std::size_t{86});
        const scene::SceneReader reader(everest, std::make_shared<raster::ReaderPool>());
        const auto begin = std::chrono::steady_clock::now();
        const auto result = compare(glaciers, glaciers, {}, reader, crs, {});
        const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
        qInfo("86 glaciers on 800 x 655 pixels: %.2f s", seconds.count());
        QCOMPARE(result.iou, 1.0);
        QCOMPARE(result.glaciers.size() + result.unlisted.size(), std::size_t{86});
        int cut = 0;
        for (const auto& row : result.glaciers) {
            QVERIFY(!row.isNew);
            QCOMPARE(row.iou, 1.0);
            QVERIFY(std::isnan(row.maxBoundaryDistance) || row.maxBoundaryDistance == 0.0);
            QCOMPARE(row.expertDate, row.modelDate);
            cut += row.cutBySceneEdge ? 1 : 0;
        }
        QVERIFY(cut > 5 && cut < 60); // the inventory reaches beyond the picture
    }

    void aHundredGlaciersThatHangTogetherAreEachComparedWithTheirOwn() {
        const World world({}, 1024, 1024);
        std::vector<outlines::OutlineSet::Handle> expert;
        std::vector<outlines::OutlineSet::Handle> model;
        for (int i = 0; i < 100; ++i) {
            const double column = 100 * (i % 10);
            const double row = 100 * (i / 10);
            const auto name = std::to_string(i);
            // Ten chains of glaciers that hang together.
            expert.push_back(world.outline(name, {world.box(column, row + 5, column + 100, row + 90)}));
            model.push_back(world.outline("m" + name, {world.box(column, row + 8, column + 100, row + 97)}));
        }
        const auto result = world.compared(model, expert);
        QCOMPARE(result.glaciers.size(), std::size_t{100});
        for (const auto& row : result.glaciers) {
            QCOMPARE(row.iou, 82.0 / 92.0);
            QVERIFY(isAbout(row.maxBoundaryDistance, 210.0));
        }
    }

    void countsAreThoseOfEveryPixelLookedAtAlone() {
        // Higher than two strips, with clouds; stars that overlap in many ways and cross the strips' borders.
        const auto hasData = [](int row, int column) { return (row / 7 + column / 11) % 9 != 0; };
        const World world(hasData, 120, 600);
        const auto star = [&](double column, double row, double radius, int points) {
            geo::Polygon polygon;
            for (int i = 0; i < points; ++i) {
                const double angle = 2 * M_PI * i / points;
                const double r = radius * (i % 2 == 0 ? 1 : 0.37);
                polygon.outer.push_back(world.grid.toMap(column + 0.013 + r * std::cos(angle),
                                                         row + 0.017 + r * std::sin(angle)));
            }
            return geo::MultiPolygon{polygon};
        };
        std::vector<outlines::OutlineSet::Handle> model;
        std::vector<outlines::OutlineSet::Handle> expert;
        for (int i = 0; i < 12; ++i) {
            const double row = 25 + 50 * i;
            expert.push_back(world.outline("e" + std::to_string(i), star(55, row, 40, 10)));
            model.push_back(world.outline("m" + std::to_string(i), star(60, row + 4, 38, 14)));
        }
        const auto result = world.compared(model, expert);
        const auto isIn = [](const auto& outlines, geo::Point place) {
            return std::ranges::any_of(
                outlines, [&](const auto& outline) { return geo::contains(outline->geometry, place); });
        };
        std::int64_t both = 0;
        std::int64_t ofModel = 0;
        std::int64_t ofExpert = 0;
        for (int row = 0; row < 600; ++row) {
            for (int column = 0; column < 120; ++column) {
                const auto place = world.grid.toMap(column + 0.5, row + 0.5);
                if (hasData(row, column)) {
                    const bool isModel = isIn(model, place);
                    const bool isExpert = isIn(expert, place);
                    both += isModel && isExpert;
                    ofModel += isModel;
                    ofExpert += isExpert;
                }
            }
        }
        const auto share = [](std::int64_t part, std::int64_t whole) {
            return static_cast<double>(part) / static_cast<double>(whole);
        };
        QCOMPARE(result.iou, share(both, ofModel + ofExpert - both));
        QCOMPARE(result.precision, share(both, ofModel));
        QCOMPARE(result.recall, share(both, ofExpert));
        double listed = 0;
        for (const auto& row : result.glaciers) {
            listed += row.modelArea;
        }
        QVERIFY(isAbout(listed, result.modelArea));
        QVERIFY(isAbout(result.expertArea, static_cast<double>(ofExpert) * pixelArea));
    }
};

QTEST_GUILESS_MAIN(ComparisonTest)
#include "comparison_test.moc"
