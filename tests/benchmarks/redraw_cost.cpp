// SPDX-License-Identifier: GPL-3.0-or-later
// What drawing a line of 1,000 vertices costs on an outline of 100,000 that shares its line with eight
// neighbours, and what the same costs when outlines are rebuilt by GEOS. Prints milliseconds
// of the processor, so that other programs count for nothing.
#include "core/editing/shapes.h"
#include "editing/redraw.h"
#include "editing/thin_stroke.h"
#include "geo/segments.h"
#include "geo/shape_operations.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

namespace {

using namespace nunatak;

constexpr int vertices = 100000;
constexpr double radius = 200000;
constexpr int neighbours = 8;
constexpr geo::Point middle{500000, 5000000};

template <typename Do> double milliseconds(int times, const Do& work) {
    std::vector<double> all;
    for (int i = 0; i < times; ++i) {
        const std::clock_t start = std::clock();
        work();
        all.push_back(1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC);
    }
    std::sort(all.begin(), all.end());
    return all[all.size() / 2];
}

geo::Point farther(geo::Point point, double share) {
    return {middle.x + (point.x - middle.x) * share, middle.y + (point.y - middle.y) * share};
}

/// The ground outside of a stretch of the ring, with the stretch itself.
geo::MultiPolygon beside(const geo::Ring& ring, std::size_t first, std::size_t last) {
    geo::Ring outer;
    for (std::size_t i = first; i <= last; ++i) {
        outer.push_back(ring[i % ring.size()]);
    }
    for (std::size_t i = last + 1; i-- > first;) {
        if ((i - first) % 100 == 0) {
            outer.push_back(farther(ring[i % ring.size()], 1.3));
        }
    }
    return {{outer, {}}};
}

/// Along the line, a little outside, with its ends inside.
geo::Ring strokeAlong(const geo::Ring& ring, std::size_t first, std::size_t last, int count) {
    geo::Ring stroke;
    for (int i = 0; i <= count; ++i) {
        const double at =
            static_cast<double>(first) + static_cast<double>(last - first) * static_cast<double>(i) / count;
        const auto edge = static_cast<std::size_t>(at);
        const geo::Point on = geo::pointAlong(ring[edge], ring[edge + 1], at - static_cast<double>(edge));
        const bool isEnd = i == 0 || i == count;
        stroke.push_back(farther(on, isEnd ? 1 - 1e-5 : 1 + 2e-4 * (1 + 0.3 * std::sin(0.5 * i))));
    }
    return stroke;
}

} // namespace

int main() {
    tests::Layers layers;
    const geo::Ring ring = tests::wavyRing(vertices, radius, middle);
    const auto ref = layers.put("inventory", "main", {{ring, {}}});
    constexpr std::size_t share = vertices / neighbours;
    for (std::size_t i = 0; i < neighbours; ++i) {
        layers.put("inventory", "beside " + std::to_string(i), beside(ring, i * share, (i + 1) * share));
    }
    std::puts("replaced vertices  redraw  and neighbours  GEOS  times");
    for (const std::size_t replaced : {100, 1000, 10000}) {
        const std::size_t first = 2 * share + share / 10;
        const geo::Ring stroke = strokeAlong(ring, first, first + replaced, 1000);
        editing::Edit edit;
        const auto work = [&] { edit = editing::redraw(layers.draft(), ref, {stroke}).edit; };
        work(); // makes the indices of the outlines
        const double ours = milliseconds(21, work);
        geo::MultiPolygon added{{stroke, {}}};
        for (std::size_t i = first + replaced + 1; i-- > first;) {
            added[0].outer.push_back(ring[i]);
        }
        const double rebuilt = milliseconds(3, [&] {
            const auto all = layers.all["inventory"].in(geo::extentOf(added));
            const geo::MultiPolygon valid = geo::madeValid(added);
            for (const auto& outline : all) {
                const auto after = outline->uuid == "main" ? geo::unionOf(outline->geometry, valid)
                                                           : geo::difference(outline->geometry, valid);
                if (!geo::invalidReason(after).empty()) {
                    std::puts("not valid");
                }
            }
        });
        std::printf("%17zu %7.2f %15zu %5.0f %6.0f\n", replaced, ours, edit.changes.size() - 1, rebuilt,
                    rebuilt / ours);
    }
    const geo::Ring hand = strokeAlong(ring, 0, 3000, 4000);
    std::printf("thinning a stroke of %zu places to %zu: %.2f\n", hand.size(),
                editing::thinnedStroke(hand, 30).size(),
                milliseconds(21, [&] { editing::thinnedStroke(hand, 30); }));
    return 0;
}
