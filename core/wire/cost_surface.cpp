// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/cost_surface.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace nunatak::wire {

namespace {

/// Where a probability along a line goes through one half, nearest to 0 and at most 1 away.
template <typename At> std::optional<double> crossing(const At& at) {
    constexpr double half = 32768; // of what CostSurface holds
    constexpr std::array places{0.0, -0.5, 0.5, -1.0, 1.0};
    const double here = at(0);
    for (std::size_t i = 1; i < places.size(); ++i) {
        const double from = i < 3 ? 0 : places[i - 2];
        const double low = i < 3 ? here : at(from);
        const double high = at(places[i]);
        if (low != 0 && high != 0 && (low < half) != (high < half)) {
            return from + (places[i] - from) * (half - low) / (high - low);
        }
    }
    return std::nullopt;
}

} // namespace

CostSurface::CostSurface(const geo::Grid& grid, Along along)
    : m_grid(grid), m_along(along),
      m_costs((static_cast<std::size_t>(grid.columns) + 2) * (static_cast<std::size_t>(grid.rows) + 2), 0),
      m_looks(m_costs.size(), 0), m_values(1, grid.rows, grid.columns) {}

bool CostSurface::contains(geo::Point map) const {
    const geo::Point pixel = m_grid.toPixel(map);
    return pixel.x >= 0 && pixel.y >= 0 && pixel.x < m_grid.columns && pixel.y < m_grid.rows;
}

double CostSurface::valueAt(double column, double row) const {
    // Middles of pixels are the places.
    const double x = std::clamp(column - 0.5, 0.0, m_grid.columns - 1.0);
    const double y = std::clamp(row - 0.5, 0.0, m_grid.rows - 1.0);
    const int left = std::min(static_cast<int>(x), std::max(0, m_grid.columns - 2));
    const int top = std::min(static_cast<int>(y), std::max(0, m_grid.rows - 2));
    const int right = std::min(left + 1, m_grid.columns - 1);
    const int below = std::min(top + 1, m_grid.rows - 1);
    const double a = x - left;
    const double b = y - top;
    const std::array corners{m_values.at(0, top, left), m_values.at(0, top, right),
                             m_values.at(0, below, left), m_values.at(0, below, right)};
    if (std::find(corners.begin(), corners.end(), 0) != corners.end()) {
        return 0;
    }
    return (1 - b) * ((1 - a) * corners[0] + a * corners[1]) + b * ((1 - a) * corners[2] + a * corners[3]);
}

double CostSurface::offset(geo::Point pixel, geo::Point normal) const {
    const auto at = [&](double away) {
        return valueAt(pixel.x + away * normal.x, pixel.y + away * normal.y);
    };
    if (m_along == Along::Picture) {
        // The top of the parabola through three.
        const double before = at(-1);
        const double here = at(0);
        const double after = at(1);
        const double bend = before - 2 * here + after;
        if (before == 0 || here == 0 || after == 0 || bend >= 0) {
            return 0;
        }
        return std::clamp((before - after) / (2 * bend), -1.0, 1.0);
    }
    return crossing(at).value_or(0);
}

double CostSurface::clarity(geo::Point pixel, geo::Point normal) const {
    const int column = static_cast<int>(std::floor(pixel.x));
    const int row = static_cast<int>(std::floor(pixel.y));
    if (column < 0 || row < 0 || column >= m_grid.columns || row >= m_grid.rows) {
        return 0;
    }
    if (m_along == Along::Probability) {
        return crossing([&](double away) {
                   return valueAt(pixel.x + away * normal.x, pixel.y + away * normal.y);
               }).has_value()
                   ? 1
                   : 0;
    }
    const auto direction = m_looks[framed().index(column, row)] >> 24U;
    if (direction == 0) {
        return 0;
    }
    const double gradient = (direction - 0.5) * std::numbers::pi / directions;
    const double across = std::abs(std::cos(gradient) * normal.x + std::sin(gradient) * normal.y);
    return std::min(1.0, across * valueAt(pixel.x, pixel.y) / m_strong.at(pixel.x, pixel.y));
}

std::optional<geo::Point> CostSurface::strongestNear(geo::Point map, double reach) const {
    const geo::Point middle = m_grid.toPixel(map);
    const double pixels = reach / m_grid.pixelSize;
    constexpr int weak = 20; // dearer ones are no edge that a hand means, but grain among its like
    double best = 0;
    std::optional<geo::Point> found;
    const auto low = [&](double value) { return std::max(0, static_cast<int>(std::floor(value - pixels))); };
    const auto high = [&](double value, int size) {
        return std::min(size - 1, static_cast<int>(std::floor(value + pixels)));
    };
    for (int row = low(middle.y); row <= high(middle.y, m_grid.rows); ++row) {
        for (int column = low(middle.x); column <= high(middle.x, m_grid.columns); ++column) {
            const int cost = costAt(column, row);
            const double away = std::hypot(column + 0.5 - middle.x, row + 0.5 - middle.y);
            if (cost > weak || away > pixels) {
                continue;
            }
            const double worth = (dearest - cost) * (1 - 0.5 * away / std::max(pixels, 1e-9));
            if (worth > best) {
                best = worth;
                found = geo::Point{column + 0.5, row + 0.5};
            }
        }
    }
    if (!found) {
        return std::nullopt;
    }
    // Across the edge: where the values change most.
    const double h = valueAt(found->x + 1, found->y) - valueAt(found->x - 1, found->y);
    const double v = valueAt(found->x, found->y + 1) - valueAt(found->x, found->y - 1);
    const auto bend = [&](double x, double y) {
        return std::abs(valueAt(found->x + x, found->y + y) + valueAt(found->x - x, found->y - y) -
                        2 * valueAt(found->x, found->y));
    };
    geo::Point normal{1, 0};
    if (m_along == Along::Picture) {
        normal = bend(1, 0) >= bend(0, 1) ? geo::Point{1, 0} : geo::Point{0, 1};
    } else if (const double size = std::hypot(h, v); size > 0) {
        normal = {h / size, v / size};
    }
    const double away = offset(*found, normal);
    return m_grid.toMap(found->x + away * normal.x, found->y + away * normal.y);
}

} // namespace nunatak::wire
