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

std::vector<OutlineHandle> glaciersIn(const Draft& draft, const std::string& layer, const geo::Extent& area) {
    std::vector<OutlineHandle> found = draft.near(layer, area);
    std::erase_if(found, [](const OutlineHandle& each) {
        return !takesGround(*each) || each->geometry.empty() || !each->hasSoundRings();
    });
    std::sort(found.begin(), found.end(),
              [](const OutlineHandle& a, const OutlineHandle& b) { return a->uuid < b->uuid; });
    return found;
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
    : m_theirs(glaciersIn(draft, from, area)), m_mine(glaciersIn(draft, into, extentOf(m_theirs, area))) {
    // One of mine may be another one's, which lies beside the area.
    outlines::OutlineSet mine;
    for (const OutlineHandle& each : m_mine) {
        mine.put(each);
    }
    m_standsFor = outlines::identities(mine, glaciersIn(draft, from, extentOf(m_mine, area)));
    for (const auto& [uuid, each] : m_standsFor) {
        m_claimed.insert(each->uuid);
    }
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
