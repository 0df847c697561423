// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/draft.h"

#include "base/error.h"
#include "editing/gate.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace nunatak::editing {

using outlines::OutlineHandle;
using outlines::OutlineRef;

Draft::Draft(LayerSource layers, EdgeIndices& indices) : m_layers(std::move(layers)), m_indices(&indices) {}

OutlineHandle Draft::find(const OutlineRef& ref) const {
    if (const auto found = m_changes.find(ref); found != m_changes.end()) {
        return found->second.after;
    }
    const outlines::OutlineSet* layer = m_layers(ref.layer);
    return layer != nullptr ? layer->find(ref.uuid) : nullptr;
}

OutlineHandle Draft::require(const OutlineRef& ref) const {
    OutlineHandle outline = find(ref);
    if (!outline) {
        throw Error("The layer " + ref.layer + " has no outline " + ref.uuid +
                    " any more. Look at it again.");
    }
    return outline;
}

Draft::Change& Draft::change(const OutlineRef& ref) {
    const auto found = m_changes.find(ref);
    if (found != m_changes.end()) {
        return found->second;
    }
    const OutlineHandle before = find(ref);
    return m_changes.emplace(ref, Change{before, before, m_changes.size()}).first->second;
}

void Draft::reshape(const OutlineRef& ref, std::vector<RingSplice> splices) {
    const OutlineHandle now = require(ref);
    throwIfWorse(now->geometry, *m_indices->of(now), splices);
    outlines::Outline shaped = *now;
    applySplices(splices, shaped.geometry);
    OutlineHandle after = outlines::share(std::move(shaped));
    m_indices->derive(now, after, std::move(splices));
    change(ref).after = std::move(after);
}

void Draft::reshape(const OutlineRef& ref, geo::MultiPolygon shape) {
    const OutlineHandle now = require(ref);
    throwIfWorse(now->geometry, shape);
    outlines::Outline shaped = *now;
    shaped.geometry = std::move(shape);
    change(ref).after = outlines::share(std::move(shaped));
}

void Draft::put(const std::string& layer, outlines::Outline outline) {
    Change& changed = change({layer, outline.uuid});
    changed.after = outlines::share(std::move(outline));
}

void Draft::remove(const OutlineRef& ref) {
    require(ref);
    change(ref).after = nullptr;
}

Edit Draft::edit(std::string description, std::optional<OutlineRef> then) const {
    std::vector<std::pair<std::size_t, outlines::OutlineChange>> ordered;
    for (const auto& [ref, change] : m_changes) {
        if (change.before != change.after) {
            ordered.push_back({change.order, {ref.layer, change.before, change.after}});
        }
    }
    std::sort(ordered.begin(), ordered.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
    Edit edit{std::move(description), {}, std::move(then), {}};
    for (auto& [order, change] : ordered) {
        edit.changes.push_back(std::move(change));
    }
    return edit;
}

} // namespace nunatak::editing
