// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline_set.h"

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace nunatak::ui::terrain {

/// An outline ready to be drawn at any scale: each vertex knows from which tolerance on it may be left out
/// (Douglas and Peucker 1973, worked out once for all tolerances).
class ThinnedOutline {
public:
    using Handle = outlines::OutlineSet::Handle;
    explicit ThinnedOutline(Handle outline);
    /// The outline after an edit of what `before` shows: only the stretch that changed is looked at. All of
    /// it and the vertices beside it stay at any tolerance.
    ThinnedOutline(Handle outline, const ThinnedOutline& before);

    const Handle& outline() const { return m_outline; }
    const geo::Extent& extent() const { return m_outline->extent(); }
    /// All rings without the vertices that lie within `tolerance` metres of what remains. Thread-safe; the
    /// first call works out the tolerances.
    std::vector<geo::Ring> rings(double tolerance) const;

private:
    const std::vector<std::vector<float>>& importance() const;

    Handle m_outline;
    mutable std::once_flag m_once;
    mutable std::vector<std::vector<float>> m_importance; ///< ring by ring, metres
};

/// The rings of outlines at the tolerances that one frame asks for, each worked out once.
class RingsOfFrame {
public:
    const std::vector<geo::Ring>& of(const ThinnedOutline& outline, double tolerance) {
        const auto [place, isNew] = m_rings.try_emplace({&outline, tolerance});
        if (isNew) {
            place->second = outline.rings(tolerance);
        }
        return place->second;
    }

private:
    std::map<std::pair<const ThinnedOutline*, double>, std::vector<geo::Ring>> m_rings;
};

/// The outlines of a layer at one moment. A copy shares with this one what neither changes, so that workers
/// read one while an edit makes the next at the cost of what it changes.
class OutlineSnapshot {
public:
    using Thinned = std::shared_ptr<const ThinnedOutline>;

    /// Adds or replaces by uuid; one that is replaced keeps its place.
    void put(Thinned outline);
    void remove(const std::string& uuid);
    Thinned find(const std::string& uuid) const; ///< null when there is none
    std::size_t size() const { return m_size; }
    void forEach(const std::function<void(const ThinnedOutline&)>& visit) const;

    /// All its lines are dashed and thin: it is only looked at.
    bool isReference = false;

private:
    // Places in the order in which outlines came, in blocks; and where each uuid has its own, in buckets.
    static constexpr std::size_t blockSize = 64;
    static constexpr std::size_t buckets = 256;
    using Block = std::vector<Thinned>; ///< null: removed
    using Places = std::unordered_map<std::string, std::size_t>;

    Places& placesOf(const std::string& uuid);
    const std::size_t* placeOf(const std::string& uuid) const;
    void set(std::size_t place, Thinned outline);

    std::vector<std::shared_ptr<const Block>> m_blocks;
    std::vector<std::shared_ptr<Places>> m_places;
    std::size_t m_end = 0; ///< places given so far
    std::size_t m_size = 0;
};

/// For each vertex of a closed ring the tolerance in metres from which on it may be left out.
std::vector<float> vertexImportance(const geo::Ring& ring);

} // namespace nunatak::ui::terrain
