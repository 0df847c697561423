// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/live_wire.h"

#include "core/editing/line_distance.h"
#include "geo/segments.h"
#include "pictures.h"
#include "wire/even_line.h"

#include <QtTest>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <queue>
#include <random>

using namespace nunatak;
using namespace std::chrono_literals;
using tests::farthestFrom;
using tests::gridOf;
using tests::Picture;
using wire::CostSurface;
using wire::LiveWire;
using wire::PathSearch;

namespace {

using Surface = std::shared_ptr<const CostSurface>;

constexpr auto patience = std::chrono::milliseconds(20000);

geo::Ring wired(const Surface& surface, geo::Point from, geo::Point to) {
    const auto stretch = LiveWire(surface, from).to(to, patience);
    return stretch.isWhole ? stretch.points : geo::Ring();
}

/// Half a circle, from the left over the top to the right.
geo::Ring arch(geo::Point middle, double radius) {
    geo::Ring ring;
    for (int i = 0; i <= 360; ++i) {
        const double angle = M_PI * (1 - i / 360.0);
        ring.push_back({middle.x + radius * std::cos(angle), middle.y + radius * std::sin(angle)});
    }
    return ring;
}

std::uint32_t stepOver(const wire::StepCosts& costs, const CostSurface& surface, PathSearch::Pixel from,
                       int right, int down) {
    const auto framed = surface.framed();
    const auto index = framed.index(from.column, from.row);
    const auto ways = costs.from(framed.costs[index], framed.looks[index]);
    const std::size_t way = down == 0 ? 0 : right == 0 ? 2 : right == down ? 1 : 3;
    return (right != 0 && down != 0 ? 7 : 5) * ways[way];
}

/// Costs by the textbook: a heap, over the whole surface.
std::vector<std::uint32_t> costsByHeap(const CostSurface& surface, PathSearch::Pixel from) {
    const int columns = surface.grid().columns;
    const int rows = surface.grid().rows;
    std::vector<std::uint32_t> costs(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows),
                                     std::numeric_limits<std::uint32_t>::max());
    using Entry = std::pair<std::uint32_t, int>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    const auto put = [&](std::uint32_t cost, int column, int row) {
        auto& known = costs[static_cast<std::size_t>(row * columns + column)];
        if (cost < known) {
            known = cost;
            queue.push({cost, row * columns + column});
        }
    };
    put(0, from.column, from.row);
    const auto framed = surface.framed();
    const auto steps = wire::stepCostsFrom(framed, from.column, from.row);
    while (!queue.empty()) {
        const auto [cost, at] = queue.top();
        queue.pop();
        if (cost > costs[static_cast<std::size_t>(at)]) {
            continue;
        }
        for (int dy = -1; dy <= 1; ++dy) {
            for (int dx = -1; dx <= 1; ++dx) {
                const int column = at % columns + dx;
                const int row = at / columns + dy;
                if ((dx != 0 || dy != 0) && column >= 0 && row >= 0 && column < columns && row < rows) {
                    put(cost + stepOver(steps, surface, {at % columns, at / columns}, dx, dy), column, row);
                }
            }
        }
    }
    return costs;
}

Surface noise(int columns, int rows, unsigned seed) {
    Picture picture(gridOf(columns, rows), [](double, double) { return 120.0; });
    picture.addNoise(40, seed);
    return picture.surface();
}

} // namespace

class WireTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void itFollowsARoundEdgeWithinAThirdOfAPixel();
    void itFollowsTheProbabilityWhereThatGoesThroughOneHalf();
    void noiseMovesItByLessThanAPixel();
    void ofTwoEdgesItTakesTheStrongerOne();
    void anEdgeOfOneColourIsOne();
    void aFaintEdgeInShadowIsFollowedBesideAStrongOneElsewhere();
    void whereNothingIsToSeeItIsStraight();
    void theBorderOfWhatHasNoDataIsNoEdge();
    void whereAPartHasNoDataItGoesStraightAcross();
    void atTheBorderOfThePictureItEndsAtTheVeryPlace();
    void oneMoreClickPullsItToAnotherEdge();
    void aSearchFindsTheCheapestWays();
    void goingOnWhereItStoppedGivesTheSame();
    void whatIsNotReachedYetIsStraightAndSaysSo();
    void ofALargeViewTheWayIsFoundInBlocksAndLiesOnTheSamePixels();
    void theEdgeNearAPlaceIsFound();
    void aStepAlongAnEdgeIsCheaperThanOneAcross();
    void whatLooksOtherwiseThanWhereItBeginsIsDearer();
    void besideAnEdgeItGoesOnBesideIt();
    void whereTheEdgeIsInterruptedItGoesOnAsItCame();
    void ofACornerItCutsOffNoMoreThanTwoPixels();
};

void WireTest::itFollowsARoundEdgeWithinAThirdOfAPixel() {
    const geo::Point middle{6000, 94000};
    const Picture picture(gridOf(1200, 1200), [&](double x, double y) {
        return std::hypot(x - middle.x, y - middle.y) < 4000 ? 180.0 : 60.0;
    });
    const auto line = wired(picture.surface(), {2000, 94000}, {10000, 94000});
    QVERIFY(line.size() > 20);
    QCOMPARE(line.front(), (geo::Point{2000, 94000}));
    QCOMPARE(line.back(), (geo::Point{10000, 94000}));
    const auto truth = arch(middle, 4000);
    const bool isAbove = line[line.size() / 2].y > 94000;
    geo::Ring mirrored = line;
    for (auto& point : mirrored) {
        point.y = isAbove ? point.y : 2 * 94000 - point.y;
    }
    // Pixels are 10 m.
    QVERIFY2(farthestFrom(mirrored, truth) < 3.3, qPrintable(QString::number(farthestFrom(mirrored, truth))));
    QVERIFY(farthestFrom(truth, mirrored) < 5.5); // of the chords, too
    QVERIFY(line.size() < 400);                   // of 1,257 pixels of way
}

void WireTest::itFollowsTheProbabilityWhereThatGoesThroughOneHalf() {
    const geo::Grid grid = gridOf(600, 400);
    const auto truth = [](double x) { return 98000 + 400 * std::sin(x / 700); };
    Image<float> probability(1, grid.rows, grid.columns);
    for (int row = 0; row < grid.rows; ++row) {
        for (int column = 0; column < grid.columns; ++column) {
            const auto at = grid.toMap(column + 0.5, row + 0.5);
            // Steep here, gentle there, and half is nowhere in the middle of it.
            const double width = 15 + at.x / 60;
            probability.at(0, row, column) =
                static_cast<float>(1 / (1 + std::exp(-(at.y - truth(at.x)) / width)));
        }
    }
    const auto surface = std::make_shared<const CostSurface>(wire::costOfProbability(grid, probability));
    QVERIFY(surface->hasEdges());
    const auto line = wired(surface, {105, truth(105)}, {5895, truth(5895)});
    QVERIFY(line.size() > 10);
    for (const auto& point : line) {
        QVERIFY2(std::abs(point.y - truth(point.x)) < 4,
                 qPrintable(QString::number(point.y - truth(point.x))));
    }
}

void WireTest::noiseMovesItByLessThanAPixel() {
    const geo::Point middle{4000, 96000};
    for (unsigned seed = 1; seed <= 5; ++seed) {
        Picture picture(gridOf(800, 800), [&](double x, double y) {
            return std::hypot(x - middle.x, y - middle.y) < 2500 ? 150.0 : 90.0;
        });
        picture.addNoise(12, seed);
        const auto line = wired(picture.surface(), {1500, 96000}, {4000, 98500});
        QVERIFY(line.size() > 10);
        double sum = 0;
        for (const auto& point : line) {
            sum += std::abs(std::hypot(point.x - middle.x, point.y - middle.y) - 2500);
        }
        const double mean = sum / static_cast<double>(line.size());
        QVERIFY2(mean < 7, qPrintable(QStringLiteral("%1 m of seed %2").arg(mean).arg(seed)));
    }
}

void WireTest::ofTwoEdgesItTakesTheStrongerOne() {
    // Between both: the weak one runs straight, the strong one in a bow.
    const auto bow = [](double x) { return 97000 + 400 * std::sin(M_PI * x / 6000); };
    const Picture picture(gridOf(600, 600), [&](double x, double y) {
        return y > bow(x) ? 220.0 : y > 97000 - 1e-6 ? 80.0 : 65.0;
    });
    const auto line = wired(picture.surface(), {5, 97000}, {5995, 97000});
    QVERIFY(line.size() > 4);
    const auto highest =
        std::max_element(line.begin(), line.end(), [](const auto& a, const auto& b) { return a.y < b.y; });
    QVERIFY(std::abs(highest->y - 97400) < 10);
}

void WireTest::anEdgeOfOneColourIsOne() {
    const auto truth = [](double x) { return 98500 + 0.3 * x; };
    Picture picture(gridOf(300, 300), [](double, double) { return 100.0; });
    picture.paint(2, [&](double x, double y) { return y > truth(x) ? 140.0 : 100.0; });
    const auto line = wired(picture.surface(), {5, truth(5)}, {2495, truth(2495)});
    QVERIFY(line.size() >= 2);
    for (const auto& point : line) {
        QVERIFY(std::abs(point.y - truth(point.x)) < 5);
    }
}

void WireTest::aFaintEdgeInShadowIsFollowedBesideAStrongOneElsewhere() {
    // Ten levels, while another edge of the picture has two hundred.
    const auto truth = [](double x) { return 98500 + 200 * std::sin(x / 400); };
    const Picture picture(gridOf(400, 400), [&](double x, double y) {
        return x > 3500 ? 250.0 : y > truth(x) ? 45.0 : 35.0;
    });
    const auto line = wired(picture.surface(), {5, truth(5)}, {3205, truth(3205)});
    QVERIFY(line.size() > 5);
    for (const auto& point : line) {
        QVERIFY(std::abs(point.y - truth(point.x)) < 6);
    }
}

void WireTest::whereNothingIsToSeeItIsStraight() {
    const Picture picture(gridOf(300, 300), [](double, double) { return 77.0; });
    const auto surface = picture.surface();
    QVERIFY(!surface->hasEdges());
    const auto line = wired(surface, {210, 97300}, {2790, 99100});
    QCOMPARE(line.size(), std::size_t(2));
}

void WireTest::theBorderOfWhatHasNoDataIsNoEdge() {
    Picture picture(gridOf(300, 300), [](double, double) { return 150.0; });
    // A scene that ends on a slant, and a void in it: both black where nothing is known.
    picture.hide(
        [](double x, double y) { return x + (100000 - y) < 1000 || std::hypot(x - 1800, y - 98400) < 400; });
    const auto surface = picture.surface();
    QVERIFY(!surface->hasEdges());
    for (int row = 0; row < 300; ++row) {
        for (int column = 0; column < 300; ++column) {
            QCOMPARE(surface->costAt(column, row), CostSurface::dearest);
        }
    }
    QVERIFY(!surface->strongestNear({1800, 98800}, 200));
    Image<float> probability(1, 300, 300, 0.9F);
    for (int column = 0; column < 150; ++column) {
        for (int row = 0; row < 300; ++row) {
            probability.at(0, row, column) = std::numeric_limits<float>::quiet_NaN();
        }
    }
    QVERIFY(!wire::costOfProbability(gridOf(300, 300), probability).hasEdges());
}

void WireTest::whereAPartHasNoDataItGoesStraightAcross() {
    const auto truth = [](double) { return 98500.0; };
    Picture picture(gridOf(400, 300), [&](double, double y) { return y > truth(0) ? 200.0 : 50.0; });
    picture.hide([](double x, double) { return x > 1500 && x < 2500; });
    const auto line = wired(picture.surface(), {5, 98500}, {3995, 98500});
    QVERIFY(line.size() >= 2);
    for (const auto& point : line) {
        QVERIFY(std::abs(point.y - 98500) < 10);
    }
}

void WireTest::atTheBorderOfThePictureItEndsAtTheVeryPlace() {
    const Picture picture(gridOf(60, 50),
                          [](double x, double y) { return x > 300 && y > 99700 ? 200.0 : 50.0; });
    const auto surface = picture.surface();
    const geo::Extent extent = surface->grid().extent();
    const geo::Point corner{extent.xmin, extent.ymax};
    const geo::Point other{extent.xmax, extent.ymin};
    const auto line = wired(surface, corner, other);
    QCOMPARE(line.front(), corner);
    QCOMPARE(line.back(), other);
    for (const auto& point : line) {
        QVERIFY(extent.grown(1e-6).contains(point));
    }
    // Of one pixel there is nothing to follow, and nothing breaks.
    const Picture one(gridOf(1, 1), [](double, double) { return 9.0; });
    QCOMPARE(wired(one.surface(), {1, 99999}, {9, 99991}).size(), std::size_t(2));
}

void WireTest::oneMoreClickPullsItToAnotherEdge() {
    // Two edges of the same tone, one of them five times as strong.
    const Picture picture(gridOf(1600, 300), [&](double, double y) {
        return y > 99005 ? 160.0 : y > 98505 ? 60 + 40 * (99005 - y) / 500 : 120.0;
    });
    const auto surface = picture.surface();
    const auto highest = [](const geo::Ring& line) {
        double most = -1e9;
        for (const auto& point : line) {
            most = std::max(most, point.y);
        }
        return most;
    };
    // The way along the strong edge is little longer; a point between keeps it on the weak one.
    QVERIFY(highest(wired(surface, {105, 98505}, {15895, 98505})) > 98950);
    QVERIFY(highest(wired(surface, {105, 98505}, {1005, 98505})) < 98520);
    QVERIFY(highest(wired(surface, {1005, 98505}, {1905, 98505})) < 98520);
}

void WireTest::aSearchFindsTheCheapestWays() {
    const auto surface = noise(151, 97, 3);
    const PathSearch::Pixel from{17, 60};
    const auto truth = costsByHeap(*surface, from);
    PathSearch search(surface->framed(), from);
    while (search.grow(1000)) {
    }
    QCOMPARE(search.reached(), truth.size());
    for (int row = 0; row < 97; ++row) {
        for (int column = 0; column < 151; ++column) {
            QCOMPARE(search.costTo({column, row}), truth[static_cast<std::size_t>(row * 151 + column)]);
        }
    }
    // And the way costs what it says.
    const auto path = search.pathTo({150, 0});
    const auto framed = surface->framed();
    const auto steps = wire::stepCostsFrom(framed, from.column, from.row);
    std::uint32_t cost = 0;
    for (std::size_t i = 1; i < path.size(); ++i) {
        const int dx = path[i].column - path[i - 1].column;
        const int dy = path[i].row - path[i - 1].row;
        QVERIFY(std::max(std::abs(dx), std::abs(dy)) == 1);
        cost += stepOver(steps, *surface, path[i - 1], dx, dy);
    }
    QCOMPARE(cost, search.costTo({150, 0}));
}

void WireTest::goingOnWhereItStoppedGivesTheSame() {
    const auto surface = noise(200, 200, 8);
    PathSearch whole(surface->framed(), {5, 5});
    while (whole.grow(100000)) {
    }
    PathSearch lazy(surface->framed(), {5, 5});
    std::size_t before = 0;
    for (const PathSearch::Pixel target :
         {PathSearch::Pixel{9, 6}, PathSearch::Pixel{60, 80}, PathSearch::Pixel{190, 30}}) {
        QVERIFY(lazy.grow(1000000, target));
        QVERIFY(lazy.isReached(target));
        QVERIFY(lazy.reached() > before); // no more than it takes
        before = lazy.reached();
        QCOMPARE(lazy.costTo(target), whole.costTo(target));
        QVERIFY(lazy.pathTo(target) == whole.pathTo(target));
    }
    QVERIFY(before < whole.reached());
}

void WireTest::whatIsNotReachedYetIsStraightAndSaysSo() {
    const auto surface = noise(1500, 1500, 1);
    LiveWire wire(surface, {5, 99995});
    const geo::Point far{14995, 85005};
    const auto early = wire.to(far, 0ms);
    QVERIFY(!early.isWhole);
    QCOMPARE(early.points.front(), (geo::Point{5, 99995}));
    QCOMPARE(early.points.back(), far);
    const auto later = wire.to(far, patience);
    QVERIFY(later.isWhole);
    QVERIFY(later.points.size() > 50);
    QCOMPARE(later.points.back(), far);
}

void WireTest::ofALargeViewTheWayIsFoundInBlocksAndLiesOnTheSamePixels() {
    const geo::Point middle{5000, 95000};
    Picture picture(gridOf(1001, 999), [&](double x, double y) {
        return std::hypot(x - middle.x, y - middle.y) < 4000 ? 160.0 : 80.0;
    });
    picture.addNoise(8, 2);
    const auto surface = picture.surface();
    const PathSearch::Pixel from{100, 500};
    const PathSearch::Pixel to{500, 100};
    PathSearch exact(surface->framed(), from);
    exact.grow(2000000, to);
    for (const int side : {2, 4}) {
        wire::BlockPaths paths(surface, std::make_shared<const wire::Blocks>(surface->framed(), side), from);
        PathSearch coarse = paths.search();
        coarse.grow(2000000, paths.blockOf(to));
        // A hand on its way asks for places before.
        for (const PathSearch::Pixel way :
             {PathSearch::Pixel{120, 380}, {200, 220}, {350, 120}, {480, 104}}) {
            coarse.grow(2000000, paths.blockOf(way));
            paths.along(coarse.pathTo(paths.blockOf(way)), way);
        }
        const auto path = paths.along(coarse.pathTo(paths.blockOf(to)), to);
        QVERIFY(path.front() == from && path.back() == to);
        for (std::size_t i = 1; i < path.size(); ++i) {
            QVERIFY(std::max(std::abs(path[i].column - path[i - 1].column),
                             std::abs(path[i].row - path[i - 1].row)) == 1);
        }
        const auto known = exact.pathTo(to);
        const auto same = std::count_if(path.begin(), path.end(), [&](const auto& pixel) {
            return std::find(known.begin(), known.end(), pixel) != known.end();
        });
        QVERIFY2(static_cast<double>(same) > 0.95 * static_cast<double>(path.size()),
                 qPrintable(QStringLiteral("%1 of %2").arg(same).arg(path.size())));
    }
}

void WireTest::theEdgeNearAPlaceIsFound() {
    const geo::Point middle{2000, 98000};
    const Picture picture(gridOf(400, 400), [&](double x, double y) {
        return std::hypot(x - middle.x, y - middle.y) < 1000 ? 200.0 : 50.0;
    });
    const auto surface = picture.surface();
    const auto found = surface->strongestNear({3040, 98030}, 60);
    QVERIFY(found.has_value());
    QVERIFY(std::abs(std::hypot(found->x - middle.x, found->y - middle.y) - 1000) < 4);
    QVERIFY(!surface->strongestNear({3200, 98000}, 60));
    QVERIFY(!surface->strongestNear({-5000, 98000}, 60)); // beside it all
}

void WireTest::aStepAlongAnEdgeIsCheaperThanOneAcross() {
    // Ice above a slant that falls to the right.
    const Picture picture(gridOf(60, 60),
                          [](double x, double y) { return y - 99700 > -(x - 300) ? 180.0 : 60.0; });
    const auto surface = picture.surface();
    const auto costs = wire::stepCostsFrom(surface->framed(), 30, 30);
    const auto step = [&](int right, int down) { return stepOver(costs, *surface, {30, 30}, right, down); };
    QVERIFY(2 * step(1, 1) < step(1, -1));
    QVERIFY(step(1, 1) < step(1, 0) && step(1, 0) < step(1, -1));
    QCOMPARE(step(-1, -1), step(1, 1));
}

void WireTest::whatLooksOtherwiseThanWhereItBeginsIsDearer() {
    // Two edges side by side and as strong: rock and snow above, snow and a lake below.
    const Picture picture(gridOf(400, 120), [](double x, double y) {
        const double bow = 60 * std::sin(x / 500);
        return y > 99500 + bow ? 40.0 : y > 99300 + bow ? 140.0 : 240.0;
    });
    const auto surface = picture.surface();
    const auto off = [&](double upper, geo::Point from, geo::Point to) {
        double most = 0;
        for (const auto& point : wired(surface, from, to)) {
            most = std::max(most, std::abs(point.y - upper - 60 * std::sin(point.x / 500)));
        }
        return most;
    };
    const auto at = [](double y, double x) { return geo::Point{x, y + 60 * std::sin(x / 500)}; };
    QVERIFY(off(99500, at(99500, 105), at(99500, 3895)) < 5);
    QVERIFY(off(99300, at(99300, 105), at(99300, 3895)) < 5);
}

void WireTest::besideAnEdgeItGoesOnBesideIt() {
    const geo::Point middle{3000, 97000};
    const Picture picture(gridOf(600, 600), [&](double x, double y) {
        return std::hypot(x - middle.x, y - middle.y) < 2000 ? 180.0 : 60.0;
    });
    // A pixel and a half outside of it at both ends, and at one of them.
    for (const double other : {2015.0, 2000.0}) {
        const auto line = wired(picture.surface(), {3000 - 2015, 97000}, {3000, 97000 + other});
        QVERIFY(line.size() > 10);
        for (const auto& point : line) {
            const double way = std::atan2(point.y - middle.y, middle.x - point.x) / (std::numbers::pi / 2);
            const double wanted = 2015 + way * (other - 2015);
            const double away = std::hypot(point.x - middle.x, point.y - middle.y);
            QVERIFY2(std::abs(away - wanted) < 4,
                     qPrintable(QStringLiteral("%1, not %2").arg(away).arg(wanted)));
        }
    }
}

void WireTest::whereTheEdgeIsInterruptedItGoesOnAsItCame() {
    // It fades over thirty pixels.
    const geo::Point middle{3000, 97000};
    Picture picture(gridOf(600, 600), [&](double x, double y) {
        const double level = std::hypot(x - middle.x, y - middle.y) < 2000 ? 180.0 : 60.0;
        const double fading = std::exp(-std::pow((x - 2000) / 100, 4));
        return (1 - fading) * level + fading * 120;
    });
    picture.addNoise(3, 5);
    const auto line = wired(picture.surface(), {1005, 97000}, {3000, 98995});
    double most = 0;
    for (const auto& point : line) {
        most = std::max(most, std::abs(std::hypot(point.x - middle.x, point.y - middle.y) - 2000));
    }
    QVERIFY2(most < 25, qPrintable(QString::number(most)));
    // The same of places alone: what is not held is bridged without a kink.
    geo::Ring places;
    std::vector<double> held;
    for (int i = 0; i <= 200; ++i) {
        const bool isGap = i > 90 && i < 110;
        places.push_back({100 * std::cos(i / 200.0), 100 * std::sin(i / 200.0) + (isGap ? 3 : 0)});
        held.push_back(isGap ? 0 : 1);
    }
    for (const auto& point : wire::evenLine(places, held, 500)) {
        QVERIFY(std::abs(std::hypot(point.x, point.y) - 100) < 0.05);
    }
}

void WireTest::ofACornerItCutsOffNoMoreThanTwoPixels() {
    const Picture picture(gridOf(200, 200),
                          [&](double x, double y) { return x < 1000 && y > 99000 ? 190.0 : 70.0; });
    const geo::Point corner{1000, 99000};
    double nearest = 1e9;
    const auto line = wired(picture.surface(), {1000, 99400}, {600, 99000});
    for (std::size_t i = 0; i + 1 < line.size(); ++i) {
        nearest = std::min(nearest, geo::distanceToSegment(corner, line[i], line[i + 1]));
    }
    QVERIFY2(nearest < 20, qPrintable(QString::number(nearest)));
}

QTEST_APPLESS_MAIN(WireTest)
#include "wire_test.moc"
