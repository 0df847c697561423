// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/reflectance.h"

#include "base/error.h"

#include <algorithm>
#include <cmath>
#include <sstream>

namespace nunatak::scene {

namespace {

constexpr double collection2Scale = 2.75e-5;
constexpr double collection2Offset = -0.2;
constexpr double baseline4Offset = -0.1;
constexpr float brightest = 2.5F; // of a reflectance: a slope of fresh snow that faces a low sun
constexpr float mostTimesTenThousand = 25000;
/// Not the very largest: saturated pixels and broken ones stand out. The same at the dark end.
constexpr double nearlyAll = 0.99;
constexpr double nearlyNone = 0.002;

/// Reflectance 0 in Landsat's Collection 2 is 7,273; a little of a scene may be darker than that.
constexpr float darkestCollection2 = 6500;
constexpr float darkestBaseline4 = 950;

std::string rounded(double value) {
    std::ostringstream out;
    out.precision(2);
    out << value;
    return out.str();
}

std::string whole(float value) {
    return std::to_string(std::lround(value));
}

bool isScaled(const raster::BandInfo& band) {
    return band.scale != 1 || band.offset != 0;
}

StoredReflectance collection2(const std::string& how) {
    return {collection2Scale, collection2Offset, 0,
            "Landsat Collection 2 surface reflectance (× 0.0000275 − 0.2)" + how};
}

StoredReflectance asSaid(ReflectanceStorage storage) {
    switch (storage) {
    case ReflectanceStorage::TenThousand:
        return {0.0001, 0, {}, "reflectance times 10,000, as told."};
    case ReflectanceStorage::TenThousandAndThousand:
        return {0.0001, baseline4Offset, 0, "reflectance times 10,000 plus 1,000, as told."};
    case ReflectanceStorage::Collection2:
        return collection2(", as told.");
    case ReflectanceStorage::Bytes:
        return {1.0 / 255, 0, {}, "reflectance times 255, as told."};
    case ReflectanceStorage::Unit:
        return {1, 0, {}, "reflectance from 0 to 1, as told."};
    default:
        return {1, 0, {}, "numbers kept as they are, as told."};
    }
}

StoredReflectance timesTenThousand(const NumbersToExplain& numbers, float smallest, float largest) {
    const std::string upTo = "numbers up to about " + whole(largest) + ", taken as reflectance times 10,000";
    if (numbers.sensor != OpticalSensor::Sentinel2) {
        return {0.0001, 0, {}, upTo + "."};
    }
    if (numbers.shortwave && smallest >= darkestBaseline4) {
        return {0.0001, baseline4Offset, 0,
                upTo + " plus 1,000, as Sentinel-2 has them since processing baseline 04.00: none is below " +
                    whole(smallest) + "."};
    }
    const bool cannotTell = smallest >= darkestBaseline4;
    return {0.0001,
            0,
            {},
            upTo + (cannotTell
                        ? "; whether 1,000 was added, as in Sentinel-2's products since processing baseline "
                          "04.00, cannot be told from these bands: say so if it was."
                        : ".")};
}

} // namespace

StoredReflectance storedReflectance(const NumbersToExplain& numbers, ReflectanceStorage storage,
                                    const std::string& name) {
    if (storage != ReflectanceStorage::Guess) {
        return asSaid(storage);
    }
    if (numbers.bytes) {
        return {1, 0, {}, "bytes (0 to 255), kept as they are; this is not reflectance."};
    }
    // Fill that no tag declares says nothing of the rest.
    products::Samples samples = numbers.samples;
    std::erase(samples.values, 0.0F);
    const float largest = samples.empty() ? 0 : samples.quantile(nearlyAll);
    const float smallest = samples.empty() ? 0 : samples.quantile(nearlyNone);
    if (samples.empty()) {
        return {1, 0, {}, "no number but 0 was found in it: all of it may be no data."};
    }
    if (largest < 0) {
        throw Error(
            "\"" + name + "\" has numbers from about " + rounded(smallest) + " to " + rounded(largest) +
            ", which are no reflectance. If they stand for no data, declare it (gdal_edit.py -a_nodata "
            "…); if they are right, say so with --reflectance as-is (in the dialog: Reflectance).");
    }
    if (largest <= brightest) {
        return {1, 0, {}, "numbers up to about " + rounded(largest) + ", taken as reflectance from 0 to 1."};
    }
    // Half of a scene cannot be darker than black: then somebody has scaled these numbers anew.
    const bool isCollection2 = samples.quantile(0.5) >= darkestCollection2;
    if (numbers.landsatSurface && isCollection2) {
        return collection2(", as its bands are called SR_….");
    }
    if (smallest >= darkestCollection2) {
        throw Error(
            "\"" + name + "\" has numbers from about " + whole(smallest) + " to " + whole(largest) +
            ", which are those of Landsat's Collection 2 and not reflectance times 10,000, but neither its "
            "bands' names nor the file say of which level. Say how they become reflectance: --reflectance "
            "landsat-c2 (or \"Landsat Collection 2\" in the dialog) for surface reflectance (Level-2), or "
            "give a Level-1 product with its _MTL file.");
    }
    if (largest > 255 && largest <= mostTimesTenThousand) {
        return timesTenThousand(numbers, smallest, largest);
    }
    return {
        1, 0, {}, "numbers up to about " + whole(largest) + ", kept as they are; this is not reflectance."};
}

void setReflectance(SceneRaster& raster, const raster::RasterReader& reader, ReflectanceStorage storage,
                    const std::string& shortName, std::vector<std::string>& notes) {
    const raster::RasterInfo& info = reader.info();
    const auto bandOf = [&](int band) -> const raster::BandInfo& {
        return info.bands[static_cast<std::size_t>(band) - 1];
    };
    const raster::BandInfo& first = bandOf(raster.bands.front());
    const products::Samples samples = products::samplesOf(reader, raster.bands);
    const auto scaled = std::count_if(raster.bands.begin(), raster.bands.end(),
                                      [&](int band) { return isScaled(bandOf(band)); });
    if (scaled > 0) {
        constexpr float faintest = 0.005F;
        const float largest = samples.empty() ? 1 : samples.quantile(nearlyAll);
        const bool all = std::all_of(raster.bands.begin(), raster.bands.end(), [&](int band) {
            return bandOf(band).scale == first.scale && bandOf(band).offset == first.offset;
        });
        if (largest >= faintest || storage == ReflectanceStorage::AsIs) {
            if (scaled < static_cast<std::ptrdiff_t>(raster.bands.size())) {
                throw Error(
                    "\"" + info.path +
                    "\" says a scale for some of its bands and none for others, so their numbers do not mean "
                    "the same; set it for all of them (gdal_edit.py -scale … -offset …).");
            }
            notes.push_back(shortName + ": the file's own scale and offset are applied" +
                            (largest > brightest
                                 ? ", with which its numbers reach about " + rounded(largest) +
                                       "; that is no reflectance from 0 to 1"
                                 : "") +
                            (storage == ReflectanceStorage::Guess
                                 ? "."
                                 : "; what was told of reflectance is for files that say none."));
            return; // the reader does it
        }
        if (storage == ReflectanceStorage::Guess || !all) {
            throw Error(
                "\"" + info.path + "\" says a scale of " + rounded(first.scale) +
                ", with which nothing in it would be brighter than " + rounded(largest) +
                ": its numbers are reflectance already, or the scale is wrong. Say what they are with "
                "--reflectance (in the dialog: Reflectance), or take the scale out with gdal_edit.py "
                "-unsetscale.");
        }
        const StoredReflectance said = asSaid(storage);
        raster.scale = said.scale;
        raster.offset = said.offset;
        takeBackFileScale(raster, first);
        notes.push_back(shortName + ": " + said.note + " The file's own scale is not applied.");
        return;
    }
    const bool landsat = std::any_of(raster.bands.begin(), raster.bands.end(), [&](int band) {
        return isLandsatSurfaceBand(bandOf(band).description);
    });
    std::vector<std::string> descriptions;
    for (const int band : raster.bands) {
        descriptions.push_back(bandOf(band).description);
    }
    OpticalSensor sensor = sensorOf(info);
    if (sensor == OpticalSensor::Unknown) {
        sensor = sensorBandsOf(descriptions, sensor).sensor;
    }
    const bool shortwave = std::any_of(raster.bandNames.begin(), raster.bandNames.end(),
                                       [](const std::string& name) { return name.starts_with("swir"); });
    const StoredReflectance stored = storedReflectance(
        {samples, first.dataType == "Byte", landsat, sensor, shortwave}, storage, info.path);
    raster.scale = stored.scale;
    raster.offset = stored.offset;
    if (stored.noData && !first.noData && first.dataType != "Float32" && first.dataType != "Float64") {
        raster.noData = stored.noData;
    }
    notes.push_back(shortName + ": " + stored.note);
}

void takeBackFileScale(SceneRaster& raster, const raster::BandInfo& band) {
    if (!isScaled(band) || band.scale == 0) {
        return;
    }
    raster.offset -= raster.scale * band.offset / band.scale;
    raster.scale /= band.scale;
}

} // namespace nunatak::scene
