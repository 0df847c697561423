// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/elevation_tiles.h"

#include "base/error.h"
#include "scene/products/elevation.h"
#include "scene/products/product_folder.h"

#include <algorithm>
#include <cmath>
#include <optional>

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
    const std::string text = products::lower(reference);
    for (const char* name : {"egm96", "egm2008", "egm84", "ellipsoid", "navd88", "ln02", "evrf"}) {
        if (text.find(name) != std::string::npos) {
            return name;
        }
    }
    return text;
}

/// Where two tiles lie over each other, in their own coordinates; empty where they do not. Longitudes are the
/// same modulo 360.
geo::Extent commonOf(const raster::RasterInfo& a, const raster::RasterInfo& b) {
    const geo::Extent first = a.extent();
    geo::Extent second = b.extent();
    if (a.crs.isGeographic()) {
        const double turn = 360 * std::round((first.center().x - second.center().x) / 360);
        second.xmin += turn;
        second.xmax += turn;
    }
    geo::Extent common{std::max(first.xmin, second.xmin), std::max(first.ymin, second.ymin),
                       std::min(first.xmax, second.xmax), std::min(first.ymax, second.ymax)};
    return common.xmin < common.xmax && common.ymin < common.ymax ? common : geo::Extent();
}

double areaOf(const geo::Extent& extent) {
    return extent.empty() ? 0 : extent.width() * extent.height();
}

/// Heights of a tile in a part of it, thinned out.
std::optional<Image<float>> heightsIn(const raster::RasterInfo& file, const geo::Extent& part, int columns,
                                      int rows) {
    const auto& t = *file.geoTransform;
    geo::Extent place = part;
    if (file.crs.isGeographic()) {
        const double turn = 360 * std::round((file.extent().center().x - part.center().x) / 360);
        place.xmin += turn;
        place.xmax += turn;
    }
    constexpr double noise = 1e-3;
    geo::PixelWindow window;
    window.column = std::max(0, static_cast<int>(std::floor((place.xmin - t[0]) / t[1] + noise)));
    window.row = std::max(0, static_cast<int>(std::floor((place.ymax - t[3]) / t[5] + noise)));
    window.columns = std::min(file.columns, static_cast<int>(std::ceil((place.xmax - t[0]) / t[1] - noise))) -
                     window.column;
    window.rows =
        std::min(file.rows, static_cast<int>(std::ceil((place.ymin - t[3]) / t[5] - noise))) - window.row;
    if (window.empty()) {
        return std::nullopt;
    }
    const int bands[] = {1};
    return raster::RasterReader(file.path).readWindow(bands, window, columns, rows);
}

/// The median of what one tile is above another where they overlap, in units of their heights.
std::optional<double> stepBetween(const raster::RasterInfo& a, const raster::RasterInfo& b,
                                  const geo::Extent& common) {
    constexpr int most = 32;
    const auto& t = *a.geoTransform;
    const int columns = std::clamp(static_cast<int>(common.width() / t[1]), 1, most);
    const int rows = std::clamp(static_cast<int>(common.height() / -t[5]), 1, most);
    const auto first = heightsIn(a, common, columns, rows);
    const auto second = heightsIn(b, common, columns, rows);
    if (!first || !second) {
        return std::nullopt;
    }
    std::vector<float> steps;
    for (std::size_t i = 0; i < first->values().size(); ++i) {
        const float step = first->values()[i] - second->values()[i];
        if (std::isfinite(step)) {
            steps.push_back(step);
        }
    }
    if (steps.empty()) {
        return std::nullopt;
    }
    const auto middle = steps.begin() + static_cast<std::ptrdiff_t>(steps.size() / 2);
    std::nth_element(steps.begin(), middle, steps.end());
    return *middle;
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
    if (common.empty()) {
        return;
    }
    constexpr double most = 0.1; // neighbours of some products share a seam, never as much
    const double share = areaOf(common) / std::min(areaOf(a.extent()), areaOf(b.extent()));
    if (share > most) {
        throw Error(both + "lie over each other (" + std::to_string(std::lround(share * 100)) +
                    " % of the smaller one): they are two models of one place. Give one of them, or join "
                    "them with gdal_merge.py.");
    }
    constexpr double mostStep = 10; // metres
    const auto step = stepBetween(a, b, common);
    if (step && std::abs(*step) * products::metresPerHeight(a) > mostStep) {
        throw Error(both + "differ by " + std::to_string(std::lround(std::abs(*step))) +
                    " where they overlap (the median): they count from different references or are in "
                    "different units. Give tiles of one product.");
    }
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
