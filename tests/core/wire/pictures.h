// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "geo/segments.h"
#include "wire/cost_surface.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <memory>
#include <random>
#include <vector>

namespace nunatak::tests {

/// Pixels of 10 m from 0, 100000 to the right and down.
inline geo::Grid gridOf(int columns, int rows) {
    geo::Grid grid;
    grid.left = 0;
    grid.top = 100000;
    grid.pixelSize = 10;
    grid.columns = columns;
    grid.rows = rows;
    return grid;
}

/// A picture whose truth is known: a level for each place, averaged over pixels.
class Picture {
public:
    using Level = std::function<double(double x, double y)>;

    Picture(const geo::Grid& grid, const Level& level)
        : m_grid(grid),
          m_rgba(4 * static_cast<std::size_t>(grid.columns) * static_cast<std::size_t>(grid.rows), 255) {
        paint(0, level);
        eachPixel([](int, int, std::uint8_t* pixel) { pixel[1] = pixel[2] = pixel[0]; });
    }

    void paint(int channel, const Level& level) {
        constexpr int parts = 4; // of a pixel's side
        eachPixel([&](int column, int row, std::uint8_t* pixel) {
            double sum = 0;
            for (int i = 0; i < parts * parts; ++i) {
                const auto at =
                    m_grid.toMap(column + (i % parts + 0.5) / parts, row + (i / parts + 0.5) / parts);
                sum += level(at.x, at.y);
            }
            pixel[channel] = static_cast<std::uint8_t>(std::lround(sum / (parts * parts)));
        });
    }
    void addNoise(double deviation, unsigned seed) {
        std::mt19937 random(seed);
        std::normal_distribution<double> noise(0, deviation);
        eachPixel([&](int, int, std::uint8_t* pixel) {
            for (int channel = 0; channel < 3; ++channel) {
                pixel[channel] = static_cast<std::uint8_t>(
                    std::clamp(std::lround(pixel[channel] + noise(random)), 0L, 255L));
            }
        });
    }
    /// Has no data where this is so.
    void hide(const std::function<bool(double x, double y)>& isHidden) {
        eachPixel([&](int column, int row, std::uint8_t* pixel) {
            const auto at = m_grid.toMap(column + 0.5, row + 0.5);
            if (isHidden(at.x, at.y)) {
                std::fill(pixel, pixel + 4, std::uint8_t(0));
            }
        });
    }
    const std::vector<std::uint8_t>& rgba() const { return m_rgba; }
    std::shared_ptr<const wire::CostSurface> surface() const {
        return std::make_shared<const wire::CostSurface>(wire::costOfPicture(m_grid, m_rgba));
    }

private:
    void eachPixel(const std::function<void(int column, int row, std::uint8_t* pixel)>& what) {
        for (int row = 0; row < m_grid.rows; ++row) {
            for (int column = 0; column < m_grid.columns; ++column) {
                what(column, row,
                     m_rgba.data() +
                         4 * (static_cast<std::size_t>(row) * static_cast<std::size_t>(m_grid.columns) +
                              static_cast<std::size_t>(column)));
            }
        }
    }

    geo::Grid m_grid;
    std::vector<std::uint8_t> m_rgba;
};

/// Channels as a view shows them: from the 2nd to the 98th percentile; NaN has no data.
inline std::vector<std::uint8_t> stretched(const std::array<Image<float>, 3>& channels) {
    const std::size_t size = channels[0].bandSize();
    std::vector<std::uint8_t> rgba(4 * size, 255);
    for (std::size_t c = 0; c < channels.size(); ++c) {
        std::vector<float> known;
        std::copy_if(channels[c].values().begin(), channels[c].values().end(), std::back_inserter(known),
                     [](float value) { return !std::isnan(value); });
        std::sort(known.begin(), known.end());
        const float low = known[known.size() * 2 / 100];
        const float high = std::max(low + 1e-6F, known[known.size() * 98 / 100]);
        for (std::size_t i = 0; i < size; ++i) {
            const float value = channels[c].values()[i];
            if (std::isnan(value)) {
                std::fill_n(rgba.data() + 4 * i, 4, std::uint8_t(0));
            } else if (rgba[4 * i + 3] != 0) {
                rgba[4 * i + c] = static_cast<std::uint8_t>(
                    std::lround(255 * std::clamp((value - low) / (high - low), 0.0F, 1.0F)));
            }
        }
    }
    return rgba;
}

/// Of a line from another one, both ways, along both.
inline double meanDistance(const geo::Ring& a, const geo::Ring& b) {
    const auto oneWay = [](const geo::Ring& line, const geo::Ring& way) {
        double sum = 0;
        int count = 0;
        for (std::size_t i = 0; i + 1 < line.size(); ++i) {
            constexpr int parts = 8;
            for (int k = 0; k < parts; ++k, ++count) {
                const auto at = geo::pointAlong(line[i], line[i + 1], k / static_cast<double>(parts));
                double nearest = 1e300;
                for (std::size_t j = 0; j + 1 < way.size(); ++j) {
                    nearest = std::min(nearest, geo::distanceToSegment(at, way[j], way[j + 1]));
                }
                sum += nearest;
            }
        }
        return sum / std::max(1, count);
    };
    return (oneWay(a, b) + oneWay(b, a)) / 2;
}

} // namespace nunatak::tests
