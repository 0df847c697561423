// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulation/moraines.h"

#include <algorithm>
#include <cmath>

namespace nunatak::scene::simulation {

FlowLines flowLinesOf(const Image<std::uint8_t>& ice, const Field& surface, double cell) {
    const int rows = surface.rows();
    const int columns = surface.columns();
    FlowLines flow{Field(1, rows, columns), Field(1, rows, columns), Field(1, rows, columns),
                   Field(1, rows, columns)};
    // Tongues bulge; over their width the valley says where the ice comes from.
    const Field smooth = blurred(surface, std::max(1, static_cast<int>(150 / cell + 0.5)), 2);
    const Field slope = gradient(surface, cell);
    forRows(rows, [&](int row) {
        const int north = std::max(row - 1, 0);
        const int south = std::min(row + 1, rows - 1);
        for (int column = 0; column < columns; ++column) {
            const int west = std::max(column - 1, 0);
            const int east = std::min(column + 1, columns - 1);
            const double dx = smooth.at(0, row, east) - smooth.at(0, row, west);
            const double dy = smooth.at(0, south, column) - smooth.at(0, north, column);
            const double length = std::sqrt(dx * dx + dy * dy);
            if (length > 1e-6) {
                flow.east.at(0, row, column) = static_cast<float>(dx / length);
                flow.south.at(0, row, column) = static_cast<float>(dy / length);
            }
            const bool covered = ice.at(0, row, column) != 0;
            flow.iceShare.at(0, row, column) = covered ? 1 : 0;
            flow.walls.at(0, row, column) =
                covered ? 0 : static_cast<float>(smoothStep(0.45, 0.95, slope.at(0, row, column)));
        }
    });
    flow.walls = blurred(flow.walls, 1, 2);
    return flow;
}

Origin originOf(const FlowLines& flow, std::uint64_t seed, double cell, double column, double row) {
    constexpr double step = 0.7;
    constexpr int most = 1500;
    Origin origin{0, column, row};
    double lastEast = 0;
    double lastSouth = 0;
    double crumbling = 0;
    for (int i = 0; i < most; ++i) {
        const double east = sampled(flow.east, origin.column, origin.row);
        const double south = sampled(flow.south, origin.column, origin.row);
        const double length = std::sqrt(east * east + south * south);
        // At a ridge the directions of two slopes meet and cancel out or turn back.
        if (length < 0.2 || east * lastEast + south * lastSouth < 0) {
            break;
        }
        lastEast = east;
        lastSouth = south;
        const double wall = sampled(flow.walls, origin.column, origin.row);
        if (wall > 0.02) {
            if (i % 4 == 0 || crumbling == 0) {
                crumbling = smoothStep(
                    -0.3, 0.25, fractal(seed + 61, origin.column * cell / 1300, origin.row * cell / 1300, 2));
            }
            origin.stones += wall * crumbling * step * cell / 100;
        }
        const auto covered = [&](double share) {
            return sampled(flow.iceShare, origin.column + share * step * east / length,
                           origin.row + share * step * south / length) >= 0.35;
        };
        double share = 1;
        if (!covered(1)) { // how far this last step goes, or steps of different paths would show as ripples
            double outside = 1;
            share = 0;
            for (int halving = 0; halving < 5; ++halving) {
                const double middle = (share + outside) / 2;
                (covered(middle) ? share : outside) = middle;
            }
        }
        origin.column += share * step * east / length;
        origin.row += share * step * south / length;
        if (share < 1) {
            break;
        }
    }
    return origin;
}

} // namespace nunatak::scene::simulation
