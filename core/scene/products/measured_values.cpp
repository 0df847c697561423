// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/products/measured_values.h"

#include "base/error.h"
#include "base/letters.h"
#include "scene/products/product_folder.h"
#include "scene/products/samples.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <sstream>

namespace nunatak::scene::products {

namespace {

constexpr double zeroCelsius = 273.15;
// Of numbers that vary from pixel to pixel, broken ones stand out: most of them decide.
constexpr double few = 0.02;
constexpr double most = 0.98;
constexpr double middle = 0.5;

const raster::BandInfo& bandOf(const SceneRaster& raster, const raster::RasterReader& reader) {
    return reader.info().bands.at(static_cast<std::size_t>(raster.bands.front()) - 1);
}

std::string rounded(double value) {
    std::ostringstream text;
    text.precision(3);
    text << value;
    return text.str();
}

[[noreturn]] void refuse(const SceneRaster& raster, const Samples& samples, const std::string& what) {
    throw Error("\"" + raster.file + "\" holds numbers from about " + rounded(samples.quantile(few)) +
                " to " + rounded(samples.quantile(most)) + ", which are no " + what + ".");
}

/// What the file says its numbers are in; lower case, without blanks.
std::string unitOf(const raster::BandInfo& band) {
    std::string unit = lowerCase(band.unit);
    std::erase(unit, ' ');
    return unit;
}

template <std::size_t count>
bool isOneOf(const std::string& unit, const std::array<const char*, count>& units) {
    return std::find(units.begin(), units.end(), unit) != units.end();
}

bool isDecibels(const std::string& unit) {
    return isOneOf(unit, std::array{"db", "decibel", "decibels"});
}

/// Kelvin, as this scale and offset of the number; none when the unit is no temperature's.
std::optional<std::pair<double, double>> toKelvin(const std::string& unit) {
    if (isOneOf(unit, std::array{"k", "kelvin", "degreeskelvin", "degk"})) {
        return std::pair{1.0, 0.0};
    }
    if (isOneOf(unit, std::array{"c", "°c", "degc", "deg_c", "celsius", "degreecelsius", "degreescelsius",
                                 "degree_celsius", "degrees_celsius"})) {
        return std::pair{1.0, zeroCelsius};
    }
    if (isOneOf(unit, std::array{"f", "°f", "degf", "deg_f", "fahrenheit", "degreesfahrenheit"})) {
        return std::pair{5.0 / 9, zeroCelsius - 32 * 5.0 / 9};
    }
    return std::nullopt;
}

/// Applies one more scale and offset behind those that the raster has.
void rescale(SceneRaster& raster, double scale, double offset) {
    raster.scale *= scale;
    raster.offset = raster.offset * scale + offset;
}

bool isWarmth(double kelvin) {
    constexpr double coldest = 150; // the coldest ground of the Earth, from afar, is 175 K
    constexpr double hottest = 400;
    return kelvin >= coldest && kelvin <= hottest;
}

/// Some programs write these for no data without declaring them.
std::optional<double> undeclaredVoid(const Samples& samples) {
    constexpr std::array voids{-9999.0F, -32768.0F};
    for (const float number : voids) {
        if (std::binary_search(samples.values.begin(), samples.values.end(), number)) {
            return number;
        }
    }
    return std::nullopt;
}

} // namespace

void readAsBackscatter(SceneRaster& raster, const raster::RasterReader& reader, RadarScale said,
                       std::vector<std::string>& notes) {
    const raster::BandInfo& band = bandOf(raster, reader);
    const Samples samples = samplesOf(reader, raster.bands);
    if (!band.noData) {
        raster.noData = undeclaredVoid(samples).value_or(0);
    }
    RadarScale scale = isDecibels(unitOf(band)) ? RadarScale::Decibels : said;
    const bool told = scale != RadarScale::Unknown;
    if (!told) {
        // Backscatter is weaker than 1 nearly everywhere, so decibels are negative there; power never is.
        constexpr double quarter = 0.25;
        scale = !samples.empty() && samples.quantile(quarter) < 0 ? RadarScale::Decibels : RadarScale::Power;
    }
    if (!samples.empty()) {
        // Far beyond what ground sends back: numbers of an image that is not calibrated, or scaled anew.
        constexpr double strongest = 100;
        constexpr double weakestDecibels = -100;
        const float usual = samples.quantile(middle);
        if (scale == RadarScale::Decibels ? usual < weakestDecibels || usual > strongest
                                          : usual < 0 || usual > strongest) {
            refuse(raster, samples,
                   std::string(scale == RadarScale::Decibels ? "backscatter in dB"
                                                             : "calibrated backscatter (power, amplitude or "
                                                               "dB)") +
                       "; calibrate the image, or say their scale with gdal_translate -a_scale -a_offset");
        }
    }
    const std::string name = nameOf(raster.file);
    switch (scale) {
    case RadarScale::Decibels:
        raster.conversion = Conversion::Decibels;
        notes.push_back(name + ": backscatter in dB" + (told ? "" : ", as its negative numbers tell") +
                        ", read as power.");
        break;
    case RadarScale::Amplitude:
        raster.conversion = Conversion::Amplitude;
        notes.push_back(name + ": backscatter as amplitude, read as power.");
        break;
    default:
        raster.conversion = Conversion::None;
        notes.push_back(name + ": backscatter as power" +
                        (told ? "."
                              : ", as its numbers tell (none is negative); if it is amplitude, put "
                                "\"amplitude\" into its name."));
    }
}

void readAsCoherence(SceneRaster& raster, const raster::RasterReader& reader,
                     std::vector<std::string>& notes) {
    const raster::BandInfo& band = bandOf(raster, reader);
    const Samples samples = samplesOf(reader, raster.bands);
    if (!band.noData && band.dataType.starts_with("Float")) {
        raster.noData = 0; // no estimate is exactly that
    }
    if (samples.empty()) {
        return;
    }
    constexpr double whole = 1.01; // and a little rounding
    constexpr double percent = 100.5;
    const std::string unit = unitOf(band);
    const double largest = samples.values.back();
    const double smallest = samples.values.front();
    if (smallest < -(whole - 1) || largest > percent || (largest > whole && samples.quantile(most) <= 2)) {
        refuse(
            raster, samples,
            "coherence (0 to 1, or per cent); give the right raster, or say their scale with gdal_translate "
            "-a_scale");
    }
    if (largest > whole || unit == "%" || unit == "percent") {
        rescale(raster, 0.01, 0);
        notes.push_back(nameOf(raster.file) + ": coherence in per cent, read as 0 to 1.");
    }
}

void readAsTemperature(SceneRaster& raster, const raster::RasterReader& reader,
                       std::vector<std::string>& notes) {
    const raster::BandInfo& band = bandOf(raster, reader);
    const Samples samples = samplesOf(reader, raster.bands);
    if (samples.empty()) {
        return;
    }
    const std::string name = nameOf(raster.file);
    const double usual = samples.quantile(middle);
    if (const auto unit = toKelvin(unitOf(band))) {
        if (!isWarmth(usual * unit->first + unit->second)) {
            refuse(raster, samples,
                   "temperatures of ground in the unit that the file says (" + band.unit +
                       "); correct the unit or the scale with gdal_edit.py");
        }
        rescale(raster, unit->first, unit->second);
        if (unit->second != 0) {
            notes.push_back(name + ": temperature in " + band.unit + ", converted to kelvin.");
        }
        return;
    }
    if (isWarmth(usual)) {
        return;
    }
    constexpr double coldest = -100;
    constexpr double hottest = 100;
    if (usual < coldest || usual > hottest) {
        refuse(raster, samples,
               "temperatures in kelvin or °C; say their scale with gdal_translate -a_scale -a_offset");
    }
    rescale(raster, 1, zeroCelsius);
    notes.push_back(name + ": temperatures around " + rounded(usual) + ", taken as °C, converted to kelvin.");
}

} // namespace nunatak::scene::products
