// SPDX-License-Identifier: GPL-3.0-or-later
#include "blend_band.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nunatak::engine {

BlendBand::BlendBand(int columns, int rows, int tile, RowSink& sink)
    : m_columns(columns), m_rows(rows), m_tile(tile), m_sink(sink), m_kernel(blendingKernel(tile)),
      m_sums(1, tile, columns), m_weights(1, tile, columns) {}

void BlendBand::add(const Window& window, const Image<float>& probability) {
    handOverTo(window.row);
    const int firstColumn = std::max(0, -window.column);
    const int endColumn = std::min(window.columns, m_columns - window.column);
    const int endRow = std::min(window.rows, m_rows - window.row);
    for (int row = std::max(0, -window.row); row < endRow; ++row) {
        const int ring = (window.row + row) % m_tile;
        const float* values = probability.row(0, row);
        const double* kernel = m_kernel.row(0, row);
        for (int column = firstColumn; column < endColumn; ++column) {
            // A tile may abstain from a pixel (no data there); the others decide then.
            if (!std::isnan(values[column])) {
                m_sums.at(0, ring, window.column + column) +=
                    kernel[column] * static_cast<double>(values[column]);
                m_weights.at(0, ring, window.column + column) += kernel[column];
            }
        }
    }
}

void BlendBand::finish() {
    handOverTo(m_rows);
}

void BlendBand::handOverTo(int row) {
    const int end = std::min(row, m_rows);
    while (m_next < end) {
        // Never more rows at once than the ring has, also where whole rows of tiles were left out.
        const int count = std::min(end - m_next, m_tile);
        Image<float> finished(1, count, m_columns);
        for (int i = 0; i < count; ++i) {
            const int ring = (m_next + i) % m_tile;
            double* sums = m_sums.row(0, ring);
            double* weights = m_weights.row(0, ring);
            float* values = finished.row(0, i);
            for (int column = 0; column < m_columns; ++column) {
                values[column] = weights[column] > 0 ? static_cast<float>(sums[column] / weights[column])
                                                     : std::numeric_limits<float>::quiet_NaN();
            }
            std::fill_n(sums, m_columns, 0.0);
            std::fill_n(weights, m_columns, 0.0);
        }
        m_sink.write(m_next, finished);
        m_next += count;
    }
}

} // namespace nunatak::engine
