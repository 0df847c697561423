// SPDX-License-Identifier: GPL-3.0-or-later
// What bringing lines together and checking cost on an inventory whose outlines share their lines nearly:
// disturbed by up to a quarter of the tolerance. Prints seconds of the processor.
//
//     snap_cost [inventory.gpkg]     (in EPSG:32632)
//
// Without one it is made up: 5,000 outlines of 400 vertices, and a quarter of it, which should be four times
// as fast.
#include "measured_layer.h"

#include "core/editing/shapes.h"
#include "editing/check.h"
#include "editing/snap.h"
#include "geo/rings.h"

#include <cmath>
#include <cstdio>
#include <ctime>
#include <map>
#include <random>
#include <string>

namespace {

using namespace nunatak;

constexpr double tolerance = 5;
constexpr int pieces = 100; // of a side
constexpr double length = 25;

std::vector<outlines::OutlineHandle> partition(int columns, int rows) {
    std::mt19937 random(1);
    std::uniform_real_distribution<double> wave(-8, 8);
    std::map<std::pair<int, int>, geo::Point> corners; // and what lies between them on the lines
    const auto cornerAt = [&](int x, int y) {
        auto& corner = corners[{x, y}];
        if (corner == geo::Point{}) {
            corner = {400000 + x * length + wave(random), 5000000 + y * length + wave(random)};
        }
        return corner;
    };
    std::uniform_real_distribution<double> angle(0, 6.283185307);
    std::uniform_real_distribution<double> away(0, tolerance / 4);
    tests::Layers layers;
    for (int i = 0; i < columns; ++i) {
        for (int k = 0; k < rows; ++k) {
            geo::Ring ring;
            const auto add = [&](int x, int y) {
                const geo::Point point = cornerAt(i * pieces + x, k * pieces + y);
                const double turn = angle(random);
                const double distance = away(random);
                ring.push_back({point.x + distance * std::cos(turn), point.y + distance * std::sin(turn)});
            };
            for (int n = 0; n < pieces; ++n) {
                add(n, 0);
            }
            for (int n = 0; n < pieces; ++n) {
                add(pieces, n);
            }
            for (int n = pieces; n > 0; --n) {
                add(n, pieces);
            }
            for (int n = pieces; n > 0; --n) {
                add(0, n);
            }
            layers.put("inventory", std::to_string(i) + " " + std::to_string(k), {{ring, {}}});
        }
    }
    return layers.all["inventory"].all();
}

template <typename Do> double seconds(const Do& work) {
    const std::clock_t start = std::clock();
    work();
    return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

/// Where the same place is disturbed for each outline in another way, lines that were shared are nearly so.
std::vector<outlines::OutlineHandle> disturbed(std::vector<outlines::Outline> outlines) {
    std::mt19937 random(1);
    std::uniform_real_distribution<double> angle(0, 6.283185307);
    std::uniform_real_distribution<double> away(0, tolerance / 4);
    std::vector<outlines::OutlineHandle> all;
    for (auto& outline : outlines) {
        geo::forEachRing(outline.geometry, [&](geo::Ring& ring, int, int) {
            for (geo::Point& point : ring) {
                const double turn = angle(random);
                const double distance = away(random);
                point.x += distance * std::cos(turn);
                point.y += distance * std::sin(turn);
            }
        });
        all.push_back(outlines::share(std::move(outline)));
    }
    return all;
}

void measure(const std::vector<outlines::OutlineHandle>& outlines) {
    const auto crs = geo::Crs::fromUserInput("EPSG:32632");
    editing::Snapped done;
    const double together = seconds([&] {
        done = editing::snap({"inventory", outlines, crs, tolerance}, {});
    });
    std::vector<outlines::OutlineHandle> after;
    for (const auto& change : done.edit.changes) {
        after.push_back(change.after);
    }
    std::size_t found = 0;
    const double checked = seconds([&] { found = editing::check({"inventory", after, crs}, {}).size(); });
    std::printf(
        "%zu outlines: together in %.1f s (%zu vertices moved, %zu places left), then checked in %.1f s "
        "(%zu findings)\n",
        outlines.size(), together, done.moved, done.left.size(), checked, found);
}

} // namespace

int main(int argc, char** argv) try {
    if (argc > 1) {
        measure(disturbed(tests::measuredLayer(argv[1], geo::Crs::fromUserInput("EPSG:32632"))));
        return 0;
    }
    measure(partition(25, 50));
    measure(partition(50, 100));
    return 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "snap_cost: %s\n", error.what());
    return 1;
}
