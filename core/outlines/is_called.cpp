// SPDX-License-Identifier: GPL-3.0-or-later
#include "outlines/is_called.h"

#include "outlines/attribute_schema.h"

#include <algorithm>

namespace nunatak::outlines {

bool isCalled(const Outline& outline, const std::string& word) {
    if (outline.uuid == word || outline.name == word) {
        return true;
    }
    return std::any_of(outline.attributes.begin(), outline.attributes.end(), [&](const auto& attribute) {
        const auto* info = attributeInfo(attribute.first);
        return info != nullptr && info->identifies != Identifies::Nothing && attribute.second.text() == word;
    });
}

} // namespace nunatak::outlines
