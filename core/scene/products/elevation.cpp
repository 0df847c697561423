// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/products/elevation.h"

#include "base/error.h"
#include "base/letters.h"
#include "scene/products/elevation_names.h"
#include "scene/products/product_folder.h"
#include "scene/products/samples.h"

#include <algorithm>
#include <array>
#include <functional>
#include <iterator>
#include <optional>
#include <sstream>
#include <utility>

namespace nunatak::scene::products {

namespace {

/// A unit as the table below has it: "[Meters]" is "metre", "US_survey_foot" is "us survey foot".
std::string plainUnit(const std::string& unit) {
    std::string text = lowerCase(unit);
    std::erase_if(text, [](char c) { return c == '[' || c == ']' || c == '(' || c == ')' || c == '.'; });
    std::replace(text.begin(), text.end(), '_', ' ');
    if (text.ends_with("metres") || text.ends_with("meters")) {
        text.pop_back();
    }
    if (text.ends_with("meter")) {
        text.replace(text.size() - 2, 2, "re");
    }
    return text;
}

/// Metres of the units that files name; none of one that is not known.
std::optional<double> metresOf(const std::string& unit) {
    constexpr double surveyFoot = 1200.0 / 3937;
    struct Unit {
        const char* name;
        double metres;
    };
    constexpr std::array<Unit, 22> units{{{"", 1},
                                          {"m", 1},
                                          {"metre", 1},
                                          {"m asl", 1},
                                          {"dm", 0.1},
                                          {"decimetre", 0.1},
                                          {"cm", 0.01},
                                          {"centimetre", 0.01},
                                          {"mm", 0.001},
                                          {"millimetre", 0.001},
                                          {"km", 1000},
                                          {"kilometre", 1000},
                                          {"ft", 0.3048},
                                          {"feet", 0.3048},
                                          {"foot", 0.3048},
                                          {"international foot", 0.3048},
                                          {"international feet", 0.3048},
                                          {"ifeet", 0.3048},
                                          {"us-ft", surveyFoot},
                                          {"ftus", surveyFoot},
                                          {"us survey foot", surveyFoot},
                                          {"sfeet", surveyFoot}}};
    const std::string text = plainUnit(unit);
    const auto found =
        std::find_if(units.begin(), units.end(), [&](const Unit& one) { return text == one.name; });
    return found == units.end() ? std::nullopt : std::optional(found->metres);
}

const std::string& unitOf(const raster::RasterInfo& info, int band) {
    return info.bands.at(static_cast<std::size_t>(band) - 1).unit;
}

std::string rounded(double value) {
    std::ostringstream text;
    text.precision(6);
    text << value;
    return text.str();
}

/// Says which numbers are taken as heights that no ground has. One number is a void that is not declared;
/// many are the rim of such voids, averaged with ground by a program that did not know of them.
void noteHeightsOf(const std::function<bool(float)>& isNone, const Samples& samples, Product& product) {
    std::vector<float> found;
    std::copy_if(samples.values.begin(), samples.values.end(), std::back_inserter(found), isNone);
    if (found.empty()) {
        return;
    }
    const std::string least = rounded(found.front());
    const std::string most = rounded(found.back());
    if (least == most) {
        product.notes.push_back(product.name + " holds " + least +
                                ", a height that no ground has, and it is taken as one. If it stands for no "
                                "data, declare it (gdal_edit.py -a_nodata " +
                                least + ") and open the file again.");
        return;
    }
    product.notes.push_back(product.name + " holds numbers from " + least + " to " + most +
                            ", heights that no ground has, and they are taken as such: probably the rim of "
                            "voids that were averaged with ground. Warp the source anew with its no-data "
                            "number (gdalwarp -srcnodata), or make them no data (gdal_calc.py), and open the "
                            "result.");
}

/// Heights that no ground of the Earth has, the sea's included: of another unit, or voids that the file does
/// not declare. Refuses where most are, else says so.
void checkHeights(const raster::RasterReader& reader, int band, Product& product) {
    constexpr double lowest = -12000; // metres; the deepest sea is at -10,935
    constexpr double highest = 9000;
    const Samples samples = samplesOf(reader, {band});
    if (samples.empty()) {
        return;
    }
    const raster::RasterInfo& info = reader.info();
    const double metres = metresPerHeight(info, band);
    const auto isNone = [&](double number) { return number * metres < lowest || number * metres > highest; };
    constexpr double middle = 0.5;
    const double usual = samples.quantile(middle);
    if (isNone(usual)) {
        throw Error(
            "\"" + info.path + "\" holds numbers around " + rounded(usual) + ", which are no heights in " +
            (metres == 1 ? "metres" : "\"" + unitOf(info, band) + "\"") +
            "; say their unit (gdal_edit.py -units cm) or their scale (-scale 0.01), or give the right "
            "raster.");
    }
    const auto isBelow = [&](float number) { return number * metres < lowest; };
    const auto isAbove = [&](float number) { return number * metres > highest; };
    noteHeightsOf(isBelow, samples, product);
    noteHeightsOf(isAbove, samples, product);
}

} // namespace

bool looksLikeElevation(const raster::RasterInfo& info) {
    // A byte counts, masks and shades: it is no height.
    if (info.bands.size() != 1 || info.bands.front().dataType == "Byte") {
        return false;
    }
    return !info.heightSystem.empty() || namesElevation(info.path) ||
           namesElevation(info.bands.front().description);
}

std::string heightReference(const raster::RasterInfo& info) {
    const std::string system = lowerCase(info.heightSystem);
    if (!system.empty()) {
        const bool ellipsoidal = system.find("ellipsoid") != std::string::npos;
        return ellipsoidal ? "ellipsoidal (" + info.heightSystem + ")"
                           : "orthometric (" + info.heightSystem + ")";
    }
    const ElevationSource source = elevationSourceOf(info.path);
    return source.reference.empty() && isHeightFormat(info.path) ? "orthometric (EGM96)" : source.reference;
}

double metresPerHeight(const raster::RasterInfo& info, int band) {
    const std::string& unit = unitOf(info, band);
    // A band's unit goes before the system's: gdalwarp keeps the pixels and changes the system.
    if (unit.empty() && !info.heightSystem.empty() && info.metresPerHeight > 0) {
        return info.metresPerHeight;
    }
    return metresOf(unit).value_or(1);
}

std::string unitNote(const raster::RasterInfo& info, int band) {
    const double metres = metresPerHeight(info, band);
    const std::string& unit = unitOf(info, band);
    if (!metresOf(unit)) {
        return nameOf(info.path) + ": its unit \"" + unit + "\" is not known; heights are taken as metres.";
    }
    if (metres == 1) {
        return {};
    }
    constexpr double foot = 0.3;
    constexpr double inch = 0.31;
    return nameOf(info.path) + ": heights in " +
           (metres > foot && metres < inch ? "feet" : "\"" + unit + "\"") + ", converted to metres.";
}

Product openElevation(const std::string& file, const std::string& given, int band) {
    const raster::RasterReader reader(file);
    const ElevationSource source = elevationSourceOf(file);
    Product product;
    product.given = given;
    product.name = nameOf(file);
    product.kind = source.name.empty() ? "Elevation model" : "Elevation model, " + source.name;
    SceneRaster raster;
    raster.feature = "dem";
    raster.file = file;
    raster.bands = {band};
    raster.bandNames = {"elevation"};
    raster.fillVoids = true;
    raster.heightReference = heightReference(reader.info());
    checkHeights(reader, band, product);
    product.notes.push_back(product.name + ": heights are " +
                            (raster.heightReference.empty()
                                 ? "above an unknown reference (the file does not say "
                                   "whether the geoid or the ellipsoid)"
                                 : raster.heightReference) +
                            ".");
    product.rasters.push_back(std::move(raster));
    return product;
}

std::vector<std::string> joinElevations(std::vector<Product>& products) {
    const auto isElevation = [](const SceneRaster& raster) {
        return raster.feature == "dem" && raster.bandNames == std::vector<std::string>{"elevation"};
    };
    std::vector<std::string> notes;
    // TanDEM-X delivers its edited model twice, above the geoid and above the ellipsoid.
    constexpr const char* geoid = "_EGM.tif";
    constexpr const char* ellipsoid = "_W84.tif";
    for (Product& product : products) {
        std::erase_if(product.rasters, [&](const SceneRaster& raster) {
            if (!isElevation(raster) || !endsWith(raster.file, ellipsoid)) {
                return false;
            }
            const std::string other =
                raster.file.substr(0, raster.file.size() - std::string(ellipsoid).size()) + geoid;
            const bool both = std::any_of(products.begin(), products.end(), [&](const Product& one) {
                return std::any_of(one.rasters.begin(), one.rasters.end(),
                                   [&](const SceneRaster& twin) { return twin.file == other; });
            });
            if (both) {
                notes.push_back(nameOf(raster.file) + " is not used: " + nameOf(other) +
                                " holds the same heights above the geoid.");
            }
            return both;
        });
    }
    SceneRaster* first = nullptr;
    for (Product& product : products) {
        std::erase_if(product.rasters, [&](const SceneRaster& raster) {
            if (!isElevation(raster) || first == nullptr) {
                return false;
            }
            const bool again =
                raster.file == first->file ||
                std::find(first->tiles.begin(), first->tiles.end(), raster.file) != first->tiles.end();
            if (!again) {
                first->tiles.push_back(raster.file);
            }
            return true;
        });
        for (SceneRaster& raster : product.rasters) {
            first = first == nullptr && isElevation(raster) ? &raster : first;
        }
    }
    return notes;
}

} // namespace nunatak::scene::products
