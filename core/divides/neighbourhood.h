// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <numbers>

namespace nunatak::divides {

/// A pixel by its place in the raster, row after row.
using Pixel = std::uint32_t;

/// The eight pixels around one, those at its sides first, so that they win where all is equal.
struct Offset {
    int column = 0;
    int row = 0;
    float perDistance = 1; ///< 1 over the distance, per pixel
};
inline constexpr float perDiagonal = 1 / std::numbers::sqrt2_v<float>;
inline constexpr std::array<Offset, 8> around{{{1, 0, 1},
                                               {0, 1, 1},
                                               {-1, 0, 1},
                                               {0, -1, 1},
                                               {1, 1, perDiagonal},
                                               {-1, 1, perDiagonal},
                                               {-1, -1, perDiagonal},
                                               {1, -1, perDiagonal}}};

/// Walks over the neighbours of pixels of a raster.
class Neighbourhood {
public:
    Neighbourhood(int columns, int rows) : m_columns(columns), m_rows(rows) {
        for (std::size_t k = 0; k < around.size(); ++k) {
            m_steps[k] = around[k].row * static_cast<std::ptrdiff_t>(columns) + around[k].column;
        }
    }

    Pixel next(Pixel pixel, std::size_t direction) const {
        return static_cast<Pixel>(static_cast<std::ptrdiff_t>(pixel) + m_steps[direction]);
    }
    bool has(int column, int row, std::size_t direction) const {
        const int x = column + around[direction].column;
        const int y = row + around[direction].row;
        return x >= 0 && x < m_columns && y >= 0 && y < m_rows;
    }
    bool isInner(int column, int row) const {
        return column > 0 && row > 0 && column + 1 < m_columns && row + 1 < m_rows;
    }
    int columnOf(Pixel pixel) const { return static_cast<int>(pixel % static_cast<Pixel>(m_columns)); }
    int rowOf(Pixel pixel) const { return static_cast<int>(pixel / static_cast<Pixel>(m_columns)); }

    /// Calls visit(neighbour, direction) for each that the raster has.
    template <typename Visit> void forEach(Pixel pixel, Visit&& visit) const {
        const int column = columnOf(pixel);
        const int row = rowOf(pixel);
        const bool isInside = isInner(column, row);
        for (std::size_t k = 0; k < around.size(); ++k) {
            if (isInside || has(column, row, k)) {
                visit(next(pixel, k), k);
            }
        }
    }

private:
    int m_columns;
    int m_rows;
    std::array<std::ptrdiff_t, 8> m_steps{};
};

} // namespace nunatak::divides
