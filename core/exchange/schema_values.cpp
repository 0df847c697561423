// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/schema_values.h"

#include "base/dates.h"
#include "outlines/attribute_schema.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <string>
#include <utility>

namespace nunatak::exchange {

using outlines::AttributeType;
using outlines::AttributeValue;

namespace {

constexpr double noNumber = -999; ///< as inventories say it

bool isSameName(const std::string& a, const char* b) {
    return std::equal(a.begin(), a.end(), b, b + std::char_traits<char>::length(b), [](char x, char y) {
        return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
    });
}

/// What inventories call one thing that is measured of the surface; empty: nothing, or as RGI 7 does.
struct SurfaceNames {
    SurfaceMember member;
    const char* ofRgi7;
    const char* ofRgi6; ///< in degrees there; elsewhere it may be per cent, or a word
    const char* ofGlims;
};
using Measures = outlines::SurfaceMeasures;
constexpr std::array surfaceNames{
    SurfaceNames{&Measures::lowest, "zmin_m", "Zmin", "min_elev"},
    SurfaceNames{&Measures::highest, "zmax_m", "Zmax", "max_elev"},
    SurfaceNames{&Measures::median, "zmed_m", "Zmed", ""},
    SurfaceNames{&Measures::mean, "zmean_m", "", "mean_elev"},
    SurfaceNames{&Measures::slope, "slope_deg", "Slope", ""},
    SurfaceNames{&Measures::aspect, "aspect_deg", "Aspect", ""},
};

bool isOfRgi6(const ExportedOutline& exported) {
    const auto* id = attributeNamed(*exported.outline, "rgi_id");
    return id != nullptr && (id->text().starts_with("RGI60-") || id->text().starts_with("RGI50-"));
}

} // namespace

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
    const auto* info = outlines::attributeInfo(name);
    // RGI 6 says -9 for a slope, an aspect and a length that it does not have.
    const bool isNone =
        number == noNumber || number == -9999 || (info != nullptr && info->least && number < *info->least);
    return read.ec == std::errc() && read.ptr == text.data() + text.size() && std::isfinite(number) && !isNone
               ? std::optional(number)
               : std::nullopt;
}

std::optional<std::int64_t> knownNumber(const ExportedOutline& exported, const char* name) {
    const auto number = knownReal(exported, name);
    constexpr double most = 9e15; // every whole number up to here is a double
    return number && std::floor(*number) == *number && std::abs(*number) < most
               ? std::optional(static_cast<std::int64_t>(*number))
               : std::nullopt;
}

std::string inventoryMeaning(const std::string& name) {
    for (const SurfaceNames& names : surfaceNames) {
        if (isSameName(name, names.ofRgi6) || isSameName(name, names.ofGlims)) {
            return names.ofRgi7;
        }
    }
    // The sector comes of the aspect.
    for (const auto& [other, ofRgi7] : {std::pair{"aspect_sec", "aspect_deg"}, std::pair{"Area", "area_km2"},
                                        std::pair{"Connect", "conn_lvl"}, std::pair{"length", "lmax_m"}}) {
        if (isSameName(name, other)) {
            return ofRgi7;
        }
    }
    const auto* info = outlines::attributeInfo(name);
    return info == nullptr ? name : *info->standsFor != '\0' ? info->standsFor : info->id;
}

AttributeValue surfaceValue(const ExportedOutline& exported, SurfaceMember member) {
    if (exported.surface.measures) {
        return (*exported.surface.measures).*member;
    }
    const auto& names = *std::find_if(surfaceNames.begin(), surfaceNames.end(),
                                      [&](const SurfaceNames& each) { return each.member == member; });
    if (const auto known = knownReal(exported, names.ofRgi7)) {
        return *known;
    }
    if (const auto said = isOfRgi6(exported) ? knownReal(exported, names.ofRgi6) : std::nullopt) {
        return realOrNull(*said >= 0 ? said : std::nullopt); // -9: unknown
    }
    // GLIMS writes 0 of heights that nobody has measured.
    return realOrNull(knownReal(exported, "max_elev").value_or(0) > 0 ? knownReal(exported, names.ofGlims)
                                                                      : std::nullopt);
}

AttributeValue surfaceLength(const ExportedOutline& exported) {
    if (exported.surface.measures) {
        const auto& metres = exported.surface.measures->length;
        return numberOrNull(metres ? std::optional<std::int64_t>(*metres) : std::nullopt);
    }
    return numberOrNull(knownNumber(exported, "lmax_m"));
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
