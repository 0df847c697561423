// SPDX-License-Identifier: GPL-3.0-or-later
// What drawing a line anew costs at each move of the pointer, on the largest outline of an inventory along a
// line that it shares with a neighbour, and what the same costs when outlines are rebuilt by GEOS.
//
//     redraw_cost [inventory.gpkg]     (in EPSG:32632; without one a layer that is made up)
//
// Prints milliseconds that the thread worked.
#include "measured.h"
#include "measured_layer.h"

#include "editing/redraw.h"
#include "editing/thin_stroke.h"
#include "geo/segments.h"
#include "geo/shape_operations.h"
#include "outlines/outline_set.h"

#include <cmath>
#include <cstdio>
#include <optional>
#include <string>
#include <vector>

namespace {

using namespace nunatak;
using namespace nunatak::tests;

constexpr const char* layer = "inventory";

/// Union with what is added, difference of the others with it, validity of all of them.
void rebuild(const outlines::OutlineSet& set, const std::string& uuid, const geo::MultiPolygon& added) {
    const geo::MultiPolygon valid = geo::madeValid(added);
    for (const auto& outline : set.in(geo::extentOf(added))) {
        const auto after = outline->uuid == uuid ? geo::unionOf(outline->geometry, valid)
                                                 : geo::difference(outline->geometry, valid);
        if (!geo::invalidReason(after).empty()) {
            std::puts("  not valid");
        }
    }
}

} // namespace

int main(int argc, char** argv) try {
    const auto crs = geo::Crs::fromUserInput("EPSG:32632");
    outlines::OutlineSet set;
    for (auto& outline : measuredLayer(argc > 1 ? std::optional<std::string>(argv[1]) : std::nullopt, crs)) {
        set.put(outlines::share(std::move(outline)));
    }
    const Edited edited = editedOf(set.all());
    const geo::Ring& ring = edited.outline->geometry.front().outer;
    const outlines::OutlineRef ref{layer, edited.outline->uuid};
    editing::EdgeIndices indices;
    const editing::Draft draft{[&](const std::string&) { return editing::DraftLayer(&set); }, indices};
    std::puts("vertices of the line  redraw    99 %  outlines    GEOS  times");
    for (const int count : {100, 1000, 4000}) {
        const auto from = edited.run.begin() + 300;
        const std::vector<int> gone(from, from + count);
        const geo::Ring stroke = strokeAlong(ring, gone);
        editing::Edit edit;
        const auto work = [&](int) { edit = editing::redraw(draft, ref, {stroke}).edit; };
        timesOf(1, work); // makes the indices of the outlines
        const Figures ours = timesOf(21, work);
        geo::MultiPolygon added{{stroke, {}}};
        for (auto vertex = gone.rbegin(); vertex != gone.rend(); ++vertex) {
            added[0].outer.push_back(ring[static_cast<std::size_t>(*vertex)]);
        }
        const Figures rebuilt = timesOf(3, [&](int) { rebuild(set, ref.uuid, added); });
        std::printf("%20d %7.2f %7.2f %9zu %7.0f %6.0f\n", count, ours.median, ours.late, edit.changes.size(),
                    rebuilt.median, rebuilt.median / ours.median);
    }
    geo::Ring hand;
    for (int i = 0; i < 4000; ++i) { // as a pointer tells it: more often than there are pixels
        const auto edge = static_cast<std::size_t>(edited.run[static_cast<std::size_t>(300 + i / 2)]);
        hand.push_back(geo::pointAlong(ring[edge], ring[edge + 1], i % 2 == 0 ? 0.2 : 0.7));
    }
    constexpr double pixel = 30; // metres
    // A hand that winds across the line over the width of a view: thinned first, then drawn, as at each move
    // of the pointer.
    geo::Ring winding = strokeAlong(ring, {edited.run.begin() + 300, edited.run.begin() + 1300});
    const double wide = geo::distance(ring[static_cast<std::size_t>(edited.run[300])],
                                      ring[static_cast<std::size_t>(edited.run[301])]);
    for (std::size_t i = 1; i + 1 < winding.size(); ++i) {
        const auto edge = static_cast<std::size_t>(edited.run[300 + i * 1000 / winding.size()]);
        const geo::Point a = ring[edge], b = ring[edge + 1];
        const double aside = 3 * std::sin(0.45 * static_cast<double>(i));
        winding[i] = {a.x - aside * (b.y - a.y), a.y + aside * (b.x - a.x)};
    }
    editing::Edit wound;
    std::size_t places = 0;
    const auto wind = [&](int) {
        const geo::Ring thinned = editing::thinnedStroke(winding, wide);
        places = thinned.size();
        wound = editing::redraw(draft, ref, {thinned}).edit;
    };
    timesOf(1, wind);
    const Figures across = timesOf(21, wind);
    std::printf("winding across the line in %zu places, thinned and drawn: %.2f, 99 %% %.2f\n",
                winding.size(), across.median, across.late);
    std::printf("thinning a stroke of %zu places to %zu: %.2f\n", hand.size(),
                editing::thinnedStroke(hand, pixel).size(),
                timesOf(21, [&](int) { editing::thinnedStroke(hand, pixel); }).median);
    return 0;
} catch (const std::exception& error) {
    std::fprintf(stderr, "redraw_cost: %s\n", error.what());
    return 1;
}
