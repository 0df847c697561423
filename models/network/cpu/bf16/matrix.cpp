// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/bf16/matrix.h"

namespace nunatak::models::cpu::bf16 {

Matrix::Matrix(int taps, int depth, int columns, const std::function<float(int, int, int)>& value)
    : m_taps(taps), m_depth(padded(depth)), m_columns(padded(columns)),
      m_values(static_cast<std::size_t>(m_taps) * static_cast<std::size_t>(m_depth) *
               static_cast<std::size_t>(m_columns)) {
    for (int column = 0; column < columns; ++column) {
        Number* panel = m_values.data() + column / blockColumns * panelStride() +
                        column % blockColumns / 16 * 512 + column % 16 * 2;
        for (int tap = 0; tap < taps; ++tap) {
            for (int input = 0; input < depth; ++input) {
                const std::ptrdiff_t step = static_cast<std::ptrdiff_t>(tap) * m_depth + input / 32 * 32;
                panel[step * blockColumns + input % 32 / 2 * 32 + input % 2] =
                    rounded(value(tap, input, column));
            }
        }
    }
}

} // namespace nunatak::models::cpu::bf16
