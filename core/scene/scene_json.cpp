// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/error.h"
#include "scene/band_names.h"
#include "scene/scene.h"
#include "scene/scene_building.h"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <functional>
#include <sstream>

// The format is described in docs/scene-format.md.
namespace nunatak::scene {

namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

constexpr const char* formatName = "nunatak-scene";
constexpr int formatVersion = 1;

/// Reads fields and says where one is wrong.
class Fields {
public:
    Fields(const Json& json, std::string where) : m_json(json), m_where(std::move(where)) {
        if (!json.is_object()) {
            fail("is not an object in braces");
        }
    }

    bool has(const char* key) const { return m_json.contains(key) && !m_json.at(key).is_null(); }
    const Json& at(const char* key) const {
        if (!has(key)) {
            fail(std::string("has no \"") + key + "\"");
        }
        return m_json.at(key);
    }
    std::string text(const char* key) const {
        const Json& value = at(key);
        if (!value.is_string()) {
            fail(std::string("\"") + key + "\" is not a text");
        }
        return value.get<std::string>();
    }
    std::string text(const char* key, const std::string& otherwise) const {
        return has(key) ? text(key) : otherwise;
    }
    double number(const char* key) const {
        const Json& value = at(key);
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
        const Json& value = at(key);
        if (!value.is_number_integer() || value.get<std::int64_t>() < 0 ||
            value.get<std::int64_t>() > 1'000'000'000) {
            fail(std::string("\"") + key + "\" is not a whole number of that kind");
        }
        return value.get<int>();
    }
    bool yes(const char* key) const { return has(key) && at(key).is_boolean() && at(key).get<bool>(); }
    const Json& list(const char* key) const {
        const Json& value = at(key);
        if (!value.is_array()) {
            fail(std::string("\"") + key + "\" is not a list in brackets");
        }
        return value;
    }
    [[noreturn]] void fail(const std::string& what) const { throw Error(m_where + " " + what + "."); }

private:
    const Json& m_json;
    std::string m_where;
};

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

geo::Grid gridFrom(const Fields& fields) {
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

/// How the paths of a scene are written.
using PathText = std::function<std::string(const std::string&)>;

const std::vector<std::pair<Conversion, const char*>>& conversionNames() {
    static const std::vector<std::pair<Conversion, const char*>> names{
        {Conversion::BrightnessTemperature, "brightness temperature"},
        {Conversion::Decibels, "decibels"},
        {Conversion::Amplitude, "amplitude"}};
    return names;
}

/// What the rasters of satellite products need beyond scale and offset.
void writeCalibration(Json& json, const SceneRaster& raster, const PathText& pathText) {
    for (const std::string& tile : raster.tiles) {
        json["tiles"].push_back(pathText(tile));
    }
    if (raster.noData) {
        json["no_data"] = *raster.noData;
    }
    for (const auto& [conversion, name] : conversionNames()) {
        if (raster.conversion == conversion) {
            json["conversion"] = name;
        }
    }
    if (raster.conversion == Conversion::BrightnessTemperature) {
        json["k1"] = raster.k1;
        json["k2"] = raster.k2;
    }
    if (!raster.fillFile.empty()) {
        json["fill_file"] = pathText(raster.fillFile);
        json["fill_value"] = raster.fillValue;
    }
    for (const QualityFlag& flag : raster.flags) {
        Json entry;
        if (flag.bit >= 0) {
            entry["bit"] = flag.bit;
        } else {
            entry["values"] = flag.values;
        }
        json["flags"].push_back(entry);
    }
    if (raster.fillVoids) {
        json["fill_voids"] = true;
    }
    if (!raster.heightReference.empty()) {
        json["height_reference"] = raster.heightReference;
    }
}

Json toJsonValue(const SceneRaster& raster, const PathText& pathText) {
    Json json;
    json["feature"] = raster.feature;
    json["file"] = pathText(raster.file);
    json["bands"] = raster.bandNames;
    json["band_numbers"] = raster.bands;
    if (raster.scale != 1 || raster.offset != 0) {
        json["scale"] = raster.scale;
        json["offset"] = raster.offset;
    }
    writeCalibration(json, raster, pathText);
    return json;
}

QualityFlag flagFrom(const Fields& fields) {
    constexpr int mostBits = 16;
    QualityFlag flag;
    if (fields.has("bit")) {
        flag.bit = fields.whole("bit", 0);
        if (flag.bit >= mostBits) {
            fields.fail("has a \"bit\" beyond 15");
        }
        return flag;
    }
    for (const Json& value : fields.list("values")) {
        if (!value.is_number_integer()) {
            fields.fail("\"values\" holds something that is no whole number");
        }
        flag.values.push_back(value.get<int>());
    }
    return flag;
}

void readCalibration(SceneRaster& raster, const Fields& fields) {
    if (fields.has("tiles")) {
        for (const Json& tile : fields.list("tiles")) {
            if (!tile.is_string()) {
                fields.fail("\"tiles\" holds something that is no path");
            }
            raster.tiles.push_back(tile.get<std::string>());
        }
    }
    if (fields.has("no_data")) {
        raster.noData = fields.number("no_data");
    }
    if (fields.has("conversion")) {
        const std::string text = fields.text("conversion");
        for (const auto& [conversion, name] : conversionNames()) {
            raster.conversion = text == name ? conversion : raster.conversion;
        }
        if (raster.conversion == Conversion::None) {
            fields.fail("has the unknown \"conversion\" \"" + text + "\"");
        }
    }
    if (raster.conversion == Conversion::BrightnessTemperature) {
        raster.k1 = fields.number("k1");
        raster.k2 = fields.number("k2");
    }
    raster.fillFile = fields.text("fill_file", "");
    raster.fillValue = fields.whole("fill_value", 1);
    if (fields.has("flags")) {
        for (const Json& flag : fields.list("flags")) {
            raster.flags.push_back(flagFrom(Fields(flag, "A flag in " + raster.file)));
        }
    }
    if ((raster.feature == "quality" || !raster.flags.empty()) &&
        raster.flags.size() != raster.bandNames.size()) {
        fields.fail("has not one of \"flags\" for each of \"bands\"");
    }
    raster.fillVoids = fields.yes("fill_voids");
    raster.heightReference = fields.text("height_reference", "");
}

SceneRaster rasterFrom(const Fields& fields) {
    SceneRaster raster;
    raster.feature = fields.text("feature");
    knownBands(raster.feature);
    raster.file = fields.text("file");
    int number = 0;
    for (const Json& name : fields.list("bands")) {
        ++number;
        if (name.is_null()) {
            continue; // a band of the file that the scene does not use
        }
        if (!name.is_string()) {
            fields.fail("\"bands\" holds something that is no name");
        }
        const std::string band = canonicalBand(raster.feature, name.get<std::string>());
        raster.bandNames.push_back(band.empty() ? name.get<std::string>() : band);
        raster.bands.push_back(number);
    }
    if (fields.has("band_numbers")) {
        raster.bands.clear();
        for (const Json& band : fields.list("band_numbers")) {
            if (!band.is_number_integer()) {
                fields.fail("\"band_numbers\" holds something that is no whole number");
            }
            raster.bands.push_back(band.get<int>());
        }
    }
    raster.scale = fields.number("scale", 1);
    raster.offset = fields.number("offset", 0);
    raster.columns = fields.whole("columns", 0);
    raster.rows = fields.whole("rows", 0);
    raster.fileBands = fields.whole("file_bands", 0);
    readCalibration(raster, fields);
    return raster;
}

Json header(const Scene& scene) {
    Json json;
    json["format"] = formatName;
    json["version"] = formatVersion;
    json["id"] = scene.id;
    json["name"] = scene.name;
    json["date"] = scene.date;
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

/// 2000, 2000-10 or 2000-10-30.
bool isIsoDate(const std::string& date) {
    static const std::string pattern = "0000-00-00";
    if (date.size() != 4 && date.size() != 7 && date.size() != 10) {
        return false;
    }
    for (std::size_t i = 0; i < date.size(); ++i) {
        const bool digit = std::isdigit(static_cast<unsigned char>(date[i])) != 0;
        if (pattern[i] == '0' ? !digit : date[i] != '-') {
            return false;
        }
    }
    const int month = date.size() >= 7 ? std::stoi(date.substr(5, 2)) : 1;
    const int day = date.size() == 10 ? std::stoi(date.substr(8, 2)) : 1;
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

Scene sceneFrom(const std::string& text, const std::string& where) {
    Json json;
    try {
        json = Json::parse(text);
    } catch (const nlohmann::json::parse_error& error) {
        throw Error(where + " is not JSON: it is damaged or cut off at byte " + std::to_string(error.byte) +
                    ".");
    }
    const Fields fields(json, where);
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
    scene.date = fields.text("date", "");
    scene.sensor = fields.text("sensor", "");
    scene.product = fields.text("product", "");
    if (fields.has("sun_elevation")) {
        scene.sunElevation = fields.number("sun_elevation");
    }
    if (fields.has("sun_azimuth")) {
        scene.sunAzimuth = fields.number("sun_azimuth");
    }
    scene.pixelSize = fields.number("pixel_size", 0);
    if (!scene.date.empty() && !isIsoDate(scene.date)) {
        fields.fail("has the date \"" + scene.date + "\"; write it as 2020-08-31");
    }
    int count = 0;
    for (const Json& raster : fields.list("rasters")) {
        scene.rasters.push_back(
            rasterFrom(Fields(raster, where + ", raster " + std::to_string(++count) + ",")));
    }
    if (fields.has("notes")) {
        for (const Json& note : fields.list("notes")) {
            if (note.is_string()) {
                scene.notes.push_back(note.get<std::string>());
            }
        }
    }
    if (fields.has("grid")) {
        scene.grid = gridFrom(Fields(fields.at("grid"), where + ", grid,"));
    }
    return scene;
}

/// GDAL's own names (/vsizip/…, NETCDF:…) are no paths of the file system.
bool isVirtual(const std::string& file) {
    if (file.starts_with("/vsi")) {
        return true;
    }
    const auto colon = file.find(':');
    return colon != std::string::npos && colon > 1 && file.find('/') > colon &&
           file.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == colon;
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
    const auto resolve = [&](std::string& path) {
        if (!path.empty() && !isVirtual(path)) {
            path = (folder / path).lexically_normal().string();
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

void saveScene(const Scene& scene, const fs::path& sceneJson) {
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
    const fs::path temporary = sceneJson.string() + ".part";
    std::ofstream file(temporary, std::ios::binary | std::ios::trunc);
    file << json.dump(2) << '\n';
    file.close();
    std::error_code failure;
    if (file) {
        fs::rename(temporary, sceneJson, failure);
    }
    if (!file || failure) {
        std::error_code ignored;
        fs::remove(temporary, ignored);
        throw Error("The scene \"" + sceneJson.string() +
                    "\" cannot be written; is the folder there and writable, and the disk not full?");
    }
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
