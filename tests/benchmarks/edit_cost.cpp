// SPDX-License-Identifier: GPL-3.0-or-later
// What moving one vertex costs by the length of the line: the gate alone, and the whole edit, which copies
// the outline. Prints microseconds.
#include "core/editing/shapes.h"
#include "editing/gate.h"
#include "editing/move_vertex.h"

#include <chrono>
#include <cstdio>

namespace {

using namespace nunatak;

template <typename Do> double microseconds(int times, const Do& work) {
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < times; ++i) {
        work();
    }
    return std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - start).count() /
           times;
}

} // namespace

int main() {
    std::puts("vertices  gate  edit");
    for (const int count : {100, 1000, 10000, 100000}) {
        tests::Layers layers;
        const auto ref = layers.put("inventory", "a", {{tests::wavyRing(count, 10.0 * count), {}}});
        const geo::MultiPolygon shape = layers.all["inventory"].find("a")->geometry;
        const geo::EdgeIndex index(shape);
        const auto vertex = static_cast<std::size_t>(count / 3);
        const geo::Point at = shape[0].outer[vertex];
        const geo::Point target{at.x + 1, at.y};
        const std::vector<editing::RingSplice> splices{{0, 0, vertex, 1, {target}}};
        const double gate = microseconds(20000, [&] { editing::throwIfWorse(shape, index, splices); });
        const double edit = microseconds(500, [&] {
            editing::moveVertex(layers.draft(), ref, {0, 0, static_cast<int>(vertex)}, target);
        });
        std::printf("%8d %5.2f %5.1f\n", count, gate, edit);
    }
    return 0;
}
