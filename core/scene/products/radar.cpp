// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/products/radar.h"

#include "base/error.h"
#include "raster/virtual_files.h"
#include "scene/products/numbers.h"
#include "scene/products/product_folder.h"
#include "scene/products/radar_names.h"
#include "scene/products/samples.h"

#include <algorithm>
#include <set>

namespace nunatak::scene::products {

namespace {

const std::string ascending = "ascending";
const std::string descending = "descending";

bool isRadar(const SceneRaster& raster) {
    return raster.feature == "co_pol_sar" || raster.feature == "cross_pol_sar" || raster.feature == "in_sar";
}

/// Reference Pass Direction of the text file beside an InSAR product of HyP3.
Orbit orbitBeside(const std::string& file) {
    const auto end = lower(file).rfind("_corr.tif");
    const std::string text = end == std::string::npos ? std::string() : file.substr(0, end) + ".txt";
    if (text.empty() || !raster::fileExists(text)) {
        return Orbit::Unknown;
    }
    const std::string content = lower(raster::readText(text, mostMetadata));
    const auto at = content.find("reference pass direction:");
    if (at == std::string::npos) {
        return Orbit::Unknown;
    }
    const std::string line = content.substr(at, content.find('\n', at) - at);
    return line.find(ascending) != std::string::npos    ? Orbit::Ascending
           : line.find(descending) != std::string::npos ? Orbit::Descending
                                                        : Orbit::Unknown;
}

Orbit orbitOf(const RadarName& name, const raster::RasterInfo& info) {
    if (name.orbit != Orbit::Unknown) {
        return name.orbit;
    }
    if (const Orbit told = orbitBeside(info.path); told != Orbit::Unknown) {
        return told;
    }
    if (!info.isGeoreferenced()) {
        return Orbit::Unknown;
    }
    const geo::CoordinateTransform toDegrees(info.crs, geo::Crs::fromUserInput("EPSG:4326"));
    const geo::Point middle = toDegrees(info.extent().center());
    return orbitAt(name.time, middle.x, middle.y);
}

std::string orbitText(Orbit orbit) {
    return orbit == Orbit::Ascending ? ascending : orbit == Orbit::Descending ? descending : std::string();
}

std::string conversionNote(const SceneRaster& raster, bool told) {
    const std::string how = told ? "" : ", as its negative numbers tell";
    switch (raster.conversion) {
    case Conversion::Decibels:
        return "in dB" + how + ", read as power";
    case Conversion::Amplitude:
        return "as amplitude, read as power";
    default:
        return told ? "as power" : "as power, as its numbers tell (none is negative)";
    }
}

void setScale(SceneRaster& raster, RadarScale scale, const raster::RasterReader& reader) {
    if (scale == RadarScale::Unknown) {
        // Backscatter is weaker than 1 nearly everywhere, so decibels are negative there; power never is.
        const Samples samples = samplesOf(reader, raster.bands);
        constexpr double most = 0.25;
        scale = !samples.empty() && samples.quantile(most) < 0 ? RadarScale::Decibels : RadarScale::Power;
    }
    raster.conversion = scale == RadarScale::Decibels    ? Conversion::Decibels
                        : scale == RadarScale::Amplitude ? Conversion::Amplitude
                                                         : Conversion::None;
}

SceneRaster rasterOf(const RadarName& name, const raster::RasterReader& reader, int band, Orbit orbit,
                     std::vector<std::string>& notes) {
    SceneRaster raster;
    raster.feature = name.coherence ? "in_sar" : name.isCrossPolarized() ? "cross_pol_sar" : "co_pol_sar";
    raster.file = reader.info().path;
    raster.bands = {band};
    raster.bandNames = {orbitText(orbit)};
    // Outside of the swath SNAP and HyP3 write 0, mostly without declaring it.
    if (!reader.info().bands[static_cast<std::size_t>(band) - 1].noData && !name.coherence) {
        raster.noData = 0;
    }
    const std::string shortName = nameOf(raster.file);
    if (name.coherence) {
        notes.push_back(shortName + ": interferometric coherence.");
        return raster;
    }
    setScale(raster, name.scale, reader);
    notes.push_back(shortName + ": " + (name.radiometry.empty() ? "backscatter" : name.radiometry) + " " +
                    name.polarization + " " + conversionNote(raster, name.scale != RadarScale::Unknown) +
                    ".");
    if (name.radiometry == "gamma0") {
        notes.push_back(shortName +
                        ": gamma0, which is brighter than the sigma0 that the published models learnt "
                        "from, the more so on steep slopes.");
    } else if (name.radiometry == "beta0") {
        notes.push_back(shortName + ": beta0, not the sigma0 that the published models learnt from.");
    }
    return raster;
}

/// Gives the band of a raster the orbit that is free when it has none, and says which one it has.
void nameOrbit(std::string& name, const SceneRaster& raster,
               std::set<std::pair<std::string, std::string>>& taken, std::vector<std::string>& notes) {
    if (!name.empty()) {
        notes.push_back(nameOf(raster.file) + ": " + name + " orbit.");
        return;
    }
    name = taken.contains({raster.feature, ascending}) ? descending : ascending;
    taken.emplace(raster.feature, name);
    notes.push_back(nameOf(raster.file) + ": its orbit is not known and taken as " + name +
                    "; swap the orbits if that is wrong.");
}

} // namespace

void refuseUncorrected(const std::string& path) {
    if (isSentinel1Original(nameOf(path))) {
        throw Error(
            "\"" + path +
            "\" is a Sentinel-1 product that is not corrected for terrain, so it does not lie on "
            "the map. Correct it with SNAP (Calibration, Range Doppler Terrain Correction), or order it "
            "from ASF HyP3 as RTC, and open the result.");
    }
}

std::optional<Product> openRadar(const std::string& file, const std::string& given) {
    const std::string shortName = nameOf(file);
    const auto byFile = radarNameOf(shortName);
    const raster::RasterReader reader(file);
    const raster::RasterInfo& info = reader.info();
    Product product;
    product.given = given;
    product.name = shortName;
    for (std::size_t i = 0; i < info.bands.size(); ++i) {
        auto name = radarNameOf(info.bands[i].description);
        if (!name && info.bands.size() == 1) {
            name = byFile;
        }
        if (!name) {
            continue;
        }
        if (byFile) { // the file's name says more than its bands'
            name->time = name->time.empty() ? byFile->time : name->time;
            name->orbit = name->orbit == Orbit::Unknown ? byFile->orbit : name->orbit;
            name->radiometry = name->radiometry.empty() ? byFile->radiometry : name->radiometry;
            name->maker = name->maker.empty() ? byFile->maker : name->maker;
        }
        product.rasters.push_back(
            rasterOf(*name, reader, static_cast<int>(i) + 1, orbitOf(*name, info), product.notes));
        product.date = dayIn(name->time);
        product.kind = name->coherence ? "Interferometric coherence" : "Backscatter";
        product.kind += name->maker.empty() ? "" : ", " + name->maker;
    }
    return product.rasters.empty() ? std::nullopt : std::optional(std::move(product));
}

Product openSnap(const std::string& header, const std::string& given) {
    const SnapHeader said = parseSnapHeader(raster::readText(header, mostMetadata), header);
    const std::string data = header.substr(0, header.size() - 4) + ".data";
    Product product;
    product.given = given;
    product.name = nameOf(header);
    product.kind = "SNAP product";
    product.date = said.time;
    for (const std::string& name : raster::namesIn(data)) {
        const auto radar = radarNameOf(name);
        if (!endsWith(name, ".img") || !radar) {
            continue;
        }
        const raster::RasterReader reader(data + "/" + name);
        if (!reader.info().isGeoreferenced()) {
            throw Error("\"" + header +
                        "\" does not lie on the map: it is not corrected for terrain. Apply Range Doppler "
                        "Terrain Correction in SNAP, or order the scene from ASF HyP3 as RTC.");
        }
        const Orbit orbit = said.orbit != Orbit::Unknown ? said.orbit : orbitOf(*radar, reader.info());
        product.rasters.push_back(rasterOf(*radar, reader, 1, orbit, product.notes));
    }
    if (product.rasters.empty()) {
        throw Error("\"" + data +
                    "\" holds no backscatter (Sigma0_VV.img, Gamma0_VH.img, …) and no coherence; calibrate "
                    "the scene in SNAP and correct it for terrain.");
    }
    return product;
}

void nameOrbits(std::vector<Product>& products, bool swap) {
    std::set<std::pair<std::string, std::string>> taken;
    for (const Product& product : products) {
        for (const SceneRaster& raster : product.rasters) {
            for (const std::string& name : raster.bandNames) {
                taken.emplace(raster.feature, name);
            }
        }
    }
    for (Product& product : products) {
        for (SceneRaster& raster : product.rasters) {
            if (!isRadar(raster)) {
                continue;
            }
            for (std::string& name : raster.bandNames) {
                nameOrbit(name, raster, taken, product.notes);
                if (swap) {
                    name = name == ascending ? descending : ascending;
                }
            }
            if (swap) {
                product.notes.push_back(nameOf(raster.file) + ": given as the " + raster.bandNames.front() +
                                        " band, since the orbits are swapped.");
            }
        }
    }
}

} // namespace nunatak::scene::products
