// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/shape_fields.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string_view>

namespace nunatak::exchange {

namespace {

// In small letters, without underscores and units.
constexpr std::array<std::string_view, 47> shapeFields{
    "area",      "areakm2", "aream2",   "areaha",      "areasqkm", "dbarea",      "shapearea", "starea",
    "perimeter", "perim",   "perimkm",  "shapeleng",   "shapelen", "shapelength", "stlength",  "length",
    "lmax",      "width",   "cenlon",   "cenlat",      "termlon",  "termlat",     "utmzone",   "zmin",
    "zmax",      "zmed",    "zmean",    "minelev",     "maxelev",  "meanelev",    "medelev",   "medianelev",
    "elevmin",   "elevmax", "elevmean", "elevmed",     "slope",    "meanslope",   "aspect",    "aspectsec",
    "thickness", "volume",  "hypso",    "debrisshare", "debris",   "clean",       "undecided",
};

constexpr std::array<std::string_view, 8> units{"_km2", "_m2", "_ha", "_sqkm", "_km", "_m", "_deg", "_km3"};

} // namespace

bool describesTheShape(const std::string& fieldName) {
    std::string name = fieldName;
    std::transform(name.begin(), name.end(), name.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    for (const auto unit : units) {
        if (name.ends_with(unit)) {
            name.resize(name.size() - unit.size());
            break;
        }
    }
    std::erase(name, '_');
    return std::any_of(shapeFields.begin(), shapeFields.end(),
                       [&](std::string_view field) { return name == field; });
}

} // namespace nunatak::exchange
