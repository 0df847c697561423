// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/outline_import.h"

#include "base/counted.h"
#include "base/dates.h"
#include "base/error.h"
#include "outlines/side_kind.h"
#include "project/inventory.h"
#include "project/project_impl.h"

#include <algorithm>

namespace nunatak::project {

using outlines::LayerInfo;
using outlines::LayerKind;
using outlines::OutlineHandle;

namespace {

/// A layer called after a kind is of that kind; any other one is the expert's.
LayerKind kindOf(const ImportRequest& request) {
    if (request.kind) {
        return *request.kind;
    }
    if (request.layer == kindOfBefore || request.layer == outlines::toString(LayerKind::Inventory)) {
        return LayerKind::Inventory;
    }
    if (request.layer == outlines::toString(LayerKind::Predicted)) {
        return LayerKind::Predicted;
    }
    return outlines::sideKindOf(request.layer) != nullptr ? LayerKind::Side : LayerKind::Expert;
}

[[noreturn]] void refuse(const LayerInfo& layer, const std::string& is, const std::string& asked) {
    throw Error("The layer " + layer.name + " " + is + ", not " + asked +
                ". Leave that out, or import into another layer.");
}

} // namespace

LayerInfo layerForImport(const Project& project, const ImportRequest& request) {
    const std::string date = isoDateFrom(request.date);
    const std::string scene = request.scene.empty() ? std::string() : project.scene(request.scene).id;
    if (project.hasLayer(request.layer)) {
        LayerInfo layer = project.layer(request.layer);
        if (request.kind && *request.kind != layer.kind) {
            refuse(layer, "is of kind " + outlines::toString(layer.kind), outlines::toString(*request.kind));
        }
        if (project.outlines(layer.name).size() == 0) {
            layer.sceneId = scene.empty() ? layer.sceneId : scene;
            layer.date = date.empty() ? layer.date : date;
        }
        if (!scene.empty() && scene != layer.sceneId) {
            refuse(layer, layer.sceneId.empty() ? "belongs to no scene" : "belongs to another scene",
                   "to " + request.scene);
        }
        if (!date.empty() && date != layer.date) {
            refuse(layer, layer.date.empty() ? "has no date of its own" : "is of " + layer.date,
                   "of " + date);
        }
        return layer;
    }
    LayerInfo layer{request.layer, kindOf(request), scene, date};
    if (scene.empty() && layer.kind != LayerKind::Expert && layer.kind != LayerKind::Side) {
        layer.sceneId = project.scene().id;
    }
    if (layer.kind == LayerKind::Inventory) {
        layer.epoch = request.epoch;
    }
    if (const outlines::SideKind* kind = outlines::sideKindOf(layer);
        kind != nullptr && layer.name == kind->term) {
        layer.title = kind->title;
    }
    return layer;
}

void acceptAll(std::vector<outlines::Outline>& outlines, const std::string& analyst) {
    const std::string now = nowAsText();
    for (outlines::Outline& outline : outlines) {
        if (outline.review == outlines::Review::NotReviewed) {
            outline.review = outlines::Review::Accepted;
            outline.reviewRecord = {analyst, now, outline.reviewRecord.note, false};
        }
        if (outline.analyst.empty()) {
            outline.analyst = analyst;
        }
    }
}

void dateUndated(const Project& project, const std::string& layer, std::vector<outlines::Outline>& outlines,
                 const std::string& date) {
    const outlines::OutlineSet known =
        project.hasLayer(layer) ? project.outlines(layer) : outlines::OutlineSet();
    for (outlines::Outline& outline : outlines) {
        if (outline.srcDate.empty() && !known.find(outline.uuid)) {
            outline.srcDate = isoDateFrom(date);
        }
    }
}

std::vector<geo::Extent> sceneExtents(const Project& project) {
    std::vector<geo::Extent> extents;
    for (const auto& scene : project.scenes()) {
        const geo::CoordinateTransform transform(scene.grid.crs, project.crs());
        extents.push_back(transform(scene.grid.extent()));
    }
    return extents;
}

int countElsewhere(const std::vector<OutlineHandle>& outlines, const std::vector<geo::Extent>& scenes) {
    return static_cast<int>(
        std::count_if(outlines.begin(), outlines.end(), [&](const OutlineHandle& outline) {
            return std::none_of(scenes.begin(), scenes.end(), [&](const geo::Extent& extent) {
                return extent.intersects(outline->extent());
            });
        }));
}

std::string elsewhereSentence(int elsewhere, int all) {
    return elsewhere == all ? "All outlines lie elsewhere than the project's scenes: is it the right file, "
                              "and its coordinate system the one it says?"
                            : std::to_string(elsewhere) + " of " + std::to_string(all) +
                                  (elsewhere == 1 ? " outlines lies" : " outlines lie") +
                                  " elsewhere than the project's scenes.";
}

std::vector<std::string> importNotes(const Project& project, const LayerInfo& layer,
                                     const std::vector<OutlineHandle>& outlines, ImportMode mode) {
    std::vector<std::string> notes;
    const auto scenes = sceneExtents(project);
    const int elsewhere = countElsewhere(outlines, scenes);
    const int all = static_cast<int>(outlines.size());
    if (!scenes.empty() && elsewhere > 0) {
        notes.push_back(elsewhereSentence(elsewhere, all));
    }
    if (mode != ImportMode::Replace && project.hasLayer(layer.name)) {
        const auto& there = project.outlines(layer.name);
        const auto replaced =
            std::count_if(outlines.begin(), outlines.end(),
                          [&](const OutlineHandle& outline) { return there.find(outline->uuid) != nullptr; });
        if (replaced > 0) {
            notes.push_back(counted(replaced, "outline") + " of layer " + layer.name +
                            (replaced == 1 ? " has the same UUID and was" : " have the same UUID and were") +
                            " replaced; undo takes that back.");
        }
    }
    return notes;
}

} // namespace nunatak::project
