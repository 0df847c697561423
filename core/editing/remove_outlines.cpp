// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/remove_outlines.h"

#include "outlines/outline_name.h"

namespace nunatak::editing {

Edit removeOutlines(Draft draft, std::span<const outlines::OutlineRef> refs) {
    const std::string names = namesInSentence(draft, refs);
    for (const outlines::OutlineRef& ref : refs) {
        draft.remove(ref);
    }
    return draft.edit("Delete " + names, std::nullopt);
}

std::string namesInSentence(const Draft& draft, std::span<const outlines::OutlineRef> refs) {
    return refs.size() == 1 ? outlines::nameInSentence(*draft.require(refs.front()))
                            : std::to_string(refs.size()) + " glaciers";
}

} // namespace nunatak::editing
