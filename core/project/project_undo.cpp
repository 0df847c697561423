// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "project/outline_codec.h"
#include "project/project_impl.h"

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

/// The way back from a step that is still in memory.
std::vector<OutlineChange> reversed(const PendingEdit& edit, const Layers& layers, const std::string& step) {
    std::vector<OutlineChange> changes;
    changes.reserve(edit.changes.size());
    for (const OutlineChange& change : edit.changes) {
        const std::string& uuid = change.after ? change.after->uuid : change.before->uuid;
        OutlineHandle now = nowOf(layers, change.layer, uuid, step);
        if (!same(now, change.after)) {
            throwChangedSince(step, change.layer);
        }
        changes.push_back({change.layer, std::move(now), change.before});
    }
    return changes;
}

/// The way back from a step of the file's history.
std::vector<OutlineChange> reversed(const std::vector<database::ReverseChange>& stored, const Layers& layers,
                                    const std::string& step) {
    std::vector<OutlineChange> changes;
    changes.reserve(stored.size());
    for (const database::ReverseChange& change : stored) {
        OutlineHandle now = nowOf(layers, change.layer, change.uuid, step);
        std::optional<OutlineHandle> earlier = before(change, now);
        if (!earlier) {
            throwChangedSince(step, change.layer);
        }
        changes.push_back({change.layer, std::move(now), *std::move(earlier)});
    }
    return changes;
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
    Layers now;
    const std::shared_ptr<const PendingEdit> edit = saver->stepInMemory(entry.id);
    for (const auto& layer : layers) {
        now.emplace(layer->info.name, layer->outlines);
    }
    return [edit, step = entry.id, description = entry.description, now = std::move(now), kept = saver] {
        return StepBack{step, edit ? reversed(*edit, now, description)
                                   : reversed(kept->storedChanges(step), now, description)};
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
    for (const OutlineChange& change : step.changes) {
        const std::string& uuid = change.after ? change.after->uuid : change.before->uuid;
        if (!same(m_impl->require(change.layer).outlines.find(uuid), change.before)) {
            throwChangedSince(description, change.layer);
        }
    }
    m_impl->record((isUndo ? "Undo: " : "Redo: ") + description, step.takesBack, {}, std::move(step.changes));
}

} // namespace nunatak::project
