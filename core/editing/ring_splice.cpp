// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/ring_splice.h"

#include <algorithm>

namespace nunatak::editing {

namespace {

/// Vertices of the ring from `first` to before `end` replaced.
void replace(geo::Ring& ring, std::size_t first, std::size_t end, const geo::Ring& added) {
    const auto at = [&ring](std::size_t i) { return ring.begin() + static_cast<std::ptrdiff_t>(i); };
    const std::size_t kept = std::min(end - first, added.size());
    std::copy_n(added.begin(), kept, at(first));
    ring.erase(at(first + kept), at(end));
    ring.insert(at(first + kept), added.begin() + static_cast<std::ptrdiff_t>(kept), added.end());
}

} // namespace

bool keepsNumbers(const RingSplice& splice) {
    return splice.removed == splice.added.size();
}

void applySplices(std::span<const RingSplice> splices, geo::MultiPolygon& shape) {
    struct Step {
        const RingSplice* splice;
        geo::Ring* ring;
        std::size_t end; ///< may lie beyond the ring's
        std::size_t size;
    };
    std::vector<Step> steps;
    for (const RingSplice& splice : splices) {
        geo::Ring& ring = geo::ringOf(shape, splice.part, splice.ring);
        steps.push_back({&splice, &ring, splice.first + splice.removed, ring.size()});
    }
    // From the back, so that the numbers of those before stay true.
    std::stable_sort(steps.begin(), steps.end(),
                     [](const Step& a, const Step& b) { return a.splice->first > b.splice->first; });
    for (const Step& step : steps) {
        const geo::Ring& added = step.splice->added;
        if (step.end > step.size && keepsNumbers(*step.splice)) {
            // The first one that is done: the ring is as it was.
            const auto ahead = static_cast<std::ptrdiff_t>(step.size - step.splice->first);
            std::copy(added.begin(), added.begin() + ahead,
                      step.ring->begin() + static_cast<std::ptrdiff_t>(step.splice->first));
            std::copy(added.begin() + ahead, added.end(), step.ring->begin());
        } else {
            replace(*step.ring, step.splice->first, std::min(step.end, step.size), added);
        }
    }
    // What one removes beyond the ring's end lies at its beginning, before all others.
    for (const Step& step : steps) {
        if (step.end > step.size && !keepsNumbers(*step.splice)) {
            replace(*step.ring, 0, step.end - step.size, {});
        }
    }
}

} // namespace nunatak::editing
