// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>

namespace nunatak::models::cpu {

/// Zeroed bytes that begin at a cache line, and at a large page when there are many. Throws std::bad_alloc.
std::unique_ptr<void, void (*)(void*)> zeroedMemory(std::size_t bytes);

/// Zeroed numbers in such memory.
template <typename Number> class Zeroed {
public:
    Zeroed() = default;
    explicit Zeroed(std::size_t count) : m_data(zeroedMemory(count * sizeof(Number))), m_count(count) {}

    Number* data() { return static_cast<Number*>(m_data.get()); }
    const Number* data() const { return static_cast<const Number*>(m_data.get()); }
    std::size_t size() const { return m_count; }

private:
    std::unique_ptr<void, void (*)(void*)> m_data{nullptr, [](void*) {}};
    std::size_t m_count = 0;
};

using Floats = Zeroed<float>;

/// A map of channels, or some channels of one: pixels in rows, a pixel's channels together.
struct Map {
    float* data = nullptr;
    int rows = 0;
    int columns = 0;
    int channels = 0;          ///< a multiple of 16
    std::ptrdiff_t stride = 0; ///< floats from pixel to pixel

    std::ptrdiff_t rowStride() const { return stride * columns; }
    std::ptrdiff_t pixels() const { return static_cast<std::ptrdiff_t>(rows) * columns; }
    float* row(int index) const { return data + index * rowStride(); }
    /// Of several maps of this size, one after the other.
    Map image(int index) const { return {data + index * pixels() * stride, rows, columns, channels, stride}; }
    Map slice(int first, int count) const { return {data + first, rows, columns, count, stride}; }
};

} // namespace nunatak::models::cpu
