// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/join_layer.h"

#include "outlines/ground.h"
#include "outlines/outline_name.h"
#include "project/project_impl.h"

#include <algorithm>
#include <utility>

namespace nunatak::project {

namespace {

using outlines::OutlineHandle;

/// Nobody's yet: against it everything is new.
const outlines::Outline nothing{};

class LayerJoining {
public:
    explicit LayerJoining(const LayerSides& sides) : m_sides(sides) {}

    JoinedLayer run() {
        for (const OutlineHandle& there : m_sides.there.all()) {
            join(there->uuid, there);
        }
        std::set<std::string> was = m_sides.was;
        if (m_sides.events != nullptr) {
            was.merge(m_sides.events->knownThere(m_sides.layerThere));
        }
        for (const std::string& uuid : was) {
            if (!m_sides.there.find(uuid)) {
                join(uuid, nullptr);
            }
        }
        if (m_sides.isInventory) {
            for (JoinConflict& conflict : m_result.conflicts) {
                gather(conflict);
            }
            findOnOneGround();
        }
        return std::move(m_result);
    }

private:
    void join(const std::string& uuid, const OutlineHandle& there) {
        const OutlineHandle here = m_sides.here.find(uuid);
        if (same(here, there)) {
            return;
        }
        if (m_sides.events != nullptr && joinByEvents(uuid, here, there)) {
            return;
        }
        if (m_sides.seen.unknown.contains(uuid) || m_sides.shown.unknown.contains(uuid)) {
            if (m_sides.isKnownThere(uuid) && !m_sides.isKnownHere(uuid)) {
                m_result.taken[uuid] = there;
            } else if (!m_sides.isKnownHere(uuid)) {
                decide(uuid, nullptr, nullptr, here, there);
            }
            return;
        }
        const OutlineHandle seen = m_sides.seen.outlines.find(uuid);
        const OutlineHandle shown = m_sides.shown.outlines.find(uuid);
        if (same(there, seen)) {
            return; // nothing new: whatever is here, this was known when it came to be
        }
        const bool isAsSeen = same(here, seen);
        const bool isAsShown = same(there, shown);
        if (isAsSeen ? !isAsShown || same(seen, shown) : same(here, shown)) {
            const bool isGoneSince =
                !here && !seen && m_sides.isKnownHere(uuid); // who brought it took it away
            if (!isGoneSince) {
                m_result.taken[uuid] = there; // there alone something was done since
            }
        } else if (isAsShown && !isAsSeen) {
            return; // here alone
        } else if (m_sides.isKnownHere(uuid)) {
            return;
        } else if (m_sides.isKnownThere(uuid)) {
            m_result.taken[uuid] = there;
        } else {
            decide(uuid, shown ? shown : seen, seen ? seen : shown, here, there);
        }
    }

    /// False: what it was before both changed it is not known.
    bool joinByEvents(const std::string& uuid, const OutlineHandle& here, const OutlineHandle& there) {
        const outlines::OutlineRef refHere{m_sides.layer, uuid};
        const outlines::OutlineRef refThere{m_sides.layerThere, uuid};
        const auto news = m_sides.events->of(refHere, refThere);
        if (!news.isNewHere) {
            return true; // whatever is here, this was known when it came to be
        }
        if (!news.isNewThere) {
            m_result.taken[uuid] = there;
            return true;
        }
        const auto bases = m_sides.events->basesOf(refHere, refThere);
        if (!bases) {
            return false;
        }
        if (same(here, bases->here) && same(bases->here, bases->there)) {
            m_result.taken[uuid] = there;
        } else if (!same(there, bases->there)) {
            decide(uuid, bases->here ? bases->here : bases->there, bases->there ? bases->there : bases->here,
                   here, there);
        }
        return true;
    }

    /// Both changed it: what goes together is taken, what does not is a conflict.
    void decide(const std::string& uuid, const OutlineHandle& wasHere, const OutlineHandle& wasThere,
                const OutlineHandle& here, const OutlineHandle& there) {
        if (here && there) {
            const bool isKnown = wasHere && wasThere;
            JoinedOutline both =
                joined(isKnown ? *wasHere : nothing, *here,
                       isKnown ? static_cast<const outlines::Outline&>(*wasThere) : nothing, *there);
            OutlineHandle ofHere = outlines::share(std::move(both.here));
            if (both.disagreements.empty()) {
                if (!same(ofHere, here)) {
                    m_result.taken[uuid] = std::move(ofHere);
                    ++m_result.both;
                }
                return;
            }
            m_result.ofHere[uuid] = std::move(ofHere);
            m_result.ofThere[uuid] = outlines::share(std::move(both.there));
            add(uuid, std::move(both.disagreements), wasThere, here, there);
            return;
        }
        m_result.ofHere[uuid] = here;
        m_result.ofThere[uuid] = there;
        add(uuid, {{"glacier", here ? "changed" : "removed", there ? "changed" : "removed"}}, wasThere, here,
            there);
    }

    void add(const std::string& uuid, std::vector<Disagreement> disagreements, OutlineHandle before,
             OutlineHandle here, OutlineHandle there) {
        JoinConflict conflict;
        conflict.source = m_sides.source;
        conflict.layer = m_sides.layer;
        conflict.uuid = uuid;
        conflict.name = outlines::nameInSentence(here ? *here : there ? *there : *before);
        conflict.disagreements = std::move(disagreements);
        conflict.before = std::move(before);
        conflict.here = std::move(here);
        conflict.there = std::move(there);
        m_result.conflicts.push_back(std::move(conflict));
    }

    static bool isGlacier(const OutlineHandle& outline) {
        return outline && outline->review != outlines::Review::Removed;
    }

    void along(JoinConflict& conflict, const OutlineHandle& here, const OutlineHandle& after) {
        conflict.along.push_back({m_sides.layer, here, after});
    }

    /// What came of a glacier, or went into it, is decided with it: the pieces that one cut it into, and
    /// those that one merged into it.
    void gather(JoinConflict& conflict) {
        for (auto taken = m_result.taken.begin(); taken != m_result.taken.end();) {
            const auto& [uuid, there] = *taken;
            const OutlineHandle here = m_sides.here.find(uuid);
            const OutlineHandle was = m_sides.seen.outlines.find(uuid);
            const bool isPiece = !here && !was && there && conflict.before &&
                                 there->extent().intersects(conflict.before->extent()) &&
                                 outlines::isSameGround(*conflict.before, *there);
            const bool wentIn = here && !there && conflict.there &&
                                here->extent().intersects(conflict.there->extent()) &&
                                outlines::isSameGround(*conflict.there, *here);
            if (isPiece || wentIn) {
                along(conflict, here, there);
                taken = m_result.taken.erase(taken);
            } else {
                ++taken;
            }
        }
        if (conflict.before) {
            for (const OutlineHandle& here : m_sides.here.in(conflict.before->extent())) {
                const bool isPiece = !m_sides.shown.outlines.find(here->uuid) &&
                                     !m_sides.there.find(here->uuid) &&
                                     outlines::isSameGround(*conflict.before, *here);
                if (isPiece) {
                    along(conflict, here, nullptr);
                }
            }
        }
        if (conflict.here) {
            for (const OutlineHandle& there : m_sides.there.in(conflict.here->extent())) {
                // Or it is a piece that was decided against before: what is taken now stands in no one's way.
                const bool wentIn = there->uuid != conflict.uuid && !m_sides.here.find(there->uuid) &&
                                    m_sides.seen.outlines.find(there->uuid) &&
                                    !m_result.taken.contains(there->uuid) &&
                                    outlines::isSameGround(*conflict.here, *there);
                if (wentIn) {
                    along(conflict, nullptr, there);
                }
            }
        }
    }

    /// What a glacier will be when all that is undisputed is taken.
    OutlineHandle afterwards(const OutlineHandle& here) const {
        const auto taken = m_result.taken.find(here->uuid);
        return taken == m_result.taken.end() ? here : taken->second;
    }

    /// Two glaciers of different names on one ground are one, drawn twice.
    void findOnOneGround() {
        std::vector<OutlineHandle> arriving;
        for (const auto& [uuid, there] : m_result.taken) {
            const OutlineHandle here = m_sides.here.find(uuid);
            if (isGlacier(there) && !isGlacier(here)) {
                arriving.push_back(there);
            }
        }
        for (const OutlineHandle& there : arriving) {
            OutlineHandle other;
            for (const OutlineHandle& here : m_sides.here.in(there->extent())) {
                const OutlineHandle after = afterwards(here);
                const bool isTheirsToo = after && same(m_sides.there.find(here->uuid), after);
                if (here->uuid != there->uuid && isGlacier(after) && !isTheirsToo &&
                    outlines::isSameGround(*after, *there)) {
                    other = here;
                    break;
                }
            }
            if (!other) {
                continue;
            }
            m_result.taken.erase(there->uuid);
            const auto known =
                std::find_if(m_result.conflicts.begin(), m_result.conflicts.end(),
                             [&](const JoinConflict& conflict) { return conflict.uuid == other->uuid; });
            if (known != m_result.conflicts.end()) {
                along(*known, m_sides.here.find(there->uuid), there);
                continue;
            }
            m_result.ofHere[other->uuid] = other;
            m_result.ofThere[other->uuid] = nullptr;
            add(other->uuid,
                {{"glacier", "drawn as " + outlines::nameInSentence(*other),
                  "drawn as " + outlines::nameInSentence(*there)}},
                nullptr, other, there);
            along(m_result.conflicts.back(), m_sides.here.find(there->uuid), there);
        }
    }

    const LayerSides& m_sides;
    JoinedLayer m_result;
};

} // namespace

JoinedLayer joinedLayer(const LayerSides& sides) {
    return LayerJoining(sides).run();
}

} // namespace nunatak::project
