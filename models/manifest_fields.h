// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

namespace nunatak::models {

using Json = nlohmann::json;

inline constexpr std::size_t longestField = 200;

/// Such a character in a text from a file could steer the terminal that shows it.
inline bool isControl(char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7f;
}

/// The fields of one JSON object; each failure names the file and the field.
class Fields {
public:
    Fields(const Json& object, std::string place, const std::filesystem::path& file)
        : m_object(object), m_place(std::move(place)), m_file(file) {
        if (!object.is_object()) {
            fail(m_place.empty() ? "the whole" : m_place, "is not a JSON object");
        }
    }

    const Json& get(const std::string& field) const {
        const auto found = m_object.find(field);
        if (found == m_object.end()) {
            fail(path(field), "is missing");
        }
        return *found;
    }

    bool has(const std::string& field) const { return m_object.contains(field); }
    std::string text(const std::string& field) const { return asText(get(field), path(field)); }
    std::string text(const std::string& field, const std::string& otherwise) const {
        return m_object.contains(field) ? text(field) : otherwise;
    }
    double number(const std::string& field) const {
        const auto& value = get(field);
        if (!value.is_number() || !std::isfinite(value.get<double>())) {
            fail(path(field), "is not a number");
        }
        return value.get<double>();
    }
    int integer(const std::string& field) const {
        const auto& value = get(field);
        const double number = value.is_number_integer() ? value.get<double>() : std::nan("");
        // Written so that a NaN fails.
        if (!(std::abs(number) <= std::numeric_limits<int>::max())) {
            fail(path(field), "is not a whole number that fits");
        }
        return static_cast<int>(number);
    }
    bool truth(const std::string& field, bool otherwise) const {
        if (!m_object.contains(field)) {
            return otherwise;
        }
        if (!get(field).is_boolean()) {
            fail(path(field), "is neither true nor false");
        }
        return get(field).get<bool>();
    }
    const Json& list(const std::string& field) const {
        if (!get(field).is_array()) {
            fail(path(field), "is not a list");
        }
        return get(field);
    }
    std::vector<std::string> texts(const std::string& field) const {
        std::vector<std::string> values;
        for (const auto& item : list(field)) {
            values.push_back(asText(item, path(field)));
        }
        return values;
    }
    Fields object(const std::string& field) const { return {get(field), path(field), m_file}; }
    Fields item(const Json& value, const std::string& field, std::size_t index) const {
        return {value, path(field) + "[" + std::to_string(index) + "]", m_file};
    }
    const Json& json() const { return m_object; }

    [[noreturn]] void fail(std::string field, const std::string& why) const {
        // A field's name may come from the file, and what prints this may be a terminal.
        field.resize(std::min(field.size(), longestField));
        std::replace_if(field.begin(), field.end(), isControl, '?');
        throw Error("The model's manifest " + m_file.string() + " cannot be used: the field " + field + " " +
                    why + ".");
    }
    std::string path(const std::string& field) const {
        return m_place.empty() ? field : m_place + "." + field;
    }

private:
    std::string asText(const Json& value, const std::string& field) const {
        if (!value.is_string()) {
            fail(field, "is not a text");
        }
        const auto& text = value.get_ref<const std::string&>();
        if (std::any_of(text.begin(), text.end(), isControl)) {
            fail(field, "holds control characters");
        }
        return text;
    }

    const Json& m_object;
    std::string m_place;
    const std::filesystem::path& m_file;
};

} // namespace nunatak::models
