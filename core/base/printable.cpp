// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/printable.h"

#include "base/utf8.h"

#include <cstdint>

namespace nunatak {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD"; // U+FFFD

/// The sign for a control character of ASCII (U+2400 and on).
std::string signFor(std::uint8_t control) {
    const std::uint8_t place = control == 0x7F ? 0x21 : control;
    return {'\xE2', '\x90', static_cast<char>(0x80 + place)};
}

/// Characters that reorder what stands around them, so that a name can look like another.
bool isReordering(std::string_view sequence) {
    return (sequence >= "\xE2\x80\xAA" && sequence <= "\xE2\x80\xAE") || // U+202A to U+202E
           (sequence >= "\xE2\x81\xA6" && sequence <= "\xE2\x81\xA9");   // U+2066 to U+2069
}

std::string shown(std::string_view bytes, bool keepsLines) {
    const auto clean = asUtf8(std::string(bytes));
    std::string result;
    result.reserve(clean.size());
    for (std::string_view text = clean; !text.empty();) {
        const auto first = static_cast<std::uint8_t>(text.front());
        const std::size_t length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        const auto sequence = text.substr(0, length);
        const bool isControl = first < 0x20 || first == 0x7F;
        const bool isUpperControl =
            first == 0xC2 && static_cast<std::uint8_t>(text[1]) < 0xA0; // U+0080 to U+009F
        if (isControl && !(keepsLines && (first == '\n' || first == '\t'))) {
            result += signFor(first);
        } else if (isUpperControl || isReordering(sequence)) {
            result += replacement;
        } else {
            result += sequence;
        }
        text.remove_prefix(length);
    }
    return result;
}

} // namespace

std::string printable(std::string_view text) {
    return shown(text, true);
}

std::string printableName(std::string_view name) {
    return shown(name, false);
}

} // namespace nunatak
