// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terrain/draped_line.h"

#include <algorithm>
#include <cmath>

namespace nunatak::ui::terrain {

namespace {

/// Adds the places t in (begin, end) where a + t·step is a whole number.
void addCrossings(double a, double step, double begin, double end, std::vector<double>& places) {
    if (step == 0) {
        return;
    }
    const double low = std::min(a + step * begin, a + step * end);
    const double high = std::max(a + step * begin, a + step * end);
    for (double whole = std::floor(low) + 1; whole < high; ++whole) {
        places.push_back((whole - a) / step);
    }
}

/// Shrinks [begin, end] to where 0 <= a + t·step <= limit.
void clip(double a, double step, double limit, double& begin, double& end) {
    if (step == 0) {
        if (a < 0 || a > limit) {
            end = begin - 1;
        }
        return;
    }
    const double t0 = -a / step;
    const double t1 = (limit - a) / step;
    begin = std::max(begin, std::min(t0, t1));
    end = std::min(end, std::max(t0, t1));
}

} // namespace

void appendDraped(const HeightMesh& terrain, geo::Point from, geo::Point to, std::vector<Vec3>& points) {
    const auto& grid = terrain.heightGrid;
    const auto a = grid.toPixel(from);
    const auto b = grid.toPixel(to);
    const double du = b.x - a.x;
    const double dv = b.y - a.y;
    double begin = 0;
    double end = 1;
    clip(a.x, du, grid.columns, begin, end);
    clip(a.y, dv, grid.rows, begin, end);
    if (begin > end) {
        return;
    }
    std::vector<double> places{begin, end};
    addCrossings(a.x, du, begin, end, places);
    addCrossings(a.y, dv, begin, end, places);
    addCrossings(a.y - a.x, dv - du, begin, end, places); // the cells' diagonals
    std::sort(places.begin(), places.end());
    // Crossings that coincide (a line through a vertex) would make segments without length.
    const double closest = 1e-9;
    double last = -1;
    for (std::size_t i = 0; i < places.size(); ++i) {
        const double t = places[i];
        if (i > 0 && i + 1 < places.size() && (t - last < closest || end - t < closest)) {
            continue;
        }
        const geo::Point map{from.x + (to.x - from.x) * t, from.y + (to.y - from.y) * t};
        points.push_back({map.x, map.y, terrain.heightAt(map)});
        last = t;
    }
}

} // namespace nunatak::ui::terrain
