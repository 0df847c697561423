// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/inventory.h"

#include "base/counted.h"
#include "base/error.h"
#include "outlines/ground.h"
#include "outlines/outline_name.h"
#include "outlines/taken_outline.h"
#include "project/inventory_start.h"
#include "project/project.h"
#include "project/step_tools.h"

#include <algorithm>
#include <cstdlib>
#include <numeric>

namespace nunatak::project {

using outlines::Epoch;
using outlines::LayerInfo;
using outlines::LayerKind;
using outlines::Outline;
using outlines::OutlineHandle;
using outlines::OutlineSet;

std::string namesOf(const std::vector<OutlineHandle>& outlines) {
    constexpr std::size_t most = 3;
    std::string text;
    for (std::size_t i = 0; i < std::min(most, outlines.size()); ++i) {
        const std::string name = outlines::nameOf(*outlines[i]);
        text += (i == 0 ? "" : ", ") + (name.empty() ? outlines[i]->uuid : name);
    }
    return text + (outlines.size() > most ? " and " + std::to_string(outlines.size() - most) + " more" : "");
}

Epoch epochOf(const std::vector<OutlineHandle>& outlines, const std::string& date) {
    std::vector<int> years;
    for (const OutlineHandle& outline : outlines) {
        if (const auto year = outlines::yearOf(outline->srcDate)) {
            years.push_back(*year);
        }
    }
    Epoch epoch;
    epoch.year = outlines::yearOf(date);
    if (!epoch.year && !years.empty()) {
        const auto middle = years.begin() + static_cast<std::ptrdiff_t>(years.size() / 2);
        std::nth_element(years.begin(), middle, years.end());
        epoch.year = *middle;
    }
    if (epoch.year) {
        epoch.name = std::to_string(*epoch.year);
        for (const int year : years) {
            epoch.tolerance = std::max(epoch.tolerance, std::abs(year - *epoch.year));
        }
    }
    return epoch;
}

EachOnce eachOnce(const std::vector<OutlineHandle>& outlines, const OutlineSet& beside) {
    std::vector<std::size_t> order(outlines.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::vector<double> areas;
    areas.reserve(outlines.size());
    for (const OutlineHandle& outline : outlines) {
        areas.push_back(outline->area());
    }
    const auto isNone = [&](std::size_t i) { return outlines[i]->review == outlines::Review::Removed; };
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        if (isNone(a) != isNone(b)) {
            return isNone(b); // no glacier stands for one
        }
        return outlines[a]->srcDate != outlines[b]->srcDate ? outlines[a]->srcDate > outlines[b]->srcDate
                                                            : areas[a] > areas[b];
    });
    std::vector<bool> isKept(outlines.size());
    OutlineSet kept = beside;
    for (const std::size_t i : order) {
        isKept[i] = !outlines::sameGroundIn(kept, *outlines[i]);
        if (isKept[i]) {
            kept.put(outlines[i]);
        }
    }
    EachOnce result;
    for (std::size_t i = 0; i < outlines.size(); ++i) {
        (isKept[i] ? result.kept : result.doubled).push_back(outlines[i]);
    }
    return result;
}

void describe(LayerInfo& inventory, const std::vector<OutlineHandle>& outlines) {
    if (inventory.epoch == Epoch()) {
        inventory.epoch = epochOf(outlines, inventory.date);
    }
    if (inventory.title.empty()) {
        inventory.title = inventory.epoch.name.empty() ? "Inventory" : "Inventory " + inventory.epoch.name;
    }
}

Outline asOfAnotherEpoch(const Outline& outline, const LayerInfo& source) {
    Outline own;
    own.uuid = outline.uuid;
    own.geometry = outline.geometry;
    own.name = outline.name;
    own.attributes = outline.attributes;
    own.describedShape = outline.describedShape;
    own.origin = outlines::Origin::Imported;
    own.attributes[startedFrom] = outlines::AttributeValue(
        outlines::titleOf(source) + (outline.srcDate.empty() ? "" : ", " + outline.srcDate));
    return own;
}

namespace {

/// The glaciers of an inventory as those of another epoch, and how many are none.
std::vector<OutlineHandle> ofAnotherEpoch(const LayerInfo& source, const std::vector<OutlineHandle>& from,
                                          long long& none) {
    std::vector<OutlineHandle> glaciers;
    for (const OutlineHandle& outline : from) {
        if (outline->review == outlines::Review::Removed) {
            ++none;
        } else {
            glaciers.push_back(outlines::share(asOfAnotherEpoch(*outline, source)));
        }
    }
    return glaciers;
}

/// Throws Error where the new inventory would be of the same time as the one it comes from, or of none.
void throwUnlessAnother(const LayerInfo& layer, const LayerInfo& source) {
    const auto year = layer.epoch == Epoch() ? outlines::yearOf(layer.date) : layer.epoch.year;
    if (!year) {
        throw Error("An inventory of another epoch needs its year, or a scene with a date.");
    }
    if (source.epoch.year == year) {
        throw Error(outlines::titleOf(source) + " is of " + std::to_string(*year) +
                    " itself. For an inventory of another epoch a scene of another year is needed, or the "
                    "year.");
    }
}

} // namespace

LayerStep startedInventory(LayerInfo layer, const LayerInfo* source, const std::vector<OutlineHandle>& from) {
    const bool isAnother = source != nullptr && source->kind == LayerKind::Inventory;
    long long none = 0;
    const EachOnce once = eachOnce(isAnother ? ofAnotherEpoch(*source, from, none) : from);
    describe(layer, once.kept);
    LayerStep step;
    step.description = "Start the inventory" + (layer.epoch.name.empty() ? "" : " " + layer.epoch.name) +
                       (source == nullptr ? "" : " from " + outlines::titleOf(*source));
    step.tool = tools::inventory;
    for (const OutlineHandle& outline : once.kept) {
        step.changes.push_back(
            {layer.name, nullptr,
             isAnother ? outline : outlines::share(outlines::asOfInventory(*outline, source->kind))});
    }
    if (none > 0) {
        step.notes.push_back(counted(none, "outline") + " of " + outlines::titleOf(*source) + " that " +
                             (none == 1 ? "was" : "were") + " found to be no glacier " +
                             (none == 1 ? "is" : "are") + " not in it.");
    }
    if (!once.doubled.empty()) {
        step.notes.push_back(
            outlines::titleOf(*source) +
            " has glaciers twice; the inventory has the later, "
            "else the larger outline of each, and " +
            counted(static_cast<long long>(once.doubled.size()), "outline", "stays", "stay") +
            " in the reference: " + namesOf(once.doubled) + ".");
    }
    step.onceIn = layer.name;
    step.layers.push_back({std::nullopt, std::move(layer)});
    return step;
}

std::function<LayerStep()> planInventory(const Project& project, const InventoryRequest& request) {
    LayerInfo layer{request.name.empty() ? project.freeLayerName("inventory") : request.name,
                    LayerKind::Inventory,
                    request.scene,
                    {}};
    layer.epoch = request.epoch.value_or(Epoch());
    std::optional<LayerInfo> source;
    std::vector<OutlineHandle> from;
    if (!request.from.empty()) {
        source = project.layer(request.from);
        if (source->kind == LayerKind::Side) {
            throw Error("The layer " + outlines::titleOf(*source) +
                        " is a side layer. Start an inventory from a predicted or an expert's layer, or from "
                        "the inventory of another epoch.");
        }
        if (outlines::isReference(source->kind)) {
            layer.sceneId = request.scene.empty() ? source->sceneId : request.scene;
            layer.date = source->date;
        }
        from = project.outlines(request.from).all();
    }
    if (layer.date.empty()) {
        const auto& scenes = project.scenes();
        const auto scene = std::find_if(scenes.begin(), scenes.end(),
                                        [&](const auto& known) { return known.id == layer.sceneId; });
        layer.date = scene == scenes.end() ? std::string() : scene->date;
    }
    if (source && source->kind == LayerKind::Inventory) {
        throwUnlessAnother(layer, *source);
    }
    return [layer, source, from] { return startedInventory(layer, source ? &*source : nullptr, from); };
}

} // namespace nunatak::project
