// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/review_queue.h"

#include <algorithm>

namespace nunatak::review {

std::optional<Reason> whyToReview(const outlines::Outline& outline) {
    return outline.review == outlines::Review::NotReviewed ? std::optional(Reason::NotReviewed)
                                                           : std::nullopt;
}

ReviewQueue::ReviewQueue(const std::vector<outlines::OutlineHandle>& layer) {
    for (const outlines::OutlineHandle& outline : layer) {
        if (const auto reason = whyToReview(*outline)) {
            m_entries.push_back({placed(outline), *reason});
        }
    }
    std::sort(m_entries.begin(), m_entries.end(),
              [](const Entry& one, const Entry& other) { return comesBefore(one.glacier, other.glacier); });
}

std::optional<std::size_t> ReviewQueue::next(const outlines::OutlineHandle& from, int step) const {
    if (m_entries.empty()) {
        return std::nullopt;
    }
    const std::size_t last = m_entries.size() - 1;
    if (from == nullptr) {
        return step > 0 ? 0 : last;
    }
    const Placed here = placed(from);
    if (step > 0) {
        const auto after = std::partition_point(m_entries.begin(), m_entries.end(), [&](const Entry& entry) {
            return !comesBefore(here, entry.glacier);
        });
        return after != m_entries.end() ? static_cast<std::size_t>(after - m_entries.begin()) : 0;
    }
    const auto notBefore = std::partition_point(m_entries.begin(), m_entries.end(), [&](const Entry& entry) {
        return comesBefore(entry.glacier, here);
    });
    return notBefore != m_entries.begin() ? static_cast<std::size_t>(notBefore - m_entries.begin()) - 1
                                          : last;
}

} // namespace nunatak::review
