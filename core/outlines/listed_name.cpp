// SPDX-License-Identifier: GPL-3.0-or-later
#include "outlines/listed_name.h"

#include "outlines/outline_name.h"

#include <cctype>

namespace nunatak::outlines {

std::string listedName(const Outline& outline) {
    std::string name = nameInSentence(outline);
    if (nameOf(outline).empty()) {
        name.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(name.front())));
    }
    return name;
}

} // namespace nunatak::outlines
