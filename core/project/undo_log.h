// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace nunatak::project {

/// The history as rows, and what it means: which steps can be taken back and which can be done again.
class UndoLog {
public:
    struct Entry {
        std::int64_t id = 0;       ///< the step to take back
        std::int64_t original = 0; ///< the edit that it did, or did again
        std::string description;   ///< of that edit
    };

    void add(HistoryStep step);

    const std::vector<HistoryStep>& steps() const { return m_steps; }
    std::int64_t nextId() const { return m_steps.empty() ? 1 : m_steps.back().id + 1; }
    const Entry* undoable() const { return m_undo.size() <= m_lost ? nullptr : &m_undo.back(); }
    const Entry* redoable() const { return m_redo.empty() ? nullptr : &m_redo.back(); }
    /// True when an edit whose description begins so can be done again, perhaps after others.
    bool canRedo(const std::string& beginning) const;
    /// Null when there is no such step.
    const HistoryStep* find(std::int64_t id) const;
    /// True when what the edit did stands.
    bool isInEffect(std::int64_t original) const;

private:
    std::vector<HistoryStep> m_steps;
    std::vector<Entry> m_undo;
    std::vector<Entry> m_redo;
    std::size_t m_lost = 0; ///< the first of m_undo, which stand but cannot be taken back any more
};

} // namespace nunatak::project
