// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/stored_scene.h"

#include "base/dates.h"
#include "base/error.h"
#include "base/utf8.h"
#include "scene/file_places.h"
#include "scene/products/numbers.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

namespace nunatak::scene {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

/// Where the files' places as seen from the project are kept: path → relative path.
constexpr const char* placesKey = "places";
/// What they are known by, wherever they are and however they are called: path → filePrint().
constexpr const char* printsKey = "prints";

bool isThere(const std::string& file) {
    std::error_code trouble;
    return fs::exists(file, trouble);
}

/// A file, or a folder that is one data set, such as a Zarr store; never just a folder above.
bool isDataset(const std::string& file) {
    std::error_code trouble;
    return fs::is_regular_file(file, trouble) ||
           (fs::is_directory(file, trouble) && fs::path(file).has_extension());
}

void forEachText(Json& json, const std::function<void(std::string&)>& work) {
    if (json.is_string()) {
        work(json.get_ref<std::string&>());
    } else if (json.is_structured()) {
        for (Json& child : json) {
            forEachText(child, work);
        }
    }
}

/// A path of this machine, as far as its look tells.
bool isPath(const std::string& text) {
    return text.size() > 1 && (text.front() == '/' || isVirtual(text));
}

std::string sceneName(const Scene& scene) {
    return "The scene \"" + (scene.name.empty() ? scene.id : scene.name) + "\"";
}

/// Where the files of a stored scene are now; moves them in `rasters`.
void findFiles(Json& rasters, const Json& places, const FilePrints& prints, const fs::path& folder,
               const std::string& scene, std::vector<std::string>& notes) {
    for (const auto& [path, relative] : places.items()) {
        const std::string beside =
            relative.is_string() ? (folder / relative.get<std::string>()).lexically_normal().string() : path;
        if (beside != path && isThere(beside)) {
            forEachText(rasters, [&](std::string& text) { text = withFile(text, path, beside); });
        }
    }
    std::vector<std::string> told;
    forEachText(rasters, [&](std::string& text) {
        if (!isPath(text) || text.starts_with("/vsicurl") || !fileWithin(text, isDataset).empty()) {
            return;
        }
        std::string found;
        std::string lost = fileWithin(text, [&](const std::string& part) {
            found = sameUnder(folder, part);
            return !found.empty();
        });
        if (lost.empty()) {
            lost = fileWithin(text, [&](const std::string& part) {
                const auto print = prints.find(part);
                found = print == prints.end() ? std::string() : fileOfPrint(folder, print->second);
                return !found.empty();
            });
        }
        if (lost.empty() || std::find(told.begin(), told.end(), lost) != told.end()) {
            text = lost.empty() ? text : withFile(text, lost, found);
            return;
        }
        told.push_back(lost);
        notes.push_back(scene + " was made of " + lost + ", which is gone; " + found + " is taken for it.");
        text = withFile(text, lost, found);
    });
}

/// A value that this program does not take any more: understood where it can be, else unknown.
void settleDate(Json& json, const std::string& scene, std::vector<std::string>& notes) {
    if (!json.contains("date") || !json["date"].is_string()) {
        return;
    }
    const auto stored = json["date"].get<std::string>();
    if (stored.empty() || isIsoDate(stored)) {
        return;
    }
    const DateReading reading = readDate(stored);
    if (reading.kind == DateReading::Kind::Date) {
        json["date"] = reading.date;
        notes.push_back(scene + " has the date \"" + stored + "\", which is read as " + reading.date + ".");
    } else {
        json["date"] = "";
        notes.push_back(scene + " has the date \"" + stored + "\", which is " +
                        (reading.kind == DateReading::Kind::Ambiguous ? "two dates" : "no date") +
                        "; it counts as unknown.");
    }
}

void settleTime(Json& json, const std::string& scene, std::vector<std::string>& notes) {
    if (!json.contains("time") || !json["time"].is_string()) {
        return;
    }
    const auto stored = json["time"].get<std::string>();
    if (const std::string read = products::timeIn(stored); !stored.empty() && read != stored) {
        json["time"] = read;
        notes.push_back(scene + " has the time \"" + stored + "\", which " +
                        (read.empty() ? "is none; it counts as unknown." : "is read as " + read + "."));
    }
}

} // namespace

void throwUnlessKeepable(const Scene& scene) {
    const auto fail = [&](const std::string& what) {
        throw Error(sceneName(scene).substr(0, 4 + 200) + " " + what);
    };
    std::vector<std::pair<std::string, std::string>> texts{
        {"id", scene.id}, {"name", scene.name}, {"sensor", scene.sensor}, {"product", scene.product}};
    const auto finite = [&](double number, const char* what) {
        if (!std::isfinite(number)) {
            fail(std::string("has a ") + what + " that is no number; it cannot be kept.");
        }
    };
    for (const SceneRaster& raster : scene.rasters) {
        for (const std::string& path : {raster.file, raster.fillFile}) {
            texts.emplace_back("path", path);
        }
        for (const std::string& tile : raster.tiles) {
            texts.emplace_back("path", tile);
        }
        for (const std::string& band : raster.bandNames) {
            texts.emplace_back("band name", band);
        }
        finite(raster.scale, "scale");
        finite(raster.offset, "offset");
    }
    for (const auto& [what, text] : texts) {
        if (!isUtf8(text)) {
            throw Error("The " + what + " \"" + asUtf8(text) +
                        "\" of the scene is no UTF-8 and cannot be kept; " +
                        (what == "path" ? "rename the file or its folder." : "write it in UTF-8."));
        }
    }
    if (!scene.date.empty() && !isIsoDate(scene.date)) {
        fail("has the date \"" + asUtf8(scene.date) + "\"; write it as 2020-08-31.");
    }
    if (!scene.time.empty() && products::timeIn(scene.time) != scene.time) {
        fail("has the time \"" + asUtf8(scene.time) + "\"; write it in UTC as 10:05:32.");
    }
    finite(scene.sunElevation.value_or(0), "sun elevation");
    finite(scene.sunAzimuth.value_or(0), "sun azimuth");
    finite(scene.pixelSize, "pixel size");
}

std::string toStoredJson(const Scene& scene, const fs::path& projectFolder) {
    throwUnlessKeepable(scene);
    Json json = Json::parse(toJson(scene));
    Json places = Json::object();
    const fs::path folder = fs::absolute(projectFolder).lexically_normal();
    for (const std::string& file : filesOf(scene)) {
        const fs::path relative = fs::path(file).lexically_relative(folder);
        if (!relative.empty()) {
            places[file] = relative.string();
        }
    }
    if (!places.empty()) {
        json[placesKey] = places;
    }
    for (const std::string& file : filesOf(scene)) {
        if (const std::string print = filePrint(file); !print.empty()) {
            json[printsKey][file] = print;
        }
    }
    std::string text = json.dump();
    // One rule on both sides: what is kept is what will be read.
    fromJson(text);
    return text;
}

FilePrints printsIn(const std::string& text) {
    FilePrints prints;
    const Json json = Json::parse(text, nullptr, false);
    if (json.is_object() && json.contains(printsKey) && json[printsKey].is_object()) {
        for (const auto& [path, print] : json[printsKey].items()) {
            if (print.is_string()) {
                prints[path] = print.get<std::string>();
            }
        }
    }
    return prints;
}

StoredScene fromStoredJson(const std::string& text, const fs::path& projectFolder) {
    StoredScene stored;
    Json json = Json::parse(text, nullptr, false);
    if (!json.is_object()) {
        stored.scene = fromJson(text); // says what is wrong with it
        return stored;
    }
    const std::string name = "The scene \"" +
                             (json.contains("name") && json["name"].is_string() && json["name"] != ""
                                  ? json["name"].get<std::string>()
                                  : json.value("id", std::string())) +
                             "\"";
    settleDate(json, name, stored.notes);
    settleTime(json, name, stored.notes);
    if (json.contains("rasters")) {
        const Json places =
            json.contains(placesKey) && json[placesKey].is_object() ? json[placesKey] : Json::object();
        findFiles(json["rasters"], places, printsIn(text), fs::absolute(projectFolder), name, stored.notes);
    }
    stored.scene = fromJson(json.dump());
    if (std::string note = missingNote(stored.scene); !note.empty()) {
        stored.notes.push_back(std::move(note));
    }
    return stored;
}

namespace {

/// The paths of a scene, each once.
std::vector<std::string> pathsOf(const Scene& scene) {
    std::vector<std::string> paths;
    Json json = Json::parse(toJson(scene));
    forEachText(json["rasters"], [&](std::string& text) {
        if (isPath(text) && std::find(paths.begin(), paths.end(), text) == paths.end()) {
            paths.push_back(text);
        }
    });
    return paths;
}

/// The file of the disk within a path; where nothing is there, what must be one by GDAL's rules.
std::string fileOf(const std::string& path) {
    const std::string there = fileWithin(path, isDataset);
    return !there.empty() || !isVirtual(path) ? (there.empty() ? path : there) : namedWithin(path);
}

/// The file of that name anywhere under a folder; empty where there is none, or more than one.
std::string onlyOneNamed(const fs::path& folder, const fs::path& name) {
    constexpr int mostEntries = 200000;
    std::string found;
    int seen = 0;
    std::error_code trouble;
    for (fs::recursive_directory_iterator entry(folder, fs::directory_options::skip_permission_denied,
                                                trouble);
         !trouble && entry != fs::recursive_directory_iterator() && ++seen < mostEntries;
         entry.increment(trouble)) {
        if (entry->path().filename() == name) {
            if (!found.empty()) {
                return {};
            }
            found = entry->path().string();
        }
    }
    return found;
}

} // namespace

std::vector<std::string> filesOf(const Scene& scene) {
    std::vector<std::string> files;
    for (const std::string& path : pathsOf(scene)) {
        std::string file = fileOf(path);
        if (!file.empty() && std::find(files.begin(), files.end(), file) == files.end()) {
            files.push_back(std::move(file));
        }
    }
    return files;
}

std::vector<std::string> missingFiles(const Scene& scene) {
    std::vector<std::string> missing = filesOf(scene);
    std::erase_if(missing, isThere);
    return missing;
}

std::string missingNote(const Scene& scene) {
    const auto missing = missingFiles(scene);
    if (missing.empty()) {
        return {};
    }
    const bool one = missing.size() == 1;
    return sceneName(scene) + " is made of " +
           (one ? missing.front() + ", which is"
                : std::to_string(missing.size()) + " files (" + missing.front() + " …), which are") +
           " not there. Say where " + (one ? "it is" : "they are") +
           ": File > Find rasters, or nunatak-cli project relink.";
}

Scene relinked(const Scene& scene, const fs::path& to, const FilePrints& prints) {
    std::error_code trouble;
    const fs::path target = fs::absolute(to).lexically_normal();
    const bool isFolder = fs::is_directory(target, trouble);
    if (!isFolder && !fs::exists(target, trouble)) {
        throw Error("There is no " + target.string() +
                    ". Give the folder, or the file, that the scene's rasters are in now.");
    }
    const std::vector<std::string> files = filesOf(scene);
    const std::vector<std::string> missing = missingFiles(scene);
    Json json = Json::parse(toJson(scene));
    int moved = 0;
    for (const std::string& file : files) {
        const fs::path name = fs::path(file).filename();
        std::string found;
        if (isFolder) {
            found = sameUnder(target, file);
            if (found.empty()) {
                found = onlyOneNamed(target, name);
            }
            if (const auto print = prints.find(file); found.empty() && print != prints.end()) {
                found = fileOfPrint(target, print->second);
            }
        } else if (name == target.filename() || (missing.size() == 1 && missing.front() == file)) {
            found = target.string();
        }
        if (!found.empty()) {
            forEachText(json["rasters"], [&](std::string& text) { text = withFile(text, file, found); });
            ++moved;
        }
    }
    if (moved == 0) {
        throw Error("None of the rasters of \"" + scene.name + "\" is in " + target.string() +
                    ". It is made of " + (files.empty() ? "no file" : files.front()) +
                    (files.size() > 1 ? " and " + std::to_string(files.size() - 1) + " more" : "") + ".");
    }
    Scene moving = fromJson(json.dump());
    if (const auto still = missingFiles(moving); still.empty()) {
        checkFiles(moving);
    }
    return moving;
}

} // namespace nunatak::scene
