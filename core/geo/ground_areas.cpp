// SPDX-License-Identifier: GPL-3.0-or-later
#include "geo/ground_areas.h"

#include "geo/ground_scale.h"
#include "geo/paths.h"
#include "geo/rings.h"

#include <algorithm>
#include <cmath>

namespace nunatak::geo {

namespace {

/// Closer together, the places say nothing of how the scale bends.
constexpr double leastHalf = 5000; // metres

} // namespace

GroundAreas::GroundAreas(const Crs& crs, const Extent& around)
    : m_middle(around.empty() ? Point{} : around.center()),
      m_half(std::max({leastHalf / crs.metresPerUnit(), around.width() / 2, around.height() / 2})) {
    double all = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double xy = 0;
    double yy = 0;
    for (int row = -1; row <= 1; ++row) {
        for (int column = -1; column <= 1; ++column) {
            const double metres =
                groundMetresPerUnit(crs, {m_middle.x + column * m_half, m_middle.y + row * m_half});
            const double scale = metres * metres;
            all += scale;
            x += column * scale;
            y += row * scale;
            xx += column * column * scale;
            xy += column * row * scale;
            yy += row * row * scale;
        }
    }
    // Least squares: of nine places at -1, 0 and 1 the sums of x², x⁴ and x²y² are 6, 6 and 4.
    m_x = x / 6;
    m_y = y / 6;
    m_xy = xy / 4;
    m_xx = xx / 2 - all / 3;
    m_yy = yy / 2 - all / 3;
    m_scale = all / 9 - 2 * (m_xx + m_yy) / 3;
}

double GroundAreas::ofRing(const Ring& ring) const {
    if (ring.size() < 3) {
        return 0;
    }
    // Green's theorem, edge by edge.
    double one = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double xy = 0;
    double yy = 0;
    const auto local = [this](Point point) {
        return Point{(point.x - m_middle.x) / m_half, (point.y - m_middle.y) / m_half};
    };
    Point a = local(ring.back());
    for (const Point& point : ring) {
        const Point b = local(point);
        const double cross = a.x * b.y - b.x * a.y;
        one += cross;
        x += cross * (a.x + b.x);
        y += cross * (a.y + b.y);
        xx += cross * (a.x * a.x + a.x * b.x + b.x * b.x);
        yy += cross * (a.y * a.y + a.y * b.y + b.y * b.y);
        xy += cross * (2 * (a.x * a.y + b.x * b.y) + a.x * b.y + b.x * a.y);
        a = b;
    }
    const double sum =
        m_scale * one / 2 + (m_x * x + m_y * y) / 6 + (m_xx * xx + m_yy * yy) / 12 + m_xy * xy / 24;
    return std::abs(sum) * m_half * m_half;
}

double GroundAreas::of(const MultiPolygon& shape) const {
    double area = 0;
    forEachRing(shape, [&](const Ring& ring, int part, int number) {
        if (!isPath(shape[static_cast<std::size_t>(part)])) {
            area += (number == 0 ? 1 : -1) * ofRing(ring);
        }
    });
    return area;
}

} // namespace nunatak::geo
