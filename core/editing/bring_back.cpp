// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/bring_back.h"

#include "base/counted.h"
#include "base/error.h"
#include "editing/gate.h"
#include "editing/gate_neighbours.h"
#include "editing/shape_overlay.h"
#include "outlines/outline_name.h"

#include <optional>
#include <utility>

namespace nunatak::editing {

namespace {

/// What of it is nobody's by now; none: all of it. Throws Refused where nothing is.
std::optional<geo::MultiPolygon> leftOf(const Draft& draft, const outlines::OutlineRef& ref,
                                        const outlines::Outline& was) {
    std::optional<geo::MultiPolygon> left;
    for (const auto& other : groundBeside(draft, ref, was, geo::extentOf(was.geometry))) {
        const geo::MultiPolygon& shape = left ? *left : was.geometry;
        if (inCommon(shape, other->geometry).empty()) {
            continue;
        }
        left = without(shape, other->geometry);
        if (left->empty()) {
            throw Refused("Others have all of the ground of " + outlines::nameInSentence(was) + " by now.",
                          was.geometry.front().outer.front());
        }
    }
    return left;
}

} // namespace

Edit bringBack(Draft draft, const std::string& layer, std::span<const outlines::OutlineHandle> gone) {
    long long cut = 0;
    for (const auto& was : gone) {
        const outlines::OutlineRef ref{layer, was->uuid};
        if (draft.find(ref)) {
            throw Error(outlines::nameInSentence(*was) + " is there already.");
        }
        outlines::Outline outline = *was;
        if (auto left = leftOf(draft, ref, *was)) {
            ++cut;
            outline.geometry = std::move(*left);
            if (outline.review != outlines::Review::NotReviewed) {
                outline.reviewRecord.isOutdated = true;
            }
        }
        draft.put(layer, std::move(outline));
    }
    const bool isOne = gone.size() == 1;
    std::string words = "Bring back " + (isOne ? outlines::nameInSentence(*gone.front())
                                               : counted(static_cast<long long>(gone.size()), "glacier"));
    if (cut > 0) {
        words += (isOne ? ", without what others have by now"
                        : ", " + std::to_string(cut) + " of them without what others have by now");
    }
    Edit edit =
        draft.edit(std::move(words),
                   isOne ? std::optional(outlines::OutlineRef{layer, gone.front()->uuid}) : std::nullopt);
    edit.tool = "revert"; // what comes back is of the picture that it was drawn on
    return edit;
}

} // namespace nunatak::editing
