// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/products/mtl.h"

#include "base/error.h"
#include "scene/products/nesting.h"
#include "scene/products/numbers.h"

#include <nlohmann/json.hpp>
#include <pugixml.hpp>

#include <sstream>
#include <vector>

namespace nunatak::scene::products {

namespace {

constexpr const char* rootName = "LANDSAT_METADATA_FILE";
constexpr int deepest = 32;

} // namespace

Mtl Mtl::parse(const std::string& text, const std::string& name) {
    Mtl mtl;
    mtl.m_name = name;
    const auto first = text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    const char kind = first == std::string::npos ? ' ' : text[first];
    if (kind == '{') {
        mtl.readJson(text);
    } else if (kind == '<') {
        mtl.readXml(text);
    } else {
        mtl.readOdl(text);
    }
    if (mtl.m_groups.empty()) {
        throw Error("\"" + name +
                    "\" holds no Landsat metadata; it is cut off or another file: download it again.");
    }
    return mtl;
}

void Mtl::readOdl(const std::string& text) {
    std::istringstream in(text);
    std::vector<std::string> groups;
    for (std::string line; std::getline(in, line);) {
        const auto equals = line.find('=');
        if (equals == std::string::npos) {
            continue; // END, and what fills the file up after it
        }
        const std::string key = trimmed(line.substr(0, equals));
        std::string value = trimmed(line.substr(equals + 1));
        if (value.size() >= 2 && value.front() == '"' && value.back() == '"') {
            value = value.substr(1, value.size() - 2);
        }
        if (key == "GROUP") {
            groups.push_back(value);
        } else if (key == "END_GROUP") {
            if (groups.empty() || groups.back() != value) {
                throw Error("\"" + m_name + "\" ends the group " + value +
                            " that it is not in; it is damaged: "
                            "download it again.");
            }
            groups.pop_back();
        } else if (!groups.empty()) {
            m_groups[groups.back()][key] = value;
        }
    }
    if (!groups.empty()) {
        throw Error("\"" + m_name + "\" is cut off within the group " + groups.back() +
                    "; download it again.");
    }
}

void Mtl::readJson(const std::string& text) {
    try {
        if (nestedTooDeeply(text, deepest)) {
            throw Error("\"" + m_name + "\" is nested too deeply to be Landsat metadata; download it again.");
        }
        const auto json = nlohmann::json::parse(text);
        const auto& root = json.contains(rootName) ? json.at(rootName) : json;
        for (const auto& [group, values] : root.items()) {
            if (!values.is_object()) {
                continue;
            }
            for (const auto& [key, value] : values.items()) {
                m_groups[group][key] = value.is_string() ? value.get<std::string>() : value.dump();
            }
        }
    } catch (const nlohmann::json::exception&) {
        throw Error("\"" + m_name + "\" is not JSON: it is damaged or cut off; download it again.");
    }
}

void Mtl::readXml(const std::string& text) {
    pugi::xml_document document;
    const auto result = document.load_buffer(text.data(), text.size());
    if (!result) {
        throw Error("\"" + m_name + "\" is no sound XML (" + result.description() + " at byte " +
                    std::to_string(result.offset) + "): it is damaged or cut off; download it again.");
    }
    for (const auto& group : document.document_element().children()) {
        for (const auto& value : group.children()) {
            if (value.type() == pugi::node_element) {
                m_groups[group.name()][value.name()] = trimmed(value.child_value());
            }
        }
    }
}

bool Mtl::has(const std::string& group, const std::string& key) const {
    const auto found = m_groups.find(group);
    return found != m_groups.end() && found->second.contains(key);
}

const std::string& Mtl::text(const std::string& group, const std::string& key) const {
    if (!has(group, key)) {
        throw Error("\"" + m_name + "\" does not say " + key + " (in " + group +
                    "); it is damaged or not of Collection 2: download the product again.");
    }
    return m_groups.at(group).at(key);
}

double Mtl::number(const std::string& group, const std::string& key) const {
    const std::string& value = text(group, key);
    const auto number = numberIn(value);
    if (!number) {
        throw Error("\"" + m_name + "\" says " + key + " = \"" + value + "\" (in " + group +
                    "), which is no number; it is damaged: download it again.");
    }
    return *number;
}

} // namespace nunatak::scene::products
