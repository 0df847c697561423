// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/others_edits.h"

#include "base/counted.h"
#include "base/error.h"
#include "outlines/outline.h"
#include "project/outline_codec.h"

#include <algorithm>
#include <map>

namespace nunatak::project {

namespace {

/// Whether the file still holds what the program knows of an outline; both are brought to one notation.
bool isAsKnown(const outlines::Outline& theirs, const outlines::Outline& known) {
    const database::FeatureRow a = toRow(theirs);
    const database::FeatureRow b = toRow(known);
    return a.wkb == b.wkb && a.name == b.name && a.srcDate == b.srcDate && a.sensor == b.sensor &&
           a.attributes == b.attributes && a.review == b.review && a.reviewer == b.reviewer &&
           a.reviewNote == b.reviewNote;
}

std::string layerFor(const std::string& layer) {
    static const std::string ending = "_other_program";
    constexpr std::size_t longest = 63; // see isUsableLayerName()
    return layer.substr(0, longest - ending.size()) + ending;
}

} // namespace

std::string keepOthersEdits(const std::vector<outlines::OutlineChange>& changes,
                            const std::vector<std::optional<database::FeatureRow>>& there,
                            database::Transaction& transaction) {
    std::map<std::string, int> kept; // by layer
    int removed = 0;
    for (std::size_t i = 0; i < std::min(changes.size(), there.size()); ++i) {
        const outlines::OutlineChange& change = changes[i];
        if (!change.before) {
            continue;
        }
        if (!there[i]) {
            removed += change.after ? 1 : 0;
            continue;
        }
        try {
            outlines::Outline theirs = fromRow(*there[i]);
            if (isAsKnown(theirs, *change.before) || (change.after && isAsKnown(theirs, *change.after))) {
                continue;
            }
            theirs.uuid = outlines::makeUuid();
            const std::string layer = layerFor(change.layer);
            database::FeatureRow row = toRow(theirs);
            row.isOfInventory = false;
            transaction.features.push_back({layer, theirs.uuid, std::move(row)});
            ++kept[change.layer];
        } catch (const Error&) { // no polygon: there is nothing to keep
        }
    }
    std::string sentence;
    for (const auto& [layer, count] : kept) {
        transaction.layers.push_back({layerFor(layer), "expert", {}, {}, {}, {}});
        sentence +=
            "Another program changed " + counted(count, "outline") + " of the layer " + layer + " that " +
            (count == 1 ? "was" : "were") +
            " changed here at the same time. What was done here is saved; what it wrote is kept in the "
            "layer " +
            layerFor(layer) + ", which is shown when the project is opened again. ";
    }
    if (removed > 0) {
        sentence += "Another program removed " + counted(removed, "outline") + " that " +
                    (removed == 1 ? "was" : "were") + " changed here; " +
                    (removed == 1 ? "it is" : "they are") + " there again. ";
    }
    if (!sentence.empty()) {
        sentence.pop_back();
    }
    return sentence;
}

} // namespace nunatak::project
