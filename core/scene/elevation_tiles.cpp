// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/elevation_tiles.h"

#include "base/error.h"
#include "base/letters.h"
#include "scene/products/elevation.h"
#include "scene/products/product_folder.h"
#include "scene/tile_steps.h"

#include <algorithm>
#include <cmath>

namespace nunatak::scene {

namespace {

using products::nameOf;

void noteOnce(std::vector<std::string>& notes, const std::string& note) {
    if (!note.empty() && std::find(notes.begin(), notes.end(), note) == notes.end()) {
        notes.push_back(note);
    }
}

/// A reference without how it is called: EGM2008 is "EGM2008 height" elsewhere.
std::string datumOf(const std::string& reference) {
    const std::string text = lowerCase(reference);
    for (const char* name : {"egm96", "egm2008", "egm84", "ellipsoid", "navd88", "ln02", "evrf"}) {
        if (text.find(name) != std::string::npos) {
            return name;
        }
    }
    return text;
}

double areaOf(const geo::Extent& extent) {
    return extent.empty() ? 0 : extent.width() * extent.height();
}

/// Throws Error where tiles that should be one model are not level with each other.
void checkLevel(const raster::RasterInfo& a, const raster::RasterInfo& b, const std::string& both,
                bool overlap) {
    const auto step = overlap ? stepInOverlap(a, b) : stepAtEdge(a, b);
    constexpr double most = 10; // metres
    constexpr double sure = 3;  // times what the ground itself does from pixel to pixel
    if (!step || std::abs(step->height) * products::metresPerHeight(a) <= most ||
        std::abs(step->height) <= sure * step->roughness) {
        return;
    }
    const std::string where = both + "differ by " + std::to_string(std::lround(std::abs(step->height))) +
                              (overlap ? " where they overlap" : " along the edge where they touch") +
                              " (the median): ";
    constexpr double feet = 3.2808;
    constexpr double nearly = 0.03;
    const bool secondInFeet = std::abs(step->factor / feet - 1) < nearly;
    if (secondInFeet || std::abs(step->factor * feet - 1) < nearly) {
        const std::string& file = secondInFeet ? b.path : a.path;
        throw Error(where + "the heights of \"" + nameOf(file) +
                    "\" look like feet, and its file does not say so. Say it (gdal_edit.py -units ft \"" +
                    file + "\"), or give tiles of one product.");
    }
    throw Error(where + "they count from different references or are in different units. Give tiles of one "
                        "product.");
}

void checkPair(const raster::RasterInfo& a, const raster::RasterInfo& b) {
    const std::string both = "The elevation models \"" + a.path + "\" and \"" + b.path + "\" ";
    if (products::metresPerHeight(a) != products::metresPerHeight(b)) {
        throw Error(both + "have different units; give one of them, or convert one.");
    }
    const std::string first = products::heightReference(a);
    const std::string second = products::heightReference(b);
    if (!first.empty() && !second.empty() && datumOf(first) != datumOf(second)) {
        throw Error(both + "do not continue each other: heights of the first are " + first +
                    ", of the second " + second + "; give tiles of one reference, or convert some.");
    }
    if (!(a.crs == b.crs) || !a.isGeoreferenced()) {
        return; // told where they are put together
    }
    const geo::Extent common = commonOf(a, b);
    constexpr double most = 0.1; // neighbours of some products share a seam, never as much
    const double share = areaOf(common) / std::min(areaOf(a.extent()), areaOf(b.extent()));
    if (share > most) {
        throw Error(both + "lie over each other (" + std::to_string(std::lround(share * 100)) +
                    " % of the smaller one): they are two models of one place. Give one of them, or join "
                    "them with gdal_merge.py.");
    }
    checkLevel(a, b, both, !common.empty());
}

} // namespace

void takeHeightsAsSaid(SceneRaster& raster, const raster::RasterInfo& file, std::vector<std::string>& notes) {
    if (raster.scale == 1 && raster.offset == 0) {
        const int band = raster.bands[static_cast<std::size_t>(
            std::find(raster.bandNames.begin(), raster.bandNames.end(), "elevation") -
            raster.bandNames.begin())];
        raster.scale = products::metresPerHeight(file, band);
        noteOnce(notes, products::unitNote(file, band));
    }
    if (raster.heightReference.empty()) {
        raster.heightReference = products::heightReference(file);
    }
}

void checkTiles(const std::vector<raster::RasterInfo>& files, std::vector<std::string>& notes) {
    bool known = false;
    std::string unknown;
    for (std::size_t i = 0; i < files.size(); ++i) {
        for (std::size_t k = i + 1; k < files.size(); ++k) {
            checkPair(files[i], files[k]);
        }
        known = known || !products::heightReference(files[i]).empty();
        if (products::heightReference(files[i]).empty() && unknown.empty()) {
            unknown = nameOf(files[i].path);
        }
    }
    if (known && !unknown.empty()) {
        noteOnce(notes, "It is taken for granted that heights of " + unknown +
                            ", which does not say what they count from, count from the same as those of "
                            "the other tiles.");
    }
}

} // namespace nunatak::scene
