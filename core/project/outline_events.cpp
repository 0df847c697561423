// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/outline_events.h"

#include "project/step_tools.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

namespace nunatak::project {

namespace {

using outlines::OutlineHandle;
using outlines::OutlineRef;

/// With the merge that is being planned.
constexpr std::int64_t next = std::numeric_limits<std::int64_t>::max();

} // namespace

bool OutlineEvent::operator==(const OutlineEvent& other) const {
    const bool areContentsKnown = content != 0 && other.content != 0;
    if (areContentsKnown && content != other.content) {
        return false;
    }
    // Of another program's work it is only known when it was noticed.
    if (areContentsKnown && step.tool == tools::others && other.step.tool == tools::others) {
        return true;
    }
    return step.id == other.step.id && step.time == other.step.time &&
           step.description == other.step.description && step.tool == other.step.tool &&
           step.analyst == other.step.analyst;
}

bool OutlineEvents::Side::stands(const HistoryStep& step) const {
    return !side->gone[static_cast<std::size_t>(&step - side->lineage.history.data())];
}

OutlineEvent OutlineEvents::Side::eventOf(const HistoryStep& step) const {
    if (step.id <= inherited) { // a part keeps of such a step what it did to the part's own outlines
        return {step, 0, {}};
    }
    const auto& contents = side->lineage.contents();
    const auto content = contents.find(step.id);
    return {step, content == contents.end() ? 0 : content->second, {}};
}

bool OutlineEvents::Side::knows(const OutlineEvent& event, const OutlineRef& ref) const {
    const HistoryStep* own = side->step(event.step.id);
    if (own != nullptr && eventOf(*own) == event) {
        return true;
    }
    const auto [first, end] = side->mergedOf().equal_range(ref);
    const auto [firstArriving, endArriving] = arriving.equal_range(ref);
    if (std::any_of(firstArriving, endArriving, [&](const auto& known) { return known.second == event; }) ||
        std::any_of(first, end, [&](const auto& known) {
            return OutlineEvent{known.second.what, known.second.content, {}} == event;
        })) {
        return true;
    }
    if (event.step.tool != tools::others) {
        return false;
    }
    // What another program does is one step until Nunatak does the next: it may have been merged before the
    // other program went on. Copies of a project are called alike, of which one is not the other.
    if (own != nullptr && own->tool == tools::others && !side->lineage.origins.empty() &&
        ("/" + event.source).ends_with("/" + side->lineage.file)) {
        return true;
    }
    // In a copy it may have another number.
    const auto steps = touched.find(ref);
    return steps != touched.end() && std::any_of(steps->second.begin(), steps->second.end(), [&](auto id) {
               const HistoryStep* step = side->step(id);
               return step != nullptr && step->tool == tools::others && eventOf(*step) == event;
           });
}

bool OutlineEvents::Side::find(std::int64_t before, const OutlineRef& ref, OutlineHandle& found) const {
    if (before == next) {
        found = side->now.find(ref);
        return true;
    }
    std::int64_t last = origin; // that touched it
    if (const auto steps = touched.find(ref); steps != touched.end()) {
        for (const std::int64_t step : steps->second) {
            last = step < before ? step : last;
        }
    }
    auto then = thens.upper_bound(before - 1);
    if (then == thens.begin() || std::prev(then)->first < last) {
        then = std::next(thens.emplace(before - 1, side->wayBack(before - 1)).first);
    }
    const ProjectThen& state = std::prev(then)->second;
    if (std::find(state.unknown.begin(), state.unknown.end(), ref) != state.unknown.end()) {
        return false;
    }
    found = state.find(ref);
    return true;
}

OutlineEvents::Side OutlineEvents::sideOf(const JoinSide& side, std::int64_t origin) {
    Side made;
    made.side = &side;
    made.origin = origin;
    made.atOrigin = side.wayBack(origin);
    made.unknownAtOrigin = {made.atOrigin.unknown.begin(), made.atOrigin.unknown.end()};
    for (auto touch = made.atOrigin.changedSince.rbegin(); touch != made.atOrigin.changedSince.rend();
         ++touch) {
        made.touched[touch->second].push_back(touch->first);
    }
    for (const PartOrigin& part : side.lineage.origins) {
        made.inherited = std::max(made.inherited, part.begins);
    }
    made.thens.emplace(origin, made.atOrigin);
    return made;
}

OutlineEvents::OutlineEvents(const JoinSide& here, const JoinSide& there, const CommonMoment& origin,
                             const std::vector<MergedStep>& arriving)
    : m_here(sideOf(here, origin.here)), m_there(sideOf(there, origin.there)) {
    for (const MergedStep& step : arriving) {
        for (const OutlineRef& ref : step.outlines) {
            m_here.arriving.emplace(ref, OutlineEvent{step.what, step.content, step.source});
        }
    }
}

OutlineEvents::Known OutlineEvents::knownTo(const Side& side, const OutlineRef& ref, const Side& other,
                                            const OutlineRef& otherRef) {
    Known known;
    known.isFromOrigin = side.atOrigin.find(ref) || side.unknownAtOrigin.contains(ref);
    known.originSince = side.origin;
    const auto comesWith = [&](std::int64_t step) {
        if (!known.isFromOrigin) {
            known.isFromOrigin = true;
            known.originSince = step;
        }
    };
    if (const auto touched = side.touched.find(ref); touched != side.touched.end()) {
        std::set<std::int64_t> counting;
        for (const std::int64_t id : touched->second) {
            const HistoryStep* step = side.side->step(id);
            if (step == nullptr) {
                continue;
            }
            if (step->tool == tools::merge && step->undoes == 0) {
                if (side.stands(*step)) {
                    comesWith(id);
                }
                continue;
            }
            const OutlineEvent event = side.eventOf(*step);
            const bool isKnown = other.knows(event, otherRef);
            const HistoryStep* undone = step->undoes == 0 ? nullptr : side.side->step(step->undoes);
            bool counts = isKnown;
            if (step->undoes == 0 || step->undoes <= side.origin) {
                counts = counts || side.stands(*step);
            } else if (undone != nullptr && undone->tool == tools::merge) {
                counts = false;
            } else {
                counts = counts || (undone != nullptr && counting.contains(undone->id) &&
                                    other.knows(side.eventOf(*undone), otherRef));
            }
            if (counts) {
                counting.insert(id);
                known.events.push_back({id, event, isKnown});
            }
        }
    }
    const auto add = [&](std::int64_t step, const OutlineEvent& event) {
        if (event.step.tool == tools::merge) {
            return;
        }
        comesWith(step);
        known.events.push_back({step, event, other.knows(event, otherRef)});
    };
    const auto [first, end] = side.side->mergedOf().equal_range(ref);
    for (auto merged = first; merged != end; ++merged) {
        if (merged->second.step > side.origin) {
            add(merged->second.step, {merged->second.what, merged->second.content, merged->second.source});
        }
    }
    const auto [firstArriving, endArriving] = side.arriving.equal_range(ref);
    for (auto arriving = firstArriving; arriving != endArriving; ++arriving) {
        add(next, arriving->second);
    }
    std::stable_sort(known.events.begin(), known.events.end(),
                     [](const At& a, const At& b) { return a.step < b.step; });
    const auto firstNew =
        std::find_if(known.events.begin(), known.events.end(), [](const At& at) { return !at.isKnown; });
    if (firstNew != known.events.end()) {
        known.firstNew = static_cast<std::size_t>(firstNew - known.events.begin());
    }
    if (!known.isFromOrigin && side.side->now.find(ref) && known.events.empty()) {
        known.isFromOrigin = true; // no step says how it came
    }
    return known;
}

OutlineEvents::News OutlineEvents::of(const OutlineRef& here, const OutlineRef& there) const {
    const Known ours = knownTo(m_here, here, m_there, there);
    const Known theirs = knownTo(m_there, there, m_here, here);
    const bool isBegunHere = ours.isFromOrigin || !ours.events.empty();
    const bool isBegunThere = theirs.isFromOrigin || !theirs.events.empty();
    return {theirs.firstNew || (isBegunThere && !isBegunHere),
            ours.firstNew || (isBegunHere && !isBegunThere)};
}

/// Whether what one knew before its first news is known in the other's state before its own.
bool OutlineEvents::isWithin(const Known& one, const Known& other) {
    const auto before = [](const Known& known) {
        return known.firstNew ? known.events[*known.firstNew].step : next;
    };
    const auto hasOrigin = [&](const Known& known) {
        return known.isFromOrigin && known.originSince < before(known);
    };
    if (hasOrigin(one) && !hasOrigin(other)) {
        return false;
    }
    // Events that came with one merge came together.
    const auto end = [&](const Known& known) {
        return std::find_if(known.events.begin(), known.events.end(),
                            [&](const At& at) { return at.step >= before(known); });
    };
    const auto otherEnd = end(other);
    return std::all_of(one.events.begin(), end(one), [&](const At& at) {
        return std::any_of(other.events.begin(), otherEnd,
                           [&](const At& known) { return known.event == at.event; });
    });
}

std::optional<OutlineEvents::Bases> OutlineEvents::basesOf(const OutlineRef& here,
                                                           const OutlineRef& there) const {
    const Known ours = knownTo(m_here, here, m_there, there);
    const Known theirs = knownTo(m_there, there, m_here, here);
    Bases bases;
    const auto before = [](const Known& known) {
        return known.firstNew ? known.events[*known.firstNew].step : next;
    };
    const bool isHereKnown = m_here.find(before(ours), here, bases.here);
    const bool isThereKnown = m_there.find(before(theirs), there, bases.there);
    const bool isOursWithin = isWithin(ours, theirs);
    const bool isTheirsWithin = isWithin(theirs, ours);
    if (isThereKnown && isOursWithin && (!isTheirsWithin || !isHereKnown)) {
        bases.here = bases.there;
    } else if (isHereKnown && isTheirsWithin && (!isOursWithin || !isThereKnown)) {
        bases.there = bases.here;
    } else if (!isHereKnown || !isThereKnown) {
        return std::nullopt;
    }
    return bases;
}

std::vector<OutlineEvents::Unknown>
OutlineEvents::unknownHere(const std::map<std::string, std::string>& layers) const {
    std::map<std::int64_t, std::vector<Unknown>> unknown;
    for (const auto& [theirs, ours] : layers) {
        for (const std::string& uuid : knownThere(theirs)) {
            for (const At& at : knownTo(m_there, {theirs, uuid}, m_here, {ours, uuid}).events) {
                if (at.isKnown) {
                    continue;
                }
                auto& ofStep = unknown[at.step];
                auto found = std::find_if(ofStep.begin(), ofStep.end(), [&](const Unknown& known) {
                    return known.event == at.event && known.event.source == at.event.source;
                });
                if (found == ofStep.end()) {
                    found = ofStep.insert(found, {at.step, at.event});
                }
                found->outlines.push_back({ours, uuid});
            }
        }
    }
    std::vector<Unknown> all;
    for (auto& [step, ofStep] : unknown) {
        std::move(ofStep.begin(), ofStep.end(), std::back_inserter(all));
    }
    return all;
}

std::set<std::string> OutlineEvents::knownThere(const std::string& layer) const {
    std::set<std::string> uuids;
    const auto& merged = m_there.side->mergedOf();
    const auto isIn = [&](const OutlineRef& ref) { return ref.layer == layer; };
    for (auto at = merged.lower_bound({layer, {}}); at != merged.end() && isIn(at->first); ++at) {
        uuids.insert(at->first.uuid);
    }
    for (auto at = m_there.touched.lower_bound({layer, {}}); at != m_there.touched.end() && isIn(at->first);
         ++at) {
        uuids.insert(at->first.uuid);
    }
    return uuids;
}

} // namespace nunatak::project
