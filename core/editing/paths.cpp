// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/paths.h"

#include "editing/gate.h"
#include "outlines/outline_name.h"
#include "outlines/side_kind.h"

#include <algorithm>
#include <utility>

namespace nunatak::editing {

using outlines::OutlineHandle;
using outlines::OutlineRef;

namespace {

/// Without vertices that follow themselves, which a click in the same place makes.
geo::Ring withoutRepeats(geo::Ring line) {
    line.erase(std::unique(line.begin(), line.end()), line.end());
    return line;
}

} // namespace

void throwUnlessSoundPath(const geo::MultiPolygon& shape) {
    if (!geo::isSoundPath(shape)) {
        throw Refused(geo::kindOf(shape) == geo::ShapeKind::Point ? "A point needs a place."
                                                                  : "A line needs two different places.",
                      std::nullopt);
    }
}

OutlineHandle requireArea(const Draft& draft, const OutlineRef& ref) {
    OutlineHandle outline = draft.require(ref);
    if (geo::isPath(outline->geometry)) {
        throw Refused(geo::kindOf(outline->geometry) == geo::ShapeKind::Point ? "A point has no ground."
                                                                              : "A line has no ground.",
                      std::nullopt);
    }
    return outline;
}

Edit newPath(Draft draft, const std::string& layer, const geo::Ring& line, const outlines::Outline& like) {
    outlines::Outline outline = like;
    outline.uuid = outlines::makeUuid();
    outline.geometry = geo::lineShape(withoutRepeats(line));
    outline.review = outlines::Review::NotReviewed;
    outline.reviewRecord = {};
    throwUnlessSoundPath(outline.geometry);
    const OutlineRef ref{layer, outline.uuid};
    const outlines::SideKind* kind = outlines::sideKindOf(outline);
    const std::string one = !like.name.empty() ? like.name
                            : kind != nullptr  ? std::string(kind->one)
                                               : "line";
    const bool isPoint = geo::kindOf(outline.geometry) == geo::ShapeKind::Point;
    draft.put(layer, std::move(outline));
    return draft.edit((isPoint ? "Place " : "Draw ") + one, ref);
}

Edit lengthenedPath(Draft draft, const OutlineRef& ref, const geo::Ring& line) {
    const OutlineHandle outline = draft.require(ref);
    geo::MultiPolygon shape = outline->geometry;
    for (geo::Polygon& part : shape) {
        for (geo::Ring& known : part.holes) {
            if (line.size() < 2 || known.size() < 2 ||
                (known.front() != line.front() && known.back() != line.front())) {
                continue;
            }
            if (known.back() != line.front()) {
                std::reverse(known.begin(), known.end());
            }
            known.insert(known.end(), line.begin() + 1, line.end());
            known = withoutRepeats(std::move(known));
            draft.reshape(ref, std::move(shape));
            return draft.edit("Lengthen " + outlines::nameInSentence(*outline), ref);
        }
    }
    throw Refused("It does not begin at an end of the line.", std::nullopt);
}

} // namespace nunatak::editing
