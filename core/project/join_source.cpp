// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/join_source.h"

#include "database/store.h"
#include "project/outline_past.h"
#include "project/part_origin.h"

#include <algorithm>

namespace nunatak::project {

const HistoryStep* JoinSide::step(std::int64_t id) const {
    const auto found =
        std::lower_bound(history.begin(), history.end(), id,
                         [](const HistoryStep& step, std::int64_t other) { return step.id < other; });
    return found == history.end() || found->id != id ? nullptr : &*found;
}

JoinSide joinSide(const Project& project, std::int64_t moment, bool hasMoment) {
    JoinSide side;
    side.name = project.file().filename().string();
    side.file = project.file();
    side.history = project.history();
    side.merged = project.mergedSteps();
    side.scenes = project.scenes();
    side.moment = moment;
    for (const outlines::LayerInfo& layer : project.layers()) {
        side.now.layers.push_back({layer, project.outlines(layer.name)});
    }
    if (const auto origin = partOrigin(project)) {
        side.context.insert(origin->neighbours);
    }
    side.wayBack = hasMoment ? planThen(project, moment) : [way = planThen(project, 0)] {
        ProjectThen then = way();
        then.layers.clear(); // what was there before the history is new, too
        return then;
    };
    return side;
}

LastSteps lastSteps(const ProjectThen& then) {
    LastSteps last;
    for (const auto& [step, outline] : then.changedSince) { // newest first
        last.emplace(outline, step);
    }
    return last;
}

std::vector<MergedStep> stepsSince(const JoinSide& side, const ProjectThen& then,
                                   const std::map<std::string, std::string>& layers) {
    std::map<std::int64_t, std::vector<outlines::OutlineRef>> touched;
    for (const auto& [step, outline] : then.changedSince) {
        if (const auto layer = layers.find(outline.layer); layer != layers.end()) {
            touched[step].push_back({layer->second, outline.uuid});
        }
    }
    std::vector<MergedStep> steps;
    for (const HistoryStep& step : side.history) {
        if (step.id <= side.moment) {
            continue;
        }
        for (const MergedStep& merged : side.merged) {
            if (merged.step == step.id) {
                steps.push_back({0, merged.source, merged.what});
            }
        }
        steps.push_back({0, side.name, step, touched[step.id]});
    }
    return steps;
}

std::vector<std::shared_ptr<const database::RunRow>>
runsOf(const JoinSide& there, const JoinSide& here, const std::map<std::string, std::string>& layers) {
    using database::Store;
    std::set<std::string> known;
    for (const database::RunRow& run : Store(here.file, Store::Mode::ReadOnly).contents().runs) {
        known.insert(run.id);
    }
    const auto gone = takenBack(there.history);
    std::vector<std::shared_ptr<const database::RunRow>> runs;
    for (database::RunRow& run : Store(there.file, Store::Mode::ReadOnly).contents().runs) {
        const HistoryStep* step = there.step(run.step);
        const auto layer = layers.find(run.layer);
        const bool stands = step != nullptr && !gone[static_cast<std::size_t>(step - there.history.data())];
        if (stands && layer != layers.end() && !known.contains(run.id)) {
            run.layer = layer->second;
            runs.push_back(std::make_shared<const database::RunRow>(std::move(run)));
        }
    }
    return runs;
}

} // namespace nunatak::project
