// SPDX-License-Identifier: GPL-3.0-or-later
// What a brush costs in a whole inventory, each move of the pointer: on the line of its largest outline,
// where that is free and along a divide, adding and taking off; what lifting the brush costs; and the first
// dab by GEOS on whole outlines, in one run.
//
//     brush_cost [inventory.gpkg [EPSG:32632]]
//
// Prints milliseconds that the thread worked.
#include "editing/brush.h"
#include "geo/shape_operations.h"
#include "measured_layer.h"
#include "outlines/outline_set.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <functional>
#include <optional>
#include <string>
#include <vector>

namespace {

using namespace nunatak;
using editing::Ground;
using editing::Neighbours;

double worked() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

double milliseconds(const std::function<void()>& work) {
    const double start = worked();
    work();
    return worked() - start;
}

void print(const char* what, std::vector<double> times) {
    std::sort(times.begin(), times.end());
    std::printf("%-44s %9.3f %9.3f %9.3f\n", what, times[times.size() / 2], times[times.size() * 99 / 100],
                times.back());
    std::fflush(stdout);
}

class Bench {
public:
    explicit Bench(std::vector<outlines::Outline> layer) {
        for (outlines::Outline& outline : layer) {
            m_set.put(outlines::share(std::move(outline)));
        }
        m_edited = tests::editedOf(m_set.all());
        m_ref = {"inventory", m_edited.outline->uuid};
        std::printf("%zu outlines; the largest: %zu vertices\n%-44s %9s %9s %9s\n", m_set.size(),
                    m_edited.outline->vertices(), "", "median", "99 %", "worst");
    }

    void run() {
        const geo::Ring& ring = m_edited.outline->geometry[0].outer;
        const std::vector<int>& free = m_edited.free;
        const std::vector<int>& shared = m_edited.shared;
        paint("ice, free line", free, Ground::Add, Neighbours::Together);
        paint("not ice, free line", free, Ground::Remove, Neighbours::Together);
        paint("ice, along a divide, together", shared, Ground::Add, Neighbours::Together);
        paint("ice, along a divide, no overlap", shared, Ground::Add, Neighbours::NoOverlap);
        paint("not ice, along a divide, together", shared, Ground::Remove, Neighbours::Together);
        std::vector<double> times;
        for (std::size_t i = 0; i < 5; ++i) {
            const auto at = static_cast<std::size_t>(free[i]);
            const auto dab = editing::swept(ring[at], ring[at], brush(Ground::Add));
            times.push_back(milliseconds([&] {
                geo::MultiPolygon grown = geo::unionOf(m_edited.outline->geometry, dab);
                std::string reason = geo::invalidReason(grown);
            }));
        }
        print("one dab by GEOS, whole outline, no neighbour", times);
    }

private:
    editing::Draft draft() {
        return {[this](const std::string&) { return editing::DraftLayer(&m_set); }, m_indices};
    }
    static editing::Brush brush(Ground ground) { return {60, 10, ground}; }

    /// Strokes of 60 moves of some vertices each, with a hand's sway across the line.
    void paint(const char* what, const std::vector<int>& places, Ground ground, Neighbours neighbours) {
        const geo::Ring& ring = m_edited.outline->geometry[0].outer;
        std::vector<double> moves, ends;
        int refused = 0;
        editing::Edit shown;
        for (std::size_t k = 0; k < 20; ++k) {
            const auto from = static_cast<std::size_t>(places[k * places.size() / 20]);
            editing::BrushStroke stroke(draft(), m_ref, brush(ground), neighbours);
            for (std::size_t i = 0; i < 60; ++i) {
                const geo::Point at = ring[(from + 2 * i) % ring.size()];
                const double sway = 25 * static_cast<double>(i % 7) - 75;
                moves.push_back(milliseconds([&] {
                    try {
                        stroke.paintTo({at.x + sway, at.y - sway / 2});
                        shown = stroke.edit();
                    } catch (const editing::Refused&) {
                        ++refused;
                    }
                }));
            }
            ends.push_back(milliseconds([&] { shown = stroke.finished(); }));
        }
        print(what, std::move(moves));
        if (refused > 0) {
            std::printf("  of 1200 refused: %d\n", refused);
        }
        print("  brush lifted", std::move(ends));
    }

    outlines::OutlineSet m_set;
    editing::EdgeIndices m_indices;
    outlines::OutlineRef m_ref;
    tests::Edited m_edited;
};

} // namespace

int main(int argc, char** argv) {
    const auto crs = geo::Crs::fromUserInput(argc > 2 ? argv[2] : "EPSG:32632");
    Bench(tests::measuredLayer(argc > 1 ? std::optional<std::string>(argv[1]) : std::nullopt, crs)).run();
    return 0;
}
