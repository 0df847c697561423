// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/products/numbers.h"

#include "base/dates.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cmath>

namespace nunatak::scene::products {

namespace {

bool isSpace(char c) {
    return std::isspace(static_cast<unsigned char>(c)) != 0;
}

} // namespace

std::optional<double> numberIn(std::string_view text) {
    if (text.starts_with('+')) {
        text.remove_prefix(1);
    }
    double value = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value);
    if (text.empty() || result.ec != std::errc() || result.ptr != text.data() + text.size() ||
        !std::isfinite(value)) {
        return std::nullopt;
    }
    return value;
}

std::string trimmed(std::string_view text) {
    while (!text.empty() && isSpace(text.front())) {
        text.remove_prefix(1);
    }
    while (!text.empty() && isSpace(text.back())) {
        text.remove_suffix(1);
    }
    return std::string(text);
}

std::string dayIn(std::string_view text) {
    std::string digits;
    for (const char c : text) {
        if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
            digits += c;
        } else if (c != '-') {
            break;
        }
        if (digits.size() == 8) {
            break;
        }
    }
    if (digits.size() < 8) {
        return {};
    }
    const std::string day = digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" + digits.substr(6, 2);
    return isIsoDate(day) ? day : std::string();
}

std::string timeIn(std::string_view text) {
    constexpr std::string_view pattern = "00:00:00";
    if (text.size() < pattern.size()) {
        return {};
    }
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        const bool digit = std::isdigit(static_cast<unsigned char>(text[i])) != 0;
        if (pattern[i] == '0' ? !digit : text[i] != pattern[i]) {
            return {};
        }
    }
    const std::string time(text.substr(0, pattern.size()));
    return time < "24:00:00" && time.substr(3) < "60:00" && time.substr(6) < "61" ? time : std::string();
}

} // namespace nunatak::scene::products
