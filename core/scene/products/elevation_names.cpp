// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/products/elevation_names.h"

#include "base/letters.h"
#include "scene/products/product_folder.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

namespace nunatak::scene::products {

namespace {

/// Providers by how their files are named: # is a digit, @ a letter, * anything.
struct Source {
    const char* pattern; ///< of the name in lower case, without its type
    const char* name;
    const char* reference;
    const char* other = ""; ///< what such files show, where it is no heights
};

constexpr const char* egm96 = "orthometric (EGM96)";
constexpr const char* egm2008 = "orthometric (EGM2008)";
constexpr const char* ellipsoid = "ellipsoidal (WGS 84)";

constexpr std::array<Source, 32> sources{{
    {"*copernicus_dsm*", "Copernicus DEM", egm2008},
    {"*cop_dem*", "Copernicus DEM", egm2008},
    {"*nasadem*", "NASADEM", egm96},
    {"*srtm*", "SRTM", egm96},
    {"@##_@###_#arc_v#", "SRTM", egm96},
    {"*astgtm*", "ASTER GDEM", egm96},
    {"*aster_gdem*", "ASTER GDEM", egm96},
    {"astwbd*", "ASTER water bodies", "", "water bodies"},
    {"alpsmlc30*", "ALOS World 3D", egm96},
    {"@###@###_ave_*", "ALOS World 3D", egm96},
    {"@###@###_med_*", "ALOS World 3D", egm96},
    {"*aw3d*", "ALOS World 3D", egm96},
    {"*arcticdem*", "ArcticDEM", ellipsoid},
    {"rema", "REMA", ellipsoid},
    {"rema_*", "REMA", ellipsoid},
    {"rema-*", "REMA", ellipsoid},
    {"*_rema", "REMA", ellipsoid},
    {"*_rema_*", "REMA", ellipsoid},
    {"*setsm*", "SETSM", ellipsoid},
    {"wv##_########_*", "SETSM", ellipsoid},
    // Tiles of the mosaics name only their place: 14_53_2_2_2m_v4.1_dem, 40_10_10m_v2.0_dem, 37_23_8m_dem.
    {"##_##_#_#_*m_v#.#*", "ArcticDEM or REMA", ellipsoid},
    {"##_##_*m_v#.#*", "ArcticDEM or REMA", ellipsoid},
    {"##_##_8m_*", "REMA", ellipsoid},
    {"utm##@_##_##*m_v#.#*", "EarthDEM", ellipsoid},
    {"hma_dem8m*", "High Mountain Asia 8 m DEM", ellipsoid},
    {"tdm1_dem*", "TanDEM-X", ellipsoid},
    {"tdm1_edem*_egm", "TanDEM-X EDEM", egm2008},
    {"tdm1_edem*", "TanDEM-X EDEM", ellipsoid},
    {"tdm1_dcm*", "TanDEM-X change map", "", "changes of height"},
    {"swissalti3d*", "swissALTI3D", "orthometric (LN02)"},
    {"ned_*", "NED", "orthometric (NAVD88)"},
    {"usgs_ned_*", "NED", "orthometric (NAVD88)"},
}};

/// How far a word can be trusted.
enum class Where {
    Provider, ///< in names of a known provider alone
    After,    ///< and after the word for elevation: "dem_slope", not "north_slope_dem"
    Anywhere,
};

/// Files beside the heights, by a word of their names.
struct Companion {
    const char* word;
    const char* what;
    Where where;
};

constexpr std::array<Companion, 62> companions{{
    {"edm", "an editing mask", Where::Provider},
    {"flm", "a filling mask", Where::Provider},
    {"hem", "a height error map", Where::Provider},
    {"wbm", "a water body mask", Where::Provider},
    {"wam", "a water mask", Where::Provider},
    {"lsm", "a layover and shadow mask", Where::Provider},
    {"lcm", "a land cover mask", Where::Provider},
    {"cov", "a coverage map", Where::Provider},
    {"com", "a consistency mask", Where::Provider},
    {"amp", "an amplitude mosaic", Where::Provider},
    {"am2", "an amplitude mosaic", Where::Provider},
    {"ql", "a preview", Where::Provider},
    {"thu", "a preview", Where::Provider},
    {"quicklook", "a preview", Where::Anywhere},
    {"preview", "a preview", Where::Anywhere},
    {"browse", "a preview", Where::After},
    {"msk", "a mask", Where::After},
    {"mask", "a mask", Where::Anywhere},
    {"masks", "masks", Where::Anywhere},
    {"bitmask", "a mask", Where::Anywhere},
    {"datamask", "a mask", Where::Anywhere},
    {"edgemask", "a mask", Where::After},
    {"matchtag", "a mask of matched pixels", Where::Anywhere},
    {"goodpixelmap", "a mask of matched pixels", Where::After},
    {"stk", "a count of images", Where::After},
    {"num", "a count of images", Where::After},
    {"count", "a count of images", Where::After},
    {"countmt", "a count of images", Where::After},
    {"nobs", "a count of images", Where::After},
    {"mad", "a map of deviations", Where::After},
    {"mindate", "dates", Where::After},
    {"maxdate", "dates", Where::After},
    {"day", "dates", Where::Provider},
    {"att", "water bodies", Where::Provider},
    {"swb", "water bodies", Where::After},
    {"ortho", "an image", Where::After},
    {"ortho2", "an image", Where::After},
    {"drg", "an image", Where::After},
    {"err", "an error map", Where::After},
    {"error", "an error map", Where::Anywhere},
    {"errors", "an error map", Where::Anywhere},
    {"intersectionerr", "an error map", Where::Anywhere},
    {"uncertainty", "an error map", Where::Anywhere},
    {"rmse", "an error map", Where::After},
    {"std", "an error map", Where::After},
    {"stdev", "an error map", Where::After},
    {"stddev", "an error map", Where::After},
    {"sigma", "an error map", Where::After},
    {"hillshade", "a hillshade", Where::Anywhere},
    {"shade", "a hillshade", Where::After},
    {"shaded", "a hillshade", Where::After},
    {"slope", "slope", Where::After},
    {"aspect", "aspect", Where::Anywhere},
    {"roughness", "roughness", Where::Anywhere},
    {"rugosity", "roughness", Where::After},
    {"curvature", "curvature", Where::After},
    {"tri", "roughness", Where::After},
    {"tpi", "a position index", Where::After},
    {"diff", "differences", Where::Anywhere},
    {"difference", "differences", Where::Anywhere},
    {"dhdt", "changes of height", Where::Anywhere},
    {"dh", "changes of height", Where::After},
}};

constexpr std::array<const char*, 9> heightWords{"dem",  "dsm",        "dtm",    "edem", "elevation",
                                                 "elev", "elevations", "height", "hgt"};

bool matches(const char* pattern, const char* text) {
    for (; *pattern != '\0' && *pattern != '*'; ++pattern, ++text) {
        const auto c = static_cast<unsigned char>(*text);
        const bool same = *pattern == '#'   ? std::isdigit(c) != 0
                          : *pattern == '@' ? std::isalpha(c) != 0
                                            : *pattern == *text;
        if (c == 0 || !same) {
            return false;
        }
    }
    if (*pattern == '\0') {
        return *text == '\0';
    }
    while (*pattern == '*') {
        ++pattern;
    }
    for (; *text != '\0'; ++text) {
        if (matches(pattern, text)) {
            return true;
        }
    }
    return *pattern == '\0';
}

/// The name in lower case without its type and what compression adds to it; of a variable
/// (NETCDF:"dem.nc":slope) the file's and its own: dem_slope.
std::string stemOf(const std::string& file) {
    std::string name = lowerCase(nameOf(file));
    const auto colon = name.rfind(':');
    if (file.starts_with("NETCDF:") && colon != std::string::npos) {
        return stemOf(name.substr(0, colon)) + "_" + name.substr(colon + 1);
    }
    const auto dot = name.rfind('.');
    return dot == std::string::npos || dot == 0 ? name : name.substr(0, dot);
}

/// What lies between everything that is no letter; digits stay with the letters before them.
std::vector<std::string> wordsOf(const std::string& stem) {
    std::vector<std::string> words(1);
    for (const char c : stem) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0) {
            words.back() += c;
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    if (words.back().empty()) {
        words.pop_back();
    }
    return words;
}

const Source* sourceOf(const std::string& stem) {
    const auto found = std::find_if(sources.begin(), sources.end(), [&](const Source& source) {
        return matches(source.pattern, stem.c_str());
    });
    return found == sources.end() ? nullptr : &*found;
}

/// Where a word for elevation ends, of several the first: "dem" in "dem8m" and in "my-dem", not in "demo".
std::size_t endOfHeightWord(const std::string& stem) {
    std::size_t first = std::string::npos;
    for (const std::string word : heightWords) {
        for (auto at = stem.find(word); at != std::string::npos; at = stem.find(word, at + 1)) {
            const auto letter = [&](std::size_t i) {
                return std::isalpha(static_cast<unsigned char>(stem[i])) != 0;
            };
            const auto end = at + word.size();
            if ((at == 0 || !letter(at - 1)) && (end == stem.size() || !letter(end))) {
                first = std::min(first, end);
            }
        }
    }
    return first;
}

} // namespace

ElevationSource elevationSourceOf(const std::string& file) {
    const std::string stem = stemOf(file);
    const Source* source = sourceOf(stem);
    if (source == nullptr) {
        return {};
    }
    const std::vector<std::string> words = wordsOf(stem);
    const bool aboveGeoid = std::find(words.begin(), words.end(), "geoid") != words.end();
    return {source->name, aboveGeoid ? "orthometric (geoid)" : source->reference};
}

bool namesElevation(const std::string& file) {
    const std::string stem = stemOf(file);
    return isHeightFormat(file) || sourceOf(stem) != nullptr || endOfHeightWord(stem) != std::string::npos;
}

bool isHeightFormat(const std::string& file) {
    constexpr std::array<const char*, 4> types{".hgt", ".dt0", ".dt1", ".dt2"};
    return std::any_of(types.begin(), types.end(), [&](const char* type) { return endsWith(file, type); });
}

std::string elevationCompanion(const std::string& file) {
    const std::string stem = stemOf(file);
    const Source* source = sourceOf(stem);
    if (source != nullptr && std::string(source->reference).empty()) {
        return source->other;
    }
    const std::size_t heights = endOfHeightWord(stem);
    if (source == nullptr && heights == std::string::npos) {
        return {};
    }
    const auto isSaid = [&](const Companion& companion, const std::string& name) {
        const std::vector<std::string> words = wordsOf(name);
        return std::find(words.begin(), words.end(), companion.word) != words.end();
    };
    for (const Companion& companion : companions) {
        const bool anywhere = source != nullptr || companion.where == Where::Anywhere;
        if (anywhere ? isSaid(companion, stem)
                     : companion.where == Where::After && isSaid(companion, stem.substr(heights))) {
            return companion.what;
        }
    }
    return {};
}

} // namespace nunatak::scene::products
