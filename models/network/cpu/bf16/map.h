// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/cpu/bf16/kernels.h"
#include "network/cpu/memory.h"

namespace nunatak::models::cpu::bf16 {

/// A map of channels in bf16, or some channels of one. Zeros lie around it: a row above, a row below and a
/// pixel behind each row, which is also the one before the next. So a convolution reads every tap of a long
/// run of pixels at one constant distance, over the ends of rows.
struct Map {
    Number* data = nullptr; ///< the pixel at row 0, column 0
    int rows = 0;
    int columns = 0;
    int channels = 0;          ///< a multiple of 32
    std::ptrdiff_t stride = 0; ///< numbers from pixel to pixel

    /// Pixels from row to row.
    int period() const { return columns + 1; }
    std::ptrdiff_t rowStride() const { return stride * period(); }
    std::ptrdiff_t pixels() const { return static_cast<std::ptrdiff_t>(rows) * columns; }
    Number* row(int index) const { return data + index * rowStride(); }
    Map slice(int first, int count) const { return {data + first, rows, columns, count, stride}; }
};

/// The memory of a map and of the zeros around it, which nobody writes.
class MapMemory {
public:
    MapMemory() = default;
    MapMemory(int rows, int columns, int channels);

    Map map();

private:
    int m_rows = 0;
    int m_columns = 0;
    int m_channels = 0;
    Zeroed<Number> m_numbers;
};

} // namespace nunatak::models::cpu::bf16
