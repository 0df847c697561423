// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/join_doubles.h"

#include "base/counted.h"
#include "outlines/ground.h"
#include "outlines/outline_name.h"

#include <algorithm>
#include <cstddef>

namespace nunatak::project {

namespace {

using outlines::OutlineHandle;

bool isGlacier(const OutlineHandle& outline) {
    return outline && outline->review != outlines::Review::Removed;
}

} // namespace

std::vector<Double> takeOutDoubles(outlines::OutlineSet& inventory, const outlines::OutlineSet& before,
                                   const std::vector<std::string>& came) {
    std::vector<std::string> uuids = came;
    std::sort(uuids.rbegin(), uuids.rend());
    std::vector<Double> doubles;
    for (const std::string& uuid : uuids) {
        const OutlineHandle outline = inventory.find(uuid);
        const OutlineHandle was = before.find(uuid);
        if (!isGlacier(outline) || isGlacier(was)) {
            continue; // it goes, or was there before
        }
        const auto neighbours = inventory.in(outline->extent());
        const auto on = std::find_if(neighbours.begin(), neighbours.end(), [&](const OutlineHandle& other) {
            return other->uuid != uuid && isGlacier(other) && outlines::isSameGround(*other, *outline);
        });
        if (on == neighbours.end()) {
            continue;
        }
        doubles.push_back({outline, *on});
        was ? inventory.put(was) : inventory.remove(uuid);
    }
    return doubles;
}

std::vector<std::string> notesOf(const std::vector<Double>& doubles, const std::vector<std::string>& sources,
                                 const std::string& reference) {
    constexpr std::size_t shown = 5;
    std::vector<std::string> notes;
    for (std::size_t i = 0; i < std::min(shown, doubles.size()); ++i) {
        const auto& [outline, on] = doubles[i];
        notes.push_back(outlines::nameInSentence(*outline) + " (" + outline->uuid + ") of " + sources[i] +
                        " covers the ground of " + outlines::nameInSentence(*on) + " (" + on->uuid +
                        "), and an inventory has each glacier once: it is left out, and the reference " +
                        reference + " keeps it.");
    }
    if (doubles.size() > shown) {
        const auto more = static_cast<long long>(doubles.size() - shown);
        notes.push_back(counted(more, "more glacier", "covers", "cover") + " the ground of another one and " +
                        (more == 1 ? "is" : "are") + " left out like that.");
    }
    return notes;
}

} // namespace nunatak::project
