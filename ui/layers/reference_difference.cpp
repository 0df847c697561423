// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/layers/reference_difference.h"

#include "geo/shape_operations.h"

namespace nunatak::ui::layers {

using outlines::Outline;

void ReferenceDifference::addShown(const Outline& ofInventory, Turned& turned) {
    const auto shape = geo::fingerprint(ofInventory.geometry);
    if (++m_shown[shape] == 1) {
        turn(shape, turned);
    }
}

void ReferenceDifference::removeShown(const Outline& ofInventory, Turned& turned) {
    const auto shape = geo::fingerprint(ofInventory.geometry);
    const auto found = m_shown.find(shape);
    if (found != m_shown.end() && --found->second == 0) {
        m_shown.erase(found);
        turn(shape, turned);
    }
}

void ReferenceDifference::addReference(const std::string& layer, const Outline& outline) {
    m_references[geo::fingerprint(outline.geometry)].insert({layer, outline.uuid});
}

void ReferenceDifference::removeReference(const std::string& layer, const Outline& outline) {
    const auto found = m_references.find(geo::fingerprint(outline.geometry));
    if (found != m_references.end()) {
        found->second.erase({layer, outline.uuid});
        if (found->second.empty()) {
            m_references.erase(found);
        }
    }
}

void ReferenceDifference::clear() {
    m_shown.clear();
    m_references.clear();
}

bool ReferenceDifference::differs(const Outline& outline) const {
    return m_shown.empty() || !m_shown.contains(geo::fingerprint(outline.geometry));
}

void ReferenceDifference::turn(std::uint64_t shape, Turned& turned) const {
    if (const auto found = m_references.find(shape); found != m_references.end()) {
        turned.insert(found->second.begin(), found->second.end());
    }
}

} // namespace nunatak::ui::layers
