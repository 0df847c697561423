// SPDX-License-Identifier: GPL-3.0-or-later
#include "blend_band.h"

#include "base/error.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nunatak::engine {

BlendBand::BlendBand(int columns, int rows, const TilingOptions& options, RowSink& sink)
    : m_columns(columns), m_rows(rows), m_tile(options.tile), m_bands(options.bands), m_sink(sink),
      m_kernel(blendingKernel(options.tile)), m_sums(options.bands, options.tile, columns),
      m_weights(1, options.tile, columns) {}

void BlendBand::restore(const OpenRows& open) {
    const int rows = open.sums.rows();
    if (open.firstRow < 0 || open.firstRow + rows > m_rows || rows > m_tile || open.weights.rows() != rows ||
        (rows > 0 && (open.sums.bands() != m_bands || open.weights.bands() != 1 ||
                      open.sums.columns() != m_columns || open.weights.columns() != m_columns))) {
        throw Error("The interrupted run has other sizes than this one; start it anew.");
    }
    m_next = open.firstRow;
    m_reached = open.firstRow + rows;
    for (int row = 0; row < rows; ++row) {
        const int ring = (open.firstRow + row) % m_tile;
        std::copy_n(open.weights.row(0, row), m_columns, m_weights.row(0, ring));
        for (int band = 0; band < m_bands; ++band) {
            std::copy_n(open.sums.row(band, row), m_columns, m_sums.row(band, ring));
        }
    }
}

void BlendBand::add(const Window& window, const Image<float>& answer) {
    handOverTo(window.row);
    const int firstColumn = std::max(0, -window.column);
    const int endColumn = std::min(window.columns, m_columns - window.column);
    const int endRow = std::min(window.rows, m_rows - window.row);
    m_reached = std::max(m_reached, window.row + endRow);
    for (int row = std::max(0, -window.row); row < endRow; ++row) {
        const int ring = (window.row + row) % m_tile;
        const float* probability = answer.row(0, row);
        const double* kernel = m_kernel.row(0, row);
        double* weights = m_weights.row(0, ring);
        for (int column = firstColumn; column < endColumn; ++column) {
            // A tile may abstain from a pixel (no data there); the others decide then.
            if (!std::isnan(probability[column])) {
                weights[window.column + column] += kernel[column];
            }
        }
        for (int band = 0; band < m_bands; ++band) {
            const float* values = answer.row(band, row);
            double* sums = m_sums.row(band, ring);
            for (int column = firstColumn; column < endColumn; ++column) {
                if (!std::isnan(probability[column])) {
                    sums[window.column + column] += kernel[column] * static_cast<double>(values[column]);
                }
            }
        }
    }
}

void BlendBand::handOverTo(int row) {
    const int end = std::min(row, m_rows);
    while (m_next < end) {
        // Never more rows at once than the ring has, also where whole rows of tiles were left out.
        const int count = std::min(end - m_next, m_tile);
        Image<float> finished(m_bands, count, m_columns);
        for (int i = 0; i < count; ++i) {
            const int ring = (m_next + i) % m_tile;
            double* weights = m_weights.row(0, ring);
            for (int band = 0; band < m_bands; ++band) {
                double* sums = m_sums.row(band, ring);
                float* values = finished.row(band, i);
                for (int column = 0; column < m_columns; ++column) {
                    values[column] = weights[column] > 0 ? static_cast<float>(sums[column] / weights[column])
                                                         : std::numeric_limits<float>::quiet_NaN();
                }
                std::fill_n(sums, m_columns, 0.0);
            }
            std::fill_n(weights, m_columns, 0.0);
        }
        m_sink.write(m_next, finished);
        m_next += count;
    }
}

OpenRows BlendBand::open(int nextTiles) const {
    // Rows that no tile has reached are zeros, which need not be kept.
    const int rows = std::clamp(m_reached - m_next, 0, std::min(m_tile, m_rows - m_next));
    OpenRows open{nextTiles, m_next, Image<double>(m_bands, rows, m_columns),
                  Image<double>(1, rows, m_columns)};
    for (int row = 0; row < rows; ++row) {
        const int ring = (m_next + row) % m_tile;
        std::copy_n(m_weights.row(0, ring), m_columns, open.weights.row(0, row));
        for (int band = 0; band < m_bands; ++band) {
            std::copy_n(m_sums.row(band, ring), m_columns, open.sums.row(band, row));
        }
    }
    return open;
}

} // namespace nunatak::engine
