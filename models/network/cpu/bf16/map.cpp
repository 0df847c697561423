// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/bf16/map.h"

namespace nunatak::models::cpu::bf16 {

namespace {

/// Products read whole blocks of rows, up to 32 patches of 16 pixels, and drop what is too much.
constexpr int readBeyond = 32 * 16;

} // namespace

MapMemory::MapMemory(int rows, int columns, int channels)
    : m_rows(rows), m_columns(columns), m_channels(channels),
      m_numbers(static_cast<std::size_t>((rows + 2) * (columns + 1) + 2 + readBeyond) *
                static_cast<std::size_t>(channels)) {}

Map MapMemory::map() {
    return {m_numbers.data() + static_cast<std::ptrdiff_t>(m_columns + 2) * m_channels, m_rows, m_columns,
            m_channels, m_channels};
}

} // namespace nunatak::models::cpu::bf16
