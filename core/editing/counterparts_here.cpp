// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/counterparts_here.h"

#include "editing/gate_neighbours.h"
#include "outlines/ground.h"
#include "outlines/taken_outline.h"

#include <algorithm>

namespace nunatak::editing {

namespace {

using outlines::OutlineHandle;

constexpr double ownShare = 0.1; ///< of its ground, which makes a glacier one of those that lie there

std::vector<OutlineHandle> outlinesIn(const Draft& draft, const std::string& layer, const geo::Extent& area,
                                      bool areGlaciers = true) {
    std::vector<OutlineHandle> found = draft.near(layer, area);
    std::erase_if(found, [&](const OutlineHandle& each) {
        return takesGround(*each) != areGlaciers || each->geometry.empty() || !each->hasSoundRings();
    });
    std::sort(found.begin(), found.end(),
              [](const OutlineHandle& a, const OutlineHandle& b) { return a->uuid < b->uuid; });
    return found;
}

outlines::OutlineSet setOf(const std::vector<OutlineHandle>& outlines) {
    outlines::OutlineSet set;
    for (const OutlineHandle& each : outlines) {
        set.put(each);
    }
    return set;
}

geo::Extent extentOf(const std::vector<OutlineHandle>& outlines, geo::Extent area) {
    for (const OutlineHandle& each : outlines) {
        area.include(each->extent());
    }
    return area;
}

} // namespace

CounterpartsHere::CounterpartsHere(const Draft& draft, const std::string& from, const std::string& into,
                                   const geo::Extent& area)
    : m_theirs(outlinesIn(draft, from, area)), m_mine(outlinesIn(draft, into, extentOf(m_theirs, area))) {
    // One of mine may be another one's, which lies beside the area.
    const auto all = outlinesIn(draft, from, extentOf(m_mine, area));
    m_standsFor = outlines::identities(setOf(m_mine), all);
    for (const auto& [uuid, each] : m_standsFor) {
        m_claimed.insert(each->uuid);
    }
    // A glacier may be drawn where none was found: only what stands for no other is held against these.
    std::vector<OutlineHandle> others = all;
    std::erase_if(others, [&](const OutlineHandle& each) { return m_standsFor.contains(each->uuid); });
    m_groundOfNone = outlinesIn(draft, into, extentOf(m_theirs, area), false);
    const auto none = outlines::identities(setOf(m_groundOfNone), others);
    std::erase_if(m_groundOfNone, [&](const OutlineHandle& each) {
        double inMine = 0;
        for (const OutlineHandle& mine : m_mine) {
            inMine += outlines::commonArea(*each, *mine);
        }
        return inMine > each->area() / 2; // such as one of two of the same ground
    });
    const auto first =
        std::stable_partition(m_theirs.begin(), m_theirs.end(),
                              [&](const OutlineHandle& each) { return !none.contains(each->uuid); });
    m_noGlaciers.assign(first, m_theirs.end());
    m_theirs.erase(first, m_theirs.end());
}

std::vector<OutlineHandle> CounterpartsHere::mineUnder(const OutlineHandle& their) const {
    std::vector<OutlineHandle> found = m_mine;
    std::erase_if(found,
                  [&](const OutlineHandle& each) { return !each->extent().intersects(their->extent()); });
    return found;
}

bool CounterpartsHere::isPieceOf(const OutlineHandle& their, const OutlineHandle& mine) const {
    return !m_standsFor.contains(their->uuid) && outlines::commonArea(*their, *mine) > their->area() / 2;
}

std::vector<OutlineHandle> CounterpartsHere::ownersOf(const OutlineHandle& their, bool isWhole) const {
    std::vector<OutlineHandle> owners;
    if (const auto found = m_standsFor.find(their->uuid); found != m_standsFor.end()) {
        owners.push_back(found->second);
    }
    const auto under = mineUnder(their);
    for (const OutlineHandle& each : under) {
        if (!m_claimed.contains(each->uuid) &&
            outlines::commonArea(*each, *their) > ownShare * each->area()) {
            owners.push_back(each);
        }
    }
    if (owners.empty() && !isWhole) {
        const auto around = std::find_if(under.begin(), under.end(),
                                         [&](const OutlineHandle& each) { return isPieceOf(their, each); });
        if (around != under.end()) {
            owners.push_back(*around);
        }
    }
    return owners;
}

} // namespace nunatak::editing
