// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/counted.h"
#include "base/error.h"
#include "outlines/ground.h"
#include "project/inventory.h"
#include "project/outline_codec.h"
#include "project/project_impl.h"
#include "project/step_tools.h"

#include <algorithm>
#include <set>
#include <utility>

// Projects of before there were inventories: what was corrected in them lies in layers of a kind of its own,
// into which an outline was copied at its first edit.
namespace nunatak::project {

namespace {

using outlines::LayerInfo;
using outlines::LayerKind;

constexpr const char* backupLabel = "before-inventory";

/// The last step in effect that changed each of a layer's outlines.
std::map<std::string, std::int64_t> lastEdits(database::Store& store, const UndoLog& log,
                                              const std::string& layer) {
    std::map<std::string, std::int64_t> last;
    for (const auto& [step, uuid] : store.touchesOf(layer)) {
        if (log.isInEffect(step)) {
            last[uuid] = step;
        }
    }
    return last;
}

/// Outlines of glaciers that were corrected twice, as predicted and as expert's: all but the ones edited
/// last.
std::vector<OutlineHandle> doubledIn(const LayerState& layer, database::Store& store, const UndoLog& log) {
    std::vector<OutlineHandle> outlines = layer.outlines.all();
    if (eachOnce(outlines).doubled.empty()) {
        return {};
    }
    const auto last = lastEdits(store, log, layer.info.name);
    const auto editOf = [&](const OutlineHandle& outline) {
        const auto found = last.find(outline->uuid);
        return found == last.end() ? 0 : found->second;
    };
    std::reverse(outlines.begin(),
                 outlines.end()); // of those without a history the one that came later stays
    std::stable_sort(outlines.begin(), outlines.end(),
                     [&](const OutlineHandle& a, const OutlineHandle& b) { return editOf(a) > editOf(b); });
    outlines::OutlineSet kept;
    std::vector<OutlineHandle> doubled;
    for (const OutlineHandle& outline : outlines) {
        if (outlines::sameGroundIn(kept, *outline)) {
            doubled.push_back(outline);
        } else {
            kept.put(outline);
        }
    }
    std::reverse(doubled.begin(), doubled.end());
    return doubled;
}

} // namespace

void Project::Impl::describeCorrected() {
    std::set<std::string> taken;
    for (const auto& layer : layers) {
        LayerInfo& info = layer->info;
        if (std::find(corrected.begin(), corrected.end(), info.name) == corrected.end()) {
            if (info.kind == LayerKind::Inventory) {
                taken.insert(info.epoch.name);
            }
            continue;
        }
        const scene::Scene* scene = findScene(info.sceneId);
        const std::string date = info.date.empty() && scene != nullptr ? scene->date : info.date;
        info.epoch = epochOf(layer->outlines.all(), date);
        // Of two dates of one year, two epochs all the same.
        for (const std::string& name : {date, info.name}) {
            info.epoch.name = taken.contains(info.epoch.name) ? name : info.epoch.name;
        }
        taken.insert(info.epoch.name);
        info.title = info.epoch.name.empty() ? "Inventory" : "Inventory " + info.epoch.name;
    }
}

std::vector<NewStep> Project::Impl::planMigration(database::Store& store) {
    std::vector<NewStep> steps;
    if (corrected.empty()) {
        return steps;
    }
    std::filesystem::path backup;
    try {
        backup = store.backUp(backupLabel);
    } catch (const database::StoreBusy&) {
        throw; // it is tried again
    } catch (const Error& error) {
        throw Error(
            "The project " + file.string() +
            " is of before there were inventories. It is kept beside it before it becomes one of now, "
            "and that failed: " +
            error.what() + " It can be opened read-only as it is.");
    }
    std::vector<std::string> titles;
    for (const std::string& name : corrected) {
        const LayerState& layer = require(name);
        titles.push_back(name + " is " + outlines::titleOf(layer.info) + " now");
        const auto doubled =
            locked.contains(name) ? std::vector<OutlineHandle>() : doubledIn(layer, store, log);
        if (doubled.empty()) {
            continue;
        }
        LayerInfo reference{freeName(name + "_doubled"), LayerKind::Expert, layer.info.sceneId,
                            layer.info.date};
        reference.title = name + " (doubled)";
        otherTables.push_back(reference.name); // taken, until it is there
        NewStep step;
        step.description = tools::keepOnce + outlines::titleOf(layer.info) + " once";
        step.tool = tools::inventory;
        for (const OutlineHandle& outline : doubled) {
            step.changes.push_back({name, outline, nullptr});
            step.changes.push_back({reference.name, nullptr, outline});
        }
        notes.push_back("Glaciers of " + name +
                        " were corrected twice; the inventory has the outline of each that was edited last, "
                        "and the reference \"" +
                        reference.title + "\" has " +
                        counted(static_cast<long long>(doubled.size()), "other") + ": " + namesOf(doubled) +
                        "." +
                        (log.redoable() == nullptr ? ""
                                                   : " What had been undone can be done again in the backup "
                                                     "alone."));
        step.layers.push_back({std::nullopt, std::move(reference)});
        steps.push_back(std::move(step));
    }
    notes.insert(notes.begin(), "What was corrected is an inventory from now on: " + listed(titles) +
                                    ". The project as it was is kept as " + backup.string() + ".");
    return steps;
}

void Project::Impl::migrate(std::vector<NewStep> steps) {
    if (corrected.empty()) {
        return;
    }
    database::Transaction transaction;
    for (const std::string& name : corrected) {
        transaction.layers.push_back(toRow(require(name).info));
    }
    together.emplace(); // half of it would never be completed
    save(std::move(transaction));
    for (NewStep& step : steps) {
        std::erase(otherTables, step.layers.front().after->name);
        record(std::move(step));
    }
    saver->addTogether(*together);
    together.reset();
    lastOfBefore = log.nextId() - 1;
}

} // namespace nunatak::project
