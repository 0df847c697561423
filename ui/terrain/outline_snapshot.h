// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline_set.h"

#include <memory>
#include <mutex>
#include <vector>

namespace nunatak::ui::terrain {

/// An outline ready to be drawn at any scale: each vertex knows from which tolerance on it may be left out
/// (Douglas and Peucker 1973, worked out once for all tolerances).
class ThinnedOutline {
public:
    using Handle = outlines::OutlineSet::Handle;
    explicit ThinnedOutline(Handle outline);

    const Handle& outline() const { return m_outline; }
    const geo::Extent& extent() const { return m_outline->extent(); }
    /// All rings without the vertices that lie within `tolerance` metres of what remains. Thread-safe; the
    /// first call works out the tolerances.
    std::vector<geo::Ring> rings(double tolerance) const;

private:
    Handle m_outline;
    mutable std::once_flag m_once;
    mutable std::vector<std::vector<float>> m_importance; ///< ring by ring, metres
};

/// The outlines of a layer at one moment; never changed, so workers may read it.
struct OutlineSnapshot {
    std::vector<std::shared_ptr<const ThinnedOutline>> outlines;
};

/// For each vertex of a closed ring the tolerance in metres from which on it may be left out.
std::vector<float> vertexImportance(const geo::Ring& ring);

} // namespace nunatak::ui::terrain
