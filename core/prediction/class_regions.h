// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"

#include <cstdint>
#include <vector>

namespace nunatak::prediction {

/// Pixels of one outlined class that hang together by their edges. Kept as stretches of rows, so that it
/// takes what the boundaries take and not what the raster does.
class ClassRegions {
public:
    explicit ClassRegions(const Image<std::uint8_t>& classes);

    /// Regions are numbered from 0 by their northernmost, there westernmost, pixel.
    std::size_t count() const { return m_count; }
    /// The region of a pixel of an outlined class.
    std::size_t at(int row, int column) const;

private:
    struct Stretch {
        int first = 0;
        int end = 0;
        std::uint8_t pixelClass = 0;
        std::size_t region = 0; ///< while joining: another stretch of the same region, or itself
    };

    std::size_t rootOf(std::size_t stretch);
    void joinRows(std::size_t above, std::size_t here);

    std::vector<Stretch> m_stretches;
    std::vector<std::size_t> m_rows; ///< each row's first stretch, and the end
    std::size_t m_count = 0;
};

} // namespace nunatak::prediction
