// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"

#include <cstdint>
#include <vector>

namespace nunatak::wire {

/// What a strong edge is around each place of a picture: two and a half times the root mean square of the
/// gradients there, over about a hundred pixels. What is faint in the light is strong in a shadow, where
/// there is nothing else, and grain or crevasses are no strong edges among their like.
class LocalStrength {
public:
    LocalStrength() = default;
    /// Of gradients, 0 where none is known. None is strong that is less than `least`.
    LocalStrength(const Image<std::uint16_t>& gradients, double least);

    double at(double column, double row) const;
    /// The same at the middles of all pixels of a row.
    void along(int row, std::vector<float>& strong) const;

private:
    struct Between {
        int first;
        int second;
        double share; ///< of the second
    };
    static Between cellsAt(double place, int cells);
    float cell(int column, int row) const {
        return m_strong[static_cast<std::size_t>(row * m_columns + column)];
    }

    int m_width = 0; ///< in pixels
    int m_columns = 0;
    int m_rows = 0;
    std::vector<float> m_strong; ///< in the middles of cells of pixels
};

} // namespace nunatak::wire
