// SPDX-License-Identifier: GPL-3.0-or-later
#include "outlines/outline_name.h"

#include "outlines/attribute_schema.h"

#include <cstddef>

namespace nunatak::outlines {

std::string nameOf(const Outline& outline) {
    if (!outline.name.empty()) {
        return outline.name;
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
    return name.empty() ? "glacier " + outline.uuid.substr(0, enough) : name;
}

} // namespace nunatak::outlines
