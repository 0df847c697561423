// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/mark_reviewed.h"

#include "editing/remove_outlines.h"

#include <optional>
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

/// What is selected then.
std::optional<outlines::OutlineRef> theOnlyOne(std::span<const outlines::OutlineRef> refs) {
    return refs.size() == 1 ? std::optional(refs.front()) : std::nullopt;
}

void putIfAnother(Draft& draft, const std::string& layer, const outlines::Outline& before,
                  outlines::Outline after) {
    if (after.review != before.review || after.reviewRecord != before.reviewRecord) {
        draft.put(layer, std::move(after));
    }
}

} // namespace

Edit markReviewed(Draft draft, std::span<const outlines::OutlineRef> refs, outlines::Review review,
                  const std::optional<std::string>& note) {
    const std::string names = namesInSentence(draft, refs);
    for (const outlines::OutlineRef& ref : refs) {
        const auto there = draft.require(ref);
        outlines::Outline outline = *there;
        outline.review = review;
        outline.reviewRecord = {};
        if (review != outlines::Review::NotReviewed) {
            outline.reviewRecord.note = there->reviewRecord.note;
        }
        outline.reviewRecord.note = note.value_or(outline.reviewRecord.note);
        putIfAnother(draft, ref.layer, *there, std::move(outline));
    }
    return draft.edit(describe(review, names), theOnlyOne(refs));
}

Edit noteReview(Draft draft, std::span<const outlines::OutlineRef> refs, const std::string& note) {
    const std::string names = namesInSentence(draft, refs);
    for (const outlines::OutlineRef& ref : refs) {
        const auto there = draft.require(ref);
        outlines::Outline outline = *there;
        outline.reviewRecord.note = note;
        putIfAnother(draft, ref.layer, *there, std::move(outline));
    }
    return draft.edit((note.empty() ? "Remove the note of " : "Note on ") + names, theOnlyOne(refs));
}

} // namespace nunatak::editing
