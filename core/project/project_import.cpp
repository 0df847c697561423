// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/counted.h"
#include "base/error.h"
#include "base/utf8.h"
#include "outlines/ground.h"
#include "project/attribute_codec.h"
#include "project/inventory.h"
#include "project/inventory_merge.h"
#include "project/inventory_start.h"
#include "project/outline_import.h"
#include "project/project.h"
#include "project/side_outline.h"
#include "project/step_tools.h"

#include <algorithm>
#include <set>
#include <utility>

namespace nunatak::project {

namespace {

using outlines::LayerInfo;
using outlines::LayerKind;
using outlines::Outline;
using outlines::OutlineHandle;

void makeTextsUtf8(Outline& outline) {
    for (std::string* text :
         {&outline.name, &outline.srcDate, &outline.sceneId, &outline.sensor, &outline.model,
          &outline.modelFingerprint, &outline.run, &outline.uuid, &outline.analyst,
          &outline.reviewRecord.reviewer, &outline.reviewRecord.time, &outline.reviewRecord.note}) {
        *text = asUtf8(*text);
    }
    outlines::Attributes attributes;
    for (const auto& [key, value] : outline.attributes) {
        attributes[asUtf8(key)] = value.string() != nullptr && value.type() == outlines::AttributeType::Text
                                      ? asUtf8(value.text())
                                      : value;
    }
    outline.attributes = std::move(attributes);
}

/// A layer of another project has its attributes in one column: each becomes an attribute again.
void unpackAttributes(Outline& outline) {
    const auto packed = outline.attributes.find("attributes");
    if (packed == outline.attributes.end() || outline.uuid.empty()) {
        return;
    }
    Outline unpacked;
    setAttributesFromJson(unpacked, packed->second.text());
    const bool isKeptWhole = unpacked.attributes.contains("attributes");
    if (isKeptWhole) {
        return;
    }
    outline.attributes.erase(packed);
    for (auto& [name, value] : unpacked.attributes) {
        outline.attributes.emplace(name, std::move(value));
    }
    // What they say of the shape they say of the one that was there.
    outline.describedShape = unpacked.describedShape == outline.describedShape ? outline.describedShape : 0;
}

/// The epoch of what comes, and a title where the layer is called after its kind alone.
void describeAsImported(LayerInfo& inventory, const std::vector<outlines::OutlineChange>& changes) {
    std::vector<OutlineHandle> coming;
    coming.reserve(changes.size());
    for (const outlines::OutlineChange& change : changes) {
        coming.push_back(change.after);
    }
    const bool isNamed =
        inventory.name != outlines::toString(inventory.kind) && inventory.name != kindOfBefore;
    const std::string given = inventory.title;
    describe(inventory, coming);
    inventory.title = isNamed ? given : inventory.title;
}

void dateAsLayer(Outline& outline, const LayerInfo& layer) {
    if (outline.srcDate.empty()) {
        outline.srcDate = layer.date;
    }
    if (outline.sceneId.empty()) {
        outline.sceneId = layer.sceneId;
    }
}

/// What comes back into an inventory under its own UUID has, where the file says nothing, the date, the
/// picture, the model and the verdict that are known of it. All others have the date that is given for a new
/// inventory; in one that is there each glacier has a date of its own, and what nobody dated stays undated.
/// `kept` is how many verdicts stay so.
std::vector<OutlineHandle> asFarAsKnown(const std::vector<OutlineHandle>& ready,
                                        const outlines::OutlineSet& known, LayerInfo layer, bool isNew,
                                        int& kept) {
    layer.date = isNew ? layer.date : std::string();
    std::vector<OutlineHandle> coming;
    coming.reserve(ready.size());
    for (const OutlineHandle& outline : ready) {
        Outline full = *outline;
        if (const OutlineHandle there = known.find(outline->uuid)) {
            if (full.srcDate.empty() || full.srcDate == there->srcDate) {
                full.srcDate = there->srcDate;
                full.sceneId = full.sceneId.empty() ? there->sceneId : full.sceneId;
                full.sensor = full.sensor.empty() ? there->sensor : full.sensor;
            }
            if (full.model.empty() && full.modelFingerprint.empty() && full.run.empty()) {
                full.model = there->model;
                full.modelFingerprint = there->modelFingerprint;
                full.run = there->run;
                full.threshold = there->threshold;
            }
            if (full.review == outlines::Review::NotReviewed && there->review != full.review) {
                full.review = there->review;
                ++kept;
            }
            if (full.review == there->review && full.reviewRecord == outlines::ReviewRecord()) {
                full.reviewRecord = there->reviewRecord;
            }
            full.analyst = full.analyst.empty() ? there->analyst : full.analyst;
        }
        dateAsLayer(full, layer);
        coming.push_back(full == *outline ? outline : outlines::share(std::move(full)));
    }
    return coming;
}

/// What came back under its own UUID and in another shape was corrected elsewhere: nothing automatic replaces
/// it. How many are changed by that.
int keepTouched(std::vector<outlines::OutlineChange>& changes, const std::vector<OutlineHandle>& ready) {
    std::set<std::string> uuids;
    for (const OutlineHandle& outline : ready) {
        uuids.insert(outline->uuid);
    }
    int count = 0;
    for (outlines::OutlineChange& change : changes) {
        if (change.before && change.after && uuids.contains(change.after->uuid)) {
            Outline corrected = asCorrected(*change.before, *change.after);
            const bool isSaid = change.before->isChanged || change.after->isChanged;
            count += corrected.isChanged && !isSaid ? 1 : 0;
            change.after = outlines::share(std::move(corrected));
        }
    }
    return count;
}

/// Says what of a file does not come into an inventory, each by its reason.
void noteLeftOut(const Merge& merge, const std::vector<OutlineHandle>& ready,
                 std::vector<std::string>& notes) {
    constexpr double muchSmaller = 0.5; // than another one: not the same glacier drawn again
    constexpr const char* seeThem = ". Import them into a layer of kind expert to see them.";
    std::vector<OutlineHandle> twice;
    std::vector<OutlineHandle> within;
    outlines::OutlineSet all;
    for (const OutlineHandle& outline : ready) {
        all.put(outline);
    }
    for (const OutlineHandle& outline : merge.doubled) {
        outlines::OutlineSet others = all;
        others.remove(outline->uuid);
        const OutlineHandle other = outlines::sameGroundIn(others, *outline);
        const bool isWithin = other && outline->area() < muchSmaller * other->area();
        (isWithin ? within : twice).push_back(outline);
    }
    const auto tell = [&](const std::vector<OutlineHandle>& which, const char* why) {
        if (!which.empty()) {
            notes.push_back(std::string("Left out, ") + why + ": " +
                            counted(static_cast<long long>(which.size()), "outline") + ": " + namesOf(which) +
                            seeThem);
        }
    };
    tell(merge.leftOut, "of glaciers that somebody has corrected in the inventory");
    tell(twice, "of glaciers that the file has twice");
    tell(within, "that lie in a larger outline of the file, where an inventory has one glacier");
}

} // namespace

std::vector<OutlineHandle> readyForImport(const LayerInfo& layer, std::vector<Outline> outlines) {
    std::vector<OutlineHandle> ready;
    ready.reserve(outlines.size());
    std::set<std::string> uuids;
    for (Outline& outline : outlines) {
        if (outline.geometry.empty()) {
            continue;
        }
        unpackAttributes(outline);
        makeTextsUtf8(outline);
        if (outline.uuid.empty() || !uuids.insert(outline.uuid).second) {
            outline.uuid = outlines::makeUuid();
            uuids.insert(outline.uuid);
        }
        // In an inventory each has a date of its own: see importStep().
        if (layer.kind != LayerKind::Inventory) {
            dateAsLayer(outline, layer);
        }
        if (layer.kind == LayerKind::Inventory && outline.origin == outlines::Origin::Unknown) {
            outline.origin = outlines::Origin::Imported;
        }
        ready.push_back(outlines::share(std::move(outline)));
    }
    return ready;
}

int Project::importOutlines(const LayerInfo& layer, std::vector<Outline> imported) {
    const bool isDescribed = hasLayer(layer.name) && outlines(layer.name).size() > 0;
    return importOutlines(layer,
                          readyForImport(isDescribed ? this->layer(layer.name) : layer, std::move(imported)));
}

int Project::importOutlines(const LayerInfo& layer, const std::vector<OutlineHandle>& ready) {
    ImportStep step = importStep(*this, layer, ready);
    const auto count = static_cast<int>(ready.size() - step.leftOut);
    take(std::move(step));
    return count;
}

ImportStep importStep(const Project& project, const LayerInfo& layer,
                      const std::vector<OutlineHandle>& outlines, ImportMode mode) {
    const bool isKnown = project.hasLayer(layer.name);
    const outlines::OutlineSet known = isKnown ? project.outlines(layer.name) : outlines::OutlineSet();
    ImportStep step;
    step.tool = tools::importing;
    if (!isKnown) {
        step.layers.push_back({std::nullopt, layer});
    } else if (const LayerInfo now = project.layer(layer.name); now.kind != layer.kind) {
        throw Error("The layer " + layer.name + " is of kind " + outlines::toString(now.kind) + ", not " +
                    outlines::toString(layer.kind) + ". Choose another layer.");
    } else if (known.size() == 0 && now != layer) {
        step.layers.push_back({now, layer});
    }
    if (mode == ImportMode::Append && layer.kind == LayerKind::Inventory) {
        throw Error("The layer " + layer.name +
                    " is an inventory, in which each glacier is once: outlines take the place of those that "
                    "are there, or go into a layer of their own.");
    }
    int verdicts = 0;
    const std::vector<OutlineHandle> ready =
        layer.kind == LayerKind::Inventory
            ? asFarAsKnown(outlines, known, known.size() > 0 ? project.layer(layer.name) : layer, !isKnown,
                           verdicts)
            : outlines;
    if (verdicts > 0) {
        step.notes.push_back(counted(verdicts, "outline") + " of which the file says no review " +
                             (verdicts == 1 ? "keeps its own." : "keep their own."));
    }
    if (mode == ImportMode::Replace) {
        step.changes = replacingImport(layer.name, known, ready);
        const auto gone = std::count_if(step.changes.begin(), step.changes.end(),
                                        [](const auto& change) { return change.after == nullptr; });
        const auto replaced = std::count_if(step.changes.begin(), step.changes.end(), [](const auto& change) {
            return change.before != nullptr && change.after != nullptr;
        });
        if (replaced > 0) {
            step.notes.push_back(
                "Of layer " + layer.name + " " + counted(replaced, "outline") +
                (replaced == 1 ? " was" : " were") + " replaced" +
                (gone > 0 ? ", and " + counted(gone, "other") + " of the same glaciers went" : "") +
                "; undo takes that back.");
        }
    } else if (layer.kind == LayerKind::Inventory) {
        Merge merge = mergedInto(layer.name, known, ready, {.sameUuidGivesWay = true});
        step.changes = std::move(merge.changes);
        if (merge.gone > 0) {
            step.notes.push_back(
                counted(merge.gone, "outline") + " of the inventory that nobody had touched " +
                (merge.gone == 1 ? "is" : "are") + " gone: what was imported covers the ground.");
        }
        step.leftOut = merge.leftOut.size() + merge.doubled.size();
        noteLeftOut(merge, ready, step.notes);
    } else {
        for (const OutlineHandle& outline : ready) {
            step.changes.push_back({layer.name, known.find(outline->uuid),
                                    layer.kind == LayerKind::Side
                                        ? outlines::share(describedIn(project, layer, *outline))
                                        : outline});
        }
    }
    if (layer.kind == LayerKind::Inventory) {
        if (const int corrected = keepTouched(step.changes, ready); corrected > 0) {
            step.notes.push_back(counted(corrected, "outline") +
                                 (corrected == 1 ? " comes back in another shape and counts"
                                                 : " come back in another shape and count") +
                                 " as changed: taking a reference over "
                                 "leaves what was changed as it is.");
        }
        if (!isKnown) {
            describeAsImported(*step.layers.front().after, step.changes);
        }
    }
    step.description = "Import " +
                       counted(static_cast<long long>(outlines.size() - step.leftOut), "outline") + " into " +
                       layer.name;
    return step;
}

} // namespace nunatak::project
