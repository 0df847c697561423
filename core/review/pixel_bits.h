// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace nunatak::review {

/// A yes or no for each pixel of a raster, a bit each: a whole tile of a satellite is 15 MB. Rows begin with
/// a word of their own, so threads may fill different words at once.
class PixelBits {
public:
    static constexpr int wordBits = 64;

    PixelBits() = default;
    PixelBits(int rows, int columns)
        : m_rows(rows), m_columns(columns), m_words((columns + wordBits - 1) / wordBits),
          m_bits(static_cast<std::size_t>(rows) * static_cast<std::size_t>(m_words)) {}

    int rows() const { return m_rows; }
    int columns() const { return m_columns; }
    int words() const { return m_words; }
    std::uint64_t* row(int row) {
        return m_bits.data() + static_cast<std::size_t>(row) * static_cast<std::size_t>(m_words);
    }
    const std::uint64_t* row(int row) const {
        return m_bits.data() + static_cast<std::size_t>(row) * static_cast<std::size_t>(m_words);
    }
    bool at(int row, int column) const {
        return ((this->row(row)[column / wordBits] >> (column % wordBits)) & 1U) != 0;
    }
    /// Of the columns from `begin` to before `end` of a row.
    void fill(int row, int begin, int end) {
        forWords(begin, end, [words = this->row(row)](int word, std::uint64_t mask) { words[word] |= mask; });
    }
    int count(int row, int begin, int end) const {
        int bits = 0;
        forWords(begin, end, [&, words = this->row(row)](int word, std::uint64_t mask) {
            bits += std::popcount(words[word] & mask);
        });
        return bits;
    }

private:
    template <typename Visit> static void forWords(int begin, int end, Visit&& visit) {
        for (int column = begin; column < end;) {
            const int word = column / wordBits;
            const int next = std::min(end, (word + 1) * wordBits);
            const int bits = next - column;
            const std::uint64_t ones = bits == wordBits ? ~std::uint64_t{0} : (std::uint64_t{1} << bits) - 1;
            visit(word, ones << (column % wordBits));
            column = next;
        }
    }

    int m_rows = 0;
    int m_columns = 0;
    int m_words = 0;
    std::vector<std::uint64_t> m_bits;
};

/// A stretch of a row whose pixels' middles lie in a shape.
struct PixelRun {
    int row = 0;
    int begin = 0;
    int end = 0; ///< before this column
};
/// The pixels of a shape by their middles, row by row, within rows × columns. `shape` is in pixels: (0, 0) is
/// the outer corner of the first, y runs down. Inside is what lies behind an odd number of lines.
std::vector<PixelRun> runsOf(const geo::MultiPolygon& shape, int rows, int columns);

} // namespace nunatak::review
