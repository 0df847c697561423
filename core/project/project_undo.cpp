// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "project/outline_codec.h"
#include "project/project_impl.h"
#include "project/step_tools.h"

#include <algorithm>
#include <map>
#include <utility>

namespace nunatak::project {

namespace {

using outlines::OutlineChange;
using Layers = std::map<std::string, outlines::OutlineSet>;

[[noreturn]] void throwChangedSince(const std::string& step, const std::string& layer) {
    throw Error("\"" + step + "\" cannot be taken back: an outline of layer " + layer +
                " was changed by another program since. Correct it by hand.");
}

OutlineHandle nowOf(const Layers& layers, const std::string& layer, const std::string& uuid,
                    const std::string& step) {
    const auto found = layers.find(layer);
    if (found == layers.end()) {
        throwChangedSince(step, layer);
    }
    return found->second.find(uuid);
}

std::vector<outlines::LayerChange> reversed(std::vector<outlines::LayerChange> changes) {
    std::reverse(changes.begin(), changes.end());
    for (outlines::LayerChange& change : changes) {
        std::swap(change.before, change.after);
    }
    return changes;
}

/// The way back from a step that is still in memory.
StepBack reversed(const PendingEdit& edit, std::int64_t step) {
    StepBack back{step, {}, reversed(edit.layers)};
    back.changes.reserve(edit.changes.size());
    for (const OutlineChange& change : edit.changes) {
        back.changes.push_back({change.layer, change.after, change.before});
    }
    return back;
}

/// The way back from a step of the file's history.
StepBack reversed(const StoredStep& stored, const Layers& layers, std::int64_t step,
                  const std::string& description) {
    StepBack back{step, {}, reversed(stored.layers)};
    back.changes.reserve(stored.changes.size());
    const auto comesBack = [&](const std::string& layer) {
        return std::any_of(back.layers.begin(), back.layers.end(), [&](const outlines::LayerChange& change) {
            return !change.before && change.after->name == layer;
        });
    };
    for (const database::ReverseChange& change : stored.changes) {
        OutlineHandle now =
            comesBack(change.layer) ? nullptr : nowOf(layers, change.layer, change.uuid, description);
        std::optional<OutlineHandle> earlier = before(change, now);
        if (!earlier) {
            throwChangedSince(description, change.layer);
        }
        back.changes.push_back({change.layer, std::move(now), *std::move(earlier)});
    }
    return back;
}

} // namespace

std::optional<std::string> Project::undoDescription() const {
    const UndoLog::Entry* entry = m_impl->saver ? m_impl->log.undoable() : nullptr;
    return entry == nullptr ? std::nullopt : std::optional(entry->description);
}

std::optional<std::string> Project::redoDescription() const {
    const UndoLog::Entry* entry = m_impl->saver ? m_impl->log.redoable() : nullptr;
    return entry == nullptr ? std::nullopt : std::optional(entry->description);
}

void Project::undo() {
    take(planUndo()());
}

void Project::redo() {
    take(planRedo()());
}

std::function<StepBack()> Project::planUndo() const {
    m_impl->throwUnlessWritable();
    const UndoLog::Entry* entry = m_impl->log.undoable();
    if (entry == nullptr) {
        throw Error("There is nothing to undo.");
    }
    return m_impl->planTakingBack(*entry);
}

std::function<StepBack()> Project::planRedo() const {
    m_impl->throwUnlessWritable();
    const UndoLog::Entry* entry = m_impl->log.redoable();
    if (entry == nullptr) {
        throw Error("There is nothing to redo.");
    }
    return m_impl->planTakingBack(*entry);
}

bool Project::isUndoAtHand() const {
    return m_impl->isAtHand(m_impl->log.undoable());
}

bool Project::isRedoAtHand() const {
    return m_impl->isAtHand(m_impl->log.redoable());
}

bool Project::Impl::isAtHand(const UndoLog::Entry* entry) const {
    return saver && entry != nullptr && saver->stepInMemory(entry->id) != nullptr;
}

std::function<StepBack()> Project::Impl::planTakingBack(const UndoLog::Entry& entry) const {
    // A step in memory needs nothing but itself: take() looks whether it still fits.
    if (const std::shared_ptr<const PendingEdit> edit = saver->stepInMemory(entry.id)) {
        return [edit, step = entry.id] { return reversed(*edit, step); };
    }
    Layers now;
    for (const auto& layer : layers) {
        now.emplace(layer->info.name, layer->outlines);
    }
    return [step = entry.id, description = entry.description, now = std::move(now), kept = saver] {
        return reversed(kept->storedStep(step), now, step, description);
    };
}

void Project::take(StepBack step) {
    m_impl->throwUnlessWritable();
    const UndoLog::Entry* undo = m_impl->log.undoable();
    const UndoLog::Entry* redo = m_impl->log.redoable();
    const bool isUndo = undo != nullptr && undo->id == step.takesBack;
    const bool isRedo = redo != nullptr && redo->id == step.takesBack;
    if (!isUndo && !isRedo) {
        throw Error("The step is not the last one any more and cannot be taken back now.");
    }
    const std::string description = isUndo ? undo->description : redo->description;
    const std::int64_t original = isUndo ? undo->original : redo->original;
    for (const OutlineChange& change : step.changes) {
        m_impl->throwUnlessChangeable(change.layer);
        const std::string& uuid = change.after ? change.after->uuid : change.before->uuid;
        const LayerState* layer = m_impl->find(change.layer);
        if (layer == nullptr && m_impl->infoAfter(change.layer, step.layers) == nullptr) {
            throwChangedSince(description, change.layer);
        }
        if (!same(layer == nullptr ? nullptr : layer->outlines.find(uuid), change.before)) {
            throwChangedSince(description, change.layer);
        }
    }
    m_impl->fit(step.layers, step.changes);
    if (isRedo && !m_impl->log.canRedo(tools::keepOnce)) {
        // Another program may have drawn the glacier meanwhile, or the step is of before there were
        // inventories.
        const auto start = std::find_if(step.layers.begin(), step.layers.end(),
                                        [](const auto& change) { return !change.before; });
        const bool wasOnce =
            start != step.layers.end() && m_impl->log.find(original)->tool == tools::inventory;
        try {
            m_impl->throwIfTwice(step.changes, step.layers, wasOnce ? start->after->name : std::string());
        } catch (const Error& twice) {
            throw Error("\"" + description + "\" cannot be done again: " + twice.what());
        }
    }
    NewStep back;
    back.description = (isUndo ? "Undo: " : "Redo: ") + description;
    back.tool = m_impl->log.find(original)->tool;
    back.undoes = step.takesBack;
    back.layers = std::move(step.layers);
    back.changes = std::move(step.changes);
    m_impl->record(std::move(back));
}

void Project::Impl::fit(std::vector<outlines::LayerChange>& layerChanges,
                        const std::vector<OutlineChange>& changes) const {
    std::map<std::string, std::size_t> leaving;
    for (const OutlineChange& change : changes) {
        leaving[change.layer] += change.before && !change.after ? 1 : 0;
    }
    std::erase_if(layerChanges, [&](outlines::LayerChange& change) {
        if (!change.before) {
            // Its table may be there, with rows that were not ours to remove; or the layer is, another way.
            return find(change.after->name) != nullptr;
        }
        const LayerState* layer = find(change.before->name);
        if (layer == nullptr) {
            return true;
        }
        change.before = layer->info;
        if (!change.after) {
            change.place = placeOf(layer->info.name);
            // What somebody else put into it stays, and so does the layer.
            return layer->outlines.size() > leaving[layer->info.name];
        }
        return false;
    });
}

std::optional<UndoableStep> Project::undoable() const {
    const UndoLog::Entry* entry = m_impl->saver ? m_impl->log.undoable() : nullptr;
    if (entry == nullptr) {
        return std::nullopt;
    }
    const HistoryStep* step = m_impl->log.find(entry->original);
    const bool isRun = std::any_of(m_impl->runs.begin(), m_impl->runs.end(),
                                   [&](const database::RunRow& run) { return run.step == entry->original; });
    // Steps of before said what they were in their description alone.
    const bool isImport =
        step->tool == tools::importing || (step->tool.empty() && step->description.starts_with("Import "));
    const bool isOfThisOpening = entry->id > m_impl->lastOfBefore;
    // Somebody who has just started an inventory knows what undo means; of an earlier day it is all there is.
    const bool bringsIn = isImport || step->tool == tools::merge ||
                          (step->tool == tools::inventory && !isOfThisOpening &&
                           !step->description.starts_with(tools::keepOnce));
    return UndoableStep{isRun || step->tool == tools::prediction ? UndoableStep::Kind::Prediction
                        : bringsIn                               ? UndoableStep::Kind::Import
                                                                 : UndoableStep::Kind::Edit,
                        entry->description, isOfThisOpening};
}

} // namespace nunatak::project
