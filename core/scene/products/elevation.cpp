// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/products/elevation.h"

#include "base/error.h"
#include "scene/products/product_folder.h"
#include "scene/products/samples.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

namespace nunatak::scene::products {

namespace {

/// Providers by how their files are named, and what their heights count from.
struct Source {
    const char* part; ///< of the name in lower case
    const char* name;
    const char* reference;
};

constexpr std::array<Source, 14> sources{{
    {"copernicus_dsm", "Copernicus DEM", "orthometric (EGM2008)"},
    {"cop_dem", "Copernicus DEM", "orthometric (EGM2008)"},
    {"nasadem", "NASADEM", "orthometric (EGM96)"},
    {"srtm", "SRTM", "orthometric (EGM96)"},
    {"astgtm", "ASTER GDEM", "orthometric (EGM96)"},
    {"aster_gdem", "ASTER GDEM", "orthometric (EGM96)"},
    {"alpsmlc30", "ALOS World 3D", "orthometric (EGM96)"},
    {"aw3d", "ALOS World 3D", "orthometric (EGM96)"},
    {"arcticdem", "ArcticDEM", "ellipsoidal (WGS 84)"},
    {"rema", "REMA", "ellipsoidal (WGS 84)"},
    {"setsm", "SETSM", "ellipsoidal (WGS 84)"},
    {"tdm1_dem", "TanDEM-X", "ellipsoidal (WGS 84)"},
    {"swissalti3d", "swissALTI3D", "orthometric (LN02)"},
    {"ned_", "NED", "orthometric (NAVD88)"},
}};

bool hasToken(const std::string& text, const std::string& token) {
    for (auto at = text.find(token); at != std::string::npos; at = text.find(token, at + 1)) {
        const auto letter = [&](std::size_t i) {
            return std::isalpha(static_cast<unsigned char>(text[i])) != 0;
        };
        const auto end = at + token.size();
        if ((at == 0 || !letter(at - 1)) && (end == text.size() || !letter(end))) {
            return true;
        }
    }
    return false;
}

const Source* sourceOf(const std::string& name) {
    const auto found = std::find_if(sources.begin(), sources.end(), [&](const Source& source) {
        // Short names are looked for as words, so that "rema" is not found in "remainder".
        return std::string(source.part).size() <= 4 ? hasToken(name, source.part)
                                                    : name.find(source.part) != std::string::npos;
    });
    return found == sources.end() ? nullptr : &*found;
}

bool isFeet(const std::string& unit) {
    const std::string text = lower(unit);
    return text == "ft" || text == "feet" || text == "foot" || text == "international foot" ||
           text == "ifeet";
}

bool isSurveyFeet(const std::string& unit) {
    const std::string text = lower(unit);
    return text == "us-ft" || text == "ftus" || text == "us survey foot" || text == "us_survey_foot" ||
           text == "u.s. survey foot" || text == "sfeet";
}

} // namespace

bool looksLikeElevation(const raster::RasterInfo& info) {
    if (info.bands.size() != 1) {
        return false;
    }
    const std::string name = lower(nameOf(info.path));
    const std::string description = lower(info.bands.front().description);
    constexpr std::array<const char*, 8> words{"dem",        "dsm",    "dtm", "elevation",
                                               "elevations", "height", "hgt", "elev"};
    return !info.heightSystem.empty() || sourceOf(name) != nullptr ||
           std::any_of(words.begin(), words.end(),
                       [&](const char* word) { return hasToken(name, word) || hasToken(description, word); });
}

std::string heightReference(const raster::RasterInfo& info) {
    const std::string system = lower(info.heightSystem);
    if (!system.empty()) {
        const bool ellipsoidal = system.find("ellipsoid") != std::string::npos;
        return ellipsoidal ? "ellipsoidal (" + info.heightSystem + ")"
                           : "orthometric (" + info.heightSystem + ")";
    }
    const Source* source = sourceOf(lower(nameOf(info.path)));
    if (source == nullptr && endsWith(info.path, ".hgt")) {
        return "orthometric (EGM96)"; // the format of SRTM
    }
    return source == nullptr ? std::string() : source->reference;
}

double metresPerHeight(const raster::RasterInfo& info) {
    constexpr double foot = 0.3048;
    constexpr double surveyFoot = 1200.0 / 3937;
    const std::string& unit = info.bands.front().unit;
    if (isFeet(unit)) {
        return foot;
    }
    if (isSurveyFeet(unit)) {
        return surveyFoot;
    }
    // A band's unit goes before the system's: gdalwarp keeps the pixels and changes the system.
    return unit.empty() && !info.heightSystem.empty() && info.metresPerHeight > 0 ? info.metresPerHeight : 1;
}

Product openElevation(const std::string& file, const std::string& given) {
    const raster::RasterReader reader(file);
    const raster::RasterInfo& info = reader.info();
    Product product;
    product.given = given;
    const Source* source = sourceOf(lower(nameOf(file)));
    product.name = nameOf(file);
    product.kind = source == nullptr ? "Elevation model" : std::string("Elevation model, ") + source->name;
    SceneRaster raster;
    raster.feature = "dem";
    raster.file = file;
    raster.bands = {1};
    raster.bandNames = {"elevation"};
    raster.scale = metresPerHeight(info);
    raster.fillVoids = true;
    raster.heightReference = heightReference(info);
    if (raster.scale != 1) {
        product.notes.push_back(product.name + ": heights in feet, converted to metres.");
    }
    product.notes.push_back(product.name + ": heights are " +
                            (raster.heightReference.empty()
                                 ? "above an unknown reference (the file does not say "
                                   "whether the geoid or the ellipsoid)"
                                 : raster.heightReference) +
                            ".");
    if (const double missing = samplesOf(reader, {1}).missing; missing > 0) {
        product.notes.push_back(
            product.name + ": about " + std::to_string(std::max(1L, std::lround(missing * 100))) +
            " % of it has no heights. Voids are filled from the heights around them, up to 100 "
            "pixels away; the layer \"void\" shows where.");
    }
    product.rasters.push_back(std::move(raster));
    return product;
}

void joinElevations(std::vector<Product>& products) {
    SceneRaster* first = nullptr;
    for (Product& product : products) {
        auto& rasters = product.rasters;
        for (auto raster = rasters.begin(); raster != rasters.end();) {
            const bool elevation = raster->feature == "dem" && raster->bandNames.size() == 1 &&
                                   raster->bandNames.front() == "elevation";
            if (!elevation || first == nullptr) {
                first = elevation ? &*raster : first;
                ++raster;
                continue;
            }
            if (raster->scale != first->scale || raster->offset != first->offset) {
                throw Error("The elevation models \"" + first->file + "\" and \"" + raster->file +
                            "\" have different units; give one of them.");
            }
            first->tiles.push_back(raster->file);
            raster = rasters.erase(raster);
        }
    }
}

} // namespace nunatak::scene::products
