// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/utf8.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace nunatak {

namespace {

/// The bytes of the character that begins at `at`, 0 when it is none of UTF-8's.
std::size_t characterLength(const std::string& text, std::size_t at) {
    const auto byte = [&](std::size_t i) {
        return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
    };
    const unsigned first = byte(at);
    const std::size_t length = first < 0x80                    ? 1
                               : first >= 0xC2 && first < 0xE0 ? 2
                               : (first & 0xF0) == 0xE0        ? 3
                                                               : 4;
    if (length == 4 && (first < 0xF0 || first > 0xF4)) {
        return 0;
    }
    for (std::size_t i = 1; i < length; ++i) {
        if ((byte(at + i) & 0xC0) != 0x80) {
            return 0;
        }
    }
    const unsigned second = byte(at + 1);
    const bool overlong = (first == 0xE0 && second < 0xA0) || (first == 0xF0 && second < 0x90);
    const bool outside =
        (first == 0xED && second >= 0xA0) || (first == 0xF4 && second >= 0x90); // surrogates, > 10FFFF
    return overlong || outside || first == 0 ? 0 : length;
}

/// How many bytes at the beginning are letters of ASCII for sure, as most texts are to their end: eight at a
/// time, none of them 0 or beyond 7F.
std::size_t plainBegin(const std::string& text) {
    constexpr std::uint64_t ones = 0x0101010101010101ULL;
    constexpr std::uint64_t highest = 0x8080808080808080ULL;
    std::size_t i = 0;
    for (std::uint64_t letters = 0; i + sizeof letters <= text.size(); i += sizeof letters) {
        std::memcpy(&letters, text.data() + i, sizeof letters);
        // Without a byte beyond 7F, taking one of each borrows from the highest bit of a byte where one is 0.
        if (((letters | (letters - ones)) & highest) != 0) {
            break;
        }
    }
    return i;
}

} // namespace

bool isUtf8(const std::string& text) {
    for (std::size_t i = plainBegin(text); i < text.size();) {
        const std::size_t length = characterLength(text, i);
        if (length == 0) {
            return false;
        }
        i += length;
    }
    return true;
}

std::string asUtf8(const std::string& text) {
    if (isUtf8(text)) {
        return text;
    }
    std::string clean;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = characterLength(text, i);
        clean += length > 0 ? text.substr(i, length) : "\xEF\xBF\xBD";
        i += std::max<std::size_t>(length, 1);
    }
    return clean;
}

} // namespace nunatak
