// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/packed_matrix.h"

namespace nunatak::models::cpu {

PackedMatrix::PackedMatrix(const Kernels& kernels, int rows, int columns,
                           const std::function<float(int, int)>& value)
    : m_rows(rows), m_columns(padded(columns)),
      m_panelStride(static_cast<std::ptrdiff_t>(rows) * kernels.panelColumns),
      m_values(static_cast<std::size_t>(rows) * static_cast<std::size_t>(m_columns)) {
    pack(kernels.panelColumns, rows, columns, m_values.data(), value);
}

} // namespace nunatak::models::cpu
