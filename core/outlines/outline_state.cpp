// SPDX-License-Identifier: GPL-3.0-or-later
#include "outlines/outline_state.h"

namespace nunatak::outlines {

OutlineState stateOf(const Outline& outline) {
    switch (outline.review) {
    case Review::Accepted:
        return OutlineState::Accepted;
    case Review::Doubtful:
        return OutlineState::Doubtful;
    case Review::Removed:
        return OutlineState::Removed;
    case Review::NotReviewed:
        break;
    }
    const bool isDrawn = outline.isChanged || outline.origin == Origin::Drawn;
    return isDrawn ? OutlineState::Changed : OutlineState::Untouched;
}

std::string toString(OutlineState state) {
    switch (state) {
    case OutlineState::Untouched:
        return "as it came";
    case OutlineState::Accepted:
        return "accepted";
    case OutlineState::Doubtful:
        return "doubtful";
    case OutlineState::Changed:
        return "changed";
    case OutlineState::Removed:
        return "removed";
    case OutlineState::Reference:
        return "reference";
    }
    return {};
}

} // namespace nunatak::outlines
