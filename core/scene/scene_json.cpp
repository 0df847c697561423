// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/dates.h"
#include "base/error.h"
#include "base/json_trouble.h"
#include "base/whole_file.h"
#include "scene/file_places.h"
#include "scene/local_files.h"
#include "scene/products/numbers.h"
#include "scene/scene.h"
#include "scene/scene_building.h"
#include "scene/scene_raster_json.h"
#include "scene/stored_scene.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <map>
#include <sstream>

// The format is described in docs/scene-format.md.
namespace nunatak::scene {

namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

constexpr const char* formatName = "nunatak-scene";
constexpr int formatVersion = 1;

Json toJsonValue(const geo::Grid& grid) {
    Json json;
    json["crs"] = grid.crs.wkt();
    json["left"] = grid.left;
    json["top"] = grid.top;
    json["pixel_size"] = grid.pixelSize;
    json["columns"] = grid.columns;
    json["rows"] = grid.rows;
    return json;
}

geo::Grid gridFrom(const JsonFields& fields) {
    geo::Grid grid;
    grid.crs = geo::Crs::fromUserInput(fields.text("crs"));
    grid.left = fields.number("left");
    grid.top = fields.number("top");
    grid.pixelSize = fields.number("pixel_size");
    grid.columns = fields.whole("columns", 0);
    grid.rows = fields.whole("rows", 0);
    if (!(grid.pixelSize > 0) || grid.columns < 1 || grid.rows < 1 || !grid.crs.isProjected()) {
        fields.fail("is no grid of pixels in a projected coordinate system");
    }
    return grid;
}

Json header(const Scene& scene) {
    Json json;
    json["format"] = formatName;
    json["version"] = formatVersion;
    json["id"] = scene.id;
    json["name"] = scene.name;
    json["date"] = scene.date;
    if (!scene.time.empty()) {
        json["time"] = scene.time;
    }
    json["sensor"] = scene.sensor;
    if (!scene.product.empty()) {
        json["product"] = scene.product;
    }
    if (scene.sunElevation) {
        json["sun_elevation"] = *scene.sunElevation;
    }
    if (scene.sunAzimuth) {
        json["sun_azimuth"] = *scene.sunAzimuth;
    }
    if (scene.pixelSize > 0) {
        json["pixel_size"] = scene.pixelSize;
    }
    return json;
}

/// In any notation that cannot be mistaken.
std::string dateIn(const JsonFields& fields) {
    const std::string text = fields.text("date", "");
    try {
        return isoDateFrom(text);
    } catch (const Error&) {
        fields.fail("has the date \"" + text + "\"; write it as 2020-08-31");
    }
}

Scene sceneFrom(const std::string& text, const std::string& where) {
    Json json;
    try {
        json = Json::parse(text);
    } catch (const nlohmann::json::parse_error& error) {
        throw Error(where + " is not JSON: it " + jsonTrouble(text, error.byte) + ".");
    }
    const JsonFields fields(json, where);
    if (fields.text("format", "") != formatName) {
        fields.fail(std::string("is no scene (its \"format\" is not \"") + formatName + "\")");
    }
    if (const int version = fields.whole("version", 0); version != formatVersion) {
        fields.fail("has the format version " + std::to_string(version) + "; this program reads version " +
                    std::to_string(formatVersion));
    }
    Scene scene;
    scene.id = fields.text("id", "");
    scene.name = fields.text("name", "");
    scene.date = dateIn(fields);
    scene.time = fields.text("time", "");
    if (!scene.time.empty() && products::timeIn(scene.time) != scene.time) {
        fields.fail("has the time \"" + scene.time + "\"; write it in UTC as 10:05:32");
    }
    scene.sensor = fields.text("sensor", "");
    scene.product = fields.text("product", "");
    if (fields.has("sun_elevation")) {
        scene.sunElevation = fields.number("sun_elevation");
    }
    if (fields.has("sun_azimuth")) {
        scene.sunAzimuth = fields.number("sun_azimuth");
    }
    scene.pixelSize = fields.number("pixel_size", 0);
    int count = 0;
    for (const Json& raster : fields.list("rasters")) {
        scene.rasters.push_back(
            rasterFrom(JsonFields(raster, where + ", raster " + std::to_string(++count) + ",")));
    }
    if (fields.has("notes")) {
        for (const Json& note : fields.list("notes")) {
            if (note.is_string()) {
                scene.notes.push_back(note.get<std::string>());
            }
        }
    }
    if (fields.has("grid")) {
        scene.grid = gridFrom(JsonFields(fields.at("grid"), where + ", grid,"));
    }
    return scene;
}

/// Where archives and other files within GDAL's paths lie as seen from scene.json: path → relative path.
constexpr const char* placesKey = "places";

/// Those that are at that place now: path → path.
std::map<std::string, std::string> placesIn(const std::string& text, const fs::path& folder) {
    std::map<std::string, std::string> places;
    const Json json = Json::parse(text, nullptr, false);
    if (!json.is_object() || !json.contains(placesKey) || !json[placesKey].is_object()) {
        return places;
    }
    for (const auto& [path, relative] : json[placesKey].items()) {
        const fs::path now =
            relative.is_string() ? (folder / relative.get<std::string>()).lexically_normal() : fs::path();
        std::error_code trouble;
        if (!now.empty() && now != path && fs::exists(now, trouble)) {
            places[path] = now.string();
        }
    }
    return places;
}

} // namespace

Scene loadScene(const fs::path& sceneJson) {
    if (!fs::exists(sceneJson)) {
        throw Error("The scene \"" + sceneJson.string() + "\" does not exist; check the path.");
    }
    std::ifstream file(sceneJson, std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    if (!file || fs::is_directory(sceneJson)) {
        throw Error("The scene \"" + sceneJson.string() + "\" cannot be read; give a scene.json file.");
    }
    Scene scene = sceneFrom(text.str(), "The scene \"" + sceneJson.string() + "\"");
    const fs::path folder = fs::absolute(sceneJson).parent_path();
    const auto places = placesIn(text.str(), folder);
    const auto resolve = [&](std::string& path) {
        if (path.empty()) {
            return;
        }
        if (!isVirtual(path)) {
            path = (folder / path).lexically_normal().string();
        }
        for (const auto& [before, now] : places) {
            path = withFile(path, before, now);
        }
    };
    for (SceneRaster& raster : scene.rasters) {
        resolve(raster.file);
        resolve(raster.fillFile);
        std::for_each(raster.tiles.begin(), raster.tiles.end(), resolve);
    }
    if (scene.name.empty()) {
        scene.name = fs::absolute(sceneJson).parent_path().filename().string();
    }
    complete(scene);
    return scene;
}

void saveScene(const Scene& scene, const fs::path& sceneJson, const Claim& claim) {
    const fs::path folder = fs::absolute(sceneJson).parent_path().lexically_normal();
    Json json = header(scene);
    json["rasters"] = Json::array();
    const PathText relative = [&](const std::string& file) {
        const fs::path path = file;
        const bool inside = !isVirtual(file) && path.is_absolute() &&
                            path.lexically_normal().string().starts_with(folder.string() + "/");
        return inside ? path.lexically_relative(folder).string() : file;
    };
    for (const SceneRaster& raster : scene.rasters) {
        json["rasters"].push_back(toJsonValue(raster, relative));
    }
    if (!scene.notes.empty()) {
        json["notes"] = scene.notes;
    }
    throwUnlessKeepable(scene);
    for (const std::string& file : filesOf(scene)) {
        const auto isWithin = [&](const std::string& path) {
            return isVirtual(path) && withFile(path, file, "") != path;
        };
        if (file.starts_with(folder.string() + "/") &&
            std::any_of(scene.rasters.begin(), scene.rasters.end(), [&](const SceneRaster& raster) {
                return isWithin(raster.file) || isWithin(raster.fillFile) ||
                       std::any_of(raster.tiles.begin(), raster.tiles.end(), isWithin);
            })) {
            json[placesKey][file] = fs::path(file).lexically_relative(folder).string();
        }
    }
    auto own = claim;
    const auto rasters = localFiles(scene);
    own.read.insert(own.read.end(), rasters.begin(), rasters.end());
    writeWholeFile(sceneJson, {json.dump(2), "\n"}, own);
}

std::string toJson(const Scene& scene) {
    Json json = header(scene);
    json["grid"] = toJsonValue(scene.grid);
    json["rasters"] = Json::array();
    for (const SceneRaster& raster : scene.rasters) {
        Json entry = toJsonValue(raster, [](const std::string& path) { return path; });
        entry["columns"] = raster.columns;
        entry["rows"] = raster.rows;
        entry["file_bands"] = raster.fileBands;
        json["rasters"].push_back(entry);
    }
    json["notes"] = scene.notes;
    return json.dump();
}

Scene fromJson(const std::string& json) {
    Scene scene = sceneFrom(json, "A scene stored in the project");
    if (scene.grid.columns == 0) {
        throw Error("A scene stored in the project has no grid; the project is damaged.");
    }
    return scene;
}

} // namespace nunatak::scene
