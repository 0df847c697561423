// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/attribute_codec.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>

namespace nunatak::project {

namespace {

using nlohmann::json;
using outlines::AttributeType;
using outlines::AttributeValue;

/// The member that is no attribute: Outline::describedShape, in hexadecimal digits.
constexpr const char* shapeKey = "nunatak:shape";

json toJson(const AttributeValue& value) {
    if (value.isNull()) {
        return value.type() == AttributeType::Text ? json()
                                                   : json{{"null", outlines::toString(value.type())}};
    }
    if (const auto* whole = value.integer()) {
        return *whole;
    }
    if (const auto* answer = value.boolean()) {
        return *answer;
    }
    if (const auto* number = value.real()) {
        return std::isfinite(*number) ? json(*number) : json{{"real", *number > 0 ? "inf" : "-inf"}};
    }
    if (value.type() == AttributeType::Text) {
        return value.text();
    }
    return json{{outlines::toString(value.type()), value.text()}};
}

/// A value of a type that JSON does not have; a text of JSON where it is nothing of ours.
AttributeValue fromObject(const json& object) {
    if (object.is_object() && object.size() == 1 && object.begin()->is_string()) {
        const std::string& key = object.begin().key();
        const auto word = object.begin()->get<std::string>();
        const auto type = outlines::attributeTypeFromString(key);
        if (key == "null") {
            if (const auto missing = outlines::attributeTypeFromString(word)) {
                return AttributeValue::null(*missing);
            }
        } else if (type == AttributeType::Real && (word == "inf" || word == "-inf")) {
            return std::copysign(std::numeric_limits<double>::infinity(), word == "inf" ? 1.0 : -1.0);
        } else if (type == AttributeType::Date || type == AttributeType::Time ||
                   type == AttributeType::DateTime) {
            return AttributeValue::moment(*type, word);
        }
    }
    return object.dump();
}

AttributeValue fromJson(const json& value) {
    if (value.is_null()) {
        return {};
    }
    if (value.is_string()) {
        return value.get<std::string>();
    }
    if (value.is_boolean()) {
        return value.get<bool>();
    }
    if (value.is_number_unsigned() &&
        value.get<std::uint64_t>() > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max())) {
        return value.dump();
    }
    if (value.is_number_integer()) {
        return value.get<std::int64_t>();
    }
    if (value.is_number_float()) {
        return value.get<double>();
    }
    return fromObject(value);
}

} // namespace

bool hasTypes(const outlines::Outline& outline) {
    return outline.describedShape != 0 ||
           std::any_of(outline.attributes.begin(), outline.attributes.end(), [](const auto& attribute) {
               return attribute.second.isNull() || attribute.second.type() != AttributeType::Text;
           });
}

std::string attributesToJson(const outlines::Outline& outline) {
    json object = json::object();
    for (const auto& [key, value] : outline.attributes) {
        object[key] = toJson(value);
    }
    if (outline.describedShape != 0) {
        std::array<char, 16> digits{};
        const auto end =
            std::to_chars(digits.data(), digits.data() + digits.size(), outline.describedShape, 16);
        object[shapeKey] = std::string(digits.data(), end.ptr);
    }
    return object.empty() ? std::string() : object.dump();
}

void setAttributesFromJson(outlines::Outline& outline, const std::string& text) {
    if (text.empty()) {
        return;
    }
    const json object = json::parse(text, nullptr, false);
    if (!object.is_object()) {
        outline.attributes["attributes"] = text;
        return;
    }
    for (const auto& [key, value] : object.items()) {
        if (key == shapeKey && value.is_string()) {
            const auto digits = value.get<std::string>();
            std::from_chars(digits.data(), digits.data() + digits.size(), outline.describedShape, 16);
        } else {
            outline.attributes[key] = fromJson(value);
        }
    }
}

} // namespace nunatak::project
