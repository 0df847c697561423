// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/cpu/kernels.h"
#include "network/cpu/memory.h"

#include <functional>

namespace nunatak::models::cpu {

/// A matrix of weights as Kernels::multiply reads it: panels of as many columns as the inner loop computes,
/// each with its rows one after the other.
class PackedMatrix {
public:
    PackedMatrix() = default;
    /// value(row, column) is asked for once each; columns past `columns` up to the next multiple of 16 are
    /// zero.
    PackedMatrix(const Kernels& kernels, int rows, int columns,
                 const std::function<float(int row, int column)>& value);

    int rows() const { return m_rows; }
    int columns() const { return m_columns; } ///< a multiple of 16
    const float* data() const { return m_values.data(); }
    std::ptrdiff_t panelStride() const { return m_panelStride; }

private:
    int m_rows = 0;
    int m_columns = 0;
    std::ptrdiff_t m_panelStride = 0;
    Floats m_values;
};

/// The same at `to`, for a matrix that is made while predicting; `to` holds rows · padded(columns) floats.
template <typename Value> void pack(int panelColumns, int rows, int columns, float* to, const Value& value) {
    const int all = padded(columns);
    for (int first = 0; first < all; first += panelColumns) {
        const int width = first + panelColumns <= all ? panelColumns : all - first;
        for (int row = 0; row < rows; ++row) {
            for (int column = first; column < first + width; ++column) {
                *to++ = column < columns ? value(row, column) : 0.0f;
            }
        }
    }
}

} // namespace nunatak::models::cpu
