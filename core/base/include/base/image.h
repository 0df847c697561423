// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cassert>
#include <cstddef>
#include <utility>
#include <vector>

namespace nunatak {

/// Pixels of one or several bands: bands × rows × columns, band after band, row 0 in the north.
template <typename T> class Image {
public:
    Image() = default;
    Image(int bands, int rows, int columns, T fill = T{})
        : m_bands(bands), m_rows(rows), m_columns(columns),
          m_values(static_cast<std::size_t>(bands) * static_cast<std::size_t>(rows) *
                       static_cast<std::size_t>(columns),
                   fill) {}

    int bands() const { return m_bands; }
    int rows() const { return m_rows; }
    int columns() const { return m_columns; }
    bool empty() const { return m_values.empty(); }
    /// Pixels in one band.
    std::size_t bandSize() const {
        return static_cast<std::size_t>(m_rows) * static_cast<std::size_t>(m_columns);
    }

    T& at(int band, int row, int column) { return m_values[index(band, row, column)]; }
    const T& at(int band, int row, int column) const { return m_values[index(band, row, column)]; }
    T* band(int band) { return m_values.data() + bandSize() * static_cast<std::size_t>(band); }
    const T* band(int band) const { return m_values.data() + bandSize() * static_cast<std::size_t>(band); }
    T* row(int band, int row) { return m_values.data() + index(band, row, 0); }
    const T* row(int band, int row) const { return m_values.data() + index(band, row, 0); }

    std::vector<T>& values() { return m_values; }
    const std::vector<T>& values() const { return m_values; }

private:
    std::size_t index(int band, int row, int column) const {
        assert(band >= 0 && band < m_bands && row >= 0 && row < m_rows && column >= 0 && column < m_columns);
        return (static_cast<std::size_t>(band) * static_cast<std::size_t>(m_rows) +
                static_cast<std::size_t>(row)) *
                   static_cast<std::size_t>(m_columns) +
               static_cast<std::size_t>(column);
    }

    int m_bands = 0;
    int m_rows = 0;
    int m_columns = 0;
    std::vector<T> m_values;
};

} // namespace nunatak
