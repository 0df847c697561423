// SPDX-License-Identifier: GPL-3.0-or-later
// Drainage basins of surfaces whose divides are known, and which of them are one glacier.

#include "base/error.h"
#include "core/divides/surfaces.h"
#include "divides/basins.h"
#include "divides/merge_basins.h"
#include "divides/smooth_heights.h"

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

    void waterRunsDownASmoothSurfaceAsItLeads() {
        // On a plane at any angle straight to the margin, on a dome along its known lines of steepest
        // descent.
        for (const double angle : {0.1, 0.4, 0.9, 1.3, 2.2, 3.6, 5.1}) {
            const double east = std::cos(angle);
            const double south = std::sin(angle);
            const Surface surface =
                surfaceOf(300, 300, [&](int x, int y) { return 1000 - x * east - y * south; });
            const Basins basins = basinsOf(surface);
            for (int y = 50; y < 250; y += 10) {
                for (int x = 50; x < 250; x += 10) {
                    const auto basin = static_cast<std::size_t>(basins.labels.at(0, y, x) - 1);
                    const Pixel outlet = basins.basins[basin].outlet;
                    const double dx = static_cast<double>(outlet % 300) - x;
                    const double dy = static_cast<double>(outlet / 300) - y;
                    QVERIFY2(std::abs(dx * south - dy * east) < 1.5,
                             qPrintable(QString("%1 beside at %2").arg(dx * south - dy * east).arg(angle)));
                }
            }
        }
        const Surface dome = surfaceOf(401, 401, [](int x, int y) {
            return -0.001 * (x - 200) * (x - 200) - 0.0005 * (y - 200) * (y - 200);
        });
        const Basins basins = basinsOf(dome);
        for (int y = 210; y < 300; y += 10) {
            for (int x = 210; x < 260; x += 10) {
                const auto basin = static_cast<std::size_t>(basins.labels.at(0, y, x) - 1);
                const Pixel outlet = basins.basins[basin].outlet;
                const double dx = static_cast<double>(outlet % 401) - 200;
                const double dy = static_cast<double>(outlet / 401) - 200;
                // Along a line x is as y². What is a pixel at the start grows as the lines part.
                const double perX = (x - 200) / std::pow(y - 200.0, 2);
                const double apart = std::max(dx / (x - 200), dy / (y - 200));
                const double beside =
                    std::min(std::abs(perX * dy * dy - dx), std::abs(std::sqrt(dx / perX) - dy));
                QVERIFY2(beside < 1.5 * apart,
                         qPrintable(QString("%1 from %2 %3").arg(beside).arg(x).arg(y)));
            }
        }
    }

    void aCopiedModelLosesItsStairs() {
        const auto plane = [](int x, int y) { return 2000.0 - 3 * x - 1.3 * y; };
        Image<float> fine(1, 120, 120);
        Image<float> copied(1, 120, 120);
        for (int y = 0; y < 120; ++y) {
            for (int x = 0; x < 120; ++x) {
                fine.at(0, y, x) = static_cast<float>(plane(x, y));
                copied.at(0, y, x) = static_cast<float>(plane(x / 2 * 2, y / 3 * 3));
            }
        }
        QVERIFY(repeatsOf(fine).alongRows < 1.01);
        QVERIFY(std::abs(repeatsOf(copied).alongRows - 2) < 0.1);
        QVERIFY(std::abs(repeatsOf(copied).alongColumns - 3) < 0.1);
        smoothHeights(fine, repeatsOf(fine));
        smoothHeights(copied, repeatsOf(copied));
        for (int y = 20; y < 100; ++y) {
            for (int x = 20; x < 100; ++x) {
                QVERIFY(std::abs(fine.at(0, y, x) - plane(x, y)) < 0.01);
                QVERIFY(std::abs((copied.at(0, y, x) - copied.at(0, y, x + 1)) - 3) < 0.6);
                QVERIFY(std::abs((copied.at(0, y, x) - copied.at(0, y + 1, x)) - 1.3) < 0.3);
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
