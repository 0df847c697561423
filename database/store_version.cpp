// SPDX-License-Identifier: GPL-3.0-or-later
#include "schema.h"
#include "store_impl.h"

#include <algorithm>

// Files of earlier versions: kept as they were, then brought up with the first thing that they have no place
// for.
namespace nunatak::database {

namespace {

/// True for a layer as projects had them before there were inventories.
bool isAsEver(const LayerRow& layer) {
    return layer.title.empty() && layer.epoch.empty() && !layer.epochYear &&
           (layer.kind == "predicted" || layer.kind == "expert" || layer.kind == "corrected");
}

int versionFor(const FeatureRow& row) {
    return std::max({row.hasReviewRecord ? reviewRecordVersion : 0, row.isOfInventory ? inventoryVersion : 0,
                     row.hasTypes ? typesVersion : 0, row.review.empty() ? 0 : reviewVersion});
}

} // namespace

int versionFor(const Transaction& transaction) {
    int version = transaction.layerChanges.empty() ? 0 : inventoryVersion;
    for (const LayerRow& layer : transaction.layers) {
        version = std::max(version, isAsEver(layer) ? 0 : inventoryVersion);
    }
    if (const auto& step = transaction.step) {
        const bool isNamed = !step->tool.empty() || !step->analyst.empty() || !step->picture.empty();
        version = std::max(version, isNamed ? inventoryVersion : 0);
    }
    for (const FeatureChange& change : transaction.features) {
        version = std::max(version, change.row ? versionFor(*change.row) : 0);
    }
    const bool isOfOthers =
        std::any_of(transaction.changes.begin(), transaction.changes.end(), [](const ReverseChange& change) {
            return change.before == ReverseChange::Before::Unknown;
        });
    const bool comesWithAStep = std::any_of(transaction.scenes.begin(), transaction.scenes.end(),
                                            [](const SceneRow& scene) { return scene.step != 0; });
    version = std::max({version, isOfOthers ? mergesVersion : 0,
                        comesWithAStep || !transaction.merged.empty() ? contentVersion : 0});
    return version;
}

void Store::Impl::keepEarlierVersion(Store& store, std::span<const Transaction> transactions) {
    int needed = 0;
    for (const Transaction& transaction : transactions) {
        needed = std::max(needed, versionFor(transaction));
    }
    const int before = versionOf(connection);
    if (before >= needed || isKept) {
        return;
    }
    const auto backup = store.backUp("version-" + std::to_string(before));
    raised = "The project was of version " + std::to_string(before) + " and is of version " +
             std::to_string(needed) + " now, which programs of before refuse. As it was it is kept as " +
             backup.string() + ".";
}

} // namespace nunatak::database
