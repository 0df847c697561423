// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/gate.h"
#include "geo/polygon.h"

#include <functional>
#include <string>

// What tests of operations on ground have in common.
namespace nunatak::tests {

/// A rectangle from its lower left corner.
inline geo::Ring box(double x, double y, double width, double height) {
    return {{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}};
}

/// Why it is refused, or "done".
inline std::string refusal(const std::function<void()>& work) {
    try {
        work();
    } catch (const editing::Refused& refused) {
        return refused.what();
    }
    return "done";
}

} // namespace nunatak::tests
