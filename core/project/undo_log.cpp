// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/undo_log.h"

#include "project/step_tools.h"

#include <algorithm>
#include <utility>

namespace nunatak::project {

void UndoLog::add(HistoryStep step) {
    if (step.tool == tools::others) { // nothing of ours: what was done here before can be taken back as ever
        m_steps.push_back(std::move(step));
        return;
    }
    if (step.tool == tools::recovered || step.tool == tools::split) {
        m_lost = m_undo.size();
        m_redo.clear();
    } else if (step.undoes != 0 && !m_undo.empty() && m_undo.back().id == step.undoes) {
        Entry entry = std::move(m_undo.back());
        m_undo.pop_back();
        m_lost = std::min(m_lost, m_undo.size()); // what comes in its place can be taken back
        entry.id = step.id;
        m_redo.push_back(std::move(entry));
    } else if (step.undoes != 0 && !m_redo.empty() && m_redo.back().id == step.undoes) {
        Entry entry = std::move(m_redo.back());
        m_redo.pop_back();
        entry.id = step.id;
        m_undo.push_back(std::move(entry));
    } else {
        m_redo.clear();
        m_undo.push_back({step.id, step.id, step.description});
    }
    m_steps.push_back(std::move(step));
}

bool UndoLog::canRedo(const std::string& beginning) const {
    return std::any_of(m_redo.begin(), m_redo.end(),
                       [&](const Entry& entry) { return entry.description.starts_with(beginning); });
}

const HistoryStep* UndoLog::find(std::int64_t id) const {
    const auto found =
        std::lower_bound(m_steps.begin(), m_steps.end(), id,
                         [](const HistoryStep& step, std::int64_t other) { return step.id < other; });
    return found != m_steps.end() && found->id == id ? &*found : nullptr;
}

bool UndoLog::isInEffect(std::int64_t original) const {
    // In order of `original`: what is undone leaves from the end, and what is done again comes back there.
    const auto found =
        std::lower_bound(m_undo.begin(), m_undo.end(), original,
                         [](const Entry& entry, std::int64_t id) { return entry.original < id; });
    return found != m_undo.end() && found->original == original;
}

} // namespace nunatak::project
