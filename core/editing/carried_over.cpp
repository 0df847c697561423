// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/carried_over.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace nunatak::editing {

Edit keepingDates(Edit edit) {
    for (outlines::OutlineChange& change : edit.changes) {
        change.isAlong = true;
    }
    return edit;
}

outlines::ReviewRecord notesOf(std::span<const outlines::OutlineHandle> outlines) {
    std::vector<outlines::ReviewRecord> notes;
    for (const outlines::OutlineHandle& outline : outlines) {
        const outlines::ReviewRecord& record = outline->reviewRecord;
        const bool isKnown = std::any_of(notes.begin(), notes.end(), [&](const auto& known) {
            return known.note == record.note && known.reviewer == record.reviewer;
        });
        if (!record.note.empty() && !isKnown) {
            notes.push_back(record);
        }
    }
    if (notes.empty()) {
        return {};
    }
    const bool isOfOne = std::all_of(notes.begin(), notes.end(), [&](const auto& each) {
        return each.reviewer == notes.front().reviewer;
    });
    outlines::ReviewRecord all;
    for (const outlines::ReviewRecord& each : notes) {
        all.note += (all.note.empty() ? "" : "\n") +
                    (isOfOne || each.reviewer.empty() ? std::string() : each.reviewer + ": ") + each.note;
        if (all.time.empty() || each.time > all.time) { // ISO 8601, all in UTC
            all.time = each.time;
            all.reviewer = each.reviewer;
        }
    }
    return all;
}

} // namespace nunatak::editing
