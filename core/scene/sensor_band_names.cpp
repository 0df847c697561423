// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/sensor_band_names.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace nunatak::scene {

namespace {

constexpr std::array<const char*, 6> names{"blue", "green", "red", "nir", "swir1", "swir2"};

bool isDigit(char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

/// The parts of a name between whatever is no letter and no digit, in capitals.
std::vector<std::string> partsOf(const std::string& name) {
    std::vector<std::string> parts(1);
    for (const char c : name) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
            parts.back() += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
        } else if (!parts.back().empty()) {
            parts.emplace_back();
        }
    }
    if (parts.back().empty()) {
        parts.pop_back();
    }
    return parts;
}

/// B2, B02, B8A → B2, B2, B8A; empty for anything else.
std::string numberIn(const std::string& part) {
    if (part.size() < 2 || part.size() > 3 || part[0] != 'B' || !isDigit(part[1])) {
        return {};
    }
    std::string digits = part.substr(1);
    if (digits.size() == 2 && digits[0] == '0') {
        digits.erase(0, 1);
    }
    const bool number = digits.size() == 1 || isDigit(digits[1]) || digits == "8A";
    return number && digits != "0" ? "B" + digits : std::string();
}

struct Numbered {
    std::string number;   ///< "B2"; empty: none
    bool surface = false; ///< SR_B2
    bool padded = false;  ///< B02: no name of Landsat's own
    bool gain = false;    ///< B6_VCID_1
    std::string before;   ///< what stands before it: an image's name
};

Numbered numbered(const std::string& text) {
    const std::vector<std::string> parts = partsOf(text);
    Numbered found;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        std::string part = parts[i];
        const bool follows = i > 0 && parts[i - 1] == "SR"; // ESPA writes sr_band4
        if (follows && part.size() == 5 && part.starts_with("BAND")) {
            part = "B" + part.substr(4);
        }
        const std::string number = numberIn(part);
        if (number.empty() || (i > 0 && parts[i - 1] == "ST")) { // ST_B10 is a temperature
            continue;
        }
        found.number = number;
        found.surface = follows;
        found.padded = part.size() == 3 && part[1] == '0';
        found.gain = i + 1 < parts.size() && parts[i + 1] == "VCID";
        for (std::size_t k = 0; k < i; ++k) {
            found.before += parts[k] + " ";
        }
        break;
    }
    return found;
}

using Numbers = std::set<std::string>;

struct Sensor {
    OpticalSensor sensor;
    Numbers all;                      ///< the numbers it has
    Numbers surface;                  ///< as SR_…
    std::array<const char*, 6> bands; ///< blue to swir2
};

const std::array<Sensor, 3>& sensors() {
    static const std::array<Sensor, 3> known{
        {{OpticalSensor::Sentinel2,
          {"B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8", "B8A", "B9", "B10", "B11", "B12"},
          {},
          {"B2", "B3", "B4", "B8", "B11", "B12"}},
         {OpticalSensor::Oli,
          {"B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8", "B9", "B10", "B11"},
          {"B1", "B2", "B3", "B4", "B5", "B6", "B7"},
          {"B2", "B3", "B4", "B5", "B6", "B7"}},
         {OpticalSensor::ThematicMapper,
          {"B1", "B2", "B3", "B4", "B5", "B6", "B7", "B8"},
          {"B1", "B2", "B3", "B4", "B5", "B7"},
          {"B1", "B2", "B3", "B4", "B5", "B7"}}}};
    return known;
}

/// What a band that is no number says of the sensor.
OpticalSensor sensorOfBand(const std::string& text) {
    static const std::map<std::string, OpticalSensor> telling{
        {"ST_B10", OpticalSensor::Oli},
        {"SR_QA_AEROSOL", OpticalSensor::Oli},
        {"ST_B6", OpticalSensor::ThematicMapper},
        {"SR_ATMOS_OPACITY", OpticalSensor::ThematicMapper},
        {"SR_CLOUD_QA", OpticalSensor::ThematicMapper},
        {"SCL", OpticalSensor::Sentinel2},
        {"QA60", OpticalSensor::Sentinel2},
        {"AOT", OpticalSensor::Sentinel2},
        {"WVP", OpticalSensor::Sentinel2},
    };
    std::string upper = text;
    std::transform(upper.begin(), upper.end(), upper.begin(),
                   [](unsigned char c) { return std::toupper(c); });
    const auto found = telling.find(upper);
    return found == telling.end() ? OpticalSensor::Unknown : found->second;
}

/// Adds what one more thing says; false when it contradicts what was said.
bool agree(OpticalSensor& told, OpticalSensor more) {
    if (more == OpticalSensor::Unknown || more == told) {
        return true;
    }
    const bool first = told == OpticalSensor::Unknown;
    told = more;
    return first;
}

OpticalSensor sensorInPart(const std::string& part, const std::string& before) {
    const auto digitsFrom = [&](std::size_t at) {
        return std::all_of(part.begin() + static_cast<std::ptrdiff_t>(at), part.end(), isDigit);
    };
    // LC08, LO09, LE07, LT05; LC81930272020235LGN00 as scenes were called before the collections.
    if (part.size() >= 3 && part[0] == 'L' &&
        std::string_view("COTE").find(part[1]) != std::string_view::npos) {
        const bool collection = part.size() == 4 && part[2] == '0';
        const bool scene = part.size() >= 16 && std::all_of(part.begin() + 2, part.begin() + 16, isDigit);
        const char number = collection ? part[3] : scene ? part[2] : ' ';
        if (number == '8' || number == '9') {
            return part[1] == 'T' ? OpticalSensor::Unknown : OpticalSensor::Oli; // LT08 is thermal alone
        }
        if (number == '4' || number == '5' || number == '7') {
            return OpticalSensor::ThematicMapper;
        }
    }
    if (part == "OLI" || part == "L30" || part == "L8" || part == "L9") {
        return OpticalSensor::Oli;
    }
    if (part == "ETM" || part == "TM" || part == "L5" || part == "L7" || part == "L4") {
        return OpticalSensor::ThematicMapper;
    }
    if (part == "S30" || part == "S2" || part == "SENTINEL2" || part == "MSIL1C" || part == "MSIL2A" ||
        (part == "2" && before == "SENTINEL") ||
        (part.size() == 3 && part.starts_with("S2") && part[2] >= 'A' && part[2] <= 'D')) {
        return OpticalSensor::Sentinel2;
    }
    const bool landsat = part.starts_with("LANDSAT") && part.size() <= 9 && digitsFrom(7);
    const std::string number = landsat ? part.substr(7) : before == "LANDSAT" ? part : std::string();
    if (number == "8" || number == "9" || number == "08" || number == "09") {
        return OpticalSensor::Oli;
    }
    if (number == "4" || number == "5" || number == "7" || number == "04" || number == "05" ||
        number == "07") {
        return OpticalSensor::ThematicMapper;
    }
    return OpticalSensor::Unknown;
}

/// T32TPS: a tile of Sentinel-2's grid, which HLS has as well.
bool isTile(const std::string& part) {
    return part.size() == 6 && part[0] == 'T' && isDigit(part[1]) && isDigit(part[2]) &&
           std::all_of(part.begin() + 3, part.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

std::string listed(const std::vector<Numbered>& found) {
    std::string text;
    for (const Numbered& one : found) {
        if (!one.number.empty()) {
            text += (text.empty() ? "" : ", ") + std::string(one.surface ? "SR_" : "") + one.number;
        }
    }
    return text;
}

/// sur_refl_b01 of MODIS, B3N of ASTER: numbers of a sensor that is none of these.
bool isForeign(const std::string& text, const Numbered& found) {
    const std::vector<std::string> parts = partsOf(found.number.empty() ? text : found.before);
    const auto isWord = [](const std::string& part) {
        return part.size() > 2 && part != "SR" && std::none_of(part.begin(), part.end(), isDigit);
    };
    if (!found.number.empty()) {
        return sensorInName(found.before) == OpticalSensor::Unknown &&
               std::any_of(parts.begin(), parts.end(), isWord);
    }
    return std::any_of(parts.begin(), parts.end(), [](const std::string& part) {
        return part.size() == 3 && part[0] == 'B' && isDigit(part[1]) && !isDigit(part[2]);
    });
}

SensorBands taken(const Sensor& sensor, const std::map<std::string, int>& places) {
    SensorBands result{sensor.sensor, {}, {}, {}};
    for (std::size_t i = 0; i < sensor.bands.size(); ++i) {
        auto place = places.find(sensor.bands.at(i));
        if (place == places.end() && std::string(sensor.bands.at(i)) == "B8") {
            place = places.find("B8A"); // the narrower near infrared, where the 20 m bands are alone
        }
        if (place != places.end()) {
            result.bands.push_back(place->second);
            result.names.emplace_back(names.at(i));
        }
    }
    return result;
}

} // namespace

std::string sensorName(OpticalSensor sensor) {
    switch (sensor) {
    case OpticalSensor::Sentinel2:
        return "Sentinel-2";
    case OpticalSensor::Oli:
        return "Landsat 8 and 9";
    case OpticalSensor::ThematicMapper:
        return "Landsat 4 to 7";
    case OpticalSensor::Unknown:
        break;
    }
    return {};
}

OpticalSensor sensorInName(const std::string& name) {
    const std::vector<std::string> parts = partsOf(name);
    OpticalSensor told = OpticalSensor::Unknown;
    bool tile = false;
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (!agree(told, sensorInPart(parts[i], i > 0 ? parts[i - 1] : std::string()))) {
            return OpticalSensor::Unknown;
        }
        tile = tile || isTile(parts[i]);
    }
    return told == OpticalSensor::Unknown && tile ? OpticalSensor::Sentinel2 : told;
}

std::string bandNumber(const std::string& text) {
    return numbered(text).number;
}

bool isLandsatSurfaceBand(const std::string& text) {
    const Numbered found = numbered(text);
    return found.surface && !found.number.empty();
}

bool saysRadar(const std::string& name) {
    static const std::set<std::string> words{
        "S1",    "SENTINEL1", "SAR",    "VV",       "VH",       "HH",  "HV",   "SIGMA0",      "GAMMA0",
        "BETA0", "GRD",       "PALSAR", "ALOS2",    "ASAR",     "TSX", "RTC",  "BACKSCATTER", "GRDH",
        "GRDM",  "SLC",       "INSAR",  "TERRASAR", "RADARSAT", "RCM", "NISAR"};
    const std::vector<std::string> parts = partsOf(name);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const bool satellite =
            parts[i].size() == 3 && parts[i].starts_with("S1") && parts[i][2] >= 'A' && parts[i][2] <= 'D';
        if (satellite || words.contains(parts[i]) ||
            (parts[i] == "1" && i > 0 && parts[i - 1] == "SENTINEL")) {
            return true;
        }
    }
    return false;
}

SensorBands sensorBandsOf(const std::vector<std::string>& texts, OpticalSensor told) {
    std::vector<Numbered> found;
    std::map<std::string, int> places;
    Numbers numbers;
    bool surface = false;
    bool padded = false;
    bool clash = false;
    bool foreign = false;
    std::string twice;
    for (std::size_t i = 0; i < texts.size(); ++i) {
        found.push_back(numbered(texts[i]));
        const Numbered& one = found.back();
        clash = !agree(told, sensorOfBand(texts[i])) || clash;
        foreign = foreign || isForeign(texts[i], one);
        if (one.number.empty()) {
            continue;
        }
        clash = !agree(told, sensorInName(one.before)) || clash;
        clash = !agree(told, one.gain ? OpticalSensor::ThematicMapper : OpticalSensor::Unknown) || clash;
        surface = surface || one.surface;
        padded = padded || one.padded;
        numbers.insert(one.number);
        if (!places.emplace(one.number, static_cast<int>(i) + 1).second && !one.gain) {
            twice = one.number;
        }
    }
    if (numbers.empty()) {
        return {};
    }
    const auto question = [&](const std::string& why) {
        SensorBands asked;
        asked.question = "its bands have numbers (" + listed(found) + "), " + why;
        return asked;
    };
    if (clash) {
        return question("but what else is said of them is of several satellites");
    }
    if (!twice.empty()) {
        return question("of which " + twice + " is there several times");
    }
    if (foreign && told == OpticalSensor::Unknown) {
        return question("but what stands around them is of no satellite that is known here");
    }
    std::vector<SensorBands> possible;
    for (const Sensor& sensor : sensors()) {
        Numbers known = surface ? sensor.surface : sensor.all;
        if (padded && sensor.sensor == OpticalSensor::Oli) {
            known.erase("B8"); // only HLS writes B02, and it has no panchromatic band
        }
        const bool has = std::includes(known.begin(), known.end(), numbers.begin(), numbers.end());
        const bool writes = !padded || sensor.sensor != OpticalSensor::ThematicMapper;
        if (has && (writes || told == sensor.sensor) &&
            (told == OpticalSensor::Unknown || told == sensor.sensor)) {
            possible.push_back(taken(sensor, places));
        }
    }
    if (told != OpticalSensor::Unknown) {
        if (possible.empty()) {
            return question("which are not those of " + sensorName(told) + ", as its name has it");
        }
        return possible.front();
    }
    const auto isWhole = [](const SensorBands& bands) { return bands.bands.size() == names.size(); };
    const auto whole = std::count_if(possible.begin(), possible.end(), isWhole);
    if (whole == 1) {
        return *std::find_if(possible.begin(), possible.end(), isWhole);
    }
    if (possible.size() == 1) {
        return possible.front();
    }
    if (possible.empty()) {
        return question("which are of no satellite that is known here");
    }
    if (!possible.front().bands.empty() &&
        std::all_of(possible.begin(), possible.end(), [&](const SensorBands& bands) {
            return bands.bands == possible.front().bands && bands.names == possible.front().names;
        })) {
        possible.front().sensor =
            OpticalSensor::Unknown; // B02, B03, B04 are the same bands of all that write so
        return possible.front();
    }
    std::string whose;
    for (const SensorBands& bands : possible) {
        whose += (whose.empty() ? "" : " or ") + sensorName(bands.sensor);
    }
    return question("which are other bands on each of " + whose +
                    "; name the bands, or say the satellite in the file's name, such as LC08_ or S2A_");
}

OpticalSensor sensorOf(const raster::RasterInfo& info) {
    const auto slash = info.path.rfind('/');
    const std::string file = slash == std::string::npos ? info.path : info.path.substr(slash + 1);
    OpticalSensor told = sensorInName(file);
    for (const char* key : {"SPACECRAFT_ID", "SPACECRAFT_NAME", "SENSOR", "SENSOR_ID", "LANDSAT_PRODUCT_ID",
                            "PRODUCT_URI", "PLATFORM", "platform"}) {
        const auto value = info.metadata.find(key);
        if (told == OpticalSensor::Unknown && value != info.metadata.end()) {
            told = sensorInName(value->second);
        }
    }
    if (told == OpticalSensor::Unknown && slash != std::string::npos && slash > 0) {
        const auto above = info.path.rfind('/', slash - 1);
        const std::size_t start = above == std::string::npos ? 0 : above + 1;
        told = sensorInName(info.path.substr(start, slash - start));
    }
    return told;
}

SensorBands sensorBandsOf(const raster::RasterInfo& info) {
    std::vector<std::string> texts;
    for (const raster::BandInfo& band : info.bands) {
        texts.push_back(band.description);
    }
    return sensorBandsOf(texts, sensorOf(info));
}

} // namespace nunatak::scene
