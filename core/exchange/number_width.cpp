// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/number_width.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <string_view>

namespace nunatak::exchange {

void NumberWidth::add(const outlines::AttributeValue& value) {
    if (value.integer() != nullptr) {
        m_whole = std::max(m_whole, static_cast<int>(value.text().size()));
        return;
    }
    const auto* number = value.real();
    if (number == nullptr || !std::isfinite(*number)) {
        return;
    }
    std::array<char, 1100> digits{}; // the longest: the smallest double in full
    const auto end =
        std::to_chars(digits.data(), digits.data() + digits.size(), *number, std::chars_format::fixed);
    const std::string_view text(digits.data(), end.ptr);
    const auto point = std::min(text.find('.'), text.size());
    const int decimals = point == text.size() ? 0 : static_cast<int>(text.size() - point - 1);
    constexpr int significant = 15; // digits that every double has
    const int enough =
        *number == 0
            ? 0
            : std::max(0, significant - 1 - static_cast<int>(std::floor(std::log10(std::abs(*number)))));
    m_whole = std::max(m_whole, static_cast<int>(point));
    m_decimals = std::max(m_decimals, std::min(decimals, enough));
}

std::optional<NumberWidth::Layout> NumberWidth::layout(outlines::AttributeType type) const {
    constexpr int usualInteger = 18;
    constexpr int usualReal = 24;
    constexpr int usualDecimals = 15;
    constexpr int widestReal = 32;
    if (type == outlines::AttributeType::Integer) {
        return m_whole <= usualInteger ? std::optional(Layout{usualInteger, 0}) : std::nullopt;
    }
    const int needed = m_whole + 1 + m_decimals;
    if (needed > widestReal) {
        return std::nullopt;
    }
    const int width = std::max(usualReal, needed);
    return Layout{width, std::max(m_decimals, std::min(usualDecimals, width - 1 - std::max(m_whole, 1)))};
}

} // namespace nunatak::exchange
