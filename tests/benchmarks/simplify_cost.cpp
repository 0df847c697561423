// SPDX-License-Identifier: GPL-3.0-or-later
// What simplifying and smoothing the largest outline of an inventory costs: finding the order in which
// vertices go, each tolerance that is tried then, and smoothing.
//
//     simplify_cost [inventory.gpkg [EPSG:32632]]
//
// Prints milliseconds that the thread worked.
#include "editing/simplify.h"
#include "editing/smooth.h"
#include "measured_layer.h"
#include "outlines/outline_set.h"

#include <cstdio>
#include <ctime>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace {

using namespace nunatak;

double milliseconds(const std::function<void()>& work) {
    const auto now = [] {
        timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
    };
    const double start = now();
    work();
    return now() - start;
}

} // namespace

int main(int argc, char** argv) {
    const auto crs = geo::Crs::fromUserInput(argc > 2 ? argv[2] : "EPSG:32632");
    outlines::OutlineSet set;
    for (auto& outline :
         tests::measuredLayer(argc > 1 ? std::optional<std::string>(argv[1]) : std::nullopt, crs)) {
        set.put(outlines::share(std::move(outline)));
    }
    const tests::Edited edited = tests::editedOf(set.all());
    editing::EdgeIndices indices;
    const editing::Draft draft([&](const std::string&) { return editing::DraftLayer(&set); }, indices);
    const std::vector<outlines::OutlineRef> refs{{"inventory", edited.outline->uuid}};
    std::optional<editing::Simplifier> simplifier;
    std::printf("order found, up to 100: %.0f\n",
                milliseconds([&] { simplifier.emplace(draft, refs, 100); }));
    for (const double tolerance : {0.5, 2.0, 10.0, 50.0, 100.0}) {
        editing::Generalised simpler;
        const double took = milliseconds([&] { simpler = simplifier->at(tolerance); });
        std::printf("simplified by %g: %.1f, %zu vertices, %zu outlines\n", tolerance, took, simpler.vertices,
                    simpler.edit.changes.size());
    }
    editing::Generalised smoother;
    const double took = milliseconds([&] { smoother = editing::smooth(draft, refs, 50); });
    std::printf("smoothed over 50: %.0f, %zu vertices, %zu stretches left\n", took, smoother.vertices,
                smoother.left.size());
    return 0;
}
