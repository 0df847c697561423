// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "models/manifest.h"

#include <array>

namespace nunatak::models {

namespace {

constexpr std::array<const char*, 5> names{"global", "regional", "finetuned", "region_encoding",
                                           "coordinate_encoding"};

} // namespace

std::string toString(Strategy strategy) {
    return names[static_cast<std::size_t>(strategy)];
}

Strategy strategyFromString(const std::string& text) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (text == names[i]) {
            return static_cast<Strategy>(i);
        }
    }
    throw Error("The strategy \"" + text.substr(0, 64) +
                "\" is not known; it is one of global, regional, finetuned, region_encoding, "
                "coordinate_encoding.");
}

} // namespace nunatak::models
