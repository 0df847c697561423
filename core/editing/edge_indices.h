// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/ring_splice.h"
#include "geo/edge_index.h"
#include "outlines/outline.h"

#include <list>
#include <map>
#include <memory>
#include <vector>

namespace nunatak::editing {

/// The edge indices of the outlines that were asked for last. That of an edited outline is made from that of
/// the outline before, so that going on with it costs no walk along all of its vertices. Belongs to one
/// thread.
class EdgeIndices {
public:
    using Index = std::shared_ptr<const geo::EdgeIndex>;

    Index of(const outlines::OutlineHandle& outline);
    /// Tells that `after` is `before` with these splices; nothing is worked out until it is asked for.
    void derive(const outlines::OutlineHandle& before, const outlines::OutlineHandle& after,
                std::vector<RingSplice> splices);

private:
    struct Entry {
        std::weak_ptr<const outlines::SharedOutline> outline;
        Index index;  ///< of the outline, or of what it was made from
        bool isReady; ///< of the outline
        std::vector<RingSplice> splices;
    };
    Entry* find(const outlines::OutlineHandle& outline);
    void keep(Entry entry);
    void forget(std::list<Entry>::iterator entry);

    std::list<Entry> m_entries; ///< the last one asked for first
    std::map<std::weak_ptr<const outlines::SharedOutline>, std::list<Entry>::iterator, std::owner_less<>>
        m_places;
};

} // namespace nunatak::editing
