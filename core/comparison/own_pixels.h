// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "comparison/comparison.h"
#include "ice_runs.h"

#include "geo/grid.h"

#include <cstdint>
#include <vector>

namespace nunatak::comparison {

/// What the pixels under each expert outline count for, were it alone: how much of it other outlines take,
/// and why it has none where it has none.
class OwnPixels {
public:
    /// `shapes` in the grid's system; `ice` with the place of an outline among them, from 1, as its label.
    OwnPixels(const std::vector<outlines::OutlineSet::Handle>& outlines,
              const std::vector<geo::MultiPolygon>& shapes, const IceRuns& ice, const geo::Grid& grid);

    /// Valid pixels of an outline that count for others.
    std::int64_t coveredPixels(std::size_t outline) const { return m_counts[outline].covered; }
    /// Of an outline that has no pixel.
    UnlistedGlacier whyUnlisted(std::size_t outline) const;

private:
    struct Count {
        std::int64_t all = 0;     ///< whose middles lie in the outline, on the grid
        std::int64_t covered = 0; ///< valid, of another outline
        std::int32_t coveredBy = 0;
        bool touchesGrid = false;
    };

    const std::vector<outlines::OutlineSet::Handle>& m_outlines;
    std::vector<Count> m_counts;
};

} // namespace nunatak::comparison
