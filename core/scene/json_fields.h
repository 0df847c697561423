// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <nlohmann/json.hpp>

#include <cstdint>
#include <string>

namespace nunatak::scene {

/// Reads fields and says where one is wrong.
class JsonFields {
public:
    JsonFields(const nlohmann::ordered_json& json, std::string where)
        : m_json(json), m_where(std::move(where)) {
        if (!json.is_object()) {
            fail("is not an object in braces");
        }
    }

    bool has(const char* key) const { return m_json.contains(key) && !m_json.at(key).is_null(); }
    const nlohmann::ordered_json& at(const char* key) const {
        if (!has(key)) {
            fail(std::string("has no \"") + key + "\"");
        }
        return m_json.at(key);
    }
    std::string text(const char* key) const {
        const nlohmann::ordered_json& value = at(key);
        if (!value.is_string()) {
            fail(std::string("\"") + key + "\" is not a text");
        }
        return value.get<std::string>();
    }
    std::string text(const char* key, const std::string& otherwise) const {
        return has(key) ? text(key) : otherwise;
    }
    double number(const char* key) const {
        const nlohmann::ordered_json& value = at(key);
        if (!value.is_number()) {
            fail(std::string("\"") + key + "\" is not a number");
        }
        return value.get<double>();
    }
    double number(const char* key, double otherwise) const { return has(key) ? number(key) : otherwise; }
    int whole(const char* key, int otherwise) const {
        if (!has(key)) {
            return otherwise;
        }
        const nlohmann::ordered_json& value = at(key);
        if (!value.is_number_integer() || value.get<std::int64_t>() < 0 ||
            value.get<std::int64_t>() > 1'000'000'000) {
            fail(std::string("\"") + key + "\" is not a whole number of that kind");
        }
        return value.get<int>();
    }
    bool yes(const char* key) const { return has(key) && at(key).is_boolean() && at(key).get<bool>(); }
    const nlohmann::ordered_json& list(const char* key) const {
        const nlohmann::ordered_json& value = at(key);
        if (!value.is_array()) {
            fail(std::string("\"") + key + "\" is not a list in brackets");
        }
        return value;
    }
    [[noreturn]] void fail(const std::string& what) const { throw Error(m_where + " " + what + "."); }

private:
    const nlohmann::ordered_json& m_json;
    std::string m_where;
};

} // namespace nunatak::scene
