// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/mark_removed.h"

#include "editing/remove_outlines.h"

namespace nunatak::editing {

Edit markRemoved(Draft draft, std::span<const outlines::OutlineRef> refs) {
    const std::string names = namesInSentence(draft, refs);
    for (const outlines::OutlineRef& ref : refs) {
        outlines::Outline outline = *draft.require(ref);
        if (outline.review != outlines::Review::Removed) {
            outline.review = outlines::Review::Removed;
            draft.put(ref.layer, std::move(outline));
        }
    }
    return draft.edit("Mark " + names + " as not a glacier",
                      refs.size() == 1 ? std::optional(refs.front()) : std::nullopt);
}

} // namespace nunatak::editing
