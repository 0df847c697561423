// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <concepts>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>

namespace nunatak::outlines {

/// What a vector file's field holds.
enum class AttributeType { Text, Integer, Real, Boolean, Date, Time, DateTime };
/// "text", "integer", "real", "boolean", "date", "time", "datetime".
std::string toString(AttributeType type);
/// None when it is the name of no type.
std::optional<AttributeType> attributeTypeFromString(const std::string& text);

/// A value of a field as the file had it: number, text, day or nothing. "01" is a text and stays one; a field
/// without a value keeps its type.
class AttributeValue {
public:
    /// A text without a value.
    AttributeValue() = default;
    AttributeValue(std::string text) : m_value(std::move(text)) {}
    AttributeValue(const char* text) : m_value(std::string(text)) {}
    /// A real number; none where it is NaN.
    AttributeValue(double number);
    template <std::integral Number>
    AttributeValue(Number number)
        : m_type(std::same_as<Number, bool> ? AttributeType::Boolean : AttributeType::Integer) {
        if constexpr (std::same_as<Number, bool>) {
            m_value = number;
        } else {
            m_value = static_cast<std::int64_t>(number);
        }
    }
    static AttributeValue null(AttributeType type);
    /// `iso`: ISO 8601, such as 2020-08-20, 10:30:00 or 2020-08-20T10:30:00Z.
    static AttributeValue moment(AttributeType type, std::string iso);

    AttributeType type() const { return m_type; }
    bool isNull() const { return std::holds_alternative<std::monostate>(m_value); }
    /// As people read it: whole numbers as they are, real ones with the fewest digits that give them back,
    /// "true" or "false", days in ISO 8601; empty where there is no value.
    std::string text() const;
    /// The value where it is of that type.
    const std::int64_t* integer() const { return std::get_if<std::int64_t>(&m_value); }
    const double* real() const { return std::get_if<double>(&m_value); }
    const bool* boolean() const { return std::get_if<bool>(&m_value); }
    /// Of texts and moments.
    const std::string* string() const { return std::get_if<std::string>(&m_value); }

    bool operator==(const AttributeValue&) const = default;

private:
    AttributeType m_type = AttributeType::Text;
    std::variant<std::monostate, std::string, std::int64_t, double, bool> m_value;
};

/// What an imported file said of an outline, by the names of its fields.
using Attributes = std::map<std::string, AttributeValue>;

} // namespace nunatak::outlines
