// SPDX-License-Identifier: GPL-3.0-or-later
#include "outlines/attribute_value.h"

#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace nunatak::outlines {

namespace {

constexpr std::array<std::string_view, 7> typeNames{"text", "integer", "real",    "boolean",
                                                    "date", "time",    "datetime"};

/// Does not ask the locale what a decimal point is.
template <typename Number> std::string shortest(Number number) {
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    return {digits.data(), end.ptr};
}

} // namespace

std::string toString(AttributeType type) {
    return std::string(typeNames.at(static_cast<std::size_t>(type)));
}

std::optional<AttributeType> attributeTypeFromString(const std::string& text) {
    for (std::size_t i = 0; i < typeNames.size(); ++i) {
        if (text == typeNames[i]) {
            return static_cast<AttributeType>(i);
        }
    }
    return std::nullopt;
}

AttributeValue::AttributeValue(double number) : m_type(AttributeType::Real) {
    if (!std::isnan(number)) {
        m_value = number;
    }
}

AttributeValue AttributeValue::null(AttributeType type) {
    AttributeValue value;
    value.m_type = type;
    return value;
}

AttributeValue AttributeValue::moment(AttributeType type, std::string iso) {
    AttributeValue value(std::move(iso));
    value.m_type = type;
    return value;
}

std::string AttributeValue::text() const {
    if (const auto* words = string()) {
        return *words;
    }
    if (const auto* whole = integer()) {
        return shortest(*whole);
    }
    if (const auto* number = real()) {
        return shortest(*number);
    }
    if (const auto* answer = boolean()) {
        return *answer ? "true" : "false";
    }
    return {};
}

} // namespace nunatak::outlines
