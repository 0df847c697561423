// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terrain/surface_ray.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nunatak::ui::terrain {

namespace {

/// The part [enter, leave] of a ray inside 0 <= value <= limit of one axis; empty when enter > leave.
void clipAxis(double start, double step, double limit, double& enter, double& leave) {
    if (step == 0) {
        if (start < 0 || start > limit) {
            leave = -std::numeric_limits<double>::infinity();
        }
        return;
    }
    const double a = (0 - start) / step;
    const double b = (limit - start) / step;
    enter = std::max(enter, std::min(a, b));
    leave = std::min(leave, std::max(a, b));
}

/// A ray in cell coordinates (u east, v south) and true heights.
struct CellRay {
    double u, v, z;
    double du, dv, dz;
};

/// Height of the ray over one triangle's plane as a + b·t; it meets the plane at -a / b.
struct Clearance {
    double a;
    double b;
};

Clearance lowerLeft(const Image<float>& h, int row, int column, const CellRay& ray) {
    const double nw = h.at(0, row, column);
    const double sw = h.at(0, row + 1, column);
    const double se = h.at(0, row + 1, column + 1);
    const double slopeV = sw - nw;
    const double slopeU = se - sw;
    return {ray.z - nw - (ray.v - row) * slopeV - (ray.u - column) * slopeU,
            ray.dz - ray.dv * slopeV - ray.du * slopeU};
}

Clearance upperRight(const Image<float>& h, int row, int column, const CellRay& ray) {
    const double nw = h.at(0, row, column);
    const double ne = h.at(0, row, column + 1);
    const double se = h.at(0, row + 1, column + 1);
    const double slopeU = ne - nw;
    const double slopeV = se - ne;
    return {ray.z - nw - (ray.u - column) * slopeU - (ray.v - row) * slopeV,
            ray.dz - ray.du * slopeU - ray.dv * slopeV};
}

/// First t in [from, to] at which the clearance reaches zero from above.
std::optional<double> descent(const Clearance& clearance, double from, double to, double slack) {
    if (clearance.a + clearance.b * to > 0) {
        return std::nullopt;
    }
    const double start = clearance.a + clearance.b * from;
    if (start < -slack) {
        return std::nullopt;
    }
    if (start <= 0 || clearance.b >= 0) {
        return from;
    }
    return std::clamp(-clearance.a / clearance.b, from, to);
}

} // namespace

std::optional<Vec3> intersectSurface(const HeightMesh& terrain, const Vec3& origin, const Vec3& direction,
                                     double exaggeration, double skirt) {
    const auto& grid = terrain.heightGrid;
    if (terrain.heights.empty() || exaggeration <= 0) {
        return std::nullopt;
    }
    const auto start = grid.toPixel({origin.x, origin.y});
    const CellRay ray{start.x,
                      start.y,
                      origin.z / exaggeration,
                      direction.x / grid.pixelSize,
                      -direction.y / grid.pixelSize,
                      direction.z / exaggeration};
    double t = 0;
    double end = std::numeric_limits<double>::infinity();
    clipAxis(ray.u, ray.du, grid.columns, t, end);
    clipAxis(ray.v, ray.dv, grid.rows, t, end);
    if (t > end) {
        return std::nullopt;
    }
    // Straight down, a ray stays in one column for ever; it has passed the surface when it is under all of
    // it.
    if (!std::isfinite(end)) {
        if (ray.dz >= 0) {
            return std::nullopt;
        }
        const auto lowest =
            *std::min_element(terrain.heights.values().begin(), terrain.heights.values().end());
        end = std::max(t, (lowest - 1 - ray.z) / ray.dz);
    }
    // Rounding of large coordinates must not lose a ray that meets the surface just where one cell ends.
    const double slack = 1e-3;
    const double uAtEntry = ray.u + ray.du * t;
    const double vAtEntry = ray.v + ray.dv * t;
    int column = std::clamp(static_cast<int>(std::floor(uAtEntry)), 0, grid.columns - 1);
    int row = std::clamp(static_cast<int>(std::floor(vAtEntry)), 0, grid.rows - 1);
    const double forever = std::numeric_limits<double>::infinity();
    const double zAtEntry = ray.z + ray.dz * t;
    const double below = terrain.heightAt(grid.toMap(uAtEntry, vAtEntry)) - zAtEntry;
    if (below > skirt) {
        return std::nullopt; // through a side wall, or from under the ground
    }
    if (below > slack) {
        return t > 0 ? std::optional(origin + direction * t) : std::nullopt;
    }
    while (t <= end) {
        const double nextColumn = ray.du > 0   ? (column + 1 - ray.u) / ray.du
                                  : ray.du < 0 ? (column - ray.u) / ray.du
                                               : forever;
        const double nextRow = ray.dv > 0   ? (row + 1 - ray.v) / ray.dv
                               : ray.dv < 0 ? (row - ray.v) / ray.dv
                                            : forever;
        const double leave = std::max(t, std::min({nextColumn, nextRow, end}));
        // Where the ray crosses the diagonal v - row = u - column it changes triangles.
        const double side = (ray.v - row) - (ray.u - column);
        const double sideStep = ray.dv - ray.du;
        double diagonal = sideStep != 0 ? -side / sideStep : leave;
        diagonal = std::clamp(diagonal, t, leave);
        const double parts[3] = {t, diagonal, leave};
        for (int part = 0; part < 2; ++part) {
            const double from = parts[part];
            const double to = parts[part + 1];
            if (to <= from && part == 0) {
                continue;
            }
            const double middle = (from + to) / 2;
            const auto clearance = side + sideStep * middle >= 0
                                       ? lowerLeft(terrain.heights, row, column, ray)
                                       : upperRight(terrain.heights, row, column, ray);
            if (const auto hit = descent(clearance, from, to, slack)) {
                return origin + direction * *hit;
            }
        }
        if (leave >= end) {
            break;
        }
        t = leave;
        if (nextColumn <= nextRow) {
            column += ray.du > 0 ? 1 : -1;
        } else {
            row += ray.dv > 0 ? 1 : -1;
        }
        if (column < 0 || column >= grid.columns || row < 0 || row >= grid.rows) {
            break;
        }
    }
    return std::nullopt;
}

} // namespace nunatak::ui::terrain
