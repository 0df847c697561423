// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/cpu/bf16/kernels.h"
#include "network/cpu/memory.h"

#include <functional>
#include <vector>

namespace nunatak::models::cpu::bf16 {

/// Weights as Kernels::multiply reads them: [32 columns][tap][32 inputs][16 columns][pair of inputs][column]
/// [first, second of the pair], so that a step of 32 inputs and 16 columns is one register of a matrix unit.
class Matrix {
public:
    Matrix() = default;
    /// value(tap, input, column) is asked for once each, input < depth, column < columns; both are padded to
    /// multiples of 32 with zeros.
    Matrix(int taps, int depth, int columns,
           const std::function<float(int tap, int input, int column)>& value);

    int taps() const { return m_taps; }
    int depth() const { return m_depth; }
    int columns() const { return m_columns; }
    /// From this tap on.
    const Number* data(int tap = 0) const {
        return m_values.data() + static_cast<std::ptrdiff_t>(tap) * m_depth * blockColumns;
    }
    std::ptrdiff_t panelStride() const {
        return static_cast<std::ptrdiff_t>(m_taps) * m_depth * blockColumns;
    }

private:
    int m_taps = 0;
    int m_depth = 0;
    int m_columns = 0;
    Zeroed<Number> m_values;
};

} // namespace nunatak::models::cpu::bf16
