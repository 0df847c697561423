// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "outlines/ground.h"
#include "outlines/outline_name.h"
#include "project/inventory.h"
#include "project/inventory_merge.h"
#include "project/project.h"
#include "project/step_tools.h"

// What references say comes into an inventory.
namespace nunatak::project {

using outlines::LayerInfo;
using outlines::LayerKind;
using outlines::OutlineHandle;

namespace {

void throwUnlessFromReferenceToInventory(const LayerInfo& reference, const LayerInfo& inventory) {
    if (!outlines::isReference(reference.kind)) {
        throw Error("The layer " + outlines::titleOf(reference) +
                    " is no reference. Take outlines from a predicted or an expert's layer.");
    }
    if (inventory.kind != LayerKind::Inventory) {
        throw Error("The layer " + outlines::titleOf(inventory) + " is no inventory to take outlines into.");
    }
}

} // namespace

std::string TakeOver::counts() const {
    return std::to_string(kept) + " kept, " + std::to_string(added) + " new, " + std::to_string(gone) +
           " gone";
}

std::function<TakeOver()> planTakeOver(const Project& project, const std::string& reference,
                                       const std::string& inventory) {
    const LayerInfo source = project.layer(reference);
    const LayerInfo target = project.layer(inventory);
    throwUnlessFromReferenceToInventory(source, target);
    MergeRules rules;
    rules.endsAtTouched = true;
    if (source.kind == LayerKind::Predicted) {
        rules.emptied = project.computedRegion(reference);
    }
    return [source, target, rules, from = project.outlines(reference), now = project.outlines(inventory)] {
        std::vector<OutlineHandle> incoming;
        for (const OutlineHandle& outline : from.all()) {
            incoming.push_back(outlines::share(asOfInventory(*outline, source.kind)));
        }
        Merge merge = mergedInto(target.name, now, incoming, rules);
        TakeOver taken;
        taken.kept = merge.kept;
        taken.other = merge.replaced;
        taken.added = merge.added;
        taken.gone = merge.gone;
        taken.step.description =
            "Take " + outlines::titleOf(source) + " over into " + outlines::titleOf(target);
        taken.step.tool = tools::inventory;
        taken.step.changes = std::move(merge.changes);
        return taken;
    };
}

editing::Edit takenOutline(const Project& project, const outlines::OutlineRef& outline,
                           const std::string& inventory) {
    const LayerInfo source = project.layer(outline.layer);
    throwUnlessFromReferenceToInventory(source, project.layer(inventory));
    const OutlineHandle reference = project.outlines(outline.layer).find(outline.uuid);
    if (!reference) {
        throw Error("The layer " + outlines::titleOf(source) + " has no outline " + outline.uuid +
                    " any more. Look at it again.");
    }
    const outlines::OutlineSet& now = project.outlines(inventory);
    OutlineHandle there = now.find(outline.uuid);
    there = there ? there : outlines::sameGroundIn(now, *reference);
    outlines::Outline after = asOfInventory(*reference, source.kind);
    if (there) {
        after = inPlaceOf(*there, after);
    }
    editing::Edit edit{"Take the outline of " + outlines::nameInSentence(after), {}, {}, "take"};
    std::vector<OutlineHandle> beside;
    for (const OutlineHandle& other : now.in(reference->extent())) {
        if (other == there) {
            continue;
        }
        if (outlines::isSameGround(*other, *reference)) {
            edit.changes.push_back({inventory, other, nullptr});
        } else if (outlines::commonArea(*other, *reference) > 0) {
            beside.push_back(other);
        }
    }
    after.geometry = cutBeside(after.geometry, beside);
    edit.then = outlines::OutlineRef{inventory, after.uuid};
    edit.changes.push_back({inventory, there, outlines::share(std::move(after))});
    return edit;
}

} // namespace nunatak::project
