// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/glacier_order.h"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace nunatak::review {

Placed placed(outlines::OutlineHandle outline) {
    const double area = outline->area();
    return {std::move(outline), area};
}

bool comesBefore(const Placed& one, const Placed& other) {
    return one.area != other.area ? one.area > other.area : one.outline->uuid < other.outline->uuid;
}

outlines::OutlineHandle neighbourByArea(const std::vector<outlines::OutlineHandle>& outlines,
                                        const std::string& uuid, int step) {
    if (outlines.empty()) {
        return nullptr;
    }
    std::vector<Placed> ordered;
    ordered.reserve(outlines.size());
    for (const outlines::OutlineHandle& outline : outlines) {
        ordered.push_back(placed(outline));
    }
    std::sort(ordered.begin(), ordered.end(), comesBefore);
    const auto found = std::find_if(ordered.begin(), ordered.end(),
                                    [&](const Placed& glacier) { return glacier.outline->uuid == uuid; });
    const auto count = static_cast<std::ptrdiff_t>(ordered.size());
    const std::ptrdiff_t from = found != ordered.end() ? found - ordered.begin() : (step > 0 ? -1 : 0);
    const std::ptrdiff_t to = ((from + step) % count + count) % count;
    return ordered[static_cast<std::size_t>(to)].outline;
}

} // namespace nunatak::review
