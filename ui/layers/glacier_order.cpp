// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/layers/glacier_order.h"

#include "geo/shape_operations.h"

#include <algorithm>
#include <utility>

namespace nunatak::ui::layers {

namespace {

using Handle = outlines::OutlineSet::Handle;

/// The largest first.
std::vector<Handle> byArea(const std::vector<Handle>& outlines) {
    std::vector<std::pair<double, Handle>> measured;
    measured.reserve(outlines.size());
    for (const auto& outline : outlines) {
        measured.emplace_back(geo::planarArea(outline->geometry), outline);
    }
    std::sort(measured.begin(), measured.end(), [](const auto& a, const auto& b) {
        return a.first != b.first ? a.first > b.first : a.second->uuid < b.second->uuid;
    });
    std::vector<Handle> ordered;
    ordered.reserve(measured.size());
    for (auto& [area, outline] : measured) {
        ordered.push_back(std::move(outline));
    }
    return ordered;
}

/// Its place; none: that of the end.
std::ptrdiff_t placeOf(const std::vector<Handle>& ordered, const std::string& uuid) {
    return std::find_if(ordered.begin(), ordered.end(),
                        [&uuid](const auto& outline) { return outline->uuid == uuid; }) -
           ordered.begin();
}

} // namespace

outlines::OutlineSet::Handle neighbourByArea(const std::vector<outlines::OutlineSet::Handle>& outlines,
                                             const std::string& uuid, int step) {
    if (outlines.empty()) {
        return nullptr;
    }
    const auto ordered = byArea(outlines);
    const auto count = static_cast<std::ptrdiff_t>(ordered.size());
    const auto found = placeOf(ordered, uuid);
    const auto from = found != count ? found : (step > 0 ? -1 : 0);
    const auto to = ((from + step) % count + count) % count;
    return ordered[static_cast<std::size_t>(to)];
}

outlines::OutlineSet::Handle
nextByArea(const std::vector<outlines::OutlineSet::Handle>& outlines, const std::string& uuid,
           const std::function<bool(const outlines::OutlineSet::Handle&)>& isWanted, int step) {
    auto ordered = byArea(outlines);
    if (step < 0) {
        std::reverse(ordered.begin(), ordered.end());
    }
    const auto found = placeOf(ordered, uuid);
    if (found != static_cast<std::ptrdiff_t>(ordered.size())) {
        std::rotate(ordered.begin(), ordered.begin() + found + 1, ordered.end());
    }
    const auto next = std::find_if(ordered.begin(), ordered.end(), isWanted);
    return next != ordered.end() ? *next : nullptr;
}

} // namespace nunatak::ui::layers
