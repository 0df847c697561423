// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/products/landsat.h"

#include "base/error.h"
#include "scene/products/numbers.h"

#include <array>
#include <cmath>
#include <numbers>

namespace nunatak::scene::products {

namespace {

const std::string contents = "PRODUCT_CONTENTS";
const std::string image = "IMAGE_ATTRIBUTES";
const std::string rescaling = "LEVEL1_RADIOMETRIC_RESCALING";
const std::string thermalConstants = "LEVEL1_THERMAL_CONSTANTS";
const std::string surfaceReflectance = "LEVEL2_SURFACE_REFLECTANCE_PARAMETERS";
const std::string surfaceTemperature = "LEVEL2_SURFACE_TEMPERATURE_PARAMETERS";

/// Which bands of an instrument are what.
struct Instrument {
    std::string name;
    std::vector<std::string> optical; ///< blue, green, red, nir, swir1, swir2
    std::string thermal;              ///< empty: it has none
    std::string surfaceTemperature;   ///< the thermal band's name in Level-2
};

/// Bands by their usual names, in the order of Instrument::optical.
constexpr std::array<const char*, 6> bandNames{"blue", "green", "red", "nir", "swir1", "swir2"};

Instrument instrumentOf(const Mtl& mtl) {
    const std::string& sensor = mtl.text(image, "SENSOR_ID");
    const std::vector<std::string> older{"1", "2", "3", "4", "5", "7"};
    if (sensor == "TM") {
        return {"TM", older, "6", "ST_B6"};
    }
    if (sensor == "ETM") {
        // The high gain band (VCID_2) saturates over warm debris and rock.
        return {"ETM+", older, "6_VCID_1", "ST_B6"};
    }
    if (sensor.starts_with("OLI")) {
        const bool both = sensor == "OLI_TIRS";
        return {both ? "OLI/TIRS" : "OLI",
                {"2", "3", "4", "5", "6", "7"},
                both ? "10" : "",
                both ? "ST_B10" : ""};
    }
    if (sensor == "MSS") {
        throw Error("\"" + mtl.name() +
                    "\" is of the Multispectral Scanner (MSS), which has neither a blue nor a "
                    "shortwave infrared band; glaciers cannot be mapped from it here. Take a scene of TM, "
                    "ETM+ or OLI.");
    }
    throw Error("\"" + mtl.name() + "\" is of the sensor " + sensor +
                ", which has no optical bands that are known here; take a scene of TM, ETM+ or OLI.");
}

std::string spacecraft(const Mtl& mtl) {
    const std::string& id = mtl.text(image, "SPACECRAFT_ID"); // LANDSAT_8
    return id.starts_with("LANDSAT_") ? "Landsat " + id.substr(8) : id;
}

SceneRaster rasterOf(const Mtl& mtl, const std::string& folder, const std::string& key) {
    SceneRaster raster;
    const std::string& name = mtl.text(contents, key);
    if (name.empty() || name.find('/') != std::string::npos || name.find('\\') != std::string::npos) {
        throw Error("\"" + mtl.name() + "\" says " + key + " = \"" + name +
                    "\", which is no file beside it; it is damaged: download it again.");
    }
    raster.file = folder + "/" + name;
    raster.bands = {1};
    raster.noData = 0; // before the factors: DN 0 is what lies outside of the swath and in the gaps of ETM+
    return raster;
}

void addOptical(Product& product, const Mtl& mtl, const Instrument& instrument, const std::string& folder,
                bool surface) {
    double sine = 1; // surface reflectance is already divided by the sun's elevation
    if (!surface) {
        sine = std::sin(*product.sunElevation * std::numbers::pi / 180);
        if (!(sine > 0)) {
            throw Error("\"" + mtl.name() + "\" was taken at night (the sun stood " +
                        std::to_string(static_cast<int>(std::lround(*product.sunElevation))) +
                        "° above the horizon), so it has no reflectance; take a scene by day.");
        }
    }
    const std::string& group = surface ? surfaceReflectance : rescaling;
    for (std::size_t i = 0; i < instrument.optical.size(); ++i) {
        const std::string& band = instrument.optical[i];
        SceneRaster raster = rasterOf(mtl, folder, "FILE_NAME_BAND_" + band);
        raster.feature = "optical";
        raster.bandNames = {bandNames.at(i)};
        raster.scale = mtl.number(group, "REFLECTANCE_MULT_BAND_" + band) / sine;
        raster.offset = mtl.number(group, "REFLECTANCE_ADD_BAND_" + band) / sine;
        if (!(raster.scale > 0) || !std::isfinite(raster.scale) || !std::isfinite(raster.offset)) {
            throw Error("\"" + mtl.name() + "\" has factors of band " + band +
                        " that make no reflectance; it is damaged: download it again.");
        }
        product.rasters.push_back(std::move(raster));
    }
}

void addThermal(Product& product, const Mtl& mtl, const Instrument& instrument, const std::string& folder,
                bool surface) {
    const std::string band = surface ? instrument.surfaceTemperature : instrument.thermal;
    if (band.empty() || !mtl.has(contents, "FILE_NAME_BAND_" + band)) {
        return; // OLI alone, or a Level-2 product without temperature
    }
    SceneRaster raster = rasterOf(mtl, folder, "FILE_NAME_BAND_" + band);
    raster.feature = "thermal";
    raster.bandNames = {"thermal"};
    if (surface) {
        raster.scale = mtl.number(surfaceTemperature, "TEMPERATURE_MULT_BAND_" + band);
        raster.offset = mtl.number(surfaceTemperature, "TEMPERATURE_ADD_BAND_" + band);
    } else {
        raster.scale = mtl.number(rescaling, "RADIANCE_MULT_BAND_" + band);
        raster.offset = mtl.number(rescaling, "RADIANCE_ADD_BAND_" + band);
        raster.conversion = Conversion::BrightnessTemperature;
        raster.k1 = mtl.number(thermalConstants, "K1_CONSTANT_BAND_" + band);
        raster.k2 = mtl.number(thermalConstants, "K2_CONSTANT_BAND_" + band);
        if (!(raster.k1 > 0) || !(raster.k2 > 0)) {
            throw Error("\"" + mtl.name() +
                        "\" has thermal constants K1 and K2 that are not positive; it is "
                        "damaged: download it again.");
        }
    }
    product.rasters.push_back(std::move(raster));
}

/// Cloud and shadow flags are there to be looked at and never take pixels away: they fire on bright ice.
void addQuality(Product& product, const Mtl& mtl, const std::string& folder) {
    const std::string key = "FILE_NAME_QUALITY_L1_PIXEL";
    if (!mtl.has(contents, key)) {
        product.notes.emplace_back(
            "The product has no QA_PIXEL file: its cloud and shadow flags cannot be shown.");
        return;
    }
    SceneRaster quality = rasterOf(mtl, folder, key);
    quality.feature = "quality";
    quality.noData.reset();
    // Bits of QA_PIXEL in Collection 2: 0 fill, 1 dilated cloud, 2 cirrus, 3 cloud, 4 cloud shadow, 5 snow.
    quality.bandNames = {"cloud", "cloud_shadow", "cirrus", "snow"};
    quality.flags = {{3, {}}, {4, {}}, {2, {}}, {5, {}}};
    quality.bands = {1, 1, 1, 1};
    for (SceneRaster& raster : product.rasters) {
        raster.fillFile = quality.file;
        raster.fillValue = 1; // the fill bit, which no other bit accompanies
    }
    product.rasters.push_back(std::move(quality));
}

} // namespace

Product landsatProduct(const Mtl& mtl, const std::string& folder) {
    if (mtl.hasGroup("PRODUCT_METADATA") || mtl.hasGroup("METADATA_FILE_INFO")) {
        throw Error("\"" + mtl.name() +
                    "\" is of a Landsat collection before Collection 2, which is no longer "
                    "kept; download the scene again from USGS as Collection 2.");
    }
    const Instrument instrument = instrumentOf(mtl);
    const std::string& level = mtl.text(contents, "PROCESSING_LEVEL"); // L1TP, L1GT, L1GS, L2SP, L2SR
    const bool surface = level.starts_with("L2");
    Product product;
    product.isMain = true;
    product.name = mtl.text(contents, "LANDSAT_PRODUCT_ID");
    product.sensor = spacecraft(mtl) + " " + instrument.name;
    product.kind = product.sensor + " Collection 2 Level-" + (surface ? "2" : "1");
    product.date = dayIn(mtl.text(image, "DATE_ACQUIRED"));
    if (product.date.empty()) {
        throw Error("\"" + mtl.name() + "\" says DATE_ACQUIRED = \"" + mtl.text(image, "DATE_ACQUIRED") +
                    "\", which is no date; it is damaged: download it again.");
    }
    if (mtl.has(image, "SCENE_CENTER_TIME")) {
        product.time = timeIn(mtl.text(image, "SCENE_CENTER_TIME")); // 10:10:20.3651520Z
    }
    product.sunElevation = mtl.number(image, "SUN_ELEVATION");
    if (mtl.has(image, "SUN_AZIMUTH")) {
        product.sunAzimuth = mtl.number(image, "SUN_AZIMUTH");
    }
    addOptical(product, mtl, instrument, folder, surface);
    addThermal(product, mtl, instrument, folder, surface);
    addQuality(product, mtl, folder);
    if (surface) {
        product.notes.emplace_back(surfaceNote);
    }
    if (mtl.has(image, "SENSOR_MODE_SLC") && mtl.text(image, "SENSOR_MODE_SLC") == "OFF") {
        product.notes.emplace_back(
            "The scan line corrector of Landsat 7 was off: stripes without data cross the scene.");
    }
    if (level == "L1GS" || level == "L1GT") {
        product.notes.push_back("The scene is " + level +
                                (level == "L1GS" ? " (placed without ground control or terrain)"
                                                 : " (placed without ground control)") +
                                ": it may lie off by more than a pixel.");
    }
    return product;
}

} // namespace nunatak::scene::products
