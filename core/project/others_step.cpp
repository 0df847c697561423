// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/counted.h"
#include "editing/check.h"
#include "outlines/outline_name.h"
#include "project/outline_codec.h"
#include "project/part_origin.h"
#include "project/project_impl.h"
#include "project/source_notes.h"
#include "project/step_tools.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

// What another program, such as QGIS, did to outlines while the project was closed. The history knows how
// each step left an outline; one that is otherwise now was changed by somebody else.
namespace nunatak::project {

namespace {

using database::ReverseChange;

/// What others did to one layer.
struct Others {
    std::vector<OutlineHandle> changed;
    std::vector<OutlineHandle> added;
    int removed = 0;
    bool isEmpty() const { return changed.empty() && added.empty() && removed == 0; }
};

std::string namesIn(const std::vector<OutlineHandle>& outlines) {
    constexpr std::size_t named = 3;
    std::string names;
    for (std::size_t i = 0; i < std::min(named, outlines.size()); ++i) {
        names += (i == 0 ? "" : ", ") + outlines::nameInSentence(*outlines[i]);
    }
    return names.empty() ? "" : " (" + names + (outlines.size() > named ? " …)" : ")");
}

std::string inWords(const Others& others) {
    std::vector<std::string> parts;
    const auto add = [&](std::size_t count, const std::string& verb, const std::string& names) {
        if (count > 0) {
            parts.push_back(verb + counted(static_cast<long long>(count), "outline") + names);
        }
    };
    add(others.changed.size(), "changed ", namesIn(others.changed));
    add(others.added.size(), "added ", namesIn(others.added));
    add(static_cast<std::size_t>(others.removed), "removed ", {});
    return listed(parts);
}

/// What the gate finds in what others left; empty: nothing.
std::string faultsIn(const LayerState& layer, const Others& others, const geo::Crs& crs) {
    constexpr std::size_t most = 1000; // more than that is an import, which is checked when somebody asks
    editing::CheckRequest request{layer.info.name, layer.outlines.all(), crs};
    request.mayOverlap = layer.info.kind == outlines::LayerKind::Side;
    request.seeksGaps =
        false; // who opens a project waits; of lines that damage made wild it would be minutes
    for (const auto* outlines : {&others.changed, &others.added}) {
        for (const OutlineHandle& outline : *outlines) {
            request.only.insert(outline->uuid);
        }
    }
    if (outlines::isReference(layer.info.kind) || request.only.empty() || request.only.size() > most) {
        return {};
    }
    std::vector<editing::Finding> findings = editing::check(request, {});
    std::erase_if(findings, [](const auto& finding) { return finding.kind == editing::Fault::TooSmall; });
    if (findings.empty()) {
        return {};
    }
    const std::size_t more = findings.size() - 1;
    const std::string besides = more == 0   ? ""
                                : more == 1 ? " There is 1 more fault."
                                            : " There are " + std::to_string(more) + " more faults.";
    return " " + findings.front().sentence + besides + " Glaciers > Check outlines finds and mends that.";
}

} // namespace

std::shared_ptr<PendingEdit> Project::Impl::othersStep(database::Store& store) {
    const auto& steps = log.steps();
    // What is missing of a project that was recovered went with the damage, and what is as of before may be.
    std::int64_t recovered = 0;
    for (const HistoryStep& step : steps) {
        recovered = step.tool == tools::recovered ? step.id : recovered;
    }
    std::map<std::string, std::map<std::string, std::optional<std::int64_t>>> known; // by layer and UUID
    store.forEachLastState(
        [&](std::int64_t step, const std::string& layer, const std::string& uuid, auto hash) {
            if (step > recovered) {
                known[layer].emplace(uuid, hash);
            }
        });
    if (known.empty()) {
        return nullptr; // the history says nothing of outlines
    }
    // Of a project that was recovered, or is a part of one, the history does not know how each outline came
    // in.
    const auto part = settings.find(partSetting);
    const auto origin = part == settings.end() ? std::nullopt : partOriginFrom(part->second);
    const bool knowsMost = std::none_of(steps.begin(), steps.end(), [&](const HistoryStep& step) {
        return step.tool == tools::recovered || (step.tool == tools::split && !(origin && origin->knowsAll));
    });
    auto edit = std::make_shared<PendingEdit>();
    std::string sentence;
    for (const auto& layer : layers) {
        const std::string& name = layer->info.name;
        if (locked.contains(name) || name.ends_with("_other_program")) {
            continue;
        }
        auto states = std::move(known[name]);
        const bool knowsAll = knowsMost && !(origin && origin->neighbours == name);
        Others others;
        for (const OutlineHandle& outline : layer->outlines.all()) {
            const auto state = states.find(outline->uuid);
            const std::int64_t now = stateOf(*outline);
            const bool isNew = state == states.end() || !state->second;
            if (isNew ? knowsAll : *state->second != now) {
                (isNew ? others.added : others.changed).push_back(outline);
                edit->rest.changes.push_back(
                    {.layer = name,
                     .uuid = outline->uuid,
                     .before = isNew ? ReverseChange::Before::Absent : ReverseChange::Before::Unknown,
                     .bytes = {},
                     .afterHash = now});
            }
            if (state != states.end()) {
                states.erase(state);
            }
        }
        for (const auto& [uuid, hash] : states) {
            if (hash && !unread[name].contains(uuid)) {
                ++others.removed;
                edit->rest.changes.push_back({.layer = name,
                                              .uuid = uuid,
                                              .before = ReverseChange::Before::Unknown,
                                              .bytes = {},
                                              .afterHash = std::nullopt});
            }
        }
        if (!others.isEmpty()) {
            const std::string what = inWords(others) + " of " + outlines::titleOf(layer->info);
            sentence += (sentence.empty() ? "Another program " : "; ") + what;
            // Of a project that is only read no step is written.
            notes.push_back("Another program " + what +
                            (access == Access::ReadOnly ? std::string(notInHistoryYet)
                                                        : ", which the history says now.") +
                            faultsIn(*layer, others, crs));
        }
    }
    if (sentence.empty()) {
        return nullptr;
    }
    edit->rest.step = database::HistoryRow{log.nextId(), nowAsText(), sentence, 0, tools::others, {}, {}};
    return edit;
}

} // namespace nunatak::project
