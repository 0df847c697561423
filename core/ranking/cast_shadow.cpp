// SPDX-License-Identifier: GPL-3.0-or-later
#include "ranking/cast_shadow.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>

namespace nunatak::ranking {

namespace {

constexpr double degree = std::numbers::pi / 180;
/// Heights are metres in single precision: less than this above the ground is no horizon.
constexpr double tolerance = 0.01;
constexpr double nothing = -std::numeric_limits<double>::infinity();

/// Between a height and its neighbour; the height itself where there is no neighbour.
double between(float height, float neighbour, double share) {
    return std::isnan(neighbour) ? height : height + share * (static_cast<double>(neighbour) - height);
}

} // namespace

ShadowSweep::ShadowSweep(int rows, int columns, double pixelMetres, double gridAzimuth, double elevation)
    : m_rows(rows), m_columns(columns), m_pixel(pixelMetres), m_isNight(!(elevation > 0)),
      m_isOverhead(elevation > 89.99) {
    m_rise = std::tan(std::clamp(elevation, 0.0, 89.99) * degree);
    m_towardsRow = -std::cos(gridAzimuth * degree);
    m_towardsColumn = std::sin(gridAzimuth * degree);
    m_topDown = m_towardsRow <= 0;
    m_leftToRight = m_towardsColumn <= 0;
    m_alongRows = std::abs(m_towardsColumn) > std::abs(m_towardsRow);
    m_slope = m_alongRows ? m_towardsRow / m_towardsColumn : m_towardsColumn / m_towardsRow;
    // A line's number is where it crosses the first row or column.
    const int length = m_alongRows ? columns : rows;
    const int width = m_alongRows ? rows : columns;
    const int drift = static_cast<int>(std::lround((length - 1) * m_slope));
    m_firstLine = std::min(0, -drift) - 1;
    m_horizon.assign(static_cast<std::size_t>(width + std::abs(drift) + 3), nothing);
    if (m_alongRows) {
        for (int column = 0; column < columns; ++column) {
            const double moved = column * m_slope;
            m_shift.push_back(static_cast<int>(std::lround(moved)));
            m_remainder.push_back(static_cast<float>(moved - m_shift.back()));
        }
    }
}

Image<std::uint8_t> ShadowSweep::rows(const Image<float>& heights, int first) {
    const int count = heights.rows() - 2;
    Image<std::uint8_t> shadow(1, count, m_columns, m_isNight ? 1 : 0);
    if (m_isNight || m_isOverhead) {
        return shadow;
    }
    for (int i = 0; i < count; ++i) {
        const int row = m_topDown ? i : count - 1 - i;
        sweepRow(heights, row + 1, first + row, shadow.row(0, row));
    }
    return shadow;
}

void ShadowSweep::sweepRow(const Image<float>& heights, int heightRow, int row, std::uint8_t* shadow) {
    const float* here = heights.row(0, heightRow);
    const float* above = heights.row(0, heightRow - 1);
    const float* below = heights.row(0, heightRow + 1);
    const double rowMoved = row * m_slope;
    const int rowShift = static_cast<int>(std::lround(rowMoved));
    const double rowRemainder = rowMoved - rowShift;
    for (int i = 0; i < m_columns; ++i) {
        const int column = m_leftToRight ? i : m_columns - 1 - i;
        const float height = here[column];
        if (std::isnan(height)) {
            continue;
        }
        double rowPlace = row;
        double columnPlace = column;
        double ground = height;
        int line = 0;
        if (m_alongRows) {
            const auto at = static_cast<std::size_t>(column);
            const double remainder = m_remainder[at];
            line = row - m_shift[at];
            rowPlace += remainder;
            ground = between(height, remainder > 0 ? below[column] : above[column], std::abs(remainder));
        } else {
            line = column - rowShift;
            columnPlace += rowRemainder;
            const int neighbour = rowRemainder > 0 ? column + 1 : column - 1;
            if (neighbour >= 0 && neighbour < m_columns) {
                ground = between(height, here[neighbour], std::abs(rowRemainder));
            }
        }
        // The way from the sun grows where the ray falls: what is constant along a ray is height + rise ×
        // way.
        const double way = -(rowPlace * m_towardsRow + columnPlace * m_towardsColumn) * m_pixel;
        const double level = ground + m_rise * way;
        double& horizon = m_horizon[static_cast<std::size_t>(line - m_firstLine)];
        if (level < horizon - tolerance) {
            shadow[column] = 1;
        } else {
            horizon = std::max(horizon, level);
        }
    }
}

Image<std::uint8_t> castShadow(const Image<float>& heights, double pixelMetres, double gridAzimuth,
                               double elevation) {
    Image<float> framed(1, heights.rows() + 2, heights.columns(), std::numeric_limits<float>::quiet_NaN());
    std::copy_n(heights.band(0), heights.bandSize(), framed.row(0, 1));
    ShadowSweep sweep(heights.rows(), heights.columns(), pixelMetres, gridAzimuth, elevation);
    return sweep.rows(framed, 0);
}

} // namespace nunatak::ranking
