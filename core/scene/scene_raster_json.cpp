// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/scene_raster_json.h"

#include "scene/band_names.h"

#include <numeric>

namespace nunatak::scene {

namespace {

using Json = nlohmann::ordered_json;

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

QualityFlag flagFrom(const JsonFields& fields) {
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

void readCalibration(SceneRaster& raster, const JsonFields& fields) {
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
            raster.flags.push_back(flagFrom(JsonFields(flag, "A flag in " + raster.file)));
        }
    }
    if ((raster.feature == "quality" || !raster.flags.empty()) &&
        raster.flags.size() != raster.bandNames.size()) {
        fields.fail("has not one of \"flags\" for each of \"bands\"");
    }
    raster.fillVoids = fields.yes("fill_voids");
    raster.heightReference = fields.text("height_reference", "");
}

} // namespace

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

namespace {

/// Number in its file of every entry of "bands", the unused ones included: 1, 2, 3 … unless the raster says
/// others.
std::vector<int> bandNumbers(const JsonFields& fields) {
    std::vector<int> numbers(fields.list("bands").size());
    std::iota(numbers.begin(), numbers.end(), 1);
    if (!fields.has("band_numbers")) {
        return numbers;
    }
    const Json& told = fields.list("band_numbers");
    if (told.size() != numbers.size()) {
        fields.fail("\"band_numbers\" has " + std::to_string(told.size()) + " numbers for " +
                    std::to_string(numbers.size()) + " bands");
    }
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        if (!told[i].is_number_integer()) {
            fields.fail("\"band_numbers\" holds something that is no whole number");
        }
        numbers[i] = told[i].get<int>();
    }
    return numbers;
}

} // namespace

SceneRaster rasterFrom(const JsonFields& fields) {
    SceneRaster raster;
    raster.feature = fields.text("feature");
    knownBands(raster.feature);
    raster.file = fields.text("file");
    const std::vector<int> numbers = bandNumbers(fields);
    std::size_t position = 0;
    for (const Json& name : fields.list("bands")) {
        const int number = numbers[position++];
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
    raster.scale = fields.number("scale", 1);
    raster.offset = fields.number("offset", 0);
    raster.columns = fields.whole("columns", 0);
    raster.rows = fields.whole("rows", 0);
    raster.fileBands = fields.whole("file_bands", 0);
    readCalibration(raster, fields);
    return raster;
}

} // namespace nunatak::scene
