// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/outline_past.h"

#include "base/error.h"
#include "database/store.h"
#include "project/outline_codec.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>

namespace nunatak::project {

namespace {

using database::ReverseChange;

/// What the project knew when it was asked, as any thread reads it.
struct Known {
    std::string layer;
    outlines::OutlineSet now;
    std::vector<HistoryStep> steps;
    std::filesystem::path file;
};

/// An outline as it was from a step on.
struct State {
    std::int64_t since = 0; ///< 0: from before the history
    OutlineHandle outline;  ///< null: it was not there
};

/// The states of an outline, read backwards.
struct States {
    std::vector<State> known; ///< newest first
    bool hasGap = false;      ///< another program changed it; nothing before is known

    OutlineHandle at(std::int64_t step) const {
        const auto found = std::find_if(known.begin(), known.end(),
                                        [step](const State& state) { return state.since <= step; });
        return found == known.end() ? nullptr : found->outline;
    }
};

class Past {
public:
    explicit Past(Known known)
        : m_known(std::move(known)), m_store(m_known.file, database::Store::Mode::ReadOnly),
          m_touches(m_store.touchesOf(m_known.layer)), m_takenBack(takenBack(m_known.steps)) {}

    OutlinePast of(const std::string& uuid) {
        OutlinePast past;
        const OutlineHandle now = m_known.now.find(uuid);
        const States own = statesOf(uuid, now);
        if (own.known.empty()) {
            throw Error("The outline is not there any more, and the history does not know it.");
        }
        if (!now) {
            past.removed = stepOf(own.known.front().since);
        }
        if (own.hasGap) {
            past.gap = "What it was before is not known: another program has changed it since.";
        }
        for (const State& state : own.known) {
            if (state.outline) {
                past.moments.push_back(momentOf(state));
            }
        }
        addBeside(uuid, past);
        return past;
    }

private:
    States statesOf(const std::string& uuid, OutlineHandle now) {
        States states;
        for (auto touch = m_touches.rbegin(); touch != m_touches.rend(); ++touch) {
            const auto& [step, touched] = *touch;
            const bool isLater = m_known.steps.empty() || step > m_known.steps.back().id;
            if (touched != uuid || isLater) { // later than what was asked for
                continue;
            }
            states.known.push_back({step, now});
            const std::optional<OutlineHandle> earlier = before(changeOf(step, uuid), now);
            if (!earlier) {
                states.hasGap = true;
                return states;
            }
            now = *earlier;
        }
        if (now) {
            states.known.push_back({0, std::move(now)});
        }
        return states;
    }

    const ReverseChange& changeOf(std::int64_t step, const std::string& uuid) {
        auto [found, isNew] = m_changes.emplace(step, std::map<std::string, ReverseChange>());
        if (isNew) {
            for (ReverseChange& change : m_store.changesOf(step)) {
                if (change.layer == m_known.layer) {
                    found->second.emplace(change.uuid, std::move(change));
                }
            }
        }
        return found->second.at(uuid);
    }

    OutlineMoment momentOf(const State& state) const {
        OutlineMoment moment;
        moment.outline = state.outline;
        moment.step = stepOf(state.since);
        for (std::size_t i = 0; i < m_known.steps.size(); ++i) {
            if (m_known.steps[i].id == state.since) {
                moment.isTakenBack = m_takenBack[i];
            }
        }
        return moment;
    }

    HistoryStep stepOf(std::int64_t id) const {
        const auto found = std::find_if(m_known.steps.begin(), m_known.steps.end(),
                                        [id](const HistoryStep& step) { return step.id == id; });
        return found == m_known.steps.end() ? HistoryStep() : *found;
    }

    void addBeside(const std::string& uuid, OutlinePast& past) {
        geo::Extent extent;
        for (const OutlineMoment& moment : past.moments) {
            extent.include(moment.outline->extent());
        }
        for (const OutlineHandle& outline : m_known.now.in(extent)) {
            if (outline->uuid == uuid) {
                continue;
            }
            const States states = statesOf(outline->uuid, outline);
            for (OutlineMoment& moment : past.moments) {
                if (const OutlineHandle then = states.at(moment.step.id)) {
                    moment.beside.push_back(then);
                }
            }
        }
    }

    Known m_known;
    database::Store m_store;
    std::vector<std::pair<std::int64_t, std::string>> m_touches; ///< oldest first
    std::vector<bool> m_takenBack;                               ///< of the steps
    std::map<std::int64_t, std::map<std::string, ReverseChange>> m_changes;
};

} // namespace

std::function<OutlinePast()> planPast(const Project& project, const outlines::OutlineRef& outline) {
    Known known{outline.layer, project.outlines(outline.layer), project.history(), project.file()};
    if (!project.isReadOnly()) {
        project.flush();
    }
    return [known = std::move(known), uuid = outline.uuid] { return Past(known).of(uuid); };
}

std::function<std::vector<GoneOutline>()> planGone(const Project& project, const std::string& layer) {
    if (!project.isReadOnly()) {
        project.flush();
    }
    return [layer, now = project.outlines(layer), history = project.history(), file = project.file()] {
        const std::vector<bool> taken = takenBack(history);
        std::map<std::int64_t, std::size_t> steps;
        for (std::size_t i = 0; i < history.size(); ++i) {
            steps.emplace(history[i].id, i);
        }
        std::vector<GoneOutline> gone;
        std::map<std::string, std::size_t> known;
        database::Store(file, database::Store::Mode::ReadOnly)
            .forEachChangeAfter(0, [&](std::int64_t id, ReverseChange&& change) { // newest first
                if (change.layer != layer || now.find(change.uuid)) {
                    return;
                }
                const auto step = steps.find(id);
                HistoryStep removed = step == steps.end() ? HistoryStep() : history[step->second];
                const auto [found, isNew] = known.emplace(change.uuid, gone.size());
                if (isNew) {
                    gone.emplace_back();
                } else if (gone[found->second].removed.undoes == 0 || change.afterHash ||
                           removed.undoes != 0 || (step != steps.end() && taken[step->second])) {
                    return; // else it came back, which was taken back, and went as it did before
                }
                OutlineHandle last = before(change, nullptr).value_or(nullptr);
                if (!last) {
                    outlines::Outline unknown;
                    unknown.uuid = change.uuid;
                    last = outlines::share(std::move(unknown));
                }
                gone[found->second] = {std::move(last), std::move(removed)};
            });
        std::stable_sort(gone.begin(), gone.end(), [](const GoneOutline& a, const GoneOutline& b) {
            return a.removed.id > b.removed.id;
        });
        return gone;
    };
}

std::vector<bool> takenBack(const std::vector<HistoryStep>& history) {
    // Backwards: an undo that is undone is a redo.
    std::set<std::int64_t> gone;
    std::vector<bool> taken(history.size());
    for (std::size_t i = history.size(); i-- > 0;) {
        taken[i] = gone.contains(history[i].id);
        if (history[i].undoes != 0 && !taken[i]) {
            gone.insert(history[i].undoes);
        }
    }
    return taken;
}

} // namespace nunatak::project
