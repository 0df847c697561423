// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "review/glacier_order.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace nunatak::review {

/// Why a glacier shall be looked at.
enum class Reason { NotReviewed };
/// None: it need not be looked at.
std::optional<Reason> whyToReview(const outlines::Outline& outline);

/// The glaciers of a layer that shall be looked at, in the order in which that is done, each with the reason
/// why. A value: it stays as it is when the layer changes.
class ReviewQueue {
public:
    struct Entry {
        Placed glacier;
        Reason reason;
    };

    explicit ReviewQueue(const std::vector<outlines::OutlineHandle>& layer);

    const std::vector<Entry>& entries() const { return m_entries; }
    /// The place in entries() of the one that comes after the glacier `from` (`step` 1), or before it (-1),
    /// round and round; `from`, which need not be in the queue itself, comes last. Null: from outside. None
    /// when the queue is empty.
    std::optional<std::size_t> next(const outlines::OutlineHandle& from, int step = 1) const;

private:
    std::vector<Entry> m_entries;
};

} // namespace nunatak::review
