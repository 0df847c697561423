// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/fields.h"

#include "exchange/dates.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <map>
#include <set>

namespace nunatak::exchange {

namespace {

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return text;
}

struct NamedRole {
    const char* name;
    FieldRole role;
};

// In lower case: DBF files come in either.
constexpr std::array namedRoles{
    NamedRole{"uuid", FieldRole::Uuid},
    NamedRole{"rgi_id", FieldRole::RgiId},
    NamedRole{"rgiid", FieldRole::RgiId},
    NamedRole{"glac_name", FieldRole::Name},
    NamedRole{"name", FieldRole::Name},
    NamedRole{"src_date", FieldRole::Date},
    NamedRole{"bgndate", FieldRole::Date},
    NamedRole{"scene_id", FieldRole::SceneId},
    NamedRole{"sensor", FieldRole::Sensor},
    NamedRole{"model", FieldRole::Model},
    NamedRole{"model_fp", FieldRole::ModelFingerprint},
    NamedRole{"run_id", FieldRole::Run},
    NamedRole{"threshold", FieldRole::Threshold},
    NamedRole{"review", FieldRole::Review},
};

constexpr std::array shapeFields{"area",     "area_km2",  "cenlon",    "cenlat",     "utm_zone",   "zmin",
                                 "zmax",     "zmed",      "zmin_m",    "zmax_m",     "zmed_m",     "zmean_m",
                                 "slope",    "aspect",    "slope_deg", "aspect_deg", "aspect_sec", "lmax",
                                 "lmax_m",   "termlon",   "termlat",   "db_area",    "width",      "length",
                                 "min_elev", "mean_elev", "max_elev",  "shape_leng", "shape_area"};

} // namespace

FieldRole roleOf(const std::string& fieldName) {
    const std::string name = lower(fieldName);
    for (const auto& named : namedRoles) {
        if (name == named.name) {
            return named.role;
        }
    }
    return FieldRole::Other;
}

bool describesTheShape(const std::string& fieldName) {
    const std::string name = lower(fieldName);
    return std::any_of(shapeFields.begin(), shapeFields.end(),
                       [&](const char* field) { return name == field; });
}

bool isUuid(const std::string& text) {
    if (text.size() != 36) {
        return false;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
        if (dash ? text[i] != '-' : std::isxdigit(static_cast<unsigned char>(text[i])) == 0) {
            return false;
        }
    }
    return true;
}

void setField(outlines::Outline& outline, const std::string& fieldName,
              const outlines::AttributeValue& value) {
    const auto role = roleOf(fieldName);
    const std::string text = value.text();
    if (text.empty() && role != FieldRole::Other) {
        return;
    }
    switch (role) {
    case FieldRole::Uuid:
        if (isUuid(text)) {
            outline.uuid = lower(text);
        }
        break;
    case FieldRole::RgiId:
        outline.attributes["rgi_id"] = value;
        break;
    case FieldRole::Name:
        outline.name = text;
        break;
    case FieldRole::Date:
        outline.srcDate = isoDate(text);
        break;
    case FieldRole::SceneId:
        outline.sceneId = text;
        break;
    case FieldRole::Sensor:
        outline.sensor = text;
        break;
    case FieldRole::Model:
        outline.model = text;
        break;
    case FieldRole::ModelFingerprint:
        outline.modelFingerprint = text;
        break;
    case FieldRole::Run:
        outline.run = text;
        break;
    case FieldRole::Threshold:
        // from_chars, unlike strtod, does not ask the locale what a decimal point is.
        std::from_chars(text.data(), text.data() + text.size(), outline.threshold);
        break;
    case FieldRole::Review:
        if (const auto review = outlines::reviewFromString(text)) {
            outline.review = *review;
        } else {
            outline.attributes[fieldName] = value; // somebody else's words
        }
        break;
    case FieldRole::Other:
        outline.attributes[fieldName] = value;
        break;
    }
}

std::vector<Column> columnsFor(const std::vector<outlines::Outline>& outlines, std::size_t longestName) {
    using Type = outlines::AttributeType;
    std::vector<Column> columns{
        {"rgi_id", Type::Text, "rgi_id"}, {"glac_name", Type::Text, {}}, {"src_date", Type::Text, {}},
        {"cenlon", Type::Real, {}},       {"cenlat", Type::Real, {}},    {"utm_zone", Type::Integer, {}},
        {"area_km2", Type::Real, {}},     {"uuid", Type::Text, {}},      {"scene_id", Type::Text, {}},
        {"sensor", Type::Text, {}},       {"model", Type::Text, {}},     {"model_fp", Type::Text, {}},
        {"run_id", Type::Text, {}},       {"threshold", Type::Real, {}}, {"review", Type::Text, {}},
    };
    std::set<std::string> taken;
    for (const auto& column : columns) {
        taken.insert(lower(column.name));
    }
    std::map<std::string, Type> attributes;
    for (const auto& outline : outlines) {
        for (const auto& [key, value] : outline.attributes) {
            if (key != "rgi_id" && !describesTheShape(key)) {
                const auto found = attributes.try_emplace(key, value.type()).first;
                found->second = found->second == value.type() ? value.type() : Type::Text;
            }
        }
    }
    for (const auto& [attribute, type] : attributes) {
        std::string name = attribute.substr(0, longestName);
        // Never cut through a UTF-8 character.
        while (name.size() < attribute.size() && !name.empty() &&
               (static_cast<unsigned char>(attribute[name.size()]) & 0xC0) == 0x80) {
            name.pop_back();
        }
        for (int number = 1; !taken.insert(lower(name)).second; ++number) {
            const std::string suffix = "_" + std::to_string(number);
            name = attribute.substr(0, longestName - suffix.size()) + suffix;
        }
        columns.push_back({name, type, attribute});
    }
    return columns;
}

} // namespace nunatak::exchange
