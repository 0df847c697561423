// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/scene_from_rasters.h"
#include "base/error.h"
#include "scene/band_names.h"
#include "scene/products/samples.h"
#include "scene/scene_building.h"
#include "scene/sensor_band_names.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <sstream>

namespace nunatak::scene {

namespace {

namespace fs = std::filesystem;

/// Written for a band of the file that the scene shall not use.
constexpr const char* leftOut = "-";

struct Typed {
    std::string file;
    std::vector<std::string> names; ///< empty: none were typed
};

std::vector<std::string> splitAtCommas(const std::string& text) {
    std::vector<std::string> parts;
    std::istringstream in(text);
    for (std::string part; std::getline(in, part, ',');) {
        parts.push_back(part);
    }
    return parts;
}

/// Takes "FILE:red,green,blue" apart. Colons belong to the file where it is one of that whole name (or GDAL's
/// NETCDF:file:variable), to the names where what follows looks like names and the rest is a file.
Typed takenApart(const RasterArgument& argument) {
    const auto colon = argument.text.rfind(':');
    if (colon == std::string::npos || fs::exists(argument.text)) {
        return {argument.text, {}};
    }
    const std::string file = argument.text.substr(0, colon);
    std::vector<std::string> names = splitAtCommas(argument.text.substr(colon + 1));
    const bool known =
        !names.empty() && std::all_of(names.begin(), names.end(), [&](const std::string& name) {
            return name == leftOut || !canonicalBand(argument.feature, name).empty();
        });
    if (!known && !fs::exists(file)) {
        return {argument.text, {}};
    }
    for (std::string& name : names) {
        if (const std::string ours = canonicalBand(argument.feature, name); !ours.empty()) {
            name = ours;
        }
    }
    return {file, names};
}

/// The file's bands that carry pixels: an alpha band says only where there are some.
std::vector<int> pixelBands(const raster::RasterInfo& info) {
    std::vector<int> bands;
    for (std::size_t i = 0; i < info.bands.size(); ++i) {
        if (info.bands[i].colorInterpretation != "Alpha") {
            bands.push_back(static_cast<int>(i) + 1);
        }
    }
    return bands;
}

/// Names by what `text` says of each band; empty when no band says anything known.
template <typename Text>
SceneRaster namedBy(const std::string& feature, const raster::RasterInfo& info, Text textOfBand) {
    SceneRaster raster;
    for (const int band : pixelBands(info)) {
        const std::string name =
            canonicalBand(feature, textOfBand(info.bands[static_cast<std::size_t>(band) - 1]));
        if (!name.empty() &&
            std::find(raster.bandNames.begin(), raster.bandNames.end(), name) == raster.bandNames.end()) {
            raster.bands.push_back(band);
            raster.bandNames.push_back(name);
        }
    }
    return raster;
}

std::string rounded(float value) {
    std::ostringstream out;
    out.precision(2);
    out << value;
    return out.str();
}

std::string joined(const std::vector<std::string>& names) {
    return listed({names.begin(), names.end()});
}

/// What bands without a name are taken for, by their number.
std::vector<std::string> usualNames(const std::string& feature, std::size_t count) {
    if (feature == "optical") {
        if (count == 3) {
            return {"red", "green", "blue"};
        }
        if (count == 6) {
            return {"blue", "green", "red", "nir", "swir1", "swir2"};
        }
        return {};
    }
    const auto& known = knownBands(feature);
    if (feature == "dem" ? count == 1 : count == known.size()) {
        return {known.begin(), known.begin() + static_cast<std::ptrdiff_t>(count)};
    }
    return {};
}

SceneRaster withAssumedNames(const std::string& feature, const raster::RasterInfo& info,
                             const std::string& shortName, std::vector<std::string>& notes) {
    SceneRaster raster =
        namedBy(feature, info, [](const raster::BandInfo& band) { return band.description; });
    std::string source = "by their descriptions in the file";
    if (raster.bands.empty() && feature == "optical") {
        raster =
            namedBy(feature, info, [](const raster::BandInfo& band) { return band.colorInterpretation; });
        source = "by their colours in the file";
    }
    const std::vector<int> bands = pixelBands(info);
    if (raster.bands.empty() && feature == "optical") {
        const SensorBands sensor = sensorBandsOf(info);
        raster.bands = sensor.bands;
        raster.bandNames = sensor.names;
        source = "by the band numbers of " + sensor.sensor + " in the file";
    }
    if (raster.bands.empty()) {
        raster.bands = bands;
        raster.bandNames = usualNames(feature, bands.size());
        source = "by their order, as the file does not name them";
        if (raster.bandNames.empty()) {
            throw Error(
                "The " + std::to_string(bands.size()) + " band" + (bands.size() == 1 ? "" : "s") + " of \"" +
                info.path + "\" have no names that are known; name them after a colon, as in " + shortName +
                ":" + std::string(knownBands(feature).front()) + ", with " + leftOut +
                " for one to leave out (" + feature + " can have " + listed(knownBands(feature)) + ").");
        }
    }
    if (feature != "dem" || bands.size() != 1) {
        std::string note = shortName + ": bands taken as " + joined(raster.bandNames) + " " + source + ".";
        if (raster.bands.size() < bands.size()) {
            note += " The other " + std::to_string(bands.size() - raster.bands.size()) + " are not used.";
        }
        notes.push_back(note);
    }
    return raster;
}

SceneRaster withTypedNames(const Typed& typed, const raster::RasterInfo& info) {
    const std::vector<int> bands = pixelBands(info);
    if (typed.names.size() > info.bands.size()) {
        throw Error("\"" + typed.file + "\" has no band " + std::to_string(info.bands.size() + 1) + ": " +
                    std::to_string(typed.names.size()) + " names were given (" + joined(typed.names) +
                    "), but it has " + std::to_string(info.bands.size()) + " band" +
                    (info.bands.size() == 1 ? "" : "s") + ".");
    }
    if (typed.names.size() < bands.size()) {
        throw Error("\"" + typed.file + "\" has " + std::to_string(bands.size()) + " bands, but " +
                    std::to_string(typed.names.size()) + " names were given (" + joined(typed.names) +
                    "); name each of them, with " + leftOut + " for one to leave out.");
    }
    SceneRaster raster;
    for (std::size_t i = 0; i < typed.names.size(); ++i) {
        if (typed.names[i] != leftOut) {
            raster.bands.push_back(static_cast<int>(i) + 1);
            raster.bandNames.push_back(typed.names[i]);
        }
    }
    return raster;
}

/// How numbers become reflectance when the user says what they are.
void scaleAsSaid(SceneRaster& raster, ReflectanceStorage storage, const std::string& shortName,
                 std::vector<std::string>& notes) {
    switch (storage) {
    case ReflectanceStorage::TenThousand:
        raster.scale = 0.0001;
        notes.push_back(shortName + ": reflectance times 10,000, as told.");
        break;
    case ReflectanceStorage::Bytes:
        raster.scale = 1.0 / 255;
        notes.push_back(shortName + ": reflectance times 255, as told.");
        break;
    case ReflectanceStorage::Unit:
        notes.push_back(shortName + ": reflectance from 0 to 1, as told.");
        break;
    default:
        notes.push_back(shortName + ": numbers kept as they are, as told.");
    }
}

/// Whether the numbers are reflectance, and how they become it.
void scaleOptical(SceneRaster& raster, const raster::RasterReader& reader, ReflectanceStorage storage,
                  const std::string& shortName, std::vector<std::string>& notes) {
    if (storage != ReflectanceStorage::Guess) {
        scaleAsSaid(raster, storage, shortName, notes);
        return;
    }
    const raster::BandInfo& band = reader.info().bands[static_cast<std::size_t>(raster.bands.front()) - 1];
    if (band.scale != 1 || band.offset != 0) {
        notes.push_back(shortName + ": the file's own scale and offset are applied.");
        return; // the reader does it
    }
    if (band.dataType == "Byte") {
        notes.push_back(shortName + ": bytes (0 to 255), kept as they are; this is not reflectance.");
        return;
    }
    const products::Samples samples = products::samplesOf(reader, raster.bands);
    // Not the very largest: saturated pixels and broken ones stand out.
    constexpr double nearlyAll = 0.99;
    const float largest = samples.empty() ? 0 : samples.quantile(nearlyAll);
    constexpr float brightest = 2.5F; // of a reflectance: a slope of fresh snow that faces a low sun
    constexpr float mostTimesTenThousand = 25000;
    if (largest <= brightest) {
        notes.push_back(shortName + ": numbers up to about " + rounded(largest) +
                        ", taken as reflectance from 0 to 1.");
    } else if (largest > 255 && largest <= mostTimesTenThousand) {
        raster.scale = 0.0001;
        notes.push_back(shortName + ": numbers up to about " + std::to_string(std::lround(largest)) +
                        ", taken as reflectance times 10,000.");
    } else {
        notes.push_back(shortName + ": numbers up to about " + std::to_string(std::lround(largest)) +
                        ", kept as they are; this is not reflectance.");
    }
}

} // namespace

SceneRaster rasterFrom(const RasterArgument& argument, ReflectanceStorage storage,
                       std::vector<std::string>& notes) {
    knownBands(argument.feature);
    Typed typed = takenApart(argument);
    if (fs::exists(typed.file)) {
        typed.file = fs::absolute(typed.file).lexically_normal().string();
    }
    const raster::RasterReader reader(typed.file);
    const std::string shortName = fs::path(typed.file).filename().string();
    SceneRaster raster = typed.names.empty()
                             ? withAssumedNames(argument.feature, reader.info(), shortName, notes)
                             : withTypedNames(typed, reader.info());
    raster.feature = argument.feature;
    raster.file = typed.file;
    checkRaster(raster, reader.info());
    if (raster.feature == "optical") {
        scaleOptical(raster, reader, storage, shortName, notes);
    }
    return raster;
}

bool namesOpticalBands(const raster::RasterInfo& info) {
    std::vector<std::string> ignored;
    try {
        return withAssumedNames("optical", info, info.path, ignored).bands.size() >= 3;
    } catch (const Error&) {
        return false;
    }
}

Scene sceneFromRasters(const std::vector<RasterArgument>& rasters, const std::string& name,
                       const std::string& date, const std::string& sensor) {
    Scene scene;
    scene.id = newUuid();
    scene.name = name;
    scene.date = date;
    scene.sensor = sensor;
    for (const RasterArgument& argument : rasters) {
        scene.rasters.push_back(rasterFrom(argument, ReflectanceStorage::Guess, scene.notes));
        if (scene.name.empty()) {
            scene.name = fs::path(scene.rasters.back().file).stem().string();
        }
    }
    complete(scene);
    noteMissing(scene);
    return scene;
}

void noteMissing(Scene& scene) {
    if (!scene.hasBand("dem", "elevation")) {
        scene.notes.push_back(
            "There is no elevation model: the scene is shown flat, and a model that needs one cannot "
            "predict.");
    }
}

} // namespace nunatak::scene
