// SPDX-License-Identifier: GPL-3.0-or-later
// What a live wire costs on a view of 4,000² pixels: preparing the view (on a worker), a click, and each move
// of a hand that goes on from there at 2,000 pixels a second, without the thread that goes ahead of it;
// beside it the textbook's search with a heap over the whole view, which is what a click would take without
// going on lazily.
//
//     wire_cost [columns [picture.tif]]
//
// The picture is repeated over the view, or made up. Prints milliseconds that the thread worked.
#include "core/wire/pictures.h"
#include "raster/raster_reader.h"
#include "wire/live_wire.h"
#include "wire/wire_line.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <limits>
#include <memory>
#include <queue>
#include <random>

namespace {

using namespace nunatak;
using wire::CostSurface;
using wire::LiveWire;

double worked() {
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

void print(const char* what, std::vector<double> times) {
    std::sort(times.begin(), times.end());
    std::printf("%-52s %9.2f %9.2f %9.2f\n", what, times[times.size() / 2], times[times.size() * 99 / 100],
                times.back());
    std::fflush(stdout);
}

/// Rough ground with ice on it: tones at many scales, and edges that wind.
std::vector<std::uint8_t> madeUp(const geo::Grid& grid) {
    std::vector<std::uint8_t> rgba;
    rgba.reserve(4 * static_cast<std::size_t>(grid.columns) * static_cast<std::size_t>(grid.rows));
    std::minstd_rand random(1);
    for (int row = 0; row < grid.rows; ++row) {
        for (int column = 0; column < grid.columns; ++column) {
            const double x = column / 90.0;
            const double y = row / 70.0;
            const double ridge = std::sin(x + 2 * std::sin(y / 2)) + std::sin(y + std::sin(2 * x));
            const double grain = static_cast<double>(random() % 21) - 10;
            const auto level =
                static_cast<std::uint8_t>((ridge > 0.3 ? 190 : 90) + 15 * std::sin(15 * x) + grain);
            rgba.insert(rgba.end(), {level, level, level, 255});
        }
    }
    return rgba;
}

std::vector<std::uint8_t> repeated(const geo::Grid& grid, const char* file) {
    raster::initialiseGdal();
    const raster::RasterReader reader(file);
    const int columns = reader.info().columns;
    const int rows = reader.info().rows;
    std::array<Image<float>, 3> channels;
    for (int i = 0; i < 3; ++i) {
        channels[static_cast<std::size_t>(i)] =
            reader.readWindow(std::array{std::min(i, static_cast<int>(reader.info().bands.size()) - 1) + 1},
                              {0, 0, columns, rows}, columns, rows);
    }
    const auto small = tests::stretched(channels);
    std::vector<std::uint8_t> all(4 * static_cast<std::size_t>(grid.columns) *
                                  static_cast<std::size_t>(grid.rows));
    const auto mirrored = [](int at, int size) {
        return at / size % 2 == 0 ? at % size : size - 1 - at % size;
    };
    for (int row = 0; row < grid.rows; ++row) {
        for (int column = 0; column < grid.columns; ++column) {
            const std::size_t from =
                4 * (static_cast<std::size_t>(mirrored(row, rows)) * static_cast<std::size_t>(columns) +
                     static_cast<std::size_t>(mirrored(column, columns)));
            const std::size_t to =
                4 * (static_cast<std::size_t>(row) * static_cast<std::size_t>(grid.columns) +
                     static_cast<std::size_t>(column));
            std::copy_n(small.data() + from, 4, all.data() + to);
        }
    }
    return all;
}

/// Milliseconds until a heap has reached this place.
double heapTakes(const CostSurface& surface, wire::PathSearch::Pixel from, wire::PathSearch::Pixel to) {
    const double start = worked();
    const auto all = surface.framed();
    const auto framed = all.costs;
    const std::ptrdiff_t width = surface.grid().columns + 2;
    std::vector<std::uint32_t> costs(framed.size(), std::numeric_limits<std::uint32_t>::max());
    std::vector<std::uint32_t> before(framed.size());
    using Entry = std::pair<std::uint32_t, std::uint32_t>;
    std::priority_queue<Entry, std::vector<Entry>, std::greater<>> queue;
    const std::size_t end = all.index(to.column, to.row);
    const auto steps = wire::stepCostsFrom(all, from.column, from.row);
    costs[all.index(from.column, from.row)] = 0;
    queue.push({0, static_cast<std::uint32_t>(all.index(from.column, from.row))});
    while (!queue.empty()) {
        const auto [cost, at] = queue.top();
        queue.pop();
        if (at == end) {
            break;
        }
        if (cost > costs[at]) {
            continue;
        }
        const auto ways = steps.from(framed[at], all.looks[at]);
        for (std::ptrdiff_t dy = -1; dy <= 1; ++dy) {
            for (std::ptrdiff_t dx = -1; dx <= 1; ++dx) {
                const auto next = static_cast<std::size_t>(static_cast<std::ptrdiff_t>(at) + dy * width + dx);
                const std::size_t way = dy == 0 ? 0 : dx == 0 ? 2 : dx == dy ? 1 : 3;
                const std::uint32_t more = cost + (dx != 0 && dy != 0 ? 7U : 5U) * ways[way];
                if ((dx != 0 || dy != 0) && framed[next] != 0 && more < costs[next]) {
                    costs[next] = more;
                    before[next] = at;
                    queue.push({more, static_cast<std::uint32_t>(next)});
                }
            }
        }
    }
    return worked() - start;
}

wire::PathSearch::Pixel pixelOf(const geo::Grid& grid, geo::Point point) {
    const auto place = grid.toPixel(point);
    return {static_cast<int>(place.x), static_cast<int>(place.y)};
}

/// What LiveWire does, all on the thread that asks, and how long each half of it takes.
class Hand {
public:
    Hand(std::shared_ptr<const CostSurface> surface, geo::Point from)
        : m_surface(surface), m_from(from), m_paths(surface, pixelOf(surface->grid(), from)) {}

    void moveTo(geo::Point place) {
        const double start = worked();
        const auto to = pixelOf(m_surface->grid(), place);
        const auto block = m_paths.blockOf(to);
        if (m_search == nullptr) {
            m_search = std::make_unique<wire::PathSearch>(m_paths.search());
        }
        if (!m_search->isReached(block)) {
            m_search->grow(m_surface->framed().costs.size(), block);
        }
        const double found = worked();
        m_line = wire::wireLine(m_paths.along(m_search->pathTo(block), to), *m_surface, m_from, place);
        const double end = worked();
        searching = found - start;
        answering = end - found;
    }
    std::size_t reached() const { return m_search->reached(); }
    double searching = 0;
    double answering = 0;

private:
    std::shared_ptr<const CostSurface> m_surface;
    geo::Point m_from;
    wire::BlockPaths m_paths;
    std::unique_ptr<wire::PathSearch> m_search;
    geo::Ring m_line;
};

} // namespace

int main(int argc, char** argv) {
    const int columns = argc > 1 ? std::atoi(argv[1]) : 4000;
    const geo::Grid grid = tests::gridOf(columns, columns);
    const auto picture = argc > 2 ? repeated(grid, argv[2]) : madeUp(grid);
    std::printf("%d x %d pixels\n%-52s %9s %9s %9s\n", columns, columns, "", "median", "99 %", "worst");
    std::vector<double> preparing, starts, moves, searching, answering, jumps, heaps;
    std::shared_ptr<const CostSurface> surface;
    for (int i = 0; i < 3; ++i) {
        const double start = worked();
        surface = std::make_shared<const CostSurface>(wire::costOfPicture(grid, picture));
        preparing.push_back(worked() - start);
    }
    print("costs of the whole view, on a worker", preparing);
    std::vector<double> first;
    const int near = std::min(columns, 1024);
    const auto part = grid.window((columns - near) / 2, (columns - near) / 2, near, near);
    std::vector<std::uint8_t> piece;
    for (int row = 0; row < near; ++row) {
        const auto from =
            picture.begin() +
            4 * (static_cast<std::ptrdiff_t>((columns - near) / 2 + row) * columns + (columns - near) / 2);
        piece.insert(piece.end(), from, from + 4 * static_cast<std::ptrdiff_t>(near));
    }
    for (int i = 0; i < 7; ++i) {
        const double start = worked();
        const auto around = std::make_shared<const CostSurface>(wire::costOfPicture(part, piece));
        first.push_back(worked() - start);
    }
    print("of it 1,024 x 1,024 around the pointer, which come first", first);
    const auto at = [&](double x, double y) { return grid.toMap(x * columns, y * columns); };
    const std::array from{at(0.5, 0.5), at(0.1, 0.1),   at(0.9, 0.3),
                          at(0.3, 0.8), at(0.52, 0.05), at(0.05, 0.6)};
    const std::array to{at(0.95, 0.9), at(0.9, 0.5), at(0.1, 0.95),
                        at(0.9, 0.1),  at(0.1, 0.9), at(0.95, 0.6)};
    constexpr double speed = 2000; // pixels a second
    std::size_t searched = 0;
    for (std::size_t k = 0; k < from.size(); ++k) {
        Hand hand(surface, from[k]);
        const double way = geo::distance(from[k], to[k]) / grid.pixelSize;
        const double frames = way / speed * 60;
        for (double frame = 1; frame < frames; ++frame) {
            hand.moveTo(geo::pointAlong(from[k], to[k], frame / frames));
            if (frame == 1) {
                starts.push_back(hand.searching + hand.answering);
                continue;
            }
            moves.push_back(hand.searching + hand.answering);
            searching.push_back(hand.searching);
            answering.push_back(hand.answering);
        }
        searched += hand.reached();
        Hand other(surface, from[k]);
        other.moveTo(to[k]);
        jumps.push_back(other.searching + other.answering);
    }
    std::printf("pixels or blocks searched for a line across: %zu of %d²\n", searched / from.size(), columns);
    print("a click and the first stretch", starts);
    print("a move, 60 a second, at 2,000 pixels a second", moves);
    print("  the search, which a thread of its own does before", searching);
    print("  the line of it, for which the window waits", answering);
    print("from one end of the view to the other at once", jumps);
    for (std::size_t k = 0; k < from.size(); ++k) {
        heaps.push_back(heapTakes(*surface, pixelOf(grid, from[k]), pixelOf(grid, to[k])));
    }
    print("the same by a heap over the whole view", heaps);
    return 0;
}
