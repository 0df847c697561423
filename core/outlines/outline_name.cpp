// SPDX-License-Identifier: GPL-3.0-or-later
#include "outlines/outline_name.h"

#include <algorithm>
#include <cctype>
#include <string_view>

namespace nunatak::outlines {

namespace {

bool isSameWithoutCase(const std::string& name, std::string_view lower) {
    return std::equal(name.begin(), name.end(), lower.begin(), lower.end(),
                      [](char a, char b) { return std::tolower(static_cast<unsigned char>(a)) == b; });
}

} // namespace

std::string nameOf(const Outline& outline) {
    if (!outline.name.empty()) {
        return outline.name;
    }
    // RGI 7 and 6, GLIMS.
    for (const std::string_view id : {"rgi_id", "rgiid", "glims_id", "glimsid", "glac_id"}) {
        for (const auto& [name, value] : outline.attributes) {
            if (isSameWithoutCase(name, id) && !value.isNull() && !value.text().empty()) {
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
