// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/products/band_file_names.h"

#include "base/dates.h"
#include "base/letters.h"
#include "scene/band_names.h"
#include "scene/products/numbers.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>
#include <vector>

namespace nunatak::scene::products {

namespace {

bool isDigit(char c) {
    return std::isdigit(static_cast<unsigned char>(c)) != 0;
}

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::toupper(c); });
    return text;
}

/// "T32TPS_20200822T101559_B04_10m" → its parts and where each begins.
struct Part {
    std::string text; ///< in capitals
    std::size_t at = 0;
};

std::vector<Part> partsOf(const std::string& stem) {
    std::vector<Part> parts;
    std::size_t start = 0;
    for (std::size_t i = 0; i <= stem.size(); ++i) {
        if (i < stem.size() && std::isalnum(static_cast<unsigned char>(stem[i])) != 0) {
            continue;
        }
        if (i > start) {
            parts.push_back({upper(stem.substr(start, i - start)), start});
        }
        start = i + 1;
    }
    return parts;
}

std::string withoutEnding(const std::string& name) {
    const auto point = name.rfind('.');
    if (point == std::string::npos) {
        return name;
    }
    const std::string ending = upper(name.substr(point));
    constexpr std::array<std::string_view, 5> rasters{".TIF", ".TIFF", ".JP2", ".VRT", ".IMG"};
    return std::find(rasters.begin(), rasters.end(), ending) == rasters.end() ? name : name.substr(0, point);
}

/// B04, B8A, B4.
bool isNumber(const std::string& part) {
    return part.size() <= 3 && bandNumber(part) != "" && part[0] == 'B';
}

bool isOneOf(const std::string& part, std::initializer_list<const char*> words) {
    return std::any_of(words.begin(), words.end(), [&](const char* word) { return part == word; });
}

bool isTile(const std::string& part) {
    return part.size() == 6 && part[0] == 'T' && isDigit(part[1]) && isDigit(part[2]) &&
           std::all_of(part.begin() + 3, part.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool allDigits(std::string_view text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), isDigit);
}

/// The first date among the parts: 20200822, 20200822T101559, 2020235 or 2020235T155956.
void readTime(const std::vector<Part>& parts, bool dayOfYear, BandFileName& found) {
    for (const Part& part : parts) {
        const auto t = part.text.find('T');
        const std::string day = part.text.substr(0, t);
        if (!allDigits(day) || day.size() != (dayOfYear ? 7U : 8U)) {
            continue;
        }
        const std::string written = dayOfYear ? day.substr(0, 4) + "-" + day.substr(4) : day;
        const DateReading reading = readDate(written);
        if (reading.kind != DateReading::Kind::Date || reading.date.size() != 10) {
            continue;
        }
        found.date = reading.date;
        const std::string clock = t == std::string::npos ? std::string() : part.text.substr(t + 1);
        if (clock.size() == 6 && allDigits(clock)) {
            found.time = timeIn(clock.substr(0, 2) + ":" + clock.substr(2, 2) + ":" + clock.substr(4));
        }
        return;
    }
}

/// The name without the parts from `first` to before `end` (and one separator), as written.
std::string without(const std::string& stem, const std::vector<Part>& parts, std::size_t first,
                    std::size_t end) {
    const std::string before = stem.substr(0, parts[first].at);
    const std::string after = end < parts.size() ? stem.substr(parts[end].at) : std::string();
    std::string rest = before + after;
    while (!rest.empty() && std::isalnum(static_cast<unsigned char>(rest.back())) == 0) {
        rest.pop_back();
    }
    return rest;
}

std::optional<BandFileName> hlsName(const std::string& stem, const std::vector<Part>& parts) {
    const auto sensor = std::find_if(parts.begin(), parts.end(), [](const Part& part) {
        return part.text == "L30" || part.text == "S30";
    });
    const auto band = std::find_if(parts.rbegin(), parts.rend(), [](const Part& part) {
        return isNumber(part.text) || isOneOf(part.text, {"FMASK", "SZA", "SAA", "VZA", "VAA"});
    });
    if (sensor == parts.end() || band == parts.rend()) {
        return std::nullopt;
    }
    const auto place = static_cast<std::size_t>(parts.rend() - band) - 1;
    BandFileName found;
    found.kind = BandFiles::Hls;
    found.sensor = sensor->text == "L30" ? OpticalSensor::Oli : OpticalSensor::Sentinel2;
    found.band = band->text;
    found.group = without(stem, parts, place, place + 1);
    readTime(parts, true, found);
    return found;
}

/// LC08_L2SP_193027_20200822_20200905_02_T1_SR_B4: product, level, path and row, day, day of processing,
/// collection, tier, and then what the file is.
std::optional<BandFileName> landsatName(const std::string& stem, const std::vector<Part>& parts) {
    constexpr std::size_t fixed = 7;
    if (parts.size() <= fixed || parts[0].text.size() != 4 || parts[0].text[0] != 'L' ||
        !isOneOf(parts[1].text, {"L2SP", "L2SR"}) || parts[5].text != "02" ||
        sensorInName(parts[0].text) == OpticalSensor::Unknown) {
        return std::nullopt;
    }
    BandFileName found;
    found.kind = BandFiles::LandsatSurface;
    found.sensor = sensorInName(parts[0].text);
    found.band = upper(stem.substr(parts[fixed].at));
    found.group = without(stem, parts, fixed, parts.size());
    readTime({parts[3]}, false, found);
    return found;
}

std::optional<int> metresIn(const std::string& part) {
    for (const int metres : {10, 20, 60}) {
        if (part == std::to_string(metres) + "M") {
            return metres;
        }
    }
    return std::nullopt;
}

std::optional<BandFileName> sentinelName(const std::string& stem, const std::vector<Part>& parts) {
    const auto tile =
        std::find_if(parts.begin(), parts.end(), [](const Part& part) { return isTile(part.text); });
    if (tile == parts.end()) {
        return std::nullopt;
    }
    std::size_t last = parts.size() - 1;
    BandFileName found;
    found.kind = BandFiles::Sentinel2;
    found.sensor = OpticalSensor::Sentinel2;
    if (const auto metres = metresIn(parts[last].text); metres && last > 0) {
        found.metres = *metres;
        --last;
    }
    found.band = parts[last].text;
    if (!isNumber(found.band) && !isOneOf(found.band, {"SCL", "AOT", "WVP", "TCI", "CLD", "SNW", "PVI"})) {
        return std::nullopt;
    }
    found.surface = found.metres > 0 || upper(stem).find("L2A") != std::string::npos;
    found.group = without(stem, parts, last, parts.size());
    // The old names have only the time of processing.
    if (upper(stem).find("_MSI_L") == std::string::npos) {
        readTime(parts, false, found);
    }
    return found;
}

/// Level-1 numbers of Landsat mean nothing without their metadata.
bool isLandsatLevel1(const Part& part) {
    const bool scene = part.text.size() >= 16 && part.text[0] == 'L' &&
                       std::all_of(part.text.begin() + 2, part.text.begin() + 16, isDigit);
    return scene || isOneOf(part.text, {"L1TP", "L1GT", "L1GS", "L1T", "L1G"});
}

std::optional<BandFileName> plainName(const std::string& stem, const std::vector<Part>& parts) {
    if (std::any_of(parts.begin(), parts.end(), isLandsatLevel1)) {
        return std::nullopt;
    }
    std::size_t last = parts.size() - 1;
    BandFileName found;
    if (const auto metres = metresIn(parts[last].text); metres && last > 0) {
        found.metres = *metres;
        --last;
    }
    found.band = parts[last].text;
    const std::string written = stem.substr(parts[last].at, found.band.size());
    // Other bands and layers of a catalogue's item (common names of STAC's EO extension; Earth Search's
    // assets).
    const bool unused = isOneOf(found.band, {"COASTAL", "YELLOW", "PAN", "REDEDGE", "REDEDGE1", "REDEDGE2",
                                             "REDEDGE3", "NIR09", "CIRRUS", "LWIR", "LWIR11", "LWIR12", "AOT",
                                             "WVP", "SCL", "VISUAL", "TCI"});
    if (!canonicalBand("optical", written).empty() || unused) {
        found.band = written;
        if (!isOneOf(upper(found.band), {"SCL", "TCI"})) {
            found.band = lowerCase(found.band);
        } else {
            found.band = upper(found.band);
        }
    } else if (!isNumber(found.band)) {
        return std::nullopt;
    }
    std::size_t first = last;
    if (last > 0 && parts[last - 1].text == "SR" && isNumber(found.band)) {
        found.band = "SR_" + found.band;
        first = last - 1;
    }
    found.group = without(stem, parts, first, parts.size());
    found.sensor = sensorInName(found.group);
    found.surface = found.band.starts_with("SR_") || upper(stem).find("L2A") != std::string::npos;
    readTime(parts, false, found);
    return found;
}

} // namespace

std::optional<BandFileName> bandFileNameOf(const std::string& fileName) {
    const std::string stem = withoutEnding(fileName);
    const std::vector<Part> parts = partsOf(stem);
    if (parts.empty() || saysRadar(stem)) {
        return std::nullopt;
    }
    for (const auto& read : {hlsName, landsatName, sentinelName, plainName}) {
        if (auto found = read(stem, parts)) {
            return found;
        }
    }
    return std::nullopt;
}

} // namespace nunatak::scene::products
