// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulation_optical.h"

#include "scene/simulation_materials.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <vector>

namespace nunatak::scene::simulation {

namespace {

// Clear mountain air by band: what of the light comes from the sky, what the air adds and what it lets
// through.
constexpr Spectrum skyShare{0.20, 0.13, 0.09, 0.055, 0.02, 0.015};
constexpr Spectrum haze{0.055, 0.030, 0.016, 0.007, 0.0015, 0.001};
constexpr Spectrum passes{0.84, 0.88, 0.92, 0.95, 0.965, 0.97};

int dayOfYear(const std::string& date) {
    constexpr int before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
    if (date.size() < 10) {
        return 232;
    }
    const int month = std::clamp(std::atoi(date.substr(5, 2).c_str()), 1, 12);
    const int day = std::clamp(std::atoi(date.substr(8, 2).c_str()), 1, 31);
    return before[month - 1] + day;
}

/// The light on one pixel relative to flat ground in the sun: the sun's part and the sky's part.
struct Light {
    double direct = 1;
    double sky = 1;
};

Light lightAt(const Field& surface, double cell, const Sun& sun, bool shadow, int row, int column) {
    const int north = std::max(row - 1, 0);
    const int south = std::min(row + 1, surface.rows() - 1);
    const int west = std::max(column - 1, 0);
    const int east = std::min(column + 1, surface.columns() - 1);
    const double dx =
        (surface.at(0, row, east) - surface.at(0, row, west)) / (cell * std::max(1, east - west));
    const double dy =
        (surface.at(0, north, column) - surface.at(0, south, column)) / (cell * std::max(1, south - north));
    const double length = std::sqrt(1 + dx * dx + dy * dy);
    const double incidence = (-dx * sun.east - dy * sun.north + sun.up) / length;
    Light light;
    light.direct = shadow ? 0.0 : std::max(0.0, incidence) / sun.up;
    light.sky = 0.5 * (1 + 1 / length);
    return light;
}

/// The instrument does not see pixel by pixel: each holds a little of its neighbours.
void blurLikeSensor(Image<float>& bands) {
    const Image<float> sharp = bands;
    constexpr double own = 0.64;
    constexpr double side = 0.075;
    constexpr double corner = 0.015;
    for (int band = 0; band < bands.bands(); ++band) {
        forRows(bands.rows(), [&](int row) {
            const float* lines[3] = {sharp.row(band, std::max(row - 1, 0)), sharp.row(band, row),
                                     sharp.row(band, std::min(row + 1, bands.rows() - 1))};
            float* to = bands.row(band, row);
            for (int column = 0; column < bands.columns(); ++column) {
                const int west = std::max(column - 1, 0);
                const int east = std::min(column + 1, bands.columns() - 1);
                const double sides = static_cast<double>(lines[0][column]) + lines[2][column] +
                                     lines[1][west] + lines[1][east];
                const double corners =
                    static_cast<double>(lines[0][west]) + lines[0][east] + lines[2][west] + lines[2][east];
                to[column] = static_cast<float>(own * lines[1][column] + side * sides + corner * corners);
            }
        });
    }
}

} // namespace

double Sun::azimuth() const {
    const double degrees = std::atan2(east, north) * 57.29577951308232;
    return degrees < 0 ? degrees + 360 : degrees;
}

double Sun::elevation() const {
    return std::asin(std::clamp(up, -1.0, 1.0)) * 57.29577951308232;
}

Sun sunOn(const std::string& date, double latitude, std::uint64_t seed) {
    Random random(seed, 91);
    const double hourAngle = -random.uniform(18, 34);
    const double declination = -23.44 * cosineOfDegrees(360.0 / 365.0 * (dayOfYear(date) + 10));
    Sun sun;
    sun.up = sineOfDegrees(latitude) * sineOfDegrees(declination) +
             cosineOfDegrees(latitude) * cosineOfDegrees(declination) * cosineOfDegrees(hourAngle);
    sun.east = -cosineOfDegrees(declination) * sineOfDegrees(hourAngle);
    sun.north = cosineOfDegrees(latitude) * sineOfDegrees(declination) -
                sineOfDegrees(latitude) * cosineOfDegrees(declination) * cosineOfDegrees(hourAngle);
    if (sun.up < 0.2) { // no satellite takes pictures of the night; scale the sides to keep the length 1
        const double side = std::sqrt((1 - 0.2 * 0.2) / std::max(1e-9, 1 - sun.up * sun.up));
        sun.east *= side;
        sun.north *= side;
        sun.up = 0.2;
    }
    return sun;
}

Image<std::uint8_t> castShadows(const Field& surface, double cell, const Sun& sun) {
    Image<std::uint8_t> shadows(1, surface.rows(), surface.columns());
    const double highest = quantile(surface, 1);
    const double level = std::sqrt(sun.east * sun.east + sun.north * sun.north);
    if (level < 1e-6) {
        return shadows;
    }
    const double stepColumn = sun.east / level;
    const double stepRow = -sun.north / level;
    const double rise = sun.up / level * cell; // per pixel of way
    forRows(surface.rows(), [&](int row) {
        for (int column = 0; column < surface.columns(); ++column) {
            double x = column;
            double y = row;
            double height = surface.at(0, row, column) + 1.0;
            while (true) {
                x += stepColumn;
                y += stepRow;
                height += rise;
                const int x0 = static_cast<int>(std::floor(x));
                const int y0 = static_cast<int>(std::floor(y));
                if (height > highest || x0 < 0 || y0 < 0 || x0 + 1 >= surface.columns() ||
                    y0 + 1 >= surface.rows()) {
                    break;
                }
                const double fx = x - x0;
                const double fy = y - y0;
                const double ground =
                    mix(mix(surface.at(0, y0, x0), surface.at(0, y0, x0 + 1), fx),
                        mix(surface.at(0, y0 + 1, x0), surface.at(0, y0 + 1, x0 + 1), fx), fy);
                if (ground > height) {
                    shadows.at(0, row, column) = 1;
                    break;
                }
            }
        }
    });
    return shadows;
}

Image<float> opticalOf(std::uint64_t seed, const Landscape& land, const Image<std::uint8_t>& shadows,
                       const Sun& sun, const Progress& progress) {
    const int rows = land.surface.rows();
    const int columns = land.surface.columns();
    const Materials materials(seed, land);
    progress.report(0.1, "Taking the picture");
    Image<float> bands(bandCount, rows, columns);
    forRows(rows, [&](int row) {
        for (int column = 0; column < columns; ++column) {
            const Spectrum reflectance = materials.at(row, column);
            const Light light =
                lightAt(land.surface, land.cell, sun, shadows.at(0, row, column) != 0, row, column);
            for (int band = 0; band < bandCount; ++band) {
                const auto b = static_cast<std::size_t>(band);
                const double lit = light.direct * (1 - skyShare[b]) + light.sky * skyShare[b];
                bands.at(band, row, column) = static_cast<float>(haze[b] + passes[b] * reflectance[b] * lit);
            }
        }
    });
    progress.report(0.8, "Taking the picture");
    blurLikeSensor(bands);
    const auto pixels = static_cast<std::uint64_t>(bands.bandSize());
    forRows(rows, [&](int row) {
        for (int band = 0; band < bandCount; ++band) {
            for (int column = 0; column < columns; ++column) {
                float& value = bands.at(band, row, column);
                const auto pixel = static_cast<std::uint64_t>(row) * static_cast<std::uint64_t>(columns) +
                                   static_cast<std::uint64_t>(column);
                const double grain = normalAt(seed, 92, static_cast<std::uint64_t>(band) * pixels + pixel);
                value = static_cast<float>(std::clamp(value + grain * (0.0015 + 0.006 * value), 0.0, 1.6));
            }
        }
    });
    progress.report(1, "Taking the picture");
    return bands;
}

} // namespace nunatak::scene::simulation
