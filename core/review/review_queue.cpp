// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/review_queue.h"

#include <algorithm>
#include <utility>

namespace nunatak::review {

bool ReviewQueue::comesFirst(const Entry& one, const Entry& other) {
    return one.score != other.score ? one.score > other.score : comesBefore(one.glacier, other.glacier);
}

ReviewQueue::Entry ReviewQueue::entryOf(outlines::OutlineHandle outline,
                                        const LayerEvidence& evidence) const {
    Evidence known = evidence.of(*outline);
    const double score = scoreOf(*outline, known, m_criteria);
    return {placed(std::move(outline)), std::move(known), score, {}};
}

bool ReviewQueue::isListed(Entry& entry) const {
    if (!m_filter({*entry.glacier.outline, entry.evidence})) {
        return false;
    }
    entry.why = whyInWords(*entry.glacier.outline, entry.evidence, m_criteria);
    return true;
}

ReviewQueue::ReviewQueue(const std::vector<outlines::OutlineHandle>& layer, const LayerEvidence& evidence,
                         Criteria criteria, Filter filter)
    : m_criteria(std::move(criteria)), m_filter(std::move(filter)) {
    m_known.reserve(layer.size());
    for (const outlines::OutlineHandle& outline : layer) {
        Entry entry = entryOf(outline, evidence);
        const bool listed = isListed(entry);
        auto handle = std::make_shared<const Entry>(std::move(entry));
        if (listed) {
            m_entries.push_back(handle);
        }
        m_known.emplace(outline->uuid, std::move(handle));
    }
    std::sort(m_entries.begin(), m_entries.end(),
              [](const EntryHandle& one, const EntryHandle& other) { return comesFirst(*one, *other); });
}

ReviewQueue::EntryHandle ReviewQueue::known(const std::string& uuid) const {
    const auto found = m_known.find(uuid);
    return found != m_known.end() ? found->second : nullptr;
}

ReviewQueue::Entries::const_iterator ReviewQueue::placeFor(const Entry& entry) const {
    return std::lower_bound(
        m_entries.begin(), m_entries.end(), entry,
        [](const EntryHandle& one, const Entry& other) { return comesFirst(*one, other); });
}

std::optional<std::size_t> ReviewQueue::rowOf(const EntryHandle& entry) const {
    if (entry == nullptr) {
        return std::nullopt;
    }
    const auto place = placeFor(*entry);
    return place != m_entries.end() && *place == entry
               ? std::optional(static_cast<std::size_t>(place - m_entries.begin()))
               : std::nullopt;
}

std::optional<std::size_t> ReviewQueue::placeOf(const std::string& uuid) const {
    return rowOf(known(uuid));
}

std::optional<std::size_t> ReviewQueue::next(const outlines::OutlineHandle& from, int step) const {
    if (m_entries.empty()) {
        return std::nullopt;
    }
    const std::size_t last = m_entries.size() - 1;
    const auto here = from == nullptr ? nullptr : known(from->uuid);
    if (here == nullptr) {
        return step > 0 ? 0 : last;
    }
    const auto place = placeFor(*here);
    const auto row = static_cast<std::size_t>(place - m_entries.begin());
    if (step > 0) {
        const std::size_t after = place != m_entries.end() && *place == here ? row + 1 : row;
        return after <= last ? after : 0;
    }
    return row > 0 ? row - 1 : last;
}

std::optional<std::size_t> ReviewQueue::behind(const Entry& entry) const {
    auto row = static_cast<std::size_t>(placeFor(entry) - m_entries.begin());
    for (std::size_t i = 0; i < std::min<std::size_t>(2, m_entries.size()); ++i, ++row) {
        row = row < m_entries.size() ? row : 0;
        if (m_entries[row]->glacier.outline->uuid != entry.glacier.outline->uuid) {
            return row;
        }
    }
    return std::nullopt;
}

ReviewQueue::Steps ReviewQueue::update(const std::set<std::string>& glaciers,
                                       const outlines::OutlineSet& layer, const LayerEvidence& evidence) {
    Steps steps;
    for (const std::string& uuid : glaciers) {
        Step step;
        step.before = known(uuid);
        if (auto now = layer.find(uuid)) {
            Entry entry = entryOf(std::move(now), evidence);
            if (step.before != nullptr && step.before->glacier.outline == entry.glacier.outline &&
                step.before->evidence == entry.evidence) {
                continue;
            }
            const bool listed = isListed(entry);
            step.after = std::make_shared<const Entry>(std::move(entry));
            step.from = rowOf(step.before);
            if (step.from) {
                m_entries.erase(m_entries.begin() + static_cast<std::ptrdiff_t>(*step.from));
            }
            if (listed) {
                const auto place = placeFor(*step.after);
                step.to = static_cast<std::size_t>(place - m_entries.begin());
                m_entries.insert(place, step.after);
            }
            m_known[uuid] = step.after;
        } else if (step.before != nullptr) {
            step.from = rowOf(step.before);
            if (step.from) {
                m_entries.erase(m_entries.begin() + static_cast<std::ptrdiff_t>(*step.from));
            }
            m_known.erase(uuid);
        } else {
            continue;
        }
        steps.push_back(std::move(step));
    }
    return steps;
}

} // namespace nunatak::review
