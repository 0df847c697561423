// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/outline_codec.h"
#include "project/project_impl.h"
#include "project/step_tools.h"

#include <optional>
#include <set>
#include <utility>

namespace nunatak::project {

std::function<std::vector<OutlineHandle>()> Project::planDeleted(const std::string& layer) const {
    std::vector<std::int64_t> steps;
    for (const HistoryStep& step : m_impl->log.steps()) {
        if (step.tool == tools::deletion && m_impl->log.isInEffect(step.id)) {
            steps.push_back(step.id);
        }
    }
    // What is there again, taken from a reference since, is not missing.
    return [steps, layer, now = outlines(layer), kept = m_impl->saver, file = m_impl->file] {
        std::vector<OutlineHandle> deleted;
        const auto add = [&](const OutlineHandle& outline) {
            if (outline && !now.find(outline->uuid)) {
                deleted.push_back(outline);
            }
        };
        std::optional<database::Store> store; // of a project that is read only nobody holds one
        for (const std::int64_t step : steps) {
            if (const auto edit = kept ? kept->stepInMemory(step) : nullptr) {
                for (const outlines::OutlineChange& change : edit->changes) {
                    if (change.layer == layer && !change.after) {
                        add(change.before);
                    }
                }
                continue;
            }
            if (!kept && !store) {
                store.emplace(file, database::Store::Mode::ReadOnly);
            }
            for (const auto& change : kept ? kept->storedStep(step).changes : store->changesOf(step)) {
                if (change.layer == layer && !change.afterHash) {
                    add(before(change, nullptr).value_or(nullptr));
                }
            }
        }
        return deleted;
    };
}

} // namespace nunatak::project
