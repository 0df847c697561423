// SPDX-License-Identifier: GPL-3.0-or-later
// Outlines divided along lines, along the divides of a surface, and as an earlier inventory has them.

#include "core/divides/agreement.h"
#include "core/editing/shapes.h"
#include "divides/divide_layer.h"
#include "divides/label_lines.h"
#include "editing/gate.h"
#include "geo/segments.h"
#include "outlines/outline_attributes.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <map>
#include <random>
#include <set>

using namespace nunatak;
using namespace nunatak::divides;
using namespace nunatak::tests;

namespace {

constexpr double east = 500000;
constexpr double north = 5000000;
constexpr double pixel = 10;

geo::Point at(double x, double y) {
    return {east + x, north + y};
}

geo::Ring ringOf(const std::vector<std::pair<double, double>>& corners) {
    geo::Ring ring;
    for (const auto& [x, y] : corners) {
        ring.push_back(at(x, y));
    }
    return ring;
}

geo::Ring square(double left, double bottom, double right, double top) {
    return ringOf({{left, bottom}, {right, bottom}, {right, top}, {left, top}});
}

const geo::Crs& utm() {
    static const geo::Crs crs = geo::Crs::fromUserInput("EPSG:32632");
    return crs;
}

/// Heights by the place in metres from the corner.
Elevation elevationOf(const std::function<double(double, double)>& height) {
    return {{utm(), east, north, pixel, 0, 0}, [=](const geo::Grid& grid, const std::stop_token&) {
                Image<float> heights(1, grid.rows, grid.columns);
                for (int row = 0; row < grid.rows; ++row) {
                    for (int column = 0; column < grid.columns; ++column) {
                        const geo::Point place = grid.toMap(column + 0.5, row + 0.5);
                        heights.at(0, row, column) =
                            static_cast<float>(height(place.x - east, place.y - north));
                    }
                }
                return heights;
            }};
}

/// A ridge along x = 1000 that falls to both sides.
double ridge(double x, double) {
    return 2000 - 0.5 * std::abs(x - 1000);
}

using EdgeCount = std::map<std::pair<std::pair<double, double>, std::pair<double, double>>, int>;

void count(EdgeCount& edges, const geo::MultiPolygon& shape) {
    geo::forEachRing(shape, [&](const geo::Ring& ring, int, int) {
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const geo::Point a = ring[i];
            const geo::Point b = ring[(i + 1) % ring.size()];
            ++edges[{{a.x, a.y}, {b.x, b.y}}];
        }
    });
}

/// Empty when pieces are valid, together the whole with all its vertices, and share their lines bit by bit.
QString wrongWith(const std::vector<geo::MultiPolygon>& pieces, const geo::MultiPolygon& whole) {
    double area = 0;
    EdgeCount edges;
    std::set<std::pair<double, double>> vertices;
    for (const auto& piece : pieces) {
        if (const auto reason = geo::invalidReason(piece); !reason.empty()) {
            return QString::fromStdString(reason);
        }
        area += geo::planarArea(piece);
        count(edges, piece);
        geo::forEachVertex(piece, [&](const geo::VertexId&, geo::Point p) { vertices.insert({p.x, p.y}); });
    }
    if (std::abs(area - geo::planarArea(whole)) > 1e-3) {
        return QString("areas differ by %1").arg(area - geo::planarArea(whole));
    }
    QString wrong;
    geo::forEachVertex(whole, [&](const geo::VertexId&, geo::Point p) {
        wrong = vertices.contains({p.x, p.y}) ? wrong : QString("a vertex is gone");
    });
    for (const auto& [edge, times] : edges) {
        const auto back = edges.find({edge.second, edge.first});
        const geo::Point middle{(edge.first.first + edge.second.first) / 2,
                                (edge.first.second + edge.second.second) / 2};
        if (times != 1) {
            return "an edge is there twice";
        }
        if (back == edges.end() && geo::distanceToBoundary(whole, middle) > 1e-6) {
            return "an edge within is not shared";
        }
    }
    return wrong;
}

std::vector<geo::MultiPolygon> shapesOf(const Partition& partition) {
    std::vector<geo::MultiPolygon> shapes;
    for (const Piece& piece : partition.pieces) {
        shapes.push_back(piece.shape);
    }
    return shapes;
}

std::vector<geo::MultiPolygon> shapesOf(const std::vector<geo::Polygon>& faces) {
    std::vector<geo::MultiPolygon> shapes;
    for (const geo::Polygon& face : faces) {
        shapes.push_back({face});
    }
    return shapes;
}

outlines::OutlineHandle outlineOf(const std::string& uuid, geo::MultiPolygon shape) {
    outlines::Outline outline;
    outline.uuid = uuid;
    outline.name = uuid;
    outline.geometry = std::move(shape);
    outline.attributes = {{"rgi_id", outlines::AttributeValue("RGI-" + uuid)}};
    return outlines::share(std::move(outline));
}

DivideRequest requestFor(const std::vector<outlines::OutlineHandle>& outlines, Elevation elevation) {
    DivideRequest request;
    request.layer = "inventory";
    for (const auto& outline : outlines) {
        request.outlines.put(outline);
        request.which.push_back(outline);
    }
    request.crs = utm();
    request.elevation = std::move(elevation);
    return request;
}

} // namespace

class DividesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aLineAcrossMakesTwoWithTheSameLine() {
        const geo::MultiPolygon whole{{square(0, 0, 100, 100), {square(20, 20, 30, 30)}}};
        const std::vector<geo::Line> lines{{at(50, -10), at(53, 40), at(50, 110)}};
        const auto faces = geo::facesOf(whole, lines);
        QCOMPARE(faces.size(), std::size_t{2});
        QVERIFY2(wrongWith(shapesOf(faces), whole).isEmpty(), qPrintable(wrongWith(shapesOf(faces), whole)));
        const auto& west = faces[geo::contains({faces[0]}, at(10, 10)) ? 0 : 1];
        const auto& rest = faces[geo::contains({faces[0]}, at(10, 10)) ? 1 : 0];
        QCOMPARE(west.holes.size(), std::size_t{1}); // it goes to whom it lies in
        QCOMPARE(rest.holes.size(), std::size_t{0});
    }

    void whatEndsWithinCutsNothing() {
        const geo::MultiPolygon whole{{square(0, 0, 100, 100), {}}};
        const std::vector<geo::Line> lines{{at(50, -10), at(50, 60)}, {at(200, 0), at(300, 50)}};
        const auto faces = geo::facesOf(whole, lines);
        QCOMPARE(faces.size(), std::size_t{1});
        QVERIFY(std::abs(geo::planarArea({faces[0]}) - 10000) < 1e-6);
    }

    void aLineFromTheMarginToANunatakAndOnDivides() {
        const geo::MultiPolygon whole{{square(0, 0, 100, 100), {square(40, 40, 60, 60)}}};
        const std::vector<geo::Line> lines{{at(50, -10), at(50, 50)}, {at(50, 55), at(50, 120)}};
        const auto faces = geo::facesOf(whole, lines);
        QCOMPARE(faces.size(), std::size_t{2});
        QVERIFY(wrongWith(shapesOf(faces), whole).isEmpty());
        QVERIFY(faces[0].holes.empty() && faces[1].holes.empty());
    }

    void piecesOfAnyOwnersAreTheWhole() {
        std::mt19937 random(3);
        std::uniform_real_distribution<double> place(-1100, 1100);
        for (int round = 0; round < 40; ++round) {
            geo::MultiPolygon whole{{wavyRing(200, 1000, at(0, 0)), {}}};
            if (round % 2 == 0) {
                whole[0].holes = {wavyRing(30, 120, at(150, -200)), wavyRing(20, 60, at(-300, 100))};
            }
            if (round % 3 == 0) {
                whole.push_back({wavyRing(25, 80, at(1500, 0)), {}});
            }
            const geo::Grid grid{utm(), east - 1800, north + 1800, 20, 180, 180};
            std::vector<geo::Point> seeds;
            for (int i = 0; i < 2 + round % 7; ++i) {
                seeds.push_back(at(place(random), place(random)));
            }
            Image<std::int32_t> owners(1, grid.rows, grid.columns, -1);
            std::uniform_int_distribution<int> wrong(0, 60); // pixels that are somebody else's
            for (int row = 0; row < grid.rows; ++row) {
                for (int column = 0; column < grid.columns; ++column) {
                    const geo::Point here = grid.toMap(column + 0.5, row + 0.5);
                    const auto nearest = std::min_element(seeds.begin(), seeds.end(), [&](auto a, auto b) {
                        return geo::distance(a, here) < geo::distance(b, here);
                    });
                    const bool isNoise = round % 4 == 1 && wrong(random) == 0;
                    owners.at(0, row, column) = isNoise ? 0 : static_cast<int>(nearest - seeds.begin());
                }
            }
            const auto lines = linesBetween(owners, grid);
            const auto done = partition(whole, lines, owners, grid, 5000, Apart::ToNearest);
            QVERIFY2(wrongWith(shapesOf(done), whole).isEmpty(),
                     qPrintable(wrongWith(shapesOf(done), whole)));
            QVERIFY(done.pieces.size() >= 2);
            QVERIFY(done.pieces.size() <= seeds.size() + 2);
            for (std::size_t i = 1; i < done.pieces.size(); ++i) {
                QVERIFY(done.pieces[i].area <= done.pieces[i - 1].area);
            }
            // The lines are what they share: each point of one lies on two pieces.
            for (const geo::Line& line : done.lines) {
                for (const geo::Point& point : line) {
                    const auto touching =
                        std::count_if(done.pieces.begin(), done.pieces.end(), [&](const Piece& piece) {
                            bool has = false;
                            geo::forEachVertex(piece.shape, [&](const geo::VertexId&, geo::Point vertex) {
                                has = has || vertex == point;
                            });
                            return has;
                        });
                    QVERIFY(touching >= 2);
                }
            }
        }
    }

    void aComplexIsDividedAlongItsRidge() {
        const geo::MultiPolygon whole{{wavyRing(300, 700, at(1003, 900)), {}}};
        const auto watersheds = watershedsOf(whole, elevationOf(ridge));
        QCOMPARE(watersheds.why, std::string());
        const auto done = dividedByRelief(watersheds, {});
        QCOMPARE(done.pieces.size(), std::size_t{2});
        QVERIFY2(wrongWith(shapesOf(done), whole).isEmpty(), qPrintable(wrongWith(shapesOf(done), whole)));
        QCOMPARE(done.lines.size(), std::size_t{1});
        for (const geo::Point& point : done.lines[0]) {
            QVERIFY(std::abs(point.x - east - 1000) <= pixel);
        }
        for (const geo::Point& end : {done.lines[0].front(), done.lines[0].back()}) {
            QVERIFY(geo::distanceToBoundary(whole, end) < 1e-6);
        }
        // 300 m of saddle above the outlets at most: one glacier where more is asked for.
        QCOMPARE(dividedByRelief(watersheds, {0, 1000}).pieces.size(), std::size_t{1});
        QVERIFY(dividedByRelief(watersheds, {0, 1000}).pieces[0].shape == whole);
        QCOMPARE(dividedByRelief(watersheds, {1e9, 0}).pieces.size(), std::size_t{1});
    }

    void aDivideThatSomebodyTakesOutStaysOutAtAnyThreshold() {
        const geo::MultiPolygon whole{{wavyRing(300, 700, at(1003, 900)), {}}};
        const auto watersheds = watershedsOf(whole, elevationOf(ridge));
        const auto line = dividedByRelief(watersheds, {}).lines.at(0);
        const geo::Point middle = line[line.size() / 2];
        const auto pair = basinsBeside(watersheds, {}, {}, middle);
        QVERIFY(pair.has_value());
        QVERIFY(!basinsBeside(watersheds, {}, {}, {middle.x + 100, middle.y}));
        QVERIFY(!basinsBeside(watersheds, {}, {}, {middle.x + 1e6, middle.y}));
        const JoinedBasins joined{*pair};
        for (const Thresholds& thresholds : {Thresholds(), Thresholds{0, 100}}) {
            const auto done = dividedByRelief(watersheds, thresholds, joined);
            QCOMPARE(done.pieces.size(), std::size_t{1});
            QVERIFY(done.lines.empty());
        }
        QVERIFY(!basinsBeside(watersheds, {}, joined, middle));
    }

    void aPreviewTakesTheStepsOneByOneAndLooksAtNothingTwice() {
        auto request = requestFor({outlineOf("one", {{square(600, 0, 1400, 600), {}}}),
                                   outlineOf("two", {{square(500, 700, 1300, 1500), {}}})},
                                  elevationOf(ridge));
        int reads = 0;
        request.elevation.read = [&, read = request.elevation.read](const geo::Grid& grid,
                                                                    const std::stop_token& stop) {
            ++reads;
            return read(grid, stop);
        };
        const auto prepared = prepareLayer(request, {}, {});
        QCOMPARE(reads, 2);
        QCOMPARE(prepareLayer(request, prepared, {}).size(), std::size_t{2});
        QCOMPARE(reads, 2);
        const auto planned = planLayer(request, prepared, {});
        QCOMPARE(planned.at(0).partition.lines.size(), std::size_t{1});
        const auto done = resultOf(request, planned, {});
        const auto atOnce = divideLayer(request, {});
        QCOMPARE(done.edit.description, atOnce.edit.description);
        QCOMPARE(done.edit.changes.size(), atOnce.edit.changes.size());
        const geo::Line& line = planned[0].partition.lines[0];
        const auto pair =
            basinsBeside(*prepared[0].watersheds, {}, {}, geo::pointAlong(line.front(), line.back(), 0.5));
        QVERIFY(pair.has_value());
        request.joined["one"] = {*pair};
        QCOMPARE(resultOf(request, planLayer(request, prepared, {}), {}).edit.description,
                 std::string("Divide two into 2"));
        std::stop_source source;
        source.request_stop();
        const Progress stopped({}, source.get_token());
        QVERIFY_EXCEPTION_THROWN(prepareLayer(request, {}, stopped), Cancelled);
        QVERIFY_EXCEPTION_THROWN(planLayer(request, prepared, stopped), Cancelled);
        QVERIFY_EXCEPTION_THROWN(resultOf(request, planned, stopped), Cancelled);
    }

    void partsApartGoWithTheNearest() {
        const geo::MultiPolygon whole{{square(500, 0, 1600, 500), {}}, {square(200, 0, 300, 100), {}}};
        const auto done = dividedByRelief(watershedsOf(whole, elevationOf(ridge)), {0, 100});
        QCOMPARE(done.pieces.size(), std::size_t{2});
        for (const Piece& piece : done.pieces) {
            QCOMPARE(piece.shape.size(), std::size_t{geo::contains(piece.shape, at(600, 100)) ? 2U : 1U});
        }
        QVERIFY(wrongWith(shapesOf(done), whole).isEmpty());
    }

    void whatCannotBeDividedSaysWhy() {
        const geo::MultiPolygon whole{{square(500, 0, 1600, 500), {}}};
        const auto flat = watershedsOf(whole, elevationOf([](double, double) { return 100; }));
        QCOMPARE(flat.why, std::string("The elevation model has no relief there."));
        const double isVoid = std::numeric_limits<double>::quiet_NaN();
        const auto half = watershedsOf(
            whole, elevationOf([&](double x, double y) { return x < 1050 ? isVoid : ridge(x, y); }));
        QCOMPARE(half.why, std::string("The elevation model has no heights for 50 % of it."));
        const auto crossed =
            watershedsOf({{ringOf({{0, 0}, {100, 100}, {100, 0}, {0, 100}}), {}}}, elevationOf(ridge));
        QVERIFY(QString::fromStdString(crossed.why).startsWith("The outline is not valid"));
        const auto small = watershedsOf({{square(1, 1, 3, 3), {}}}, elevationOf(ridge));
        QVERIFY(!small.why.empty());
        // Some voids are filled, and change nothing.
        const auto some = watershedsOf(whole, elevationOf([&](double x, double y) {
                                           return std::hypot(x - 1000, y - 200) < 60 ? isVoid : ridge(x, y);
                                       }));
        QCOMPARE(some.why, std::string());
        QVERIFY(some.voids.filled > 50);
        const auto done = dividedByRelief(some, {});
        QCOMPARE(done.pieces.size(), std::size_t{2});
        for (const geo::Point& point : done.lines.at(0)) {
            QVERIFY(std::abs(point.x - east - 1000) <= 3 * pixel);
        }
    }

    void anEarlierInventorysLinesAreTaken() {
        // West and East share a crooked divide; the new ice is a little less in the north, and reaches
        // farther in the south; a third one was where there is no ice now.
        const geo::Ring divide = ringOf({{1013.7, 0}, {980.2, 123}, {1031, 300}, {1000, 500}});
        geo::Ring west = ringOf({{500, 500}, {500, 0}});
        west.insert(west.end(), divide.begin(), divide.end());
        geo::Ring rest(divide.rbegin(), divide.rend());
        rest.push_back(at(1600, 0));
        rest.push_back(at(1600, 500));
        const std::vector<outlines::OutlineHandle> earlier{
            outlineOf("West", {{west, {}}}), outlineOf("East", {{rest, {}}}),
            outlineOf("Gone", {{square(3000, 0, 3100, 100), {}}})};
        const geo::MultiPolygon whole{{square(550, -120, 1550, 450), {}}};
        auto request = requestFor({outlineOf("complex", whole)}, elevationOf(ridge));
        request.isLike = true;
        request.earlier = earlier;
        const auto done = divideLayer(request, {});
        QCOMPARE(done.outlines.size(), std::size_t{1});
        QCOMPARE(done.outlines[0].parts.size(), std::size_t{2});
        QCOMPARE(done.vanished, std::vector<int>{2});
        QVERIFY(done.splits.empty());
        std::vector<geo::MultiPolygon> shapes;
        std::set<std::string> names;
        for (const auto& change : done.edit.changes) {
            shapes.push_back(change.after->geometry);
            names.insert(change.after->name + " " + change.after->attributes.at("rgi_id").text());
        }
        QVERIFY2(wrongWith(shapes, whole).isEmpty(), qPrintable(wrongWith(shapes, whole)));
        QVERIFY((names == std::set<std::string>{"West RGI-West", "East RGI-East"}));
        // The vertices of the divide are there to the last digit.
        for (const geo::Point& point : {divide[1], divide[2]}) {
            for (const auto& shape : shapes) {
                bool has = false;
                geo::forEachVertex(shape,
                                   [&](const geo::VertexId&, geo::Point vertex) { has |= vertex == point; });
                QVERIFY(has);
            }
        }
        // Beyond them ice goes where it drains to: east of the ridge to East.
        const auto& eastern = geo::contains(shapes[0], at(1500, 100)) ? shapes[0] : shapes[1];
        QVERIFY(geo::contains(eastern, at(1100, -90)));
        QVERIFY(!geo::contains(eastern, at(900, -90)));
        for (const auto& change : done.edit.changes) {
            QVERIFY(change.after->describedShape != 0);
            QVERIFY(change.after->describedShape != geo::fingerprint(change.after->geometry));
        }
    }

    void anEarlierGlacierInTwoPiecesIsTold() {
        const std::vector<outlines::OutlineHandle> earlier{
            outlineOf("Long", {{square(0, 0, 2000, 300), {}}}),
            outlineOf("High", {{square(0, 300, 2000, 800), {}}})};
        auto request = requestFor({outlineOf("lower", {{square(0, 50, 900, 250), {}}}),
                                   outlineOf("upper", {{square(1000, 50, 1900, 700), {}}})},
                                  {{utm(), east, north, pixel, 0, 0}, {}});
        request.isLike = true;
        request.earlier = earlier;
        const auto done = divideLayer(request, {});
        QCOMPARE(done.splits.size(), std::size_t{1});
        QCOMPARE(done.splits[0].earlier, 0);
        QCOMPARE(done.splits[0].parts.size(), std::size_t{2});
        QVERIFY(done.vanished.empty());
        std::map<std::string, std::string> names;
        outlines::OutlineSet after = request.outlines;
        for (const auto& change : done.edit.changes) {
            after.put(change.after);
        }
        QCOMPARE(after.size(), std::size_t{3});
        // The largest piece has the ids; the others keep what they had.
        QCOMPARE(after.find(done.splits[0].parts[0].uuid)->name, std::string("Long"));
        QCOMPARE(after.find("lower")->name, std::string("lower"));
        QCOMPARE(after.find("upper")->name, std::string("High")); // the larger part keeps the UUID
    }

    void aDivisionIsOneEditAndTheLargerPartStaysTheGlacier() {
        Layers layers;
        const auto ref = layers.put("inventory", "whole", {{square(0, 0, 100, 100), {}}});
        const auto beside = layers.put("inventory", "beside", {{square(0, 100, 100, 200), {}}});
        const std::vector<geo::Line> lines{{at(30, -10), at(33, 50), at(30, 110)}};
        const geo::MultiPolygon whole = layers.draft().require(ref)->geometry;
        editing::Division division{ref, {}};
        for (const geo::Polygon& face : geo::facesOf(whole, lines)) {
            division.parts.push_back({{face}, std::nullopt});
        }
        const std::vector<editing::Division> divisions{division};
        const auto done = editing::divideOutlines(layers.draft(), divisions);
        QCOMPARE(done.edit.description, std::string("Divide whole into 2"));
        QCOMPARE(done.edit.tool, std::string("divide"));
        QCOMPARE(done.done.size(), std::size_t{1});
        QCOMPARE(done.edit.changes.size(), std::size_t{3}); // the neighbour gets a vertex
        layers.commit(done.edit);
        const auto& all = layers.all["inventory"];
        QCOMPARE(all.size(), std::size_t{3});
        QVERIFY(geo::planarArea(all.find("whole")->geometry) > 6000);
        QCOMPARE(all.find("whole")->name, std::string("whole"));
        QCOMPARE(geo::vertexCount(all.find("beside")->geometry), std::size_t{5});
        QVERIFY(done.edit.changes.back().after != nullptr);
        std::vector<geo::MultiPolygon> shapes;
        for (const auto& part : done.done[0].parts) {
            shapes.push_back(all.find(part.uuid)->geometry);
        }
        QVERIFY(wrongWith(shapes, whole).isEmpty());
        QCOMPARE(all.find(beside.uuid)->name, std::string("beside"));
    }

    void ofPartsThatAreOneEarlierGlacierTheLargestHasItsIdAndNoneHasItTwice() {
        Layers layers;
        const auto ref = layers.put("inventory", "whole", {{square(0, 0, 100, 100), {}}});
        const auto other = layers.put("inventory", "other", {{square(0, 200, 100, 300), {}}});
        const editing::Identity earlier{"Khumbu", {{"rgi_id", "RGI60-15.03733"}, {"Massif", "Everest"}}, 0};
        const std::vector<editing::Division> divisions{
            {ref, {{{{square(0, 0, 30, 100), {}}}, earlier}, {{{square(30, 0, 100, 100), {}}}, earlier}}},
            {other, {{{{square(0, 200, 60, 300), {}}}, earlier}, {{{square(60, 200, 100, 300), {}}}, {}}}}};
        const auto done = editing::divideOutlines(layers.draft(), divisions);
        layers.commit(done.edit);
        std::vector<std::string> owners;
        for (const auto& outline : layers.all["inventory"].all()) {
            if (!outlines::ownIds(*outline).empty()) {
                owners.push_back(outline->uuid);
            }
        }
        QCOMPARE(owners, std::vector<std::string>{done.done[0].parts[1].uuid});
        const auto small = layers.all["inventory"].find(done.done[0].parts[0].uuid);
        QCOMPARE(small->name, std::string("Khumbu"));
        QCOMPARE(small->attributes.at("Massif").text(), std::string("Everest"));
    }

    void aDivisionThatIsNotSoundIsLeft() {
        Layers layers;
        const auto ref = layers.put("inventory", "whole", {{square(0, 0, 100, 100), {}}});
        layers.put("inventory", "beside", {{square(200, 0, 300, 100), {}}});
        const std::vector<editing::Division> crossed{
            {ref, {{{{square(0, 0, 60, 100), {}}}}, {{{ringOf({{0, 0}, {9, 9}, {9, 0}, {0, 9}}), {}}}}}}};
        const auto done = editing::divideOutlines(layers.draft(), crossed);
        QVERIFY(done.edit.empty());
        QCOMPARE(done.left.size(), std::size_t{1});
        const std::vector<editing::Division> over{
            {ref, {{{{square(0, 0, 60, 100), {}}}}, {{{square(60, 0, 250, 100), {}}}}}}};
        const auto refused = editing::divideOutlines(layers.draft(), over);
        QVERIFY(refused.edit.empty());
        QVERIFY2(QString::fromStdString(refused.left.at(0).why).contains("overlap beside"),
                 refused.left.at(0).why.c_str());
        const std::vector<editing::Division> both{
            {ref, {{{{square(0, 0, 60, 100), {}}}}, {{{square(50, 0, 100, 100), {}}}}}}};
        QCOMPARE(editing::divideOutlines(layers.draft(), both).left.size(), std::size_t{1});
    }

    void thousandsAreDividedInOneStepWithoutLookingAtAllForEach() {
        // Squares side by side, each parted in the middle; every other one has a divide that is refused.
        constexpr int columns = 60;
        const auto timeFor = [&](int rows) {
            Layers layers;
            std::vector<editing::Division> divisions;
            for (int i = 0; i < columns * rows; ++i) {
                const double x = 100.0 * (i % columns);
                const double y = 100.0 * (i / columns);
                const auto ref =
                    layers.put("inventory", std::to_string(i), {{square(x, y, x + 100, y + 100), {}}});
                const double end = i % 2 == 0 ? 100 : 130; // over the neighbour
                divisions.push_back({ref,
                                     {{{{square(x, y, x + 40, y + 100), {}}}},
                                      {{{square(x + 40, y, x + end, y + 100), {}}}}}});
            }
            QElapsedTimer timer;
            timer.start();
            const auto done = editing::divideOutlines(layers.draft(), divisions);
            const double seconds = static_cast<double>(timer.nsecsElapsed()) / 1e9;
            // What is refused leaves nothing behind.
            const auto half = static_cast<std::size_t>(columns * rows / 2);
            if (done.done.size() < half || done.left.size() < half - static_cast<std::size_t>(rows)) {
                return -1.0;
            }
            layers.commit(done.edit);
            std::size_t pieces = 0;
            for (const auto& into : done.done) {
                pieces += into.parts.size();
            }
            return layers.all["inventory"].size() == pieces + done.left.size() ? seconds : -1.0;
        };
        const double few = timeFor(10);
        const double many = timeFor(40);
        QVERIFY(few > 0 && many > 0);
        qInfo() << "600 divisions" << few << "s, 2400" << many << "s";
        QVERIFY2(many < 4 * 4 * few, "the time of one grows with how many there are");
    }

    void aLayerIsDividedInOneStep() {
        auto removed = *outlineOf("removed", {{square(600, 3000, 1400, 3600), {}}});
        removed.review = outlines::Review::Removed;
        const auto request =
            requestFor({outlineOf("one", {{square(600, 0, 1400, 600), {}}}),
                        outlineOf("slope", {{square(1500, 0, 1900, 600), {}}}),
                        outlineOf("two", {{square(500, 700, 1300, 1500), {}}}), outlines::share(removed)},
                       elevationOf(ridge));
        const auto done = divideLayer(request, {});
        QCOMPARE(done.edit.description, std::string("Divide 2 glaciers into 4"));
        QCOMPARE(done.outlines.size(), std::size_t{3});
        QCOMPARE(done.outlines[0].parts.size(), std::size_t{2});
        QCOMPARE(done.outlines[0].parts[0].ref.uuid, std::string("one"));
        QCOMPARE(done.outlines[1].parts.size(), std::size_t{1});
        QCOMPARE(done.outlines[1].why, std::string());
        QCOMPARE(done.outlines[2].parts.size(), std::size_t{2});
        QVERIFY(done.outlines[2].parts[0].area >= done.outlines[2].parts[1].area);
    }
};

QTEST_APPLESS_MAIN(DividesTest)
#include "divides_test.moc"
