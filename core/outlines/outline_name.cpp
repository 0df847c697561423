// SPDX-License-Identifier: GPL-3.0-or-later
#include "outlines/outline_name.h"

#include "outlines/attribute_schema.h"
#include "outlines/side_kind.h"

#include <cstddef>

namespace nunatak::outlines {

std::string nameOf(const Outline& outline) {
    if (!outline.name.empty()) {
        return outline.name;
    }
    if (sideKindOf(outline) != nullptr) {
        return {}; // ids are of the glacier that it belongs to
    }
    for (const AttributeInfo* id : {attributeInfo("rgi_id"), attributeInfo("glims_id")}) {
        for (const auto& [name, value] : outline.attributes) {
            if (!value.isNull() && !value.text().empty() && isNameOf(*id, name)) {
                return value.text();
            }
        }
    }
    return {};
}

std::string nameInSentence(const Outline& outline) {
    const std::string name = nameOf(outline);
    constexpr std::size_t enough = 8; // characters, to tell it from its neighbours
    if (!name.empty()) {
        return name;
    }
    const SideKind* kind = sideKindOf(outline);
    return std::string(kind != nullptr ? kind->one : "glacier") + " " + outline.uuid.substr(0, enough);
}

} // namespace nunatak::outlines
