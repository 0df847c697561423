// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/letters.h"

#include <algorithm>

namespace nunatak {

namespace {

char small(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

} // namespace

std::string lowerCase(std::string_view text) {
    std::string made(text);
    std::transform(made.begin(), made.end(), made.begin(), small);
    return made;
}

bool isSameInAnyCase(std::string_view a, std::string_view b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](char one, char other) { return small(one) == small(other); });
}

} // namespace nunatak
