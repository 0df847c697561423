// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/products/radar.h"

#include "base/error.h"
#include "base/letters.h"
#include "raster/virtual_files.h"
#include "scene/products/measured_values.h"
#include "scene/products/numbers.h"
#include "scene/products/product_folder.h"
#include "scene/products/radar_containers.h"
#include "scene/products/radar_names.h"

#include <algorithm>
#include <set>

namespace nunatak::scene::products {

namespace {

const std::string ascending = "ascending";
const std::string descending = "descending";

bool isRadar(const SceneRaster& raster) {
    return raster.feature == "co_pol_sar" || raster.feature == "cross_pol_sar" || raster.feature == "in_sar";
}

/// What the path of a raster says: a file's name, or a raster within a file.
std::optional<RadarName> nameOfRaster(const std::string& path) {
    const auto contained = containedRadarName(path);
    return contained ? contained : radarNameOf(nameOf(path));
}

/// The value of a line "Key: value", in lower case; empty when there is none.
std::string valueOf(const std::string& lowerText, const std::string& key) {
    const auto at = lowerText.find(key + ":");
    return at == std::string::npos ? std::string() : lowerText.substr(at, lowerText.find('\n', at) - at);
}

/// Reference Pass Direction of the text file beside an InSAR product of HyP3, or the time in the name of its
/// reference granule (S1_249422_IW1_20200708T053412_VV_AAAA-BURST).
RadarName saidBeside(const std::string& file) {
    RadarName said;
    const auto end = lowerCase(file).rfind("_corr.tif");
    const std::string text = end == std::string::npos ? std::string() : file.substr(0, end) + ".txt";
    if (text.empty() || !raster::fileExists(text)) {
        return said;
    }
    const std::string content = lowerCase(raster::readText(text, mostMetadata));
    const std::string direction = valueOf(content, "reference pass direction");
    said.orbit = direction.find(ascending) != std::string::npos    ? Orbit::Ascending
                 : direction.find(descending) != std::string::npos ? Orbit::Descending
                                                                   : Orbit::Unknown;
    said.time = timeInName(valueOf(content, "reference granule"));
    return said;
}

Orbit orbitOf(const RadarName& name, const raster::RasterInfo& info) {
    if (name.orbit != Orbit::Unknown) {
        return name.orbit;
    }
    const RadarName beside = saidBeside(info.path);
    if (beside.orbit != Orbit::Unknown || !info.isGeoreferenced()) {
        return beside.orbit;
    }
    const geo::CoordinateTransform toDegrees(info.crs, geo::Crs::fromUserInput("EPSG:4326"));
    const geo::Point middle = toDegrees(info.extent().center());
    return orbitAt(name.time.empty() ? beside.time : name.time, middle.x, middle.y);
}

std::string orbitText(Orbit orbit) {
    return orbit == Orbit::Ascending ? ascending : orbit == Orbit::Descending ? descending : std::string();
}

SceneRaster rasterOf(const RadarName& name, const raster::RasterReader& reader, int band, Orbit orbit,
                     std::vector<std::string>& notes) {
    SceneRaster raster;
    raster.feature = name.coherence ? "in_sar" : name.isCrossPolarized() ? "cross_pol_sar" : "co_pol_sar";
    raster.file = reader.info().path;
    raster.bands = {band};
    raster.bandNames = {orbitText(orbit)};
    const std::string shortName = nameOf(raster.file);
    if (name.coherence) {
        notes.push_back(shortName + ": interferometric coherence.");
        readAsCoherence(raster, reader, notes);
        return raster;
    }
    readAsBackscatter(raster, reader, name.scale, notes);
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

/// Two polarisations, calibrations or copies of one pass, not an ascending and a descending one.
bool isOnePass(const SceneRaster& a, const SceneRaster& b) {
    if (a.file == b.file) {
        return true;
    }
    const auto first = nameOfRaster(a.file);
    const auto second = nameOfRaster(b.file);
    if (!first || !second) {
        return false;
    }
    const auto same = [](const std::string& one, const std::string& other) {
        return !one.empty() && one == other;
    };
    return same(first->time, second->time) || same(first->pair, second->pair) ||
           first->polarization != second->polarization || first->radiometry != second->radiometry;
}

/// Throws Error where orbits are not known and would be invented for what one pass measured.
void throwIfOnePass(const std::vector<Product>& products) {
    std::vector<const SceneRaster*> unknown;
    for (const Product& product : products) {
        for (const SceneRaster& raster : product.rasters) {
            if (!isRadar(raster) || !raster.bandNames.front().empty()) {
                continue;
            }
            for (const SceneRaster* other : unknown) {
                if (other->feature != raster.feature || !isOnePass(*other, raster)) {
                    continue;
                }
                throw Error((other->file == raster.file
                                 ? "\"" + raster.file + "\" holds several measurements of " + raster.feature
                                 : "\"" + other->file + "\" and \"" + raster.file +
                                       "\" are both measurements of " + raster.feature) +
                            " that look like one pass, and a scene has one for each pass. Give one of them, "
                            "or say which "
                            "is which, as in --" +
                            (raster.feature == "in_sar"          ? "coherence"
                             : raster.feature == "cross_pol_sar" ? "cross-pol"
                                                                 : "co-pol") +
                            " FILE:ascending,-,descending (- leaves a band out).");
            }
            unknown.push_back(&raster);
        }
    }
}

bool isSameMeasurement(const SceneRaster& a, const SceneRaster& b) {
    const auto first = nameOfRaster(a.file);
    const auto second = nameOfRaster(b.file);
    if (!first || !second || a.feature != b.feature || a.bandNames != b.bandNames || a.bands != b.bands ||
        a.noData != b.noData || a.conversion != b.conversion || !continueEachOther(*first, *second)) {
        return false;
    }
    return std::none_of(a.tiles.begin(), a.tiles.end(), [&](const std::string& tile) {
        const auto name = nameOfRaster(tile);
        return name && name->piece == second->piece; // the same burst twice
    });
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
    const auto byFile = nameOfRaster(file);
    const raster::RasterReader reader(file);
    const raster::RasterInfo& info = reader.info();
    Product product;
    product.given = given;
    product.name = shortName;
    const std::vector<std::string> inOrder = polarizationsIn(shortName);
    const bool byOrder = info.bands.size() > 1 && inOrder.size() == info.bands.size() &&
                         std::all_of(info.bands.begin(), info.bands.end(),
                                     [](const auto& band) { return band.description.empty(); });
    std::string leftOut;
    for (std::size_t i = 0; i < info.bands.size(); ++i) {
        auto name = radarNameOf(byOrder ? inOrder[i] : info.bands[i].description);
        if (!name && info.bands.size() == 1) {
            name = byFile;
        }
        if (!name) {
            leftOut +=
                (leftOut.empty() ? "" : ", ") +
                (info.bands[i].description.empty() ? std::to_string(i + 1) : info.bands[i].description);
            continue;
        }
        if (byFile) { // the file's name says more than its bands'
            name->time = name->time.empty() ? byFile->time : name->time;
            name->orbit = name->orbit == Orbit::Unknown ? byFile->orbit : name->orbit;
            name->scale = name->scale == RadarScale::Unknown ? byFile->scale : name->scale;
            name->radiometry = name->radiometry.empty() ? byFile->radiometry : name->radiometry;
            name->maker = name->maker.empty() ? byFile->maker : name->maker;
        }
        product.rasters.push_back(
            rasterOf(*name, reader, static_cast<int>(i) + 1, orbitOf(*name, info), product.notes));
        product.date = dayIn(name->time.empty() ? name->pair : name->time);
        product.kind = name->coherence ? "Interferometric coherence" : "Backscatter";
        product.kind += name->maker.empty() ? "" : ", " + name->maker;
    }
    if (!leftOut.empty() && !product.rasters.empty()) {
        product.notes.push_back(shortName + ": no backscatter and not used: " + leftOut + ".");
    }
    if (byOrder && !product.rasters.empty()) {
        product.notes.push_back(shortName +
                                ": its bands have no names and are taken in the order of its own.");
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

std::string orbitFor(const raster::RasterReader& reader) {
    const raster::RasterInfo& info = reader.info();
    const std::string shortName = nameOf(info.path);
    RadarName name = nameOfRaster(info.path).value_or(RadarName{});
    if (name.orbit == Orbit::Unknown) {
        name.orbit = wordsOf(shortName).orbit;
    }
    return orbitText(orbitOf(name, info));
}

void readAsSaid(SceneRaster& raster, const raster::RasterReader& reader, std::vector<std::string>& notes) {
    if (raster.feature == "in_sar") {
        readAsCoherence(raster, reader, notes);
    } else if (raster.feature == "thermal") {
        readAsTemperature(raster, reader, notes);
    } else if (isRadar(raster)) {
        const auto name = nameOfRaster(raster.file);
        const auto& band = reader.info().bands.at(static_cast<std::size_t>(raster.bands.front()) - 1);
        RadarScale scale = name ? name->scale : wordsOf(nameOf(raster.file)).scale;
        if (scale == RadarScale::Unknown) {
            scale = wordsOf(band.description).scale;
        }
        readAsBackscatter(raster, reader, scale, notes);
    }
}

void joinPasses(std::vector<Product>& products) {
    std::vector<std::pair<SceneRaster*, Product*>> firsts;
    for (Product& product : products) {
        std::erase_if(product.rasters, [&](const SceneRaster& raster) {
            if (!isRadar(raster)) {
                return false;
            }
            const auto first = std::find_if(firsts.begin(), firsts.end(), [&](const auto& candidate) {
                return isSameMeasurement(*candidate.first, raster);
            });
            if (first == firsts.end()) {
                return false;
            }
            first->first->tiles.push_back(raster.file);
            first->second->notes.push_back(nameOf(raster.file) + ": of the same pass as " +
                                           nameOf(first->first->file) + ", joined with it.");
            return true;
        });
        for (SceneRaster& raster : product.rasters) {
            if (isRadar(raster)) {
                firsts.emplace_back(&raster, &product);
            }
        }
    }
}

void nameOrbits(std::vector<Product>& products, bool swap) {
    throwIfOnePass(products);
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
