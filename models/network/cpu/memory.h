// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <memory>

namespace nunatak::models::cpu {

/// Zeroed floats that begin at a cache line, and at a large page when there are many.
class Floats {
public:
    Floats() = default;
    explicit Floats(std::size_t count);

    float* data() { return m_data.get(); }
    const float* data() const { return m_data.get(); }
    std::size_t size() const { return m_count; }

private:
    struct Free {
        void operator()(float* data) const;
    };
    std::unique_ptr<float, Free> m_data;
    std::size_t m_count = 0;
};

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
    Map slice(int first, int count) const { return {data + first, rows, columns, count, stride}; }
};

} // namespace nunatak::models::cpu
