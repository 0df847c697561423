// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline_set.h"

#include <string>
#include <utility>

namespace nunatak::tests {

/// A square glacier with its lower left corner there.
inline outlines::Outline squareGlacier(const std::string& uuid, double x, double y, double side) {
    outlines::Outline outline;
    outline.uuid = uuid;
    outline.geometry = {{{{x, y}, {x + side, y}, {x + side, y + side}, {x, y + side}}, {}}};
    return outline;
}

inline outlines::OutlineSet setOf(std::vector<outlines::OutlineHandle> outlines) {
    outlines::OutlineSet set;
    for (auto& outline : outlines) {
        set.put(std::move(outline));
    }
    return set;
}

} // namespace nunatak::tests
