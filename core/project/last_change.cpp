// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/last_change.h"

#include "database/store.h"
#include "project/outline_codec.h"
#include "project/outline_past.h"
#include "project/step_tools.h"

#include <set>

namespace nunatak::project {

LastChanges::LastChanges(const JoinSide& side, const ProjectThen& then, std::int64_t since) : m_side(&side) {
    const auto& history = side.lineage.history;
    const auto gone = takenBack(history);
    std::set<std::int64_t> real;
    for (std::size_t i = 0; i < history.size(); ++i) {
        if (!gone[i] && history[i].undoes <= since) {
            real.insert(history[i].id);
        }
    }
    for (const auto& [step, outline] : then.changedSince) { // newest first
        if (real.contains(step)) {
            m_since.emplace(outline, step);
        }
    }
}

HistoryStep LastChanges::of(const outlines::OutlineRef& outline) const {
    if (const auto found = m_since.find(outline); found != m_since.end()) {
        return described(found->second, outline);
    }
    if (!m_ever) {
        m_ever.emplace();
        const auto& history = m_side->lineage.history;
        const auto gone = takenBack(history);
        std::set<std::int64_t> real;
        for (std::size_t i = 0; i < history.size(); ++i) {
            if (!gone[i] && history[i].undoes == 0) {
                real.insert(history[i].id);
            }
        }
        database::Store(m_side->file, database::Store::Mode::ReadOnly)
            .forEachTouch([&](std::int64_t step, const std::string& layer, const std::string& uuid) {
                if (real.contains(step)) {
                    (*m_ever)[{layer, uuid}] = step;
                }
            });
    }
    const auto found = m_ever->find(outline);
    return found == m_ever->end() ? HistoryStep() : described(found->second, outline);
}

HistoryStep LastChanges::described(std::int64_t id, const outlines::OutlineRef& outline) const {
    const HistoryStep* step = m_side->step(id);
    if (step == nullptr) {
        return {};
    }
    HistoryStep last = *step;
    if (step->tool == tools::merge) {
        bool isFirst = true;
        for (const database::MergedRow& row : database::Store(m_side->file, database::Store::Mode::ReadOnly)
                                                  .mergedStepsOf(outline.layer, outline.uuid)) {
            const HistoryStep what = fromRow(row).what;
            if (row.step == id && what.undoes == 0 && (isFirst || what.time > last.time)) {
                last = what;
                isFirst = false;
            }
        }
    }
    return last;
}

} // namespace nunatak::project
