// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulation/rings.h"

#include "geo/rings.h"

#include <array>
#include <map>
#include <utility>

namespace nunatak::scene::simulation {

namespace {

/// Directions in which an edge runs, counter-clockwise on the map, so that the next number is a turn to the
/// left.
enum Direction { East, North, West, South };
constexpr std::array<int, 4> columnStep{1, 0, -1, 0};
constexpr std::array<int, 4> rowStep{0, -1, 0, 1};

using Corner = std::pair<int, int>; ///< row, column of a pixel corner

/// The edges of one part that leave a corner, at most two, by direction.
using Edges = std::map<Corner, std::array<bool, 4>>;

/// Takes one ring out of `edges`; only corners where it turns.
geo::Ring takeRing(Edges& edges, const geo::Grid& grid) {
    geo::Ring ring;
    auto start = edges.begin();
    const Corner first = start->first;
    int direction = 0;
    while (!start->second[static_cast<std::size_t>(direction)]) {
        ++direction;
    }
    const int firstDirection = direction;
    Corner corner = first;
    int came = -1;
    do {
        if (came >= 0 && came != direction) {
            ring.push_back(grid.toMap(corner.second, corner.first));
        }
        auto at = edges.find(corner);
        at->second[static_cast<std::size_t>(direction)] = false;
        if (at->second == std::array<bool, 4>{}) {
            edges.erase(at);
        }
        corner.first += rowStep[static_cast<std::size_t>(direction)];
        corner.second += columnStep[static_cast<std::size_t>(direction)];
        came = direction;
        if (corner == first) {
            // A ring that touches itself at its start is two rings: right turns below never run on through
            // it.
            break;
        }
        // Where two pixels of the part touch at a corner only, a right turn keeps the rings simple.
        const auto& leaving = edges.find(corner)->second;
        for (const int turn : {3, 0, 1}) {
            const int next = (came + turn) % 4;
            if (leaving[static_cast<std::size_t>(next)]) {
                direction = next;
                break;
            }
        }
    } while (true);
    if (came != firstDirection) {
        ring.push_back(grid.toMap(first.second, first.first));
    }
    return ring;
}

} // namespace

std::vector<geo::Polygon> outlineParts(const Image<std::int32_t>& numbers, int count, const geo::Grid& grid) {
    std::vector<Edges> edges(static_cast<std::size_t>(count));
    const auto numberAt = [&](int row, int column) {
        const bool inside = row >= 0 && column >= 0 && row < numbers.rows() && column < numbers.columns();
        return inside ? numbers.at(0, row, column) : 0;
    };
    for (int row = 0; row < numbers.rows(); ++row) {
        for (int column = 0; column < numbers.columns(); ++column) {
            const int number = numbers.at(0, row, column);
            if (number == 0) {
                continue;
            }
            // The part is to the left of each edge.
            auto& own = edges[static_cast<std::size_t>(number) - 1];
            if (numberAt(row - 1, column) != number) {
                own[{row, column + 1}][West] = true;
            }
            if (numberAt(row, column - 1) != number) {
                own[{row, column}][South] = true;
            }
            if (numberAt(row + 1, column) != number) {
                own[{row + 1, column}][East] = true;
            }
            if (numberAt(row, column + 1) != number) {
                own[{row + 1, column + 1}][North] = true;
            }
        }
    }
    std::vector<geo::Polygon> polygons(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < polygons.size(); ++i) {
        while (!edges[i].empty()) {
            geo::Ring ring = takeRing(edges[i], grid);
            if (geo::signedArea(ring) > 0) {
                polygons[i].outer = std::move(ring);
            } else {
                polygons[i].holes.push_back(std::move(ring));
            }
        }
    }
    return polygons;
}

} // namespace nunatak::scene::simulation
