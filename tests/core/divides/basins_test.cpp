// SPDX-License-Identifier: GPL-3.0-or-later
// Drainage basins of surfaces whose divides are known, and which of them are one glacier.

#include "base/error.h"
#include "core/divides/surfaces.h"
#include "divides/basins.h"
#include "divides/merge_basins.h"

#include <QtTest>

#include <cmath>
#include <limits>
#include <map>
#include <random>
#include <set>

using namespace nunatak;
using namespace nunatak::divides;
using nunatak::tests::surfaceOf;

namespace {

constexpr float isVoid = std::numeric_limits<float>::quiet_NaN();

/// Basin of each pixel after joining, -1 beside the ice.
Image<std::int32_t> glaciers(const Basins& basins, const Thresholds& thresholds) {
    const auto glacierOf = mergeBasins(basins, thresholds, 1);
    Image<std::int32_t> image(1, basins.labels.rows(), basins.labels.columns(), -1);
    for (std::size_t i = 0; i < image.bandSize(); ++i) {
        const std::int32_t label = basins.labels.values()[i];
        image.values()[i] = label > 0 ? glacierOf[static_cast<std::size_t>(label - 1)] : -1;
    }
    return image;
}

std::size_t countOf(const Basins& basins, const Thresholds& thresholds) {
    const auto glacierOf = mergeBasins(basins, thresholds, 1);
    return std::set<std::int32_t>(glacierOf.begin(), glacierOf.end()).size();
}

/// Follows the ice down pixel by pixel, slowly and plainly: the place where it is left.
Pixel followed(const Surface& surface, int column, int row) {
    for (;;) {
        const float height = surface.heights.at(0, row, column);
        double steepest = 0;
        std::pair<int, int> next{column, row};
        for (const auto& [dx, dy] :
             {std::pair{1, 0}, {0, 1}, {-1, 0}, {0, -1}, {1, 1}, {-1, 1}, {-1, -1}, {1, -1}}) {
            const double drop = (height - surface.heights.at(0, row + dy, column + dx)) *
                                static_cast<double>(dx != 0 && dy != 0 ? perDiagonal : 1.0F);
            if (drop > steepest) {
                steepest = drop;
                next = {column + dx, row + dy};
            }
        }
        if (surface.ground.at(0, next.second, next.first) != Ice) {
            return static_cast<Pixel>(row * surface.heights.columns() + column);
        }
        std::tie(column, row) = next;
    }
}

} // namespace

class BasinsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void iceBetweenTwoFunnelsIsDividedHalfWay() {
        // Both outlets are holes in the ice, 80 pixels apart; the divide is the line half way.
        const auto toA = [](int x, int y) { return std::hypot(x - 60, y - 60); };
        const auto toB = [](int x, int y) { return std::hypot(x - 140, y - 60); };
        const Surface surface = surfaceOf(
            200, 120, [&](int x, int y) { return std::min(toA(x, y), toB(x, y)); },
            [&](int x, int y) { return std::min(toA(x, y), toB(x, y)) > 1.5; });
        const auto image = glaciers(basinsOf(surface), {0, 20});
        const auto a = image.at(0, 60, 50);
        const auto b = image.at(0, 60, 150);
        QVERIFY(a != b);
        for (int y = 20; y < 100; ++y) {
            QCOMPARE(image.at(0, y, 98), a);
            QCOMPARE(image.at(0, y, 102), b);
        }
        QCOMPARE(countOf(basinsOf(surface), {0, 20}), std::size_t{2});
        QCOMPARE(countOf(basinsOf(surface), {0, 1000}), std::size_t{1});
    }

    void aRidgeIsADivideToThePixel() {
        // It winds, and falls off to both sides.
        const auto ridge = [](int y) { return 60 + std::lround(12 * std::sin(y / 11.0)); };
        const Surface surface =
            surfaceOf(120, 100, [&](int x, int y) { return 500 - 3.0 * std::abs(x - ridge(y)) + 0.01 * x; });
        const Basins basins = basinsOf(surface);
        const auto image = glaciers(basins, {0, 100});
        const auto west = image.at(0, 50, 10);
        const auto east = image.at(0, 50, 110);
        QVERIFY(west != east);
        for (int y = 2; y < 98; ++y) {
            for (int x = 2; x < 118; ++x) {
                if (std::abs(x - ridge(y)) > 1) {
                    QCOMPARE(image.at(0, y, x), x < ridge(y) ? west : east);
                }
            }
        }
    }

    void aSaddleIsAsHighAsTheLowestWayAcross() {
        // A ridge of 500 with a pass of 321 in it.
        const Surface surface = surfaceOf(101, 81, [](int x, int y) {
            const double crest = 500 - 179 * std::exp(-0.01 * (y - 40) * (y - 40));
            return crest - 4.0 * std::abs(x - 50);
        });
        const Basins basins = basinsOf(surface);
        float lowest = std::numeric_limits<float>::infinity();
        const auto image = glaciers(basins, {0, 100});
        const auto glacierOf = mergeBasins(basins, {0, 100}, 1);
        for (const Saddle& saddle : basins.saddles) {
            if (glacierOf[static_cast<std::size_t>(saddle.a)] !=
                glacierOf[static_cast<std::size_t>(saddle.b)]) {
                lowest = std::min(lowest, saddle.height);
                QVERIFY(saddle.a < saddle.b);
            }
        }
        QCOMPARE(lowest, 321.0F);
        QVERIFY(image.at(0, 40, 10) != image.at(0, 40, 90));
    }

    void basinsAreJoinedWhereTheSaddleRisesByNoMore() {
        // Three valleys side by side that end at 100; the saddles between them are at 130 and 190.
        const Surface surface = surfaceOf(90, 60, [](int x, int y) {
            const double valley = std::abs((x % 30) - 15);
            const double crest = x < 45 ? 30 : 90;
            return 100 + std::min(2 * valley * crest / 30, crest) + 0.5 * std::max(0, 57 - y);
        });
        const Basins basins = basinsOf(surface);
        QCOMPARE(countOf(basins, {0, 20}), std::size_t{3});
        QCOMPARE(countOf(basins, {0, 40}), std::size_t{2});
        const auto two = glaciers(basins, {0, 40});
        QCOMPARE(two.at(0, 40, 15), two.at(0, 40, 45));
        QVERIFY(two.at(0, 40, 45) != two.at(0, 40, 75));
        QCOMPARE(countOf(basins, {0, 100}), std::size_t{1});
    }

    void whatIsTooSmallJoinsOverTheLowestSaddle() {
        // The same with a narrow valley between two wide ones, nearer to the east in height.
        const Surface surface = surfaceOf(104, 60, [](int x, int y) {
            const double crossed = x < 45   ? std::min(200.0, std::abs(x - 20) * 8.0)
                                   : x < 57 ? std::max(0.0, 180 - std::abs(x - 51) * -4.0 - 60)
                                            : std::min(160.0, std::abs(x - 80) * 7.0);
            return 100 + crossed + 0.5 * std::max(0, 57 - y);
        });
        const Basins basins = basinsOf(surface);
        const auto before = glaciers(basins, {0, 10});
        const auto after = glaciers(basins, {1200, 10});
        QVERIFY(before.at(0, 30, 51) != before.at(0, 30, 20));
        QVERIFY(before.at(0, 30, 51) != before.at(0, 30, 80));
        QCOMPARE(after.at(0, 30, 51), after.at(0, 30, 80));
        QVERIFY(after.at(0, 30, 20) != after.at(0, 30, 80));
    }

    void aFlatIsSharedByItsTwoWaysOut() {
        // A plain of ice at one height; it falls off beyond both ends.
        const Surface surface = surfaceOf(81, 31, [](int x, int) {
            return x < 10 ? x : x > 70 ? 80 - x : 10;
        });
        const auto image = glaciers(basinsOf(surface), {0, 5});
        const auto west = image.at(0, 15, 5);
        const auto east = image.at(0, 15, 75);
        QVERIFY(west != east);
        for (int y = 2; y < 29; ++y) {
            QCOMPARE(image.at(0, y, 38), west);
            QCOMPARE(image.at(0, y, 42), east);
        }
    }

    void aPitDrainsOverItsLowestSaddle() {
        // A slope down to the south with a hollow of 40 in it, whose rim is lowest in the east.
        const Surface surface = surfaceOf(60, 60, [](int x, int y) {
            const double hollow = 40 * std::exp(-0.02 * ((x - 30) * (x - 30) + (y - 30) * (y - 30)));
            return 300.0 - y - hollow;
        });
        const Basins basins = basinsOf(surface);
        for (std::size_t i = 0; i < basins.labels.bandSize(); ++i) {
            QCOMPARE(basins.labels.values()[i] > 0, surface.ground.values()[i] == Ice);
        }
        for (const Basin& basin : basins.basins) {
            // All outlets are at the margin.
            const int x = static_cast<int>(basin.outlet % 60);
            const int y = static_cast<int>(basin.outlet / 60);
            QVERIFY(x == 2 || x == 57 || y == 2 || y == 57);
            QCOMPARE(basin.outletHeight, surface.heights.at(0, y, x));
        }
        QCOMPARE(countOf(basins, {0, 1}), std::size_t{1});
    }

    void iceBehindHigherGroundDrainsOverItsLowestPlace() {
        const Surface surface = surfaceOf(40, 40, [](int x, int y) {
            return x < 2 || y < 2 || x > 37 || y > 37 ? (x == 38 && y == 20 ? 170 : 200)
                                                      : 100 + std::hypot(x - 20, y - 20);
        });
        const Basins basins = basinsOf(surface);
        QCOMPARE(basins.basins.size(), std::size_t{1});
        QCOMPARE(basins.basins[0].outletHeight, 170.0F);
        QCOMPARE(basins.basins[0].pixels, 36U * 36U);
    }

    void voidsHangBetweenTheirRims() {
        Surface surface = surfaceOf(60, 40, [](int x, int) { return 100 + 2.0 * x; });
        const Surface whole = surface;
        for (int y = 10; y < 30; ++y) {
            for (int x = 20; x < 40; ++x) {
                surface.heights.at(0, y, x) = isVoid;
            }
        }
        const Voids voids = fillVoids(surface);
        QCOMPARE(voids.filled, std::size_t{400});
        QCOMPARE(voids.left, std::size_t{0});
        QCOMPARE(voids.pixels, std::size_t{56 * 36});
        for (int y = 10; y < 30; ++y) {
            for (int x = 20; x < 40; ++x) {
                QVERIFY(std::abs(surface.heights.at(0, y, x) - whole.heights.at(0, y, x)) < 6);
            }
        }
        for (float& height : surface.heights.values()) {
            height = isVoid;
        }
        QCOMPARE(fillVoids(surface).left, std::size_t{56 * 36});
    }

    void allIceIsInOneBasinWhateverTheSurface() {
        std::mt19937 random(7);
        for (int round = 0; round < 30; ++round) {
            std::uniform_int_distribution<int> step(0, round % 3 == 0 ? 3 : 1000); // many flats, or none
            std::bernoulli_distribution isIce(round % 2 == 0 ? 0.97 : 0.7);
            Surface surface = surfaceOf(
                50, 40, [&](int, int) { return step(random); }, [&](int, int) { return isIce(random); });
            const Basins basins = basinsOf(surface);
            std::map<std::int32_t, std::uint32_t> pixels;
            for (std::size_t i = 0; i < basins.labels.bandSize(); ++i) {
                const auto label = basins.labels.values()[i];
                QCOMPARE(label > 0, surface.ground.values()[i] == Ice);
                if (label > 0) {
                    ++pixels[label];
                }
            }
            for (std::size_t i = 0; i < basins.basins.size(); ++i) {
                const Basin& basin = basins.basins[i];
                QCOMPARE(basin.pixels, pixels[static_cast<std::int32_t>(i + 1)]);
                QCOMPARE(basins.labels.values()[basin.outlet], static_cast<std::int32_t>(i + 1));
            }
            std::size_t before = basins.basins.size() + 1;
            for (const double rise : {0.0, 1.0, 10.0, 100.0, 1000.0}) {
                const std::size_t now = countOf(basins, {0, rise});
                QVERIFY(now <= before);
                before = now;
            }
            before = basins.basins.size() + 1;
            for (const double area : {0.0, 5.0, 50.0, 500.0}) {
                const std::size_t now = countOf(basins, {area, 0});
                QVERIFY(now <= before);
                before = now;
            }
        }
    }

    void whatHasNoPitGoesWhereTheSteepestWayLeads() {
        std::mt19937 random(11);
        std::uniform_real_distribution<double> wave(0, 1);
        for (int round = 0; round < 10; ++round) {
            const double a = wave(random);
            const double b = wave(random);
            const Surface surface = surfaceOf(60, 60, [&](int x, int y) {
                return 4 * (x * a + y * b) - 0.02 * (x - 30) * (x - 30) - 0.03 * (y - 30) * (y - 30);
            });
            const Basins basins = basinsOf(surface);
            for (int y = 2; y < 58; ++y) {
                for (int x = 2; x < 58; ++x) {
                    const auto basin = static_cast<std::size_t>(basins.labels.at(0, y, x) - 1);
                    QCOMPARE(basins.basins[basin].outlet, followed(surface, x, y));
                }
            }
        }
    }

    void itStopsWhenItShall() {
        std::stop_source stop;
        const Progress progress(
            [&](double fraction, std::string_view) {
                if (fraction > 0.3) {
                    stop.request_stop();
                }
            },
            stop.get_token());
        const Surface surface = surfaceOf(400, 1200, [](int x, int y) { return x * 37 % 101 + y * 53 % 97; });
        QVERIFY_THROWS_EXCEPTION(Cancelled, basinsOf(surface, progress));
    }
};

QTEST_APPLESS_MAIN(BasinsTest)
#include "basins_test.moc"
