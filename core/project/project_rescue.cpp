// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "project/outline_codec.h"
#include "project/project_impl.h"
#include "project/spatial_reference.h"
#include "project/step_tools.h"

#include <exception>
#include <utility>

// What becomes of a project whose file another program overwrote while it was open: all of it is in memory.
namespace nunatak::project {

std::vector<database::Transaction> Project::Impl::inMemory(const HistoryStep& last) const {
    std::vector<database::Transaction> all;
    const auto next = [&]() -> database::Transaction& { return all.emplace_back(); };
    for (const scene::Scene& scene : scenes) {
        next().scenes = {sceneRow(scene, file)}; // and stay, for the steps of before cannot be taken back
    }
    for (const auto& layer : layers) {
        database::Transaction& transaction = next();
        transaction.layers.push_back(toRow(layer->info));
        for (const OutlineHandle& outline : layer->outlines.all()) {
            transaction.features.push_back({layer->info.name, outline->uuid, toRow(*outline)});
        }
        if (const geo::Extent extent = layer->outlines.extent(); !extent.empty()) {
            transaction.extents[layer->info.name] =
                database::Box{extent.xmin, extent.ymin, extent.xmax, extent.ymax};
        }
    }
    const auto add = [&](const HistoryStep& step) {
        next().step = database::HistoryRow{step.id,   step.time,    step.description, step.undoes,
                                           step.tool, step.analyst, step.picture};
    };
    for (const HistoryStep& step : log.steps()) {
        add(step);
    }
    add(last);
    for (const database::RunRow& run : runs) {
        next().runs = {run};
    }
    std::int64_t merge = 0;
    for (const MergedStep& with : mergedSteps) { // those of a merge are counted together
        (with.step == merge ? all.back() : next()).merged.push_back(toRow(with));
        merge = with.step;
    }
    next().settings.assign(settings.begin(), settings.end());
    return all;
}

void Project::Impl::rescueIfOverwritten() {
    if (!saver || saver->isOwnThread() || !saver->isOverwritten()) {
        return; // the saver's thread must not look at what is in memory
    }
    const std::string reason =
        "The project " + file.string() + " was overwritten by another program while it was open.";
    try {
        const HistoryStep last{log.nextId(),
                               nowAsText(),
                               "Keep what was in memory when another program overwrote the file",
                               0,
                               tools::recovered,
                               analyst,
                               {}};
        const std::filesystem::path elsewhere = recoveredFileFor(file);
        database::Store::create(elsewhere, spatialReferenceOf(crs), inMemory(last));
        saver->goOnIn(
            std::make_unique<database::Store>(elsewhere, database::Store::Mode::ReadWrite),
            reason + " Nothing was saved into what is there now. Everything went into " + elsewhere.string() +
                " instead, but for what undo needs of earlier steps; close the project here and open "
                "that one.");
        log.add(last);
        tell({Event::Kind::Step, last, {}, {}});
    } catch (const std::exception& failure) {
        saver->setProblem(reason + " It cannot be saved elsewhere either: " + failure.what());
    }
}

void Project::Impl::rescueBeforeEnd() {
    saver->look();
    rescueIfOverwritten();
}

} // namespace nunatak::project
