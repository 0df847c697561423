// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/products/band_files.h"

#include "scene/band_names.h"
#include "scene/products/band_groups.h"
#include "scene/products/numbers.h"
#include "scene/products/product_folder.h"
#include "scene/products/samples.h"
#include "scene/reflectance.h"

#include <algorithm>
#include <map>
#include <set>

namespace nunatak::scene::products {

namespace {

constexpr const char* kelvin = "thermal";

SceneRaster rasterOf(const BandFile& file, const std::string& feature, const std::string& band) {
    SceneRaster raster;
    raster.feature = feature;
    raster.file = file.path;
    raster.bands = {1};
    raster.bandNames = {band};
    return raster;
}

/// A number of stored ones means the same whether the file says its scale or not.
void setFactors(SceneRaster& raster, double scale, double offset, double noData) {
    const raster::RasterInfo info = raster::RasterReader(raster.file).info();
    raster.scale = scale;
    raster.offset = offset;
    takeBackFileScale(raster, info.bands.front());
    if (!info.bands.front().noData) {
        raster.noData = noData;
    }
}

bool isWholeNumber(const SceneRaster& raster) {
    return !raster::RasterReader(raster.file).info().bands.front().dataType.starts_with("Float");
}

/// Reflectance by the numbers of all bands together, or as the files say.
void explainReflectance(Product& product, OpticalSensor sensor, bool landsat, ReflectanceStorage storage) {
    Samples all;
    std::vector<SceneRaster*> untold;
    std::set<std::string> said; // the same of every file, mostly
    bool bytes = true;
    bool shortwave = false;
    for (SceneRaster& raster : product.rasters) {
        const raster::RasterReader reader(raster.file);
        const raster::BandInfo& band = reader.info().bands.front();
        if (band.scale != 1 || band.offset != 0) {
            std::vector<std::string> notes;
            setReflectance(raster, reader, storage, nameOf(raster.file), notes);
            for (const std::string& note : notes) {
                if (said.insert(note.substr(nameOf(raster.file).size())).second) {
                    product.notes.push_back(note);
                }
            }
            continue;
        }
        const Samples some = samplesOf(reader, {1});
        all.values.insert(all.values.end(), some.values.begin(), some.values.end());
        bytes = bytes && band.dataType == "Byte";
        shortwave = shortwave || raster.bandNames.front().starts_with("swir");
        untold.push_back(&raster);
    }
    if (untold.empty()) {
        return;
    }
    std::sort(all.values.begin(), all.values.end());
    const StoredReflectance stored =
        storedReflectance({all, bytes, landsat, sensor, shortwave}, storage, product.pattern);
    for (SceneRaster* raster : untold) {
        raster->scale = stored.scale;
        raster->offset = stored.offset;
        if (!raster::RasterReader(raster->file).info().bands.front().noData) {
            raster->noData = stored.noData;
        }
    }
    product.notes.push_back(product.name + ": " + stored.note);
    product.reflectanceIsGuessed = true;
}

std::optional<double> meanAngle(const BandFile* file) {
    if (file == nullptr) {
        return std::nullopt;
    }
    constexpr double degrees = 0.01;
    constexpr float fill = 40000;
    const raster::RasterReader reader(file->path);
    const raster::BandInfo& band = reader.info().bands.front();
    Samples samples = samplesOf(reader, {1});
    const bool scaled = band.scale != 1;
    std::erase_if(samples.values, [&](float value) { return !band.noData && !scaled && value == fill; });
    if (samples.empty()) {
        return std::nullopt;
    }
    return samples.quantile(0.5) * (scaled ? 1 : degrees);
}

void readHlsSun(Product& product, const BandGroup& group) {
    const std::map<std::string, std::string> metadata =
        raster::RasterReader(product.rasters.front().file).info().metadata;
    const auto number = [&](const char* key) {
        const auto found = metadata.find(key);
        return found == metadata.end() ? std::nullopt : numberIn(trimmed(found->second));
    };
    auto zenith = number("MEAN_SUN_ZENITH_ANGLE");
    auto azimuth = number("MEAN_SUN_AZIMUTH_ANGLE");
    zenith = zenith ? zenith : meanAngle(group.find("SZA"));
    azimuth = azimuth ? azimuth : meanAngle(group.find("SAA"));
    if (zenith && *zenith >= 0 && *zenith < 90) {
        product.sunElevation = 90 - *zenith;
    }
    product.sunAzimuth = azimuth;
}

/// Bits of Fmask (HLS User Guide, table 9): 1 cloud, 3 cloud shadow, 4 snow or ice; 255 is no data.
void addFmask(Product& product, const BandFile* file, std::set<std::string>& used) {
    if (file == nullptr) {
        return;
    }
    SceneRaster quality = rasterOf(*file, "quality", "cloud");
    quality.bandNames = {"cloud", "cloud_shadow", "snow"};
    quality.bands = {1, 1, 1};
    quality.flags = {{1, {}}, {3, {}}, {4, {}}};
    quality.noData = 255;
    product.rasters.push_back(std::move(quality));
    used.insert("FMASK");
}

void finishHls(Product& product, const BandGroup& group, ReflectanceStorage storage,
               std::set<std::string>& used) {
    const bool landsat = group.first.sensor == OpticalSensor::Oli;
    product.kind =
        std::string("HLS ") + (landsat ? "L30 (Landsat)" : "S30 (Sentinel-2)") + ", surface reflectance";
    product.sensor = landsat ? "Landsat 8/9 OLI (HLS L30)" : "Sentinel-2 MSI (HLS S30)";
    const bool whole = std::all_of(product.rasters.begin(), product.rasters.end(), isWholeNumber);
    if (whole) {
        constexpr double factor = 0.0001;
        constexpr double fill = -9999;
        for (SceneRaster& raster : product.rasters) {
            setFactors(raster, factor, 0, fill);
        }
    } else {
        explainReflectance(product, group.first.sensor, false, storage);
    }
    readHlsSun(product, group);
    for (const char* angle : {"SZA", "SAA"}) {
        if (group.find(angle) != nullptr) {
            used.insert(angle);
        }
    }
    if (const BandFile* thermal = group.find("B10"); landsat && thermal != nullptr) {
        SceneRaster raster = rasterOf(*thermal, kelvin, "thermal");
        if (isWholeNumber(raster)) {
            constexpr double hundredths = 0.01;
            constexpr double zeroCelsius = 273.15;
            setFactors(raster, hundredths, zeroCelsius, -9999);
            product.rasters.push_back(std::move(raster));
            used.insert("B10");
        }
    }
    addFmask(product, group.find("FMASK"), used);
    product.notes.emplace_back("HLS reflectance is as seen from above and at a usual sun (BRDF-normalised).");
}

/// Factors of Collection 2 Level-2 (USGS, Landsat Collection 2 Level-2 Science Product Guides), the same for
/// all of it.
void finishLandsat(Product& product, const BandGroup& group, ReflectanceStorage storage,
                   std::set<std::string>& used) {
    product.sensor = sensorName(group.first.sensor);
    product.kind = product.sensor + " Collection 2 Level-2, files without their metadata";
    if (std::all_of(product.rasters.begin(), product.rasters.end(), isWholeNumber)) {
        constexpr double scale = 2.75e-5;
        constexpr double offset = -0.2;
        for (SceneRaster& raster : product.rasters) {
            setFactors(raster, scale, offset, 0);
        }
    } else {
        explainReflectance(product, group.first.sensor, true, storage);
    }
    for (const char* name : {"ST_B10", "ST_B6"}) {
        const BandFile* thermal = group.find(name);
        if (thermal != nullptr && isWholeNumber(rasterOf(*thermal, kelvin, "thermal"))) {
            SceneRaster raster = rasterOf(*thermal, kelvin, "thermal");
            constexpr double scale = 0.00341802;
            constexpr double offset = 149;
            setFactors(raster, scale, offset, 0);
            product.rasters.push_back(std::move(raster));
            used.insert(name);
        }
    }
    if (const BandFile* file = group.find("QA_PIXEL")) {
        SceneRaster quality = rasterOf(*file, "quality", "cloud");
        quality.bandNames = {"cloud", "cloud_shadow", "cirrus", "snow"};
        quality.bands = {1, 1, 1, 1};
        quality.flags = {{3, {}}, {4, {}}, {2, {}}, {5, {}}};
        for (SceneRaster& raster : product.rasters) {
            raster.fillFile = quality.file;
            raster.fillValue = 1;
        }
        product.rasters.push_back(std::move(quality));
        used.insert("QA_PIXEL");
    }
}

void finishOthers(Product& product, const BandGroup& group, ReflectanceStorage storage,
                  std::set<std::string>& used) {
    const bool sentinel = group.first.kind == BandFiles::Sentinel2;
    const bool landsat = std::any_of(group.files.begin(), group.files.end(),
                                     [](const auto& file) { return isLandsatSurfaceBand(file.first); });
    OpticalSensor sensor = group.first.sensor;
    if (sensor == OpticalSensor::Unknown) {
        std::vector<std::string> texts;
        for (const auto& [band, file] : group.files) {
            texts.push_back(band);
        }
        sensor = sensorBandsOf(texts, sensorInName(nameOf(group.folder))).sensor;
    }
    product.kind = sentinel ? std::string("Sentinel-2 Level-") + (group.first.surface ? "2A" : "1C") +
                                  ", files without their metadata"
                            : "Optical bands in files of their own";
    product.sensor = sentinel ? "Sentinel-2 MSI" : sensorName(sensor);
    explainReflectance(product, sensor, landsat, storage);
    if (const BandFile* file = group.find("SCL")) {
        SceneRaster quality = rasterOf(*file, "quality", "cloud");
        quality.bandNames = {"cloud", "cloud_shadow", "cirrus", "snow"};
        quality.bands = {1, 1, 1, 1};
        quality.flags = {{-1, {8, 9}}, {-1, {3}}, {-1, {10}}, {-1, {11}}};
        product.rasters.push_back(std::move(quality));
        used.insert("SCL");
    }
}

std::string joined(const std::vector<std::string>& names) {
    return listed({names.begin(), names.end()});
}

} // namespace

std::vector<Product> productsOf(const std::vector<BandFile>& files, ReflectanceStorage storage,
                                std::vector<UnclearBands>& unclear) {
    std::vector<Product> products;
    for (const BandGroup& group : grouped(files)) {
        const GroupBands bands = bandsOf(group);
        if (bands.optical.empty()) {
            UnclearBands question;
            for (const auto& [band, file] : group.files) {
                question.files.push_back(file.path);
            }
            question.why = bands.question.empty()
                               ? "no band of it is one that is used (blue, green, red, near or "
                                 "shortwave infrared)"
                               : bands.question;
            unclear.push_back(std::move(question));
            continue;
        }
        Product product;
        product.isMain = true;
        product.name = group.first.group.empty() ? nameOf(group.folder) : group.first.group;
        product.given = group.files.begin()->second.given;
        product.pattern = patternOf(group);
        product.date = group.first.date;
        product.time = group.first.kind == BandFiles::Hls ? std::string() : group.first.time;
        std::set<std::string> used;
        std::vector<std::string> names;
        for (const auto& [name, file] : bands.optical) {
            product.rasters.push_back(rasterOf(*file, "optical", name));
            used.insert(file->name.band);
            names.push_back(name + " (" + file->name.band + ")");
        }
        product.notes.push_back(product.name + ": bands taken as " + joined(names) + " by the files' names.");
        switch (group.first.kind) {
        case BandFiles::Hls:
            finishHls(product, group, storage, used);
            break;
        case BandFiles::LandsatSurface:
            finishLandsat(product, group, storage, used);
            break;
        default:
            finishOthers(product, group, storage, used);
        }
        std::vector<std::string> unused;
        for (const auto& [band, file] : group.files) {
            if (!used.contains(band)) {
                unused.push_back(band);
            }
        }
        if (!unused.empty()) {
            product.notes.push_back(product.name + ": not used are " + joined(unused) + ".");
        }
        if (group.first.surface) {
            product.notes.emplace_back(surfaceNote);
        }
        products.push_back(std::move(product));
    }
    return products;
}

} // namespace nunatak::scene::products
