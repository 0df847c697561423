// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/local_strength.h"

#include <algorithm>
#include <cmath>

namespace nunatak::wire {

namespace {

constexpr int side = 32;         // pixels of a cell
constexpr double overMean = 2.5; // of normal gradients hardly one in a hundred is

} // namespace

LocalStrength::LocalStrength(const Image<std::uint16_t>& gradients, double least)
    : m_width(gradients.columns()), m_columns((gradients.columns() + side - 1) / side),
      m_rows((gradients.rows() + side - 1) / side) {
    const auto size = static_cast<std::size_t>(m_columns) * static_cast<std::size_t>(m_rows);
    std::vector<double> squares(size, 0);
    std::vector<double> counts(size, 0);
    for (int row = 0; row < gradients.rows(); ++row) {
        const std::uint16_t* gradient = gradients.row(0, row);
        for (int left = 0; left < gradients.columns(); left += side) {
            double sum = 0;
            int count = 0;
            for (int column = left; column < std::min(left + side, gradients.columns()); ++column) {
                const auto value = static_cast<double>(gradient[column]);
                sum += value * value;
                count += gradient[column] > 0 ? 1 : 0;
            }
            const auto cell = static_cast<std::size_t>(row / side * m_columns + left / side);
            squares[cell] += sum;
            counts[cell] += count;
        }
    }
    m_strong.resize(size);
    for (int row = 0; row < m_rows; ++row) {
        for (int column = 0; column < m_columns; ++column) {
            double sum = 0;
            double count = 0;
            for (int y = std::max(0, row - 1); y <= std::min(m_rows - 1, row + 1); ++y) {
                for (int x = std::max(0, column - 1); x <= std::min(m_columns - 1, column + 1); ++x) {
                    sum += squares[static_cast<std::size_t>(y * m_columns + x)];
                    count += counts[static_cast<std::size_t>(y * m_columns + x)];
                }
            }
            m_strong[static_cast<std::size_t>(row * m_columns + column)] =
                static_cast<float>(std::max(least, overMean * std::sqrt(sum / std::max(1.0, count))));
        }
    }
}

LocalStrength::Between LocalStrength::cellsAt(double place, int cells) {
    const double at = std::clamp(place / side - 0.5, 0.0, cells - 1.0);
    const int first = std::min(static_cast<int>(at), std::max(0, cells - 2));
    return {first, std::min(first + 1, cells - 1), at - first};
}

double LocalStrength::at(double column, double row) const {
    const auto x = cellsAt(column, m_columns);
    const auto y = cellsAt(row, m_rows);
    const auto in = [&](int cellRow) {
        return (1 - x.share) * cell(x.first, cellRow) + x.share * cell(x.second, cellRow);
    };
    return (1 - y.share) * in(y.first) + y.share * in(y.second);
}

void LocalStrength::along(int row, std::vector<float>& strong) const {
    const auto y = cellsAt(row + 0.5, m_rows);
    std::vector<float> cells(static_cast<std::size_t>(m_columns));
    for (int column = 0; column < m_columns; ++column) {
        cells[static_cast<std::size_t>(column)] =
            static_cast<float>((1 - y.share) * cell(column, y.first) + y.share * cell(column, y.second));
    }
    strong.resize(static_cast<std::size_t>(m_width));
    for (int column = 0; column < m_width; ++column) {
        const auto x = cellsAt(column + 0.5, m_columns);
        strong[static_cast<std::size_t>(column)] =
            static_cast<float>((1 - x.share) * cells[static_cast<std::size_t>(x.first)] +
                               x.share * cells[static_cast<std::size_t>(x.second)]);
    }
}

} // namespace nunatak::wire
