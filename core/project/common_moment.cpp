// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/common_moment.h"

#include "project/outline_past.h"
#include "project/part_origin.h"

#include <algorithm>
#include <tuple>

namespace nunatak::project {

namespace {

/// The same step: numbers alone say nothing, for histories go on side by side.
bool isSame(const HistoryStep& a, const HistoryStep& b) {
    return a.id == b.id && a.time == b.time && a.description == b.description && a.analyst == b.analyst &&
           a.tool == b.tool && a.picture == b.picture;
}

bool has(const std::vector<HistoryStep>& history, const HistoryStep& step) {
    const auto found =
        std::lower_bound(history.begin(), history.end(), step.id,
                         [](const HistoryStep& known, std::int64_t id) { return known.id < id; });
    return found != history.end() && isSame(*found, step);
}

class Search {
public:
    void add(std::int64_t here, std::int64_t there) {
        if (!m_found || std::tie(there, here) > std::tie(m_found->there, m_found->here)) {
            m_found = CommonMoment{here, there};
        }
    }
    const std::optional<CommonMoment>& found() const { return m_found; }

private:
    std::optional<CommonMoment> m_found;
};

/// Merges of a project that stand.
std::vector<const MergedStep*> standing(const Project& project) {
    const auto& history = project.history();
    const auto gone = takenBack(history);
    std::vector<const MergedStep*> steps;
    for (const MergedStep& merged : project.mergedSteps()) {
        for (std::size_t i = 0; i < history.size(); ++i) {
            if (history[i].id == merged.step && !gone[i]) {
                steps.push_back(&merged);
            }
        }
    }
    return steps;
}

} // namespace

std::optional<CommonMoment> commonMoment(const Project& here, const Project& there) {
    Search search;
    const auto& ours = here.history();
    const auto& theirs = there.history();
    const auto mine = partOrigin(here);
    const auto others = partOrigin(there);
    const auto comesFrom = [](const PartOrigin& part, const std::vector<HistoryStep>& parent) {
        return part.at.id == 0 || has(parent, part.at);
    };
    const bool isSamePart = mine == others; // or neither is one
    if (!isSamePart && others && (!mine || *others != *mine) && comesFrom(*others, ours)) {
        search.add(others->at.id, others->begins);
    }
    if (!isSamePart && mine && comesFrom(*mine, theirs)) {
        search.add(mine->begins, mine->at.id);
    }
    if (!isSamePart && mine && others && isSame(mine->at, others->at)) {
        search.add(mine->begins, others->begins);
    }
    for (const MergedStep* merged : standing(here)) {
        if (has(theirs, merged->what)) {
            search.add(merged->step, merged->what.id);
        }
    }
    for (const MergedStep* merged : standing(there)) {
        if (has(ours, merged->what)) {
            search.add(merged->what.id, merged->step);
        }
    }
    if (isSamePart) { // copies
        const auto [end, other] =
            std::mismatch(ours.begin(), ours.end(), theirs.begin(), theirs.end(), isSame);
        const std::int64_t least = mine ? mine->begins : 1;
        if (end != ours.begin() && std::prev(end)->id >= least) {
            search.add(std::prev(end)->id, std::prev(end)->id);
        }
    }
    return search.found();
}

} // namespace nunatak::project
