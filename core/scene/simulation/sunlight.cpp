// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulation/sunlight.h"

#include <algorithm>
#include <cmath>

namespace nunatak::scene::simulation {

namespace {

constexpr double degreesPerRadian = 57.29577951308232;

/// How far a ray passes above the ground (negative: below), in metres per metre of its way, at its closest.
class Ray {
public:
    Ray(const Place& place, const Patch& patch, const Sun& sun) : m_place(place), m_patch(patch) {
        m_level = std::sqrt(sun.east * sun.east + sun.north * sun.north);
        if (m_level > 1e-6) {
            m_east = sun.east / m_level;
            m_south = -sun.north / m_level;
            m_rise = sun.up / m_level;
        }
    }

    /// From a pixel of the patch: 1 free, 0 hidden, between when its edge is grazed.
    double light(int row, int column) const {
        if (m_level <= 1e-6) {
            return 1;
        }
        const double start = m_patch.surface.at(0, row, column) + 1.0;
        // The sun's disc is half a degree wide: 0.0093 metres per metre.
        double least = 1;
        const double cell = m_patch.cell;
        const int steps = static_cast<int>(fineShadowMetres / cell) - 1;
        for (int i = 1; i <= steps; ++i) {
            const double way = i * cell;
            const double height = start + way * m_rise;
            const double ground = sampled(m_patch.surface, column + i * m_east, row + i * m_south);
            least = std::min(least, (height - ground) / way);
            if (least < -0.005) {
                return 0;
            }
        }
        return far(start, (m_patch.window.column + column + 0.0), (m_patch.window.row + row + 0.0),
                   steps * cell, least);
    }

private:
    double far(double start, double column, double row, double way, double least) const {
        const double cell = m_place.cell();
        const double step = cell * 0.6;
        while (way < 30000) {
            way += step;
            const double x = m_place.coarse(column + way / m_place.pixel() * m_east);
            const double y = m_place.coarse(row + way / m_place.pixel() * m_south);
            if (x < 0 || y < 0 || x > m_place.surface.columns() - 1 || y > m_place.surface.rows() - 1) {
                break;
            }
            const double height = start + way * m_rise;
            if (height > m_place.highestGround) {
                break;
            }
            const double highest =
                m_place.highest.at(0, static_cast<int>(y + 0.5), static_cast<int>(x + 0.5));
            if (height > highest + 100) {
                way += 6 * cell - step; // nothing within eight cells reaches the ray
                continue;
            }
            least = std::min(least, (height - sampled(m_place.surface, x, y)) / way);
            if (least < -0.005) {
                return 0;
            }
        }
        return smoothStep(-0.0047, 0.0047, least);
    }

    const Place& m_place;
    const Patch& m_patch;
    double m_level = 0;
    double m_east = 0;
    double m_south = 0;
    double m_rise = 0;
};

} // namespace

double Sun::azimuth() const {
    const double degrees = std::atan2(east, north) * degreesPerRadian;
    return degrees < 0 ? degrees + 360 : degrees;
}

double Sun::elevation() const {
    return std::asin(std::clamp(up, -1.0, 1.0)) * degreesPerRadian;
}

Sun sunOn(int dayOfYear, double latitude, std::uint64_t seed) {
    Random random(seed, 91);
    const double hourAngle = -random.uniform(18, 34);
    const double declination = -23.44 * cosineOfDegrees(360.0 / 365.0 * (dayOfYear + 10));
    Sun sun;
    sun.up = sineOfDegrees(latitude) * sineOfDegrees(declination) +
             cosineOfDegrees(latitude) * cosineOfDegrees(declination) * cosineOfDegrees(hourAngle);
    sun.east = -cosineOfDegrees(declination) * sineOfDegrees(hourAngle);
    sun.north = cosineOfDegrees(latitude) * sineOfDegrees(declination) -
                sineOfDegrees(latitude) * cosineOfDegrees(declination) * cosineOfDegrees(hourAngle);
    if (sun.up < 0.2) { // scale the sides to keep the length 1
        const double side = std::sqrt((1 - 0.2 * 0.2) / std::max(1e-9, 1 - sun.up * sun.up));
        sun.east *= side;
        sun.north *= side;
        sun.up = 0.2;
    }
    return sun;
}

Field sunlit(const Place& place, const Patch& patch, const geo::PixelWindow& inner, const Sun& sun) {
    Field light(1, inner.rows, inner.columns);
    const Ray ray(place, patch, sun);
    forRows(inner.rows, [&](int row) {
        for (int column = 0; column < inner.columns; ++column) {
            light.at(0, row, column) = static_cast<float>(
                ray.light(row + inner.row - patch.window.row, column + inner.column - patch.window.column));
        }
    });
    return light;
}

Facing facing(const Field& surface, double cell, int row, int column, const Sun& direction) {
    const int north = std::max(row - 1, 0);
    const int south = std::min(row + 1, surface.rows() - 1);
    const int west = std::max(column - 1, 0);
    const int east = std::min(column + 1, surface.columns() - 1);
    const double dx =
        (surface.at(0, row, east) - surface.at(0, row, west)) / (cell * std::max(1, east - west));
    const double dy =
        (surface.at(0, north, column) - surface.at(0, south, column)) / (cell * std::max(1, south - north));
    const double length = std::sqrt(1 + dx * dx + dy * dy);
    Facing result;
    result.cosine = (-dx * direction.east - dy * direction.north + direction.up) / length;
    result.sky = 0.5 * (1 + 1 / length);
    return result;
}

} // namespace nunatak::scene::simulation
