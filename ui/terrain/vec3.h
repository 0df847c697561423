// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>

namespace nunatak::ui::terrain {

/// A position or direction in the drawn world: x east, y north, z up, metres, in double.
struct Vec3 {
    double x = 0;
    double y = 0;
    double z = 0;

    Vec3 operator+(const Vec3& o) const { return {x + o.x, y + o.y, z + o.z}; }
    Vec3 operator-(const Vec3& o) const { return {x - o.x, y - o.y, z - o.z}; }
    Vec3 operator*(double s) const { return {x * s, y * s, z * s}; }
    bool operator==(const Vec3&) const = default;
};

inline double dot(const Vec3& a, const Vec3& b) {
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

inline double length(const Vec3& a) {
    return std::sqrt(dot(a, a));
}

} // namespace nunatak::ui::terrain
