// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/model_set.h"

#include "base/error.h"
#include "base/json_trouble.h"
#include "base/whole_file.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <iterator>

#include <nlohmann/json.hpp>

namespace nunatak::models {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

constexpr std::uintmax_t largestFile = 16 << 20;
constexpr const char* suffix = ".model-set.json";

[[noreturn]] void refuse(const fs::path& file, const std::string& why) {
    throw Error("The model set " + file.string() + " cannot be used: " + why + ".");
}

std::string text(const Json& json, const std::string& field, const fs::path& file) {
    const auto found = json.find(field);
    if (found == json.end() || !found->is_string() || found->get<std::string>().empty()) {
        refuse(file, "\"" + field + "\" is missing or not a text");
    }
    return found->get<std::string>();
}

/// A path in a set is relative to its file; a name is looked up in the registry.
std::string resolved(const std::string& model, const fs::path& file) {
    if (model.find('/') == std::string::npos || fs::path(model).is_absolute()) {
        return model;
    }
    return fs::absolute(file.parent_path() / model).lexically_normal().string();
}

std::array<double, 2> corner(const Json& json, const fs::path& file) {
    const auto number = [](const Json& value, double limit) {
        return value.is_number() && std::abs(value.get<double>()) <= limit;
    };
    if (!json.is_array() || json.size() != 2 || !number(json[0], 360) || !number(json[1], 90)) {
        refuse(file, "a corner of a polygon is not a longitude and a latitude in degrees");
    }
    return {json[0].get<double>(), json[1].get<double>()};
}

RegionalModel member(const Json& json, const fs::path& file) {
    if (!json.is_object()) {
        refuse(file, "a member is not a JSON object");
    }
    RegionalModel made;
    made.model = resolved(text(json, "model", file), file);
    if (const auto regions = json.find("regions"); regions != json.end()) {
        if (!regions->is_array() || !std::all_of(regions->begin(), regions->end(),
                                                 [](const Json& each) { return each.is_string(); })) {
            refuse(file, "\"regions\" of " + made.model + " is not a list of codes");
        }
        made.regions = regions->get<std::vector<std::string>>();
    }
    if (const auto polygon = json.find("polygon"); polygon != json.end()) {
        if (!polygon->is_array() || polygon->size() < 3) {
            refuse(file, "\"polygon\" of " + made.model + " is not a list of three corners or more");
        }
        for (const auto& each : *polygon) {
            made.polygon.push_back(corner(each, file));
        }
    }
    if (made.regions.empty() && made.polygon.empty()) {
        refuse(file, "the member " + made.model + " has neither regions nor a polygon");
    }
    return made;
}

} // namespace

ModelSet readModelSet(const fs::path& file) {
    std::error_code problem;
    if (!fs::is_regular_file(file, problem)) {
        refuse(file, "there is no such file");
    }
    if (fs::file_size(file, problem) > largestFile || problem) {
        refuse(file, "it is far larger than a model set");
    }
    std::ifstream stream(file);
    const std::string content(std::istreambuf_iterator<char>(stream), {});
    Json json;
    try {
        json = Json::parse(content, [](int depth, Json::parse_event_t, Json&) { return depth <= 16; });
    } catch (const Json::parse_error& error) {
        refuse(file, "it is not valid JSON: it " + jsonTrouble(content, error.byte));
    }
    if (!json.is_object()) {
        refuse(file, "it is no model set but another JSON");
    }
    if (text(json, "format", file) != "nunatak-model-set") {
        refuse(file, "its format is not \"nunatak-model-set\", so this is another kind of file");
    }
    if (json.value("format_version", Json()) != 1) {
        refuse(file, "it was made by another version of the program");
    }
    ModelSet set;
    set.name = text(json, "name", file);
    const auto members = json.find("members");
    if (members == json.end() || !members->is_array() || members->empty()) {
        refuse(file, "it has no members");
    }
    for (const auto& each : *members) {
        set.members.push_back(member(each, file));
    }
    if (json.contains("elsewhere")) {
        set.elsewhere = resolved(text(json, "elsewhere", file), file);
    }
    return set;
}

void writeModelSet(const ModelSet& set, const fs::path& file, const Claim& claim) {
    Json members = Json::array();
    for (const auto& each : set.members) {
        Json json{{"model", each.model}};
        if (!each.regions.empty()) {
            json["regions"] = each.regions;
        }
        if (!each.polygon.empty()) {
            json["polygon"] = each.polygon;
        }
        members.push_back(std::move(json));
    }
    Json json{
        {"format", "nunatak-model-set"}, {"format_version", 1}, {"name", set.name}, {"members", members}};
    if (!set.elsewhere.empty()) {
        json["elsewhere"] = set.elsewhere;
    }
    std::string written;
    try {
        written = json.dump(2) + "\n";
    } catch (const std::exception&) {
        throw Error("Cannot write " + file.string() + ": a text of the model set is not valid UTF-8.");
    }
    writeWholeFile(file, {written}, claim);
}

std::vector<ModelSet> listModelSets(const std::vector<fs::path>& folders,
                                    std::vector<std::string>* problems) {
    std::vector<ModelSet> sets;
    for (const auto& folder : folders) {
        std::vector<fs::path> files;
        std::error_code problem;
        for (fs::directory_iterator entry(folder, problem), end; !problem && entry != end;
             entry.increment(problem)) {
            if (entry->path().filename().string().ends_with(suffix)) {
                files.push_back(entry->path());
            }
        }
        std::sort(files.begin(), files.end());
        for (const auto& file : files) {
            try {
                sets.push_back(readModelSet(file));
            } catch (const Error& error) {
                if (problems) {
                    problems->push_back(error.what());
                }
            }
        }
    }
    return sets;
}

std::optional<ModelSet> findModelSet(const std::vector<fs::path>& folders, const std::string& nameOrPath) {
    std::error_code ignored;
    if (!nameOrPath.empty() && nameOrPath.find('/') == std::string::npos) {
        for (const auto& folder : folders) {
            const auto file = folder / (nameOrPath + suffix);
            if (!folder.empty() && fs::is_regular_file(file, ignored)) {
                return readModelSet(file);
            }
        }
    }
    if (nameOrPath.ends_with(suffix) && fs::is_regular_file(nameOrPath, ignored)) {
        return readModelSet(nameOrPath);
    }
    return std::nullopt;
}

} // namespace nunatak::models
