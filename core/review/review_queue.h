// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline_set.h"
#include "review/criteria.h"
#include "review/filters.h"
#include "review/glacier_order.h"
#include "review/layer_evidence.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

namespace nunatak::review {

/// The glaciers of a layer that shall be looked at: what needs an eye most first, with the reason why. Made
/// of thousands in some milliseconds, then kept by what changes.
class ReviewQueue {
public:
    struct Entry {
        Placed glacier;
        Evidence evidence;
        double score = 0; ///< 0 to 1, see scoreOf()
        std::string why;  ///< in words; "" where only its size says so
    };
    using EntryHandle = std::shared_ptr<const Entry>;
    using Entries = std::vector<EntryHandle>;

    /// Of glaciers of which nothing was measured the larger comes first; of two alike the order is the same
    /// each time.
    explicit ReviewQueue(const std::vector<outlines::OutlineHandle>& layer,
                         const LayerEvidence& evidence = LayerEvidence(), Criteria criteria = usualCriteria(),
                         Filter filter = needsAnEye());

    const Entries& entries() const { return m_entries; }
    /// Of any glacier of the layer, in the queue or not; null: there is none.
    EntryHandle known(const std::string& uuid) const;
    /// In entries(); none: it is not in the queue.
    std::optional<std::size_t> placeOf(const std::string& uuid) const;
    /// The place in entries() of the one that comes after the glacier `from` (`step` 1), or before it (-1),
    /// round and round; `from`, which need not be in the queue itself but in the layer, comes last. Null, or
    /// one of elsewhere: from outside. None when the queue is empty.
    std::optional<std::size_t> next(const outlines::OutlineHandle& from, int step = 1) const;
    /// The place of the one that comes behind where this one stands, or stood before a change, round and
    /// round; never the glacier's own. None when there is no other.
    std::optional<std::size_t> behind(const Entry& entry) const;

    /// What became of a glacier of the layer, and of its row. Rows are those of entries() at that step: one
    /// is taken away at `from`, then one comes at `to`.
    struct Step {
        EntryHandle before; ///< null: it is new
        EntryHandle after;  ///< null: it is gone
        std::optional<std::size_t> from;
        std::optional<std::size_t> to;
    };
    using Steps = std::vector<Step>;
    /// These glaciers are others now, or what is known of them is; all else stays. In order; one of which
    /// nothing became another makes no step.
    Steps update(const std::set<std::string>& glaciers, const outlines::OutlineSet& layer,
                 const LayerEvidence& evidence);

private:
    static bool comesFirst(const Entry& one, const Entry& other);
    Entry entryOf(outlines::OutlineHandle outline, const LayerEvidence& evidence) const;
    /// Says why where it is listed.
    bool isListed(Entry& entry) const;
    Entries::const_iterator placeFor(const Entry& entry) const;
    std::optional<std::size_t> rowOf(const EntryHandle& entry) const;

    Criteria m_criteria;
    Filter m_filter;
    Entries m_entries;
    std::unordered_map<std::string, EntryHandle> m_known; ///< all of the layer, by UUID
};

} // namespace nunatak::review
