// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/known_before.h"

#include "database/store.h"
#include "project/outline_codec.h"
#include "project/outline_past.h"
#include "project/project_impl.h"
#include "project/step_tools.h"

#include <algorithm>
#include <initializer_list>
#include <limits>
#include <map>
#include <utility>

namespace nunatak::project {

namespace {

using outlines::OutlineHandle;
using outlines::OutlineRef;
using outlines::OutlineSet;

const OutlineSet none;

const OutlineSet& setOf(const ProjectThen& then, const std::string& layer) {
    const LayerThen* found = then.find(layer);
    return found == nullptr ? none : found->outlines;
}

const outlines::LayerInfo* infoOf(const ProjectThen& then, const std::string& layer) {
    const LayerThen* found = then.find(layer);
    return found == nullptr ? nullptr : &found->info;
}

KnownLayer layerOf(const ProjectThen& then, const std::string& layer) {
    KnownLayer known{setOf(then, layer), {}};
    for (const OutlineRef& ref : then.unknown) {
        if (ref.layer == layer) {
            known.unknown.insert(ref.uuid);
        }
    }
    return known;
}

/// What another program changed since is known where the other project has it still as it was then: the
/// history keeps a hash of that.
void recognize(KnownLayer& known, const JoinSide& side, const std::string& layer, std::int64_t step,
               std::initializer_list<const OutlineSet*> elsewhere) {
    if (known.unknown.empty()) {
        return;
    }
    std::map<std::string, std::optional<std::int64_t>> states;
    database::Store(side.file, database::Store::Mode::ReadOnly)
        .forEachLastState(
            [&](std::int64_t, const std::string& of, const std::string& uuid, auto hash) {
                if (of == layer && known.unknown.contains(uuid)) {
                    states.emplace(uuid, hash);
                }
            },
            step);
    for (const auto& [uuid, hash] : states) {
        for (const OutlineSet* outlines : elsewhere) {
            const OutlineHandle outline = outlines->find(uuid);
            if (hash && outline && stateOf(*outline) == *hash) {
                known.outlines.put(outline);
                known.unknown.erase(uuid);
                break;
            }
        }
        if (!hash) {
            known.outlines.remove(uuid);
            known.unknown.erase(uuid);
        }
    }
}

/// What another program had made of a part when it was merged, and went on with since: the part does not know
/// that any more. Where nothing had been done to an outline at the other side until then, it came as it was.
/// `merges`: steps of that side, oldest first.
void follow(KnownLayer& known, const JoinSide& knower, const std::string& layer,
            const std::vector<std::int64_t>& merges) {
    for (const std::int64_t merge : merges) {
        const ProjectThen before = knower.wayBack(merge - 1);
        const OutlineSet after = setOf(knower.wayBack(merge), layer);
        for (const auto& [step, ref] : before.changedSince) {
            if (step != merge || ref.layer != layer || known.unknown.contains(ref.uuid) ||
                !same(before.find(ref), known.outlines.find(ref.uuid))) {
                continue;
            }
            if (const OutlineHandle outline = after.find(ref.uuid)) {
                known.outlines.put(outline);
            } else {
                known.outlines.remove(ref.uuid);
            }
        }
    }
}

/// Merges after which another program went on, oldest first: steps of the side that merged.
std::vector<std::int64_t> mergesBefore(const CommonMoment& moment, const std::vector<CommonMoment>& all) {
    const bool isHere = moment.kind == CommonMoment::Kind::MergedHere;
    std::vector<std::int64_t> merges;
    for (const CommonMoment& other : all) {
        const bool isOfOne = isHere ? other.there == moment.there : other.here == moment.here;
        if (moment.hasGoneOn && other.hasGoneOn && other.kind == moment.kind && isOfOne) {
            merges.push_back(isHere ? other.here : other.there);
        }
    }
    std::sort(merges.begin(), merges.end());
    return merges;
}

/// A step and what it changed; 0: unknown.
struct Done {
    HistoryStep step;
    std::int64_t content = 0;
    bool operator==(const Done& other) const {
        const bool isOther = content != 0 && other.content != 0 && content != other.content;
        // Of another program's work it is only known when it was noticed.
        if (step.tool == tools::others && other.step.tool == tools::others && content != 0 &&
            content == other.content) {
            return true;
        }
        return !isOther && step.id == other.step.id && step.time == other.step.time &&
               step.description == other.step.description && step.tool == other.step.tool &&
               step.analyst == other.step.analyst;
    }
};

/// What a side did to an outline, by way of whom ever.
class Doings {
public:
    /// `steps`: of its own history; `arriving`: steps that are about to come with a merge.
    Doings(const JoinSide& side, const outlines::OutlineRef& ref, const std::vector<std::int64_t>& steps,
           const std::vector<MergedStep>& arriving = {})
        : m_side(side), m_steps(steps), m_contents(side.lineage.contents()) {
        const auto [first, end] = side.mergedOf().equal_range(ref);
        for (auto merged = first; merged != end; ++merged) {
            m_merged.emplace(merged->second.step, Done{merged->second.what, merged->second.content});
        }
        for (const MergedStep& step : arriving) {
            if (std::find(step.outlines.begin(), step.outlines.end(), ref) != step.outlines.end()) {
                m_merged.emplace(next, Done{step.what, step.content});
            }
        }
    }

    bool knows(const Done& what) const {
        const HistoryStep* own = m_side.step(what.step.id);
        return (own != nullptr && done(*own) == what) ||
               std::any_of(m_merged.begin(), m_merged.end(),
                           [&](const auto& merged) { return merged.second == what; });
    }

    /// Whether one who has another copy of the outline knows all that was done to it, but for steps that only
    /// take back what was done after `since`.
    bool areKnownTo(const Doings& other, std::int64_t since) const {
        bool isAny = false;
        for (const std::int64_t id : m_steps) {
            const HistoryStep* step = m_side.step(id);
            if (step == nullptr || !stands(*step) || step->undoes > since) {
                continue;
            }
            isAny = true;
            if (!other.knows(done(*step)) && !isMergeKnownTo(other, id)) {
                return false;
            }
        }
        return m_merged.contains(next) ? isMergeKnownTo(other, next) : isAny;
    }

private:
    static constexpr std::int64_t next = std::numeric_limits<std::int64_t>::max();

    /// What came with a merge; of a merge of others', what came with that.
    bool isMergeKnownTo(const Doings& other, std::int64_t merge) const {
        bool isAny = false;
        const auto [first, end] = m_merged.equal_range(merge);
        for (auto merged = first; merged != end; ++merged) {
            if (merged->second.step.tool == tools::merge) {
                continue;
            }
            isAny = true;
            if (!other.knows(merged->second)) {
                return false;
            }
        }
        return isAny;
    }
    bool stands(const HistoryStep& step) const {
        return !m_side.gone[static_cast<std::size_t>(&step - m_side.lineage.history.data())];
    }
    Done done(const HistoryStep& step) const {
        const auto content = m_contents.find(step.id);
        return {step, content == m_contents.end() ? 0 : content->second};
    }

    const JoinSide& m_side;
    const std::vector<std::int64_t>& m_steps;
    const std::map<std::int64_t, std::int64_t>& m_contents;
    std::multimap<std::int64_t, Done> m_merged; ///< by the step of the merge
};

const std::vector<std::int64_t> noSteps;

const std::vector<std::int64_t>& stepsOf(const std::map<OutlineRef, std::vector<std::int64_t>>& touched,
                                         const OutlineRef& ref) {
    const auto found = touched.find(ref);
    return found == touched.end() ? noSteps : found->second;
}

std::map<OutlineRef, std::vector<std::int64_t>> touchedIn(const ProjectThen& then) {
    std::map<OutlineRef, std::vector<std::int64_t>> touched;
    for (const auto& [step, outline] : then.changedSince) {
        touched[outline].push_back(step);
    }
    return touched;
}

} // namespace

KnownBefore::KnownBefore(const JoinSide& here, const JoinSide& there, const std::vector<MergedStep>& arriving)
    : m_hereSide(here), m_thereSide(there), m_moments(commonMoments(here.lineage, there.lineage)) {
    const auto& seen = m_moments.seen;
    const auto& shown = m_moments.shown;
    m_there = there.wayBack(m_moments.lastKnown);
    const std::int64_t step = seen ? seen->here : shown ? shown->here : 0;
    m_here = here.wayBack(step);
    m_since = step;
    if (shown) {
        m_hereShown = seen ? here.wayBack(shown->here) : m_here;
        m_thereShown = there.wayBack(shown->there);
    }
    using Kind = CommonMoment::Kind;
    std::int64_t origin = 0;
    const CommonMoment* nearest = nullptr;
    for (const CommonMoment& moment : m_moments.all) {
        if (moment.kind != Kind::MergedHere && moment.kind != Kind::MergedThere) {
            origin = std::max(origin, moment.here);
            const bool isNearer = nearest == nullptr || std::pair(moment.here, moment.there) >
                                                            std::pair(nearest->here, nearest->there);
            nearest = isNearer ? &moment : nearest;
        }
    }
    if (nearest != nullptr) {
        m_events.emplace(here, there, *nearest, arriving);
    }
    if (seen && seen->kind == Kind::MergedHere && origin > 0) {
        m_origin = here.wayBack(origin);
        m_touchedSinceOrigin = touchedIn(*m_origin);
    }
    m_touchedHere = touchedIn(m_here);
    m_touchedThere = touchedIn(m_there);
    m_lastHere.emplace(here, m_here, step);
    m_lastThere.emplace(there, m_there, m_moments.lastKnown);
    if (!isAnything()) { // what was there before the history is new, too
        m_here.layers.clear();
        m_there.layers.clear();
        m_here.unknown.clear();
        m_there.unknown.clear();
    }
}

KnownLayer KnownBefore::seenThere(const std::string& here, const std::string& there) const {
    KnownLayer known = layerOf(m_there, there);
    const OutlineSet& now = setOf(m_hereSide.now, here);
    recognize(known, m_thereSide, there, m_moments.lastKnown, {&setOf(m_here, here), &now});
    for (const CommonMoment& moment : m_moments.all) { // it may have been changed here since
        if (!known.unknown.empty()) {
            const ProjectThen then = m_hereSide.wayBack(moment.here);
            recognize(known, m_thereSide, there, m_moments.lastKnown, {&setOf(then, here)});
        }
    }
    follow(known, m_hereSide, here, mergesBefore(*m_moments.seen, m_moments.all));
    // What neither history tells of came by another program into a part whose history does not say how each
    // outline came in, so nobody decided on it.
    for (const OutlineHandle& outline : setOf(m_thereSide.now, there).all()) {
        if (!now.find(outline->uuid) && known.outlines.find(outline->uuid) &&
            m_lastThere->of({there, outline->uuid}).id == 0 &&
            m_lastHere->of({here, outline->uuid}).id == 0) {
            known.outlines.remove(outline->uuid);
        }
    }
    // What the other one did not have then, and got from others since, is compared with what it was when both
    // were parts of one.
    for (const OutlineHandle& outline : setOf(m_thereSide.now, there).all()) {
        const OutlineHandle then = m_origin ? setOf(*m_origin, here).find(outline->uuid) : nullptr;
        if (then && now.find(outline->uuid) && !known.outlines.find(outline->uuid) &&
            !known.unknown.contains(outline->uuid)) {
            known.outlines.put(then);
        }
    }
    return known;
}

KnownLayer KnownBefore::shownHere(const std::string& here, const std::string& there) const {
    KnownLayer known = layerOf(m_hereShown, here);
    recognize(known, m_hereSide, here, m_moments.shown->here,
              {&setOf(m_thereShown, there), &setOf(m_thereSide.now, there)});
    for (const CommonMoment& moment : m_moments.all) {
        if (!known.unknown.empty()) {
            const ProjectThen then = m_thereSide.wayBack(moment.there);
            recognize(known, m_hereSide, here, m_moments.shown->here, {&setOf(then, there)});
        }
    }
    follow(known, m_thereSide, there, mergesBefore(*m_moments.shown, m_moments.all));
    return known;
}

/// Both had the same, so what one does not know any more the other one does; of parts of one each had its
/// own.
KnownLayer KnownBefore::ofBoth(const std::string& here, const std::string& there) const {
    using Kind = CommonMoment::Kind;
    const Kind kind = m_moments.seen->kind;
    const bool hadThereAll = kind == Kind::Copy || kind == Kind::PartHere;
    const bool hadHereAll = kind == Kind::Copy || kind == Kind::PartThere;
    const OutlineSet& nowHere = setOf(m_hereSide.now, here);
    KnownLayer known = layerOf(m_here, here);
    const KnownLayer other = layerOf(m_there, there);
    for (auto uuid = known.unknown.begin(); uuid != known.unknown.end();) {
        const OutlineHandle outline = other.outlines.find(*uuid);
        if (other.unknown.contains(*uuid) || (!outline && !hadThereAll)) {
            ++uuid;
            continue;
        }
        if (outline) {
            known.outlines.put(outline);
        } else {
            known.outlines.remove(*uuid);
        }
        uuid = known.unknown.erase(uuid);
    }
    if (!hadHereAll) { // what came here from a third one since is compared with what it was before
        for (const OutlineHandle& outline : other.outlines.all()) {
            const std::string& uuid = outline->uuid;
            if (!nowHere.find(uuid) || known.outlines.find(uuid) || known.unknown.contains(uuid)) {
                continue;
            }
            if (other.unknown.contains(uuid)) {
                known.unknown.insert(uuid);
            } else {
                known.outlines.put(outline);
            }
        }
    }
    recognize(known, m_hereSide, here, m_since, {&setOf(m_thereSide.now, there)});
    recognize(known, m_thereSide, there, m_moments.lastKnown, {&nowHere});
    return known;
}

KnownBefore::Layer KnownBefore::of(const std::string& here, const std::string& there) const {
    using Kind = CommonMoment::Kind;
    Layer layer;
    const auto& seen = m_moments.seen;
    const auto& shown = m_moments.shown;
    if (seen) {
        const bool isOfThere = seen->kind == Kind::MergedHere;
        layer.seen = isOfThere ? seenThere(here, there) : ofBoth(here, there);
        layer.seenInfo = isOfThere ? infoOf(m_there, there) : infoOf(m_here, here);
    }
    if (shown) {
        layer.shown = shownHere(here, there);
        layer.shownInfo = infoOf(m_hereShown, here);
    }
    if (!shown) {
        layer.shown = layer.seen;
        layer.shownInfo = layer.seenInfo;
    } else if (!seen) {
        layer.seen = layer.shown;
        layer.seenInfo = layer.shownInfo;
    }
    // All that it had; what it never had it has not taken away.
    for (const ProjectThen* then : {&m_there, &m_thereShown}) {
        for (const OutlineHandle& outline : setOf(*then, there).all()) {
            layer.was.insert(outline->uuid);
        }
        for (const OutlineRef& ref : then->unknown) {
            if (ref.layer == there) {
                layer.was.insert(ref.uuid);
            }
        }
    }
    if (shown) { // it was looked at there, also what was decided against
        for (const OutlineHandle& outline : layer.shown.outlines.all()) {
            layer.was.insert(outline->uuid);
        }
    }
    return layer;
}

bool KnownBefore::isKnownHere(const std::string& here, const std::string& there, const std::string& uuid,
                              const std::vector<MergedStep>& arriving) const {
    const auto& steps = stepsOf(m_touchedThere, {there, uuid});
    return !steps.empty() &&
           Doings(m_thereSide, {there, uuid}, steps)
               .areKnownTo(Doings(m_hereSide, {here, uuid}, noSteps, arriving), m_moments.lastKnown);
}

bool KnownBefore::isKnownThere(const std::string& here, const std::string& there, const std::string& uuid,
                               const std::vector<MergedStep>& arriving) const {
    const bool wasThere = !m_origin || m_there.find({there, uuid});
    const auto& touched = wasThere ? m_touchedHere : m_touchedSinceOrigin;
    return Doings(m_hereSide, {here, uuid}, stepsOf(touched, {here, uuid}), arriving)
        .areKnownTo(Doings(m_thereSide, {there, uuid}, noSteps), m_since);
}

} // namespace nunatak::project
