// SPDX-License-Identifier: GPL-3.0-or-later
#include "outlines/taken_outline.h"

#include "outlines/ground.h"

namespace nunatak::outlines {

Outline asOfInventory(const Outline& outline, LayerKind source) {
    Outline own = outline;
    own.origin = source == LayerKind::Predicted ? Origin::Machine : Origin::Imported;
    own.isChanged = false;
    if (source == LayerKind::Predicted) {
        own.review = Review::NotReviewed; // a verdict is people's
        own.reviewRecord = {};
    }
    return own;
}

Outline inPlaceOf(const Outline& there, const Outline& coming) {
    Outline outline = coming;
    outline.uuid = there.uuid;
    outline.name = there.name.empty() ? coming.name : there.name;
    if (outline.attributes.empty()) {
        outline.attributes = there.attributes;
        outline.describedShape = there.describedShape;
    }
    return outline;
}

std::map<std::string, OutlineHandle> identities(const OutlineSet& inventory,
                                                const std::vector<OutlineHandle>& incoming) {
    std::map<std::string, OutlineHandle> known;
    OutlineSet others = inventory;
    std::vector<OutlineHandle> strangers;
    for (const OutlineHandle& outline : incoming) {
        if (const OutlineHandle same = inventory.find(outline->uuid)) {
            known[outline->uuid] = same;
            others.remove(outline->uuid);
        } else {
            strangers.push_back(outline);
        }
    }
    for (const GroundMatch& match : matchedByGround(strangers, others)) {
        known[match.one->uuid] = match.other;
    }
    return known;
}

} // namespace nunatak::outlines
