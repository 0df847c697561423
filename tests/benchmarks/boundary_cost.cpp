// SPDX-License-Identifier: GPL-3.0-or-later
// What edits of shared lines cost in a whole inventory: of its largest outline, at vertices that it shares
// and at others, with all neighbours and the gate; beside the same by GEOS on whole outlines, in one run.
//
//     boundary_cost inventory.gpkg [EPSG:32632]
//
// Prints milliseconds that the thread worked.
#include "base/error.h"
#include "editing/boundaries.h"
#include "editing/insert_vertex.h"
#include "editing/move_vertex.h"
#include "editing/remove_vertices.h"
#include "editing/reshape.h"
#include "exchange/outline_files.h"
#include "geo/shape_operations.h"
#include "outlines/outline_set.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <functional>
#include <optional>
#include <vector>

namespace {

using namespace nunatak;
using editing::Line;
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

struct Figures {
    double median = 0, late = 0, worst = 0;
};

Figures figuresOf(std::vector<double> times) {
    std::sort(times.begin(), times.end());
    return {times[times.size() / 2], times[times.size() * 99 / 100], times.back()};
}

void print(const char* what, const Figures& figures) {
    std::printf("%-44s %9.3f %9.3f %9.3f\n", what, figures.median, figures.late, figures.worst);
    std::fflush(stdout);
}

class Bench {
public:
    explicit Bench(outlines::OutlineSet set) : m_set(std::move(set)) {
        std::size_t most = 0;
        for (const auto& outline : m_set.all()) {
            if (outline->vertices() > most) {
                most = outline->vertices();
                m_ref = {"inventory", outline->uuid};
            }
        }
        const geo::Ring& ring = big()->geometry[0].outer;
        for (std::size_t i = 0; i < ring.size(); ++i) {
            const auto owners = editing::ownersOf(draft(), "inventory", ring[i]);
            (owners.size() > 1 ? m_shared : m_free).push_back(static_cast<int>(i));
        }
        std::printf("%zu outlines; the largest: %zu vertices, %zu of the outer ring shared\n", m_set.size(),
                    most, m_shared.size());
    }

    void run() {
        std::printf("%-44s %9s %9s %9s\n", "", "median", "99 %", "worst");
        const double move = drag("move of a shared vertex, each pointer move", m_shared);
        drag("move of a free vertex", m_free);
        print("insert into a shared edge", times(200, [&](int i) {
                  editing::insertVertex(draft(), m_ref, {0, 0, middleOf(m_shared, i)},
                                        nudged(middleOf(m_shared, i)));
              }));
        std::optional<editing::Edit> edit;
        print("delete 10,000 vertices, free", times(15, [&](int i) {
                  edit = editing::removeVertices(draft(), m_ref, run(m_free, 10000, i));
              }));
        undo("undo of it", *edit);
        print("delete 4,000 vertices, shared", times(15, [&](int i) {
                  edit = editing::removeVertices(draft(), m_ref, run(m_shared, 4000, i));
              }));
        undo("undo of it", *edit);
        print("redraw 1,000 vertices, shared", times(15, [&](int i) { edit = redrawn(i); }));
        undo("undo of it", *edit);
        const Figures whole = times(5, [&](int i) { byGeos(middleOf(m_shared, i)); });
        print("the move by GEOS, whole outlines", whole);
        std::printf("GEOS to ours, move: %.0f\n", whole.median / move);
    }

private:
    outlines::OutlineHandle big() const { return m_set.find(m_ref.uuid); }
    editing::Draft draft() {
        return {[this](const std::string&) { return editing::DraftLayer(&m_set); }, m_indices};
    }
    static int middleOf(const std::vector<int>& of, int i) {
        return of[(of.size() / 3 + static_cast<std::size_t>(i) * 977) % of.size()];
    }
    geo::Point nudged(int vertex) const {
        const geo::Ring& ring = big()->geometry[0].outer;
        const geo::Point a = ring[static_cast<std::size_t>(vertex)];
        const geo::Point b = ring[(static_cast<std::size_t>(vertex) + 1) % ring.size()];
        return {a.x + 0.4 * (b.x - a.x) + 0.05 * (b.y - a.y), a.y + 0.4 * (b.y - a.y) - 0.05 * (b.x - a.x)};
    }

    static Figures times(int count, const std::function<void(int)>& work) {
        std::vector<double> all;
        for (int i = 0; i < count; ++i) {
            try {
                all.push_back(milliseconds([&] { work(i); }));
            } catch (const Error& error) {
                std::printf("  refused: %s\n", error.what());
            }
        }
        return all.empty() ? Figures() : figuresOf(std::move(all));
    }

    double drag(const char* what, const std::vector<int>& vertices) {
        std::vector<double> all;
        std::optional<editing::Edit> proposed; // the last one is drawn while the next is made
        int refused = 0;
        for (int i = 0; i < 40; ++i) {
            const int vertex = middleOf(vertices, i);
            const geo::Point from = big()->geometry[0].outer[static_cast<std::size_t>(vertex)];
            const geo::Point by = {nudged(vertex).x - from.x, nudged(vertex).y - from.y};
            for (int step = 1; step <= 25; ++step) {
                all.push_back(milliseconds([&] {
                    try {
                        proposed =
                            editing::moveVertex(draft(), m_ref, {0, 0, vertex},
                                                {from.x + by.x * step / 25, from.y + by.y * step / 25});
                    } catch (const Error&) {
                        ++refused;
                    }
                }));
            }
        }
        const Figures figures = figuresOf(std::move(all));
        print(what, figures);
        if (refused > 0) {
            std::printf("  of 1000 refused: %d\n", refused);
        }
        return figures.median;
    }

    std::vector<geo::VertexId> run(const std::vector<int>& of, int count, int i) const {
        // The longest stretch without a gap.
        std::size_t first = 0, longest = 0, begin = 0;
        for (std::size_t k = 1; k <= of.size(); ++k) {
            if (k == of.size() || of[k] != of[k - 1] + 1) {
                if (k - first > longest) {
                    longest = k - first;
                    begin = first;
                }
                first = k;
            }
        }
        std::vector<geo::VertexId> vertices;
        for (int k = 0; k < std::min(count, static_cast<int>(longest) - 100); ++k) {
            vertices.push_back({0, 0, of[begin + 1 + static_cast<std::size_t>(k + i)]});
        }
        return vertices;
    }

    editing::Edit redrawn(int i) {
        const auto gone = run(m_shared, 1000, 50 + i);
        geo::Ring line;
        for (const auto& vertex : gone) {
            line.push_back(nudged(vertex.index));
        }
        auto changed = draft();
        editing::reshape(changed, m_ref,
                         {{0, 0, static_cast<std::size_t>(gone.front().index), gone.size(), std::move(line)}},
                         Neighbours::Together, Line::Another);
        return changed.edit("Redraw", m_ref);
    }

    void undo(const char* what, const editing::Edit& edit) {
        const auto put = [&](bool isBack) {
            for (const auto& change : edit.changes) {
                m_set.put(isBack ? change.before : change.after);
            }
        };
        print(what, times(15, [&](int) {
                  put(false);
                  put(true);
              }));
    }

    void byGeos(int vertex) {
        const geo::Point from = big()->geometry[0].outer[static_cast<std::size_t>(vertex)];
        const geo::Point to = nudged(vertex);
        geo::MultiPolygon shape = big()->geometry;
        shape[0].outer[static_cast<std::size_t>(vertex)] = to;
        std::string reason = geo::invalidReason(shape);
        for (const auto& other : m_set.in(big()->extent())) {
            if (other->uuid == m_ref.uuid) {
                continue;
            }
            geo::MultiPolygon theirs = other->geometry;
            for (geo::Polygon& part : theirs) {
                std::replace(part.outer.begin(), part.outer.end(), from, to);
            }
            reason += geo::invalidReason(theirs);
            if (geo::planarArea(geo::intersection(shape, theirs)) > 1) {
                reason += "overlap";
            }
        }
    }

    outlines::OutlineSet m_set;
    editing::EdgeIndices m_indices;
    outlines::OutlineRef m_ref;
    std::vector<int> m_shared, m_free;
};

} // namespace

int main(int argc, char** argv) {
    if (argc < 2) {
        std::puts("boundary_cost inventory.gpkg [EPSG:32632]");
        return 2;
    }
    const auto crs = geo::Crs::fromUserInput(argc > 2 ? argv[2] : "EPSG:32632");
    outlines::OutlineSet set;
    for (auto& outline : exchange::readOutlines(argv[1], crs).outlines) {
        set.put(outlines::share(std::move(outline)));
    }
    Bench(std::move(set)).run();
    return 0;
}
