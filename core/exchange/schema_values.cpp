// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/schema_values.h"

#include "base/dates.h"
#include "outlines/attribute_schema.h"

#include <charconv>
#include <cmath>

namespace nunatak::exchange {

using outlines::AttributeType;
using outlines::AttributeValue;

AttributeValue textOrNull(const std::string& text) {
    return text.empty() ? AttributeValue() : AttributeValue(text);
}

AttributeValue numberOrNull(std::optional<std::int64_t> number) {
    return number ? AttributeValue(*number) : AttributeValue::null(AttributeType::Integer);
}

AttributeValue realOrNull(std::optional<double> number) {
    return number ? AttributeValue(*number) : AttributeValue::null(AttributeType::Real);
}

AttributeValue knownAttribute(const ExportedOutline& exported, const char* name) {
    const auto* info = outlines::attributeInfo(name);
    if (outlines::describesTheShape(name) && exported.shape != ExportedOutline::Shape::AsDescribed) {
        return {};
    }
    if (const auto* value = attributeNamed(*exported.outline, name); value != nullptr && !value->isNull()) {
        return *value;
    }
    if (info != nullptr) {
        for (const char* spelling : info->spellings) {
            if (const auto* value = attributeNamed(*exported.outline, spelling);
                value != nullptr && !value->isNull()) {
                return *value;
            }
        }
    }
    return {};
}

std::optional<double> knownReal(const ExportedOutline& exported, const char* name) {
    const std::string text = knownAttribute(exported, name).text();
    double number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() && std::isfinite(number)
               ? std::optional(number)
               : std::nullopt;
}

std::optional<std::int64_t> knownNumber(const ExportedOutline& exported, const char* name) {
    const auto number = knownReal(exported, name);
    constexpr double most = 9e15; // every whole number up to here is a double
    constexpr double none = -999; // as inventories say it
    return number && std::floor(*number) == *number && std::abs(*number) < most && *number != none
               ? std::optional(static_cast<std::int64_t>(*number))
               : std::nullopt;
}

AttributeValue surfaceValue(const ExportedOutline& exported, SurfaceMember member, const char* attribute) {
    if (exported.surface.measures) {
        return (*exported.surface.measures).*member;
    }
    return realOrNull(knownReal(exported, attribute));
}

std::optional<std::int64_t> terminusType(const ExportedOutline& exported) {
    constexpr std::int64_t most = 3;
    if (const auto known = knownNumber(exported, "term_type")) {
        // A Shapefile's column may be called so and have the codes of RGI 6; 4 and 5 are none of RGI 7's.
        return *known >= 0 && *known <= most ? known : std::nullopt;
    }
    switch (knownNumber(exported, "TermType").value_or(-1)) {
    case 0: // land
    case 3: // dry calving
    case 4: // regenerated
        return 0;
    case 1:
        return 1;
    case 2:
        return 2;
    case 5: // shelf
        return most;
    default:
        return std::nullopt;
    }
}

std::optional<std::int64_t> connectionLevel(const ExportedOutline& exported) {
    for (const char* name : {"conn_lvl", "Connect"}) {
        if (const auto known = knownNumber(exported, name); known && *known >= 0 && *known <= 2) {
            return known;
        }
    }
    const bool mayBeConnected = exported.firstRegion.empty() || exported.firstRegion == "05";
    return mayBeConnected ? std::nullopt : std::optional<std::int64_t>(0);
}

std::string knownDate(const outlines::Outline& outline) {
    const auto read = readDate(outline.srcDate);
    return read.kind == DateReading::Kind::Date ? read.date : std::string();
}

} // namespace nunatak::exchange
