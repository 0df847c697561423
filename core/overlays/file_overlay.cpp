// SPDX-License-Identifier: GPL-3.0-or-later
#include "overlays/file_overlay.h"

#include "base/error.h"
#include "base/letters.h"
#include "raster/raster_parts.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <iterator>
#include <optional>

namespace nunatak::overlays {

namespace {

bool isTileAddress(const std::string& text) {
    return text.find("{z}") != std::string::npos && text.find("{x}") != std::string::npos &&
           (text.find("{y}") != std::string::npos || text.find("{-y}") != std::string::npos);
}

bool isWmtsAddress(const std::string& text) {
    const std::string lower = lowerCase(text);
    return (lower.starts_with("http://") || lower.starts_with("https://")) &&
           lower.find("wmts") != std::string::npos;
}

void replaceAll(std::string& text, const std::string& from, const std::string& to) {
    for (auto at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
}

/// What people call a file or an address.
std::string shortName(const std::string& file) {
    if (const auto scheme = file.find("://"); scheme != std::string::npos) {
        const auto host = file.substr(scheme + 3);
        return host.substr(0, host.find('/'));
    }
    if (file.starts_with("WMS:") || file.starts_with("<")) {
        return "WMS";
    }
    return std::filesystem::path(file).filename().string();
}

bool isPicture(const raster::RasterInfo& info) {
    return info.bands.size() >= 3 &&
           std::all_of(info.bands.begin(), info.bands.begin() + 3,
                       [](const raster::BandInfo& band) { return band.dataType == "Byte"; });
}

} // namespace

std::string openableName(const std::string& fileOrAddress) {
    if (!isTileAddress(fileOrAddress)) {
        // GDAL asks a web address for pictures and for a WMS, and for a WMTS only when told so.
        return isWmtsAddress(fileOrAddress) ? "WMTS:" + fileOrAddress : fileOrAddress;
    }
    std::string address = fileOrAddress;
    const bool fromSouth = address.find("{-y}") != std::string::npos;
    replaceAll(address, "&", "&amp;");
    replaceAll(address, "{z}", "${z}");
    replaceAll(address, "{x}", "${x}");
    replaceAll(address, fromSouth ? "{-y}" : "{y}", "${y}");
    // The square of Web Mercator, in tiles of 256 pixels; what a service does not have is transparent.
    return "<GDAL_WMS><Service name=\"TMS\"><ServerUrl>" + address +
           "</ServerUrl></Service><DataWindow><UpperLeftX>-20037508.34</UpperLeftX>"
           "<UpperLeftY>20037508.34</UpperLeftY><LowerRightX>20037508.34</LowerRightX>"
           "<LowerRightY>-20037508.34</LowerRightY><TileLevel>18</TileLevel><TileCountX>1</TileCountX>"
           "<TileCountY>1</TileCountY><YOrigin>" +
           std::string(fromSouth ? "bottom" : "top") +
           "</YOrigin></DataWindow><Projection>EPSG:3857</Projection><BlockSizeX>256</BlockSizeX>"
           "<BlockSizeY>256</BlockSizeY><BandsCount>3</BandsCount><MaxConnections>4</MaxConnections>"
           "<Timeout>20</Timeout><ZeroBlockHttpCodes>204,404</ZeroBlockHttpCodes></GDAL_WMS>";
}

namespace {

/// More layers than that nobody looks through in a list.
constexpr std::size_t mostParts = 200;

/// What one raster has to show. `file` is what the user named, `title` what the file calls this part of it.
std::vector<Overlay> overlaysOfRaster(const std::string& file, const std::string& path,
                                      const std::string& title,
                                      const std::shared_ptr<raster::ReaderPool>& pool) {
    const auto info = pool->with<raster::RasterInfo>(
        path, [](const raster::RasterReader& reader) { return reader.info(); });
    if (!info.isGeoreferenced()) {
        throw Error("\"" + file +
                    "\" does not say where it lies; give a raster with a coordinate system and a "
                    "georeference.");
    }
    const bool picture = isPicture(info);
    const auto readerOf = [&](std::vector<int> bands) {
        return [pool, path, bands = std::move(bands)](const geo::Grid& grid, const Progress& progress) {
            progress.throwIfStopped();
            return pool->with<Image<float>>(path, [&](const raster::RasterReader& reader) {
                return reader.readOnGrid(bands, grid, raster::Resampling::Bilinear);
            });
        };
    };
    std::vector<Overlay> overlays;
    const std::size_t count = picture ? 1 : info.bands.size();
    for (std::size_t i = 0; i < count; ++i) {
        const auto& band = info.bands[i];
        Overlay overlay;
        overlay.origin = Origin::File;
        overlay.key = shortName(file);
        overlay.unit = picture ? "" : band.unit;
        overlay.detail = title;
        if (count > 1) {
            overlay.detail += (title.empty() ? "" : ", ") +
                              (band.description.empty() ? "band " + std::to_string(i + 1) : band.description);
        }
        overlay.quantity = picture ? Quantity::Picture : Quantity::Value;
        overlay.read = readerOf(picture ? std::vector{1, 2, 3} : std::vector{static_cast<int>(i) + 1});
        overlays.push_back(std::move(overlay));
    }
    return overlays;
}

/// What all parts have to show that can be shown.
std::vector<Overlay> overlaysOfParts(const std::string& file, const std::vector<raster::RasterPart>& parts,
                                     const std::shared_ptr<raster::ReaderPool>& pool) {
    std::vector<Overlay> overlays;
    std::optional<Error> first;
    for (std::size_t i = 0; i < std::min(parts.size(), mostParts); ++i) {
        try {
            auto some = overlaysOfRaster(file, parts[i].path, parts[i].title, pool);
            std::move(some.begin(), some.end(), std::back_inserter(overlays));
        } catch (const Error& failure) {
            // A netCDF's tables of coordinates are no maps, and a service may list what it does not have.
            first = first ? first : failure;
        }
    }
    if (overlays.empty() && first) {
        throw *first;
    }
    return overlays;
}

} // namespace

std::vector<Overlay> overlaysOfFile(const std::string& file, std::shared_ptr<raster::ReaderPool> pool) {
    const auto path = openableName(file);
    const auto parts = raster::rasterParts(path);
    auto overlays =
        parts.empty() ? overlaysOfRaster(file, path, "", pool) : overlaysOfParts(file, parts, pool);
    for (std::size_t i = 0; i < overlays.size(); ++i) {
        overlays[i].id = "file:" + file + "#" + std::to_string(i + 1);
    }
    return overlays;
}

} // namespace nunatak::overlays
