// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json_trouble.h"

#include "base/printable.h"

#include <algorithm>
#include <cctype>

namespace nunatak {

namespace {

/// The last key before a byte; empty where there is none.
std::string keyBefore(std::string_view text) {
    std::string_view last;
    std::string_view key;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == ':' && !last.empty()) {
            key = last;
            last = {};
        } else if (text[i] == '"') {
            const std::size_t begin = ++i;
            while (i < text.size() && text[i] != '"') {
                i += text[i] == '\\' ? 2 : 1;
            }
            last = i < text.size() ? text.substr(begin, i - begin) : std::string_view();
        }
    }
    constexpr std::size_t longest = 100;
    return printableName(std::string(key.substr(0, longest)));
}

/// The word around a byte, with its sign.
std::string_view wordAt(std::string_view text, std::size_t at) {
    const auto isPart = [](char letter) {
        return std::isalpha(static_cast<unsigned char>(letter)) != 0 || letter == '-' || letter == '+';
    };
    std::size_t begin = at;
    while (begin > 0 && isPart(text[begin - 1])) {
        --begin;
    }
    std::size_t end = at;
    while (end < text.size() && isPart(text[end])) {
        ++end;
    }
    return text.substr(begin, end - begin);
}

bool isNoNumberOfJson(std::string_view word) {
    std::string name;
    for (const char letter : word) {
        if (std::isalpha(static_cast<unsigned char>(letter)) != 0) {
            name += static_cast<char>(std::tolower(static_cast<unsigned char>(letter)));
        }
    }
    return name == "nan" || name == "inf" || name == "infinity";
}

} // namespace

std::string jsonTrouble(std::string_view text, std::size_t byte) {
    const std::size_t at = std::min(byte == 0 ? 0 : byte - 1, text.size());
    const std::string key = keyBefore(text.substr(0, at));
    if (const auto word = wordAt(text, at); !key.empty() && isNoNumberOfJson(word)) {
        return "says " + std::string(word) + " for \"" + key +
               "\", and JSON has no such number; write a number";
    }
    return "is damaged or cut off at byte " + std::to_string(byte) +
           (key.empty() ? "" : ", after \"" + key + "\"");
}

} // namespace nunatak
