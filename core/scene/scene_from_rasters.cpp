// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/scene_from_rasters.h"
#include "base/error.h"
#include "raster/virtual_files.h"
#include "scene/band_names.h"
#include "scene/products/radar.h"
#include "scene/products/samples.h"
#include "scene/reflectance.h"
#include "scene/scene_building.h"
#include "scene/sensor_band_names.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
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

/// True for a path such as NETCDF:file:variable of which the whole is a raster.
bool isWholePath(const std::string& text) {
    const auto colon = text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");
    if (colon == std::string::npos || colon < 2 || text[colon] != ':') {
        return false;
    }
    try {
        const raster::RasterReader reader(raster::fullRasterPath(text));
        return true;
    } catch (const Error&) {
        return false;
    }
}

/// Takes "FILE:red,green,blue" apart. Colons belong to the file where it is one of that whole name (or GDAL's
/// NETCDF:file:variable, also when the variable is called as a band), to the names where what follows looks
/// like names and the rest is a file.
Typed takenApart(const RasterArgument& argument) {
    const auto colon = argument.text.rfind(':');
    if (colon == std::string::npos || raster::fileExists(argument.text) || isWholePath(argument.text)) {
        return {argument.text, {}};
    }
    const std::string file = argument.text.substr(0, colon);
    std::vector<std::string> names = splitAtCommas(argument.text.substr(colon + 1));
    const bool known =
        !names.empty() && std::all_of(names.begin(), names.end(), [&](const std::string& name) {
            return name == leftOut || !canonicalBand(argument.feature, name).empty();
        });
    if (!known && !raster::fileExists(file)) {
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

/// Names by what `text` says of each band; empty when no band says anything known. A band that has the very
/// name goes before one that has another name for it: nir (Sentinel-2's B08) before nir08 (its B8A).
template <typename Text>
SceneRaster namedBy(const std::string& feature, const raster::RasterInfo& info, Text textOfBand) {
    std::map<int, std::string> found;
    std::set<std::string> taken;
    for (const bool exactly : {true, false}) {
        for (const int band : pixelBands(info)) {
            const std::string said = textOfBand(info.bands[static_cast<std::size_t>(band) - 1]);
            const std::string name = canonicalBand(feature, said);
            if (!name.empty() && (!exactly || isBandName(feature, said)) && !found.contains(band) &&
                taken.insert(name).second) {
                found[band] = name;
            }
        }
    }
    SceneRaster raster;
    for (const auto& [band, name] : found) {
        raster.bands.push_back(band);
        raster.bandNames.push_back(name);
    }
    return raster;
}

/// "Band 1", "lyr.1", "b1_": words that only count.
bool onlyCounts(const std::string& description) {
    std::string letters;
    for (const char c : description) {
        if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
            letters += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        }
    }
    return letters.empty() || letters == "band" || letters == "lyr" || letters == "layer" ||
           letters == "bandnr";
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

/// Why bands that nobody names are not taken by their number; empty where they may be.
std::string notByNumber(const raster::RasterReader& reader, const std::vector<int>& bands,
                        const std::string& shortName) {
    std::string named;
    for (const int band : bands) {
        const std::string& text = reader.info().bands[static_cast<std::size_t>(band) - 1].description;
        if (!onlyCounts(text)) {
            named += (named.empty() ? "" : ", ") + text;
        }
    }
    if (bands.size() == 1) {
        return {};
    }
    if (!named.empty()) {
        return "its bands are called " + named + ", which are no names of optical bands that are known";
    }
    if (usualNames("optical", bands.size()).empty()) {
        return {};
    }
    if (saysRadar(shortName)) {
        return "its name is that of a radar image, and its bands have no names";
    }
    const products::Samples samples = products::samplesOf(reader, bands);
    if (!samples.empty() && samples.quantile(0.5) < 0) {
        return "its bands have no names, and most of its numbers are negative, which reflectance is not; it "
               "may be "
               "backscatter in dB";
    }
    return {};
}

/// What has to be asked of an optical raster, in a sentence of its own.
class UnknownBands : public Error {
public:
    UnknownBands(const std::string& file, std::string why, const std::string& advice)
        : Error("\"" + file + "\": " + why + ". " + advice), m_why(std::move(why)) {}
    const std::string& why() const { return m_why; }

private:
    std::string m_why;
};

std::string namingAdvice(const std::string& feature, const std::string& shortName) {
    return "Name them in the column Bands, or after a colon as in " + shortName + ":" +
           std::string(knownBands(feature).front()) + ", with " + leftOut + " for one to leave out (" +
           feature + " can have " + listed(knownBands(feature)) + ").";
}

SceneRaster withAssumedNames(const std::string& feature, const raster::RasterReader& reader,
                             const std::string& shortName, std::vector<std::string>& notes) {
    const raster::RasterInfo& info = reader.info();
    SceneRaster raster =
        namedBy(feature, info, [](const raster::BandInfo& band) { return band.description; });
    std::string source = "by their descriptions in the file";
    // Numbers go before colours: of a false-colour picture the file calls shortwave infrared red.
    if (raster.bands.empty() && feature == "optical") {
        const SensorBands sensor = sensorBandsOf(info);
        if (!sensor.question.empty()) {
            throw UnknownBands(info.path, sensor.question, namingAdvice(feature, shortName));
        }
        raster.bands = sensor.bands;
        raster.bandNames = sensor.names;
        source = sensor.sensor == OpticalSensor::Unknown
                     ? "by their band numbers in the file"
                     : "by the band numbers of " + sensorName(sensor.sensor) + " in the file";
    }
    if (raster.bands.empty() && feature == "optical") {
        raster =
            namedBy(feature, info, [](const raster::BandInfo& band) { return band.colorInterpretation; });
        source = "by their colours in the file";
    }
    const std::vector<int> bands = pixelBands(info);
    if (feature == "optical" && (raster.bands.empty() || source.find("colours") != std::string::npos)) {
        if (const std::string why = notByNumber(reader, bands, shortName); !why.empty()) {
            throw UnknownBands(info.path, why, namingAdvice(feature, shortName));
        }
    }
    if (raster.bands.empty()) {
        raster.bands = bands;
        raster.bandNames = usualNames(feature, bands.size());
        source = "by their order, as the file does not name them";
        if (raster.bandNames.empty()) {
            throw UnknownBands(info.path,
                               bands.size() == 1 ? std::string("its one band has no name that is known")
                                                 : "its " + std::to_string(bands.size()) +
                                                       " bands have no names that are known",
                               namingAdvice(feature, shortName));
        }
    }
    if (feature != "dem" || bands.size() != 1) {
        std::string note = shortName + ": bands taken as " + joined(raster.bandNames) + " " + source + ".";
        if (raster.bands.size() < bands.size()) {
            std::vector<std::string> others;
            for (const int band : bands) {
                const std::string& name = info.bands[static_cast<std::size_t>(band) - 1].description;
                if (std::find(raster.bands.begin(), raster.bands.end(), band) == raster.bands.end()) {
                    others.push_back(name.empty() ? std::to_string(band) : name);
                }
            }
            note += " Not used: " + joined(others) + ".";
        }
        notes.push_back(note);
    }
    return raster;
}

/// One unnamed band of radar: its orbit follows from what is known of the acquisition.
bool isOneOrbit(const std::string& feature, const raster::RasterInfo& info) {
    const std::vector<int> bands = pixelBands(info);
    return (feature == "in_sar" || feature == "co_pol_sar" || feature == "cross_pol_sar") &&
           bands.size() == 1 && namedBy(feature, info, [](const raster::BandInfo& band) {
                                    return band.description;
                                }).bands.empty();
}

SceneRaster withOrbit(const raster::RasterReader& reader) {
    SceneRaster raster;
    raster.bands = pixelBands(reader.info());
    raster.bandNames = {products::orbitFor(reader)};
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

} // namespace

SceneRaster rasterFrom(const RasterArgument& argument, ReflectanceStorage storage,
                       std::vector<std::string>& notes) {
    knownBands(argument.feature);
    Typed typed = takenApart(argument);
    typed.file = raster::fullRasterPath(typed.file);
    const raster::RasterReader reader(typed.file);
    const std::string shortName = fs::path(typed.file).filename().string();
    SceneRaster raster = !typed.names.empty() ? withTypedNames(typed, reader.info())
                         : isOneOrbit(argument.feature, reader.info())
                             ? withOrbit(reader)
                             : withAssumedNames(argument.feature, reader, shortName, notes);
    raster.feature = argument.feature;
    raster.file = typed.file;
    if (raster.bandNames != std::vector<std::string>{""}) { // an orbit that products::nameOrbits chooses
        checkRaster(raster, reader.info());
    }
    if (raster.feature == "optical") {
        setReflectance(raster, reader, storage, shortName, notes);
    }
    products::readAsSaid(raster, reader, notes);
    return raster;
}

std::string whyNoOpticalBands(const raster::RasterReader& reader) {
    const std::string shortName = fs::path(reader.info().path).filename().string();
    std::vector<std::string> ignored;
    constexpr std::size_t fewest = 3;
    try {
        if (withAssumedNames("optical", reader, shortName, ignored).bands.size() >= fewest) {
            return {};
        }
    } catch (const UnknownBands& unknown) {
        return unknown.why();
    } catch (const Error&) {
        // Their number says nothing either.
    }
    return "neither its name nor the file says what " +
           (reader.info().bands.size() == 1
                ? std::string("its one band shows")
                : "its " + std::to_string(reader.info().bands.size()) + " bands show");
}

void noteMissing(Scene& scene) {
    if (!scene.hasBand("dem", "elevation")) {
        scene.notes.push_back(
            "There is no elevation model: the scene is shown flat, and a model that needs one cannot "
            "predict.");
    }
}

} // namespace nunatak::scene
