// SPDX-License-Identifier: GPL-3.0-or-later
#include "class_regions.h"

#include "class_boundaries.h"

#include <algorithm>

namespace nunatak::prediction {

ClassRegions::ClassRegions(const Image<std::uint8_t>& classes) {
    m_rows.push_back(0);
    for (int row = 0; row < classes.rows(); ++row) {
        const std::uint8_t* pixels = classes.row(0, row);
        for (int column = 0; column < classes.columns();) {
            const std::uint8_t pixelClass = pixels[column];
            int end = column + 1;
            while (end < classes.columns() && pixels[end] == pixelClass) {
                ++end;
            }
            if (isOutlined(pixelClass)) {
                m_stretches.push_back({column, end, pixelClass, m_stretches.size()});
            }
            column = end;
        }
        m_rows.push_back(m_stretches.size());
        if (row > 0) {
            joinRows(m_rows[static_cast<std::size_t>(row) - 1], m_rows[static_cast<std::size_t>(row)]);
        }
    }
    // The root of a region is its first stretch, so roots come before what belongs to them.
    for (std::size_t i = 0; i < m_stretches.size(); ++i) {
        const std::size_t parent = m_stretches[i].region;
        m_stretches[i].region = parent == i ? m_count++ : m_stretches[parent].region;
    }
}

std::size_t ClassRegions::rootOf(std::size_t stretch) {
    while (m_stretches[stretch].region != stretch) {
        stretch = m_stretches[stretch].region = m_stretches[m_stretches[stretch].region].region;
    }
    return stretch;
}

void ClassRegions::joinRows(std::size_t above, std::size_t here) {
    std::size_t i = above;
    std::size_t j = here;
    while (i < here && j < m_stretches.size()) {
        const Stretch& upper = m_stretches[i];
        const Stretch& lower = m_stretches[j];
        if (upper.first < lower.end && lower.first < upper.end && upper.pixelClass == lower.pixelClass) {
            const std::size_t a = rootOf(i);
            const std::size_t b = rootOf(j);
            m_stretches[std::max(a, b)].region = std::min(a, b);
        }
        (upper.end < lower.end ? i : j) += 1;
    }
}

std::size_t ClassRegions::at(int row, int column) const {
    const auto first =
        m_stretches.begin() + static_cast<std::ptrdiff_t>(m_rows[static_cast<std::size_t>(row)]);
    const auto end =
        m_stretches.begin() + static_cast<std::ptrdiff_t>(m_rows[static_cast<std::size_t>(row) + 1]);
    const auto next = std::upper_bound(first, end, column,
                                       [](int place, const Stretch& stretch) { return place < stretch.end; });
    return next->region;
}

} // namespace nunatak::prediction
