// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/review_queue.h"

#include <algorithm>
#include <utility>

namespace nunatak::review {

ReviewQueue::ReviewQueue(const std::vector<outlines::OutlineHandle>& layer, const LayerEvidence& evidence,
                         const Criteria& criteria, const Filter& filter) {
    std::vector<Entry> all;
    all.reserve(layer.size());
    for (const outlines::OutlineHandle& outline : layer) {
        Evidence known = evidence.of(*outline);
        const double score = scoreOf(*outline, known, criteria);
        all.push_back({placed(outline), std::move(known), score, {}});
    }
    std::sort(all.begin(), all.end(), [](const Entry& one, const Entry& other) {
        return one.score != other.score ? one.score > other.score : comesBefore(one.glacier, other.glacier);
    });
    for (std::size_t i = 0; i < all.size(); ++i) {
        m_order.emplace(all[i].glacier.outline->uuid, i);
        if (filter({*all[i].glacier.outline, all[i].evidence})) {
            all[i].why = whyInWords(*all[i].glacier.outline, all[i].evidence, criteria);
            m_entries.push_back(std::move(all[i]));
            m_places.push_back(i);
        }
    }
}

std::optional<std::size_t> ReviewQueue::next(const outlines::OutlineHandle& from, int step) const {
    if (m_entries.empty()) {
        return std::nullopt;
    }
    const std::size_t last = m_entries.size() - 1;
    const auto here = from == nullptr ? m_order.end() : m_order.find(from->uuid);
    if (here == m_order.end()) {
        return step > 0 ? 0 : last;
    }
    if (step > 0) {
        const auto after = std::upper_bound(m_places.begin(), m_places.end(), here->second);
        return after != m_places.end() ? static_cast<std::size_t>(after - m_places.begin()) : 0;
    }
    const auto notBefore = std::lower_bound(m_places.begin(), m_places.end(), here->second);
    return notBefore != m_places.begin() ? static_cast<std::size_t>(notBefore - m_places.begin()) - 1 : last;
}

} // namespace nunatak::review
