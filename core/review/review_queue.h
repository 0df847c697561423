// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "review/criteria.h"
#include "review/filters.h"
#include "review/glacier_order.h"
#include "review/layer_evidence.h"

#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

namespace nunatak::review {

/// The glaciers of a layer that shall be looked at: what needs an eye most first, with the reason why. A
/// value: it stays as it is when the layer changes, and costs a few milliseconds to make of thousands.
class ReviewQueue {
public:
    struct Entry {
        Placed glacier;
        Evidence evidence;
        double score = 0; ///< 0 to 1, see scoreOf()
        std::string why;  ///< in words; "" where only its size says so
    };

    /// Of glaciers of which nothing was measured the larger comes first; of two alike the order is the same
    /// each time.
    explicit ReviewQueue(const std::vector<outlines::OutlineHandle>& layer,
                         const LayerEvidence& evidence = LayerEvidence(),
                         const Criteria& criteria = usualCriteria(), const Filter& filter = needsAnEye());

    const std::vector<Entry>& entries() const { return m_entries; }
    /// The place in entries() of the one that comes after the glacier `from` (`step` 1), or before it (-1),
    /// round and round; `from`, which need not be in the queue itself but in the layer, comes last. Null, or
    /// one of elsewhere: from outside. None when the queue is empty.
    std::optional<std::size_t> next(const outlines::OutlineHandle& from, int step = 1) const;

private:
    std::vector<Entry> m_entries;
    std::vector<std::size_t> m_places;                    ///< of the entries among all of the layer, in order
    std::unordered_map<std::string, std::size_t> m_order; ///< by UUID: its place among all of the layer
};

} // namespace nunatak::review
