// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/common_moment.h"

#include "project/outline_past.h"
#include "project/step_tools.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

namespace nunatak::project {

namespace {

/// A step and what it changed; 0: unknown, or nothing.
struct Known {
    const HistoryStep& step;
    std::int64_t content = 0;
};

/// The same step: numbers alone say nothing, for histories go on side by side, and in one second two people
/// may do what is said in the same words.
bool isSame(const Known& a, const Known& b) {
    if (a.step.id != b.step.id || a.step.tool != b.step.tool) {
        return false;
    }
    if (a.content != 0 && b.content != 0 && a.content != b.content) {
        return false;
    }
    // Of another program's work it is only known when it was noticed.
    if (a.step.tool == tools::others && a.content != 0 && a.content == b.content) {
        return true;
    }
    return a.step.time == b.step.time && a.step.description == b.step.description &&
           a.step.analyst == b.step.analyst && a.step.picture == b.step.picture;
}

/// One history.
class Read {
public:
    explicit Read(const Lineage& lineage) : m_lineage(lineage), m_gone(takenBack(lineage.history)) {}

    const Lineage& lineage() const { return m_lineage; }

    std::int64_t content(std::int64_t step) const {
        const auto& contents = m_lineage.contents();
        const auto found = contents.find(step);
        return found == contents.end() ? 0 : found->second;
    }

    bool has(const HistoryStep& step, std::int64_t content) const {
        const HistoryStep* own = find(step.id);
        return own != nullptr && isSame({*own, this->content(own->id)}, {step, content});
    }

    /// The step before one that was merged while another program was at this part, where that program went on
    /// since: its work is one step until Nunatak does the next. None: it is not that. Copies of a project are
    /// called alike, of which one is not the other; parts have their expert's names.
    std::optional<std::int64_t> before(const MergedStep& merged) const {
        const HistoryStep* own = find(merged.what.id);
        const bool isThis = !m_lineage.origins.empty() && merged.what.tool == tools::others &&
                            ("/" + merged.source).ends_with("/" + m_lineage.file);
        if (!isThis || own == nullptr || own->tool != tools::others || own == m_lineage.history.data() ||
            has(merged.what, merged.content)) {
            return std::nullopt;
        }
        return std::prev(own)->id;
    }

    /// Steps that came with merges that stand, of projects that `this` knew whole after it: of the part of a
    /// part only what was done after it had begun, for what came before was done to others' glaciers, too.
    std::vector<const MergedStep*> merged() const {
        std::map<std::pair<std::int64_t, std::string>, std::int64_t> begins;
        for (const MergedStep& merged : m_lineage.merged) {
            if (merged.what.tool == tools::split) {
                std::int64_t& last = begins[{merged.step, merged.source}];
                last = std::max(last, merged.what.id);
            }
        }
        std::vector<const MergedStep*> steps;
        for (const MergedStep& merged : m_lineage.merged) {
            const HistoryStep* own = find(merged.step);
            const auto begin = begins.find({merged.step, merged.source});
            const bool isOfParent = begin != begins.end() && merged.what.id < begin->second;
            if (own != nullptr && !m_gone[static_cast<std::size_t>(own - m_lineage.history.data())] &&
                !isOfParent) {
                steps.push_back(&merged);
            }
        }
        return steps;
    }

private:
    const HistoryStep* find(std::int64_t id) const {
        const auto found =
            std::lower_bound(m_lineage.history.begin(), m_lineage.history.end(), id,
                             [](const HistoryStep& step, std::int64_t other) { return step.id < other; });
        return found == m_lineage.history.end() || found->id != id ? nullptr : &*found;
    }

    const Lineage& m_lineage;
    std::vector<bool> m_gone;
};

bool isSamePlace(const PartOrigin& a, const PartOrigin& b) {
    return isSame({a.at, a.content}, {b.at, b.content});
}

/// The same part, or copies of it; or neither is one.
bool isSamePart(const std::vector<PartOrigin>& a, const std::vector<PartOrigin>& b) {
    return a.empty() == b.empty() &&
           (a.empty() || (isSamePlace(a.front(), b.front()) && a.front().begins == b.front().begins &&
                          a.front().name == b.front().name));
}

std::vector<CommonMoment> allMoments(const Read& here, const Read& there) {
    using Kind = CommonMoment::Kind;
    std::vector<CommonMoment> found;
    const auto& ours = here.lineage();
    const auto& theirs = there.lineage();
    for (const PartOrigin& origin : theirs.origins) {
        if (origin.at.id == 0 ? ours.origins.empty() : here.has(origin.at, origin.content)) {
            found.push_back({origin.at.id, origin.begins, Kind::PartThere});
        }
        for (const MergedStep* merged : here.merged()) {
            if (isSame({merged->what, merged->content}, {origin.at, origin.content})) {
                found.push_back({merged->step, origin.begins, Kind::MergedHere});
            }
        }
    }
    for (const PartOrigin& origin : ours.origins) {
        if (origin.at.id == 0 ? theirs.origins.empty() : there.has(origin.at, origin.content)) {
            found.push_back({origin.begins, origin.at.id, Kind::PartHere});
        }
        for (const MergedStep* merged : there.merged()) {
            if (isSame({merged->what, merged->content}, {origin.at, origin.content})) {
                found.push_back({origin.begins, merged->step, Kind::MergedThere});
            }
        }
        for (const PartOrigin& other : theirs.origins) {
            if (isSamePlace(origin, other)) {
                found.push_back({origin.begins, other.begins, Kind::PartsOfOne});
            }
        }
    }
    for (const MergedStep* merged : here.merged()) {
        if (there.has(merged->what, merged->content)) {
            found.push_back({merged->step, merged->what.id, Kind::MergedHere});
        } else if (const auto before = there.before(*merged)) {
            found.push_back({merged->step, *before, Kind::MergedHere, true});
        }
    }
    for (const MergedStep* merged : there.merged()) {
        if (here.has(merged->what, merged->content)) {
            found.push_back({merged->what.id, merged->step, Kind::MergedThere});
        } else if (const auto before = here.before(*merged)) {
            found.push_back({*before, merged->step, Kind::MergedThere, true});
        }
    }
    if (isSamePart(ours.origins, theirs.origins)) {
        std::int64_t last = 0;
        for (std::size_t i = 0; i < std::min(ours.history.size(), theirs.history.size()); ++i) {
            const HistoryStep& a = ours.history[i];
            const HistoryStep& b = theirs.history[i];
            if (!isSame({a, here.content(a.id)}, {b, there.content(b.id)})) {
                break;
            }
            last = a.id;
        }
        if (last > 0 && (ours.origins.empty() || last >= ours.origins.front().begins)) {
            found.push_back({last, last, Kind::Copy});
        }
    }
    return found;
}

} // namespace

std::vector<PartOrigin> originsOf(const std::vector<HistoryStep>& history,
                                  const std::optional<PartOrigin>& origin) {
    std::map<std::int64_t, PartOrigin> described; // by the step that they begin with
    for (auto next = origin; next; next = next->of.empty() ? std::nullopt : partOriginFrom(next->of)) {
        described.emplace(next->begins, *next);
    }
    std::vector<PartOrigin> origins;
    for (std::size_t i = history.size(); origin && i-- > 0;) { // the settings of a project may say nothing
        if (history[i].tool != tools::split) {
            continue;
        }
        PartOrigin part;
        if (const auto known = described.find(history[i].id); known != described.end()) {
            part = known->second;
        } else { // of a file of before, which did not say what its parent was a part of
            part.at = i == 0 ? HistoryStep() : history[i - 1];
            part.begins = history[i].id;
            part.name = history[i].description;
        }
        origins.push_back(std::move(part));
    }
    return origins;
}

CommonMoments commonMoments(const Lineage& here, const Lineage& there) {
    CommonMoments last;
    last.all = allMoments(Read(here), Read(there));
    for (const CommonMoment& moment : last.all) {
        const bool isShown = moment.kind == CommonMoment::Kind::MergedThere;
        auto& known = isShown ? last.shown : last.seen;
        const auto rank = [&](const CommonMoment& of) {
            return isShown ? std::tuple(of.here, of.there, 0, of.hasGoneOn)
                           : std::tuple(of.there, of.here, -static_cast<int>(of.kind), of.hasGoneOn);
        };
        if (!known || rank(moment) > rank(*known)) {
            known = moment;
        }
    }
    last.lastKnown = last.seen ? last.seen->there : 0;
    if (last.seen && last.shown) {
        if (last.shown->here >= last.seen->here && last.shown->there >= last.seen->there) {
            last.seen.reset(); // what was known before, the other one knew, too
        } else if (last.seen->here >= last.shown->here && last.seen->there >= last.shown->there) {
            last.shown.reset();
        }
    }
    return last;
}

} // namespace nunatak::project
