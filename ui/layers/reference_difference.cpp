// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/layers/reference_difference.h"

#include <algorithm>
#include <bit>

namespace nunatak::ui::layers {

using outlines::OutlineHandle;
using outlines::OutlineRef;

namespace {

/// The same for the same shapes, and for few others.
std::uint64_t keyOf(const OutlineHandle& outline) {
    const auto& extent = outline->extent();
    std::uint64_t key = outline->vertices();
    for (const double number : {extent.xmin, extent.ymin, extent.xmax, extent.ymax, outline->area()}) {
        key = (key ^ std::bit_cast<std::uint64_t>(number)) * 0x9E3779B97F4A7C15ULL;
        key ^= key >> 32;
    }
    return key;
}

bool isSameShape(const OutlineHandle& a, const OutlineHandle& b) {
    return a == b || a->geometry == b->geometry;
}

} // namespace

void ReferenceDifference::addShown(const OutlineHandle& ofInventory, Turned& turned) {
    auto& shown = m_shown[keyOf(ofInventory)];
    const bool isNew = std::none_of(shown.begin(), shown.end(), [&](const OutlineHandle& other) {
        return isSameShape(other, ofInventory);
    });
    shown.push_back(ofInventory);
    if (isNew) {
        turn(ofInventory, turned);
    }
}

void ReferenceDifference::removeShown(const OutlineHandle& ofInventory, Turned& turned) {
    const auto isIt = [&](const OutlineHandle& other) { return isSameShape(other, ofInventory); };
    const auto found = m_shown.find(keyOf(ofInventory));
    if (found == m_shown.end()) {
        return;
    }
    auto& shown = found->second;
    const auto gone = std::find_if(shown.begin(), shown.end(), isIt);
    if (gone == shown.end()) {
        return;
    }
    shown.erase(gone);
    const bool isLast = std::none_of(shown.begin(), shown.end(), isIt);
    if (shown.empty()) {
        m_shown.erase(found);
    }
    if (isLast) {
        turn(ofInventory, turned);
    }
}

void ReferenceDifference::addReference(const std::string& layer, const OutlineHandle& outline) {
    m_references[keyOf(outline)].push_back({{layer, outline->uuid}, outline});
}

void ReferenceDifference::removeReference(const std::string& layer, const OutlineHandle& outline) {
    const auto found = m_references.find(keyOf(outline));
    if (found != m_references.end()) {
        const OutlineRef ref{layer, outline->uuid};
        std::erase_if(found->second, [&ref](const Reference& reference) { return reference.ref == ref; });
        if (found->second.empty()) {
            m_references.erase(found);
        }
    }
}

void ReferenceDifference::clear() {
    m_shown.clear();
    m_references.clear();
}

bool ReferenceDifference::differs(const OutlineHandle& outline) const {
    const auto found = m_shown.find(keyOf(outline));
    return found == m_shown.end() ||
           std::none_of(found->second.begin(), found->second.end(),
                        [&](const OutlineHandle& shown) { return isSameShape(shown, outline); });
}

void ReferenceDifference::turn(const OutlineHandle& shape, Turned& turned) const {
    if (const auto found = m_references.find(keyOf(shape)); found != m_references.end()) {
        for (const Reference& reference : found->second) {
            turned.insert(reference.ref);
        }
    }
}

} // namespace nunatak::ui::layers
