// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/layer_choice.h"

#include "base/error.h"
#include "project/inventory.h"
#include "project/project.h"

#include <algorithm>

namespace nunatak::project {

using outlines::LayerInfo;
using outlines::LayerKind;

namespace {

std::string onlyOne(const std::vector<LayerInfo>& inventories) {
    if (inventories.size() == 1) {
        return inventories.front().name;
    }
    std::string names;
    for (const LayerInfo& inventory : inventories) {
        names += (names.empty() ? "" : ", ") + inventory.name +
                 (inventory.epoch.name.empty() ? "" : " (" + inventory.epoch.name + ")");
    }
    throw Error("The project has several inventories: " + names + ". Say which one is meant.");
}

} // namespace

std::string layerNamed(const Project& project, const std::string& name) {
    const auto found = layerIfNamed(project, name);
    return found ? *found : project.layer(name).name; // which says what layers there are
}

std::optional<std::string> layerIfNamed(const Project& project, const std::string& name) {
    if (project.hasLayer(name)) {
        return name;
    }
    const auto layers = project.layers();
    const auto titled = std::find_if(layers.begin(), layers.end(),
                                     [&](const LayerInfo& layer) { return layer.title == name; });
    if (titled != layers.end()) {
        return titled->name;
    }
    const bool meansInventory = name == kindOfBefore || name == outlines::toString(LayerKind::Inventory);
    const auto inventories = project.inventories();
    return meansInventory && !inventories.empty() ? std::optional(onlyOne(inventories)) : std::nullopt;
}

std::string inventoryOr(const Project& project, const std::string& otherwise) {
    const auto inventories = project.inventories();
    return inventories.empty() ? otherwise : onlyOne(inventories);
}

std::vector<outlines::OutlineHandle> outlinesToHandIn(const Project& project, const std::string& layer) {
    auto outlines = project.outlines(layer).all();
    if (project.layer(layer).kind == LayerKind::Inventory) {
        std::erase_if(outlines,
                      [](const auto& outline) { return outline->review == outlines::Review::Removed; });
    }
    return outlines;
}

} // namespace nunatak::project
