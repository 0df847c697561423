// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terrain/ground_shading.h"

#include "geo/ground_scale.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace nunatak::ui::terrain {

namespace {

constexpr double degree = std::numbers::pi / 180;
constexpr float ambient = ambientLight;

/// Metres on the ground per unit of the map.
double groundScale(const TileData& tile) {
    return geo::groundMetresPerUnit(tile.pictureGrid.crs, tile.pictureGrid.extent().center());
}

} // namespace

double groundMetresPerPixel(const TileData& tile) {
    return tile.pictureGrid.pixelSize * groundScale(tile);
}

float GroundPlace::steepness() const {
    return std::hypot(eastwards, northwards);
}

float GroundPlace::slope() const {
    return static_cast<float>(std::atan(steepness()) / degree);
}

std::vector<GroundLight> groundLights(const Sun& sun, bool multidirectional) {
    std::vector<GroundLight> result;
    const int lights = multidirectional ? 6 : 1;
    for (int i = 0; i < lights; ++i) {
        const double azimuth = (sun.azimuth + 360.0 * i / lights) * degree;
        const double elevation = sun.elevation * degree;
        result.push_back({static_cast<float>(std::sin(azimuth) * std::cos(elevation)),
                          static_cast<float>(std::cos(azimuth) * std::cos(elevation)),
                          static_cast<float>(std::sin(elevation))});
    }
    return result;
}

float lightOnLevelGround(const std::vector<GroundLight>& lights) {
    return std::max(0.1F, lights.front().up);
}

std::vector<GroundPlace> groundSamples(const TileData& tile) {
    const int columns = tile.relief.columns();
    const int rows = tile.relief.rows();
    std::vector<GroundPlace> samples(static_cast<std::size_t>(columns) * static_cast<std::size_t>(rows));
    const auto& heights = tile.relief;
    const auto step = static_cast<float>(tile.reliefGrid.pixelSize * groundScale(tile));
    for (int row = 0; row < rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            const int west = std::max(0, column - 1);
            const int east = std::min(columns - 1, column + 1);
            const int north = std::max(0, row - 1);
            const int south = std::min(rows - 1, row + 1);
            auto& place = samples[static_cast<std::size_t>(row * columns + column)];
            place.height = heights.at(0, row, column);
            place.eastwards = (heights.at(0, row, east) - heights.at(0, row, west)) /
                              (static_cast<float>(east - west) * step);
            place.northwards = (heights.at(0, north, column) - heights.at(0, south, column)) /
                               (static_cast<float>(south - north) * step);
        }
    }
    return samples;
}

GroundShading::GroundShading(const TileData& tile, const Sun& sun, bool multidirectional)
    : m_tile(tile), m_lights(groundLights(sun, multidirectional)), m_level(lightOnLevelGround(m_lights)),
      m_samples(groundSamples(tile)), m_columns(tile.relief.columns()), m_rows(tile.relief.rows()),
      m_pixelMetres(static_cast<float>(groundMetresPerPixel(tile))) {
    for (auto& place : m_samples) {
        place.light = lightOf(place.eastwards, place.northwards);
    }
}

float GroundShading::lightOf(float eastwards, float northwards) const {
    const float size = std::sqrt(1 + eastwards * eastwards + northwards * northwards);
    float sum = 0;
    float weights = 0;
    for (const auto& light : m_lights) {
        const float facing = (light.up - eastwards * light.east - northwards * light.north) / size;
        const float weight =
            m_lights.size() == 1
                ? 1
                : 0.05F + std::max(0.0F, -(eastwards * light.east + northwards * light.north) / size);
        sum += weight * std::max(0.0F, facing);
        weights += weight;
    }
    return std::min(1.3F, ambient + (1 - ambient) * sum / weights / m_level);
}

GroundPlace GroundShading::at(int column, int row) const {
    // Pixels are smaller than samples: between four of these, evenly.
    const double x = m_tile.pictureGrid.left + (column + 0.5) * m_tile.pictureGrid.pixelSize;
    const double y = m_tile.pictureGrid.top - (row + 0.5) * m_tile.pictureGrid.pixelSize;
    const auto& grid = m_tile.reliefGrid;
    const double u = std::clamp((x - grid.left) / grid.pixelSize - 0.5, 0.0, m_columns - 1.001);
    const double v = std::clamp((grid.top - y) / grid.pixelSize - 0.5, 0.0, m_rows - 1.001);
    const int c = static_cast<int>(u);
    const int r = static_cast<int>(v);
    const auto fu = static_cast<float>(u - c);
    const auto fv = static_cast<float>(v - r);
    const auto* upper = &m_samples[static_cast<std::size_t>(r * m_columns + c)];
    const auto* lower = upper + m_columns;
    const auto mixed = [&](float GroundPlace::*member) {
        const float north = upper[0].*member + (upper[1].*member - upper[0].*member) * fu;
        const float south = lower[0].*member + (lower[1].*member - lower[0].*member) * fu;
        return north + (south - north) * fv;
    };
    return {mixed(&GroundPlace::height), mixed(&GroundPlace::eastwards), mixed(&GroundPlace::northwards),
            mixed(&GroundPlace::light)};
}

float GroundShading::contour(const GroundPlace& place, float interval) const {
    const auto coverOf = [&](float spacing, float halfWidth) {
        const float offset = std::abs(std::remainder(place.height, spacing));
        const float risePerPixel = std::max(place.steepness() * m_pixelMetres, 1e-4F);
        // Where lines would touch each other they fade.
        const float fade = std::clamp(spacing / (risePerPixel * 6) - 0.5F, 0.0F, 1.0F);
        return fade * std::clamp(halfWidth + 0.5F - offset / risePerPixel, 0.0F, 1.0F);
    };
    return std::max(0.7F * coverOf(interval, 0.3F), coverOf(5 * interval, 0.7F));
}

std::array<std::uint8_t, 3> aspectColor(const GroundPlace& place, double trueNorth) {
    // Downhill, clockwise from north.
    const double aspect = std::atan2(-place.eastwards, -place.northwards) - trueNorth * degree;
    const double strength = std::clamp(place.steepness() / 0.3, 0.0, 1.0);
    std::array<std::uint8_t, 3> color{};
    for (std::size_t c = 0; c < 3; ++c) {
        const double hue = aspect - static_cast<double>(c) * 120 * degree;
        color[c] = static_cast<std::uint8_t>(std::clamp(170 + 75 * strength * std::cos(hue), 0.0, 255.0));
    }
    return color;
}

} // namespace nunatak::ui::terrain
