// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/mark_reviewed.h"

#include "editing/remove_outlines.h"

#include <string>
#include <utility>

namespace nunatak::editing {

namespace {

/// What the history says was done.
std::string describe(outlines::Review review, const std::string& names) {
    switch (review) {
    case outlines::Review::Accepted:
        return "Accept " + names;
    case outlines::Review::Doubtful:
        return "Mark " + names + " as doubtful";
    case outlines::Review::NotReviewed:
        return "Mark " + names + " as not reviewed";
    case outlines::Review::Removed:
        return "Mark " + names + " as not a glacier";
    }
    return {};
}

} // namespace

Edit markReviewed(Draft draft, std::span<const outlines::OutlineRef> refs, outlines::Review review) {
    const std::string names = namesInSentence(draft, refs);
    for (const outlines::OutlineRef& ref : refs) {
        outlines::Outline outline = *draft.require(ref);
        if (outline.review != review) {
            outline.review = review;
            draft.put(ref.layer, std::move(outline));
        }
    }
    return draft.edit(describe(review, names), refs.size() == 1 ? std::optional(refs.front()) : std::nullopt);
}

} // namespace nunatak::editing
