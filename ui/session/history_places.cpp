// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/history_places.h"

#include "outlines/outline_name.h"

#include <algorithm>

namespace nunatak::ui::session {

void HistoryPlaces::clear() {
    m_places.clear();
}

void HistoryPlaces::note(const project::Event& event) {
    auto& place = m_places[event.step.id];
    for (const auto& change : event.changes) {
        const auto& outline = change.after ? change.after : change.before;
        place.outlines.push_back({change.layer, outline->uuid});
        place.extent.include(outline->extent());
    }
}

HistoryPlaces::Place HistoryPlaces::of(const project::Project& project, std::int64_t step) const {
    if (const auto found = m_places.find(step); found != m_places.end()) {
        return found->second;
    }
    const auto& history = project.history();
    const auto known =
        std::find_if(history.begin(), history.end(), [step](const auto& other) { return other.id == step; });
    Place place;
    std::size_t longest = 0; // "Middle Kame Glacier" rather than "Kame Glacier"
    for (const auto& layer : project.layers()) {
        if (known == history.end() || outlines::isReference(layer.kind)) {
            continue;
        }
        for (const auto& outline : project.outlines(layer.name).all()) {
            const auto name = outlines::nameInSentence(*outline);
            if (name.size() > longest && known->description.find(name) != std::string::npos) {
                longest = name.size();
                place = {{{layer.name, outline->uuid}}, outline->extent()};
            }
        }
    }
    return place;
}

} // namespace nunatak::ui::session
