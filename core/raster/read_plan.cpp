// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/read_plan.h"

#include <algorithm>

namespace nunatak::raster {

namespace {

/// Blocks looked at in advance, counted as often as they are used: bounds memory, and is far more than a
/// cache holds.
constexpr std::size_t horizon = 100'000;
/// Candidates tried before it is said that none fits.
constexpr std::size_t tried = 64;

} // namespace

ReadPlan::ReadPlan(std::vector<Part> parts) : m_parts(std::move(parts)) {
    look();
}

std::vector<BlockKey> ReadPlan::blocksOf(const Part& part) const {
    const auto& layout = part.file->layout;
    std::int64_t count = 0;
    for (const int band : part.bands) {
        const auto& level = layout.levelOf({0, layout.planeOf(band), part.overview + 1, 0, 0});
        count += std::int64_t(part.window.columns / level.blockColumns + 2) *
                 (part.window.rows / level.blockRows + 2);
    }
    if (part.window.empty() || count > static_cast<std::int64_t>(horizon)) {
        return {};
    }
    return layout.blocksFor(part.file->id, part.bands, part.overview, part.window);
}

void ReadPlan::look() {
    while (m_seen < m_parts.size() && m_useCount < horizon) {
        const Part& part = m_parts[m_seen++];
        for (const BlockKey& key : blocksOf(part)) {
            m_uses[key].push_back(part.step);
            // Each use: a block may have had to go in between.
            m_ahead.push_back({part.file, key, part.step});
            ++m_useCount;
        }
    }
}

void ReadPlan::reached(std::size_t step) {
    if (step <= m_position) {
        return;
    }
    m_position = step;
    m_isFull = false;
    for (; m_first < m_parts.size() && m_parts[m_first].step < step; ++m_first) {
        if (m_first >= m_seen) {
            ++m_seen;
            continue;
        }
        for (const BlockKey& key : blocksOf(m_parts[m_first])) {
            const auto uses = m_uses.find(key);
            uses->second.pop_front();
            --m_useCount;
            if (uses->second.empty()) {
                m_uses.erase(uses);
            }
        }
    }
    while (!m_ahead.empty() && m_ahead.front().step < step) {
        m_ahead.pop_front();
    }
    look();
}

std::uint64_t ReadPlan::distance(const BlockKey& key) const {
    const auto uses = m_uses.find(key);
    return uses == m_uses.end() ? BlockCache::never : distance(std::max(uses->second.front(), m_position));
}

std::optional<ReadPlan::Candidate> ReadPlan::next(const std::function<bool(const BlockKey&)>& there,
                                                  const std::function<bool(const Candidate&)>& fits) {
    while (!m_ahead.empty() && there(m_ahead.front().key)) {
        m_ahead.pop_front();
    }
    for (std::size_t i = 0; i < std::min(tried, m_ahead.size()); ++i) {
        if (!there(m_ahead[i].key) && fits(m_ahead[i])) {
            Candidate found = std::move(m_ahead[i]);
            m_ahead.erase(m_ahead.begin() + static_cast<std::ptrdiff_t>(i));
            return found;
        }
    }
    return std::nullopt;
}

bool ReadPlan::reads(bool remote) const {
    return std::any_of(m_parts.begin(), m_parts.end(),
                       [&](const Part& part) { return part.file->layout.remote == remote; });
}

void ReadPlan::putBack(Candidate candidate) {
    m_ahead.push_front(std::move(candidate));
    m_isFull = true;
}

} // namespace nunatak::raster
