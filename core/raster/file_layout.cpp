// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/file_layout.h"

#include "base/error.h"
#include "raster/dataset_handle.h"
#include "raster/gdal_messages.h"

#include <cpl_string.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace nunatak::raster {

namespace {

/// Smaller blocks are taken several at a time: the price per block would count.
constexpr std::int64_t leastBytes = std::int64_t(64) << 10;
/// The same for strips over the full width, of which a window needs many rows anyway.
constexpr std::int64_t leastStripBytes = std::int64_t(512) << 10;
/// Larger ones are cut, though each part then decodes the whole: memory is bounded, time is not.
constexpr std::int64_t mostBytes = std::int64_t(64) << 20;
/// Of a virtual raster made of several files: their blocks are rarely larger.
constexpr int virtualSide = 1024;

/// The blocks in which a file itself keeps its pixels.
struct StoredBlocks {
    int columns = 0;
    int rows = 0;
    bool bandsTogether = false;
};

StoredBlocks storedBlocks(GDALDatasetH dataset) {
    StoredBlocks stored;
    GDALGetBlockSize(GDALGetRasterBand(dataset, 1), &stored.columns, &stored.rows);
    const char* interleave = GDALGetMetadataItem(dataset, "INTERLEAVE", "IMAGE_STRUCTURE");
    stored.bandsTogether = interleave != nullptr && std::strcmp(interleave, "PIXEL") == 0;
    return stored;
}

/// What GDAL reads for a raster, itself included where that is a file.
std::vector<std::string> filesOf(GDALDatasetH dataset) {
    std::vector<std::string> names;
    char** files = GDALGetFileList(dataset);
    for (char** file = files; file != nullptr && *file != nullptr; ++file) {
        names.emplace_back(*file);
    }
    CSLDestroy(files);
    return names;
}

/// A virtual raster says nothing of the blocks of what it is made of. The usual one is another look at one
/// file, pixel upon pixel, and takes that file's.
StoredBlocks blocksOfVirtual(GDALDatasetH dataset) {
    StoredBlocks stored{virtualSide, virtualSide, false};
    const auto files = filesOf(dataset);
    // The others are most often alike.
    const auto first = std::find_if(files.begin(), files.end(), [&](const std::string& file) {
        return file != GDALGetDescription(dataset);
    });
    if (first != files.end()) {
        const DatasetHandle source(GDALOpen(first->c_str(), GA_ReadOnly));
        if (source && GDALGetRasterXSize(source.get()) == GDALGetRasterXSize(dataset) &&
            GDALGetRasterYSize(source.get()) == GDALGetRasterYSize(dataset) &&
            GDALGetRasterCount(source.get()) > 0) {
            stored = storedBlocks(source.get());
            stored.bandsTogether =
                stored.bandsTogether && GDALGetRasterCount(source.get()) == GDALGetRasterCount(dataset);
        }
    }
    takeGdalMessage();
    return stored;
}

constexpr std::array sequentialDrivers{"JPEG", "PNG", "GIF"};
constexpr std::array remotePrefixes{"/vsicurl", "/vsis3",    "/vsigs",      "/vsiaz",  "/vsiadls",
                                    "/vsioss",  "/vsiswift", "/vsiwebhdfs", "http://", "https://"};

LevelLayout cut(GDALRasterBandH band, std::int64_t pixelBytes, const StoredBlocks* stored) {
    LevelLayout level{GDALGetRasterBandXSize(band), GDALGetRasterBandYSize(band), 0, 0};
    int columns = 0;
    int rows = 0;
    GDALGetBlockSize(band, &columns, &rows);
    if (stored != nullptr) {
        columns = stored->columns;
        rows = stored->rows;
    }
    std::int64_t width = std::clamp(columns, 1, level.columns);
    std::int64_t height = std::clamp(rows, 1, level.rows);
    const auto small = [&] {
        return width * height * pixelBytes < (width >= level.columns ? leastStripBytes : leastBytes);
    };
    while (small() && (width < level.columns || height < level.rows)) {
        const bool wider = width < level.columns && (width <= height || height >= level.rows);
        (wider ? width : height) *= 2;
    }
    while (width * height * pixelBytes > mostBytes && (width > 1 || height > 1)) {
        std::int64_t& longer = height > 1 ? height : width;
        longer = (longer + 1) / 2;
    }
    level.blockColumns = static_cast<int>(std::min<std::int64_t>(width, level.columns));
    level.blockRows = static_cast<int>(std::min<std::int64_t>(height, level.rows));
    return level;
}

PlaneLayout planeOfBand(GDALRasterBandH band, int bands, const StoredBlocks* stored) {
    PlaneLayout plane;
    plane.type = GDALGetRasterDataType(band);
    plane.bands = bands;
    const std::int64_t pixelBytes = std::int64_t(GDALGetDataTypeSizeBytes(plane.type)) * bands;
    plane.levels.push_back(cut(band, pixelBytes, stored));
    for (int i = 0; i < GDALGetOverviewCount(band); ++i) {
        GDALRasterBandH overview = GDALGetOverview(band, i);
        plane.levels.push_back(overview != nullptr ? cut(overview, pixelBytes, nullptr) : LevelLayout{});
    }
    return plane;
}

bool sameLevels(const PlaneLayout& a, const PlaneLayout& b) {
    return a.type == b.type && std::equal(a.levels.begin(), a.levels.end(), b.levels.begin(), b.levels.end(),
                                          [](const LevelLayout& x, const LevelLayout& y) {
                                              return x.columns == y.columns && x.rows == y.rows &&
                                                     x.blockColumns == y.blockColumns &&
                                                     x.blockRows == y.blockRows;
                                          });
}

/// One plane of all bands, when the file stores them pixel by pixel and a block of them is not huge.
std::optional<PlaneLayout> planeOfAllBands(GDALDatasetH dataset, const FileLayout& layout,
                                           const StoredBlocks& stored) {
    const int bands = GDALGetRasterCount(dataset);
    if (bands < 2 || !stored.bandsTogether) {
        return std::nullopt;
    }
    for (int band = 2; band <= bands; ++band) {
        if (!sameLevels(layout.planes.at(1), layout.planes.at(band))) {
            return std::nullopt;
        }
    }
    if (std::int64_t(stored.columns) * stored.rows * bands *
            GDALGetDataTypeSizeBytes(layout.planes.at(1).type) >
        mostBytes) {
        return std::nullopt;
    }
    return planeOfBand(GDALGetRasterBand(dataset, 1), bands, &stored);
}

std::optional<int> levelOfSize(const PlaneLayout& plane, const LevelLayout& wanted) {
    for (std::size_t i = 0; i < plane.levels.size(); ++i) {
        if (wanted.columns > 0 && plane.levels[i].columns == wanted.columns &&
            plane.levels[i].rows == wanted.rows) {
            return static_cast<int>(i);
        }
    }
    return std::nullopt;
}

/// The mask of a band; one that is an alpha band is that band's plane.
void addMask(GDALDatasetH dataset, int band, FileLayout& layout) {
    GDALRasterBandH handle = GDALGetRasterBand(dataset, band);
    MaskLayout mask;
    const int flags = GDALGetMaskFlags(handle);
    const int last = GDALGetRasterCount(dataset);
    if ((flags & GMF_ALPHA) != 0 &&
        GDALGetRasterColorInterpretation(GDALGetRasterBand(dataset, last)) == GCI_AlphaBand) {
        mask.plane = last;
    } else {
        mask.plane = (flags & GMF_PER_DATASET) != 0 ? -1 : -band;
        if (!layout.planes.contains(mask.plane)) {
            layout.planes[mask.plane] = planeOfBand(GDALGetMaskBand(handle), 1, nullptr);
            layout.planes[mask.plane].type = GDT_Byte;
        }
    }
    for (const LevelLayout& level : layout.planes.at(band).levels) {
        mask.levels.push_back(levelOfSize(layout.planes.at(mask.plane), level));
    }
    layout.masks[band] = std::move(mask);
}

/// Where the pixels come from.
void addFiles(GDALDatasetH dataset, bool isVirtual, FileLayout& layout) {
    constexpr std::size_t most = 100; // more would be looked at too often
    const std::string& path = layout.info.path;
    std::vector<std::string> files = filesOf(dataset);
    layout.remote = isRemotePath(path) || std::any_of(files.begin(), files.end(), isRemotePath);
    if (!isVirtual) {
        layout.holdsAll = WithoutNeighbours::holdsAll(path);
    } else {
        layout.holdsAll =
            !files.empty() && std::all_of(files.begin(), files.end(), [&](const std::string& file) {
                return file == path || WithoutNeighbours::holdsAll(file);
            });
    }
    if (files.size() <= most) {
        std::erase_if(files,
                      [&](const std::string& file) { return file == path || file.starts_with("/vsi"); });
        layout.files = std::move(files);
    }
}

} // namespace

bool isRemotePath(const std::string& path) {
    return std::any_of(remotePrefixes.begin(), remotePrefixes.end(), [&](const char* prefix) {
        // Also inside of another, as in /vsizip//vsicurl/….
        return path.find(prefix) != std::string::npos;
    });
}

bool hasMask(GDALRasterBandH band) {
    const int flags = GDALGetMaskFlags(band);
    return (flags & (GMF_ALL_VALID | GMF_NODATA)) == 0;
}

GDALRasterBandH overviewOfSize(GDALRasterBandH band, int columns, int rows) {
    for (int i = 0; i < GDALGetOverviewCount(band); ++i) {
        GDALRasterBandH overview = GDALGetOverview(band, i);
        if (overview != nullptr && GDALGetRasterBandXSize(overview) == columns &&
            GDALGetRasterBandYSize(overview) == rows) {
            return overview;
        }
    }
    return nullptr;
}

FileLayout layoutOf(GDALDatasetH dataset, RasterInfo info) {
    FileLayout layout;
    layout.info = std::move(info);
    const std::string driver = GDALGetDriverShortName(GDALGetDatasetDriver(dataset));
    layout.sequential =
        std::find(sequentialDrivers.begin(), sequentialDrivers.end(), driver) != sequentialDrivers.end();
    const int bands = GDALGetRasterCount(dataset);
    const bool isVirtual = driver == "VRT";
    addFiles(dataset, isVirtual, layout);
    const WithoutNeighbours without(layout.holdsAll); // also for what a virtual one opens now
    const StoredBlocks stored = isVirtual ? blocksOfVirtual(dataset) : storedBlocks(dataset);
    for (int band = 1; band <= bands; ++band) {
        layout.planes[band] = planeOfBand(GDALGetRasterBand(dataset, band), 1, isVirtual ? &stored : nullptr);
    }
    for (int band = 1; band <= bands; ++band) {
        if (hasMask(GDALGetRasterBand(dataset, band))) {
            addMask(dataset, band, layout);
        }
    }
    if (auto all = planeOfAllBands(dataset, layout, stored)) {
        layout.planes[FileLayout::allBands] = std::move(*all);
    }
    return layout;
}

void FileLayout::checkBands(std::span<const int> bands) const {
    for (const int band : bands) {
        if (band < 1 || static_cast<std::size_t>(band) > info.bands.size()) {
            throw Error("\"" + info.path + "\" has no band " + std::to_string(band) + "; it has " +
                        std::to_string(info.bands.size()) + ".");
        }
    }
}

Level FileLayout::levelFor(int band, double columnsPerPixel, double rowsPerPixel) const {
    Level best{-1, info.columns, info.rows, 1, 1};
    if (info.bands.at(static_cast<std::size_t>(band) - 1).power != PowerScale::Linear) {
        return best; // its overviews are means of dB or amplitudes
    }
    const auto& levels = planes.at(band).levels;
    const auto mask = masks.find(band);
    for (std::size_t i = 1; i < levels.size(); ++i) {
        if (levels[i].columns < 1 || levels[i].rows < 1) {
            continue;
        }
        Level level{static_cast<int>(i) - 1, levels[i].columns, levels[i].rows, 1, 1};
        level.columnScale = static_cast<double>(info.columns) / level.columns;
        level.rowScale = static_cast<double>(info.rows) / level.rows;
        const bool fineEnough =
            level.columnScale <= columnsPerPixel * 1.001 && level.rowScale <= rowsPerPixel * 1.001;
        const bool maskToo = mask == masks.end() || mask->second.levels[i].value_or(0) > 0;
        if (fineEnough && maskToo && level.columnScale > best.columnScale) {
            best = level;
        }
    }
    return best;
}

const LevelLayout& FileLayout::levelOf(const BlockKey& key) const {
    return planes.at(key.plane).levels.at(static_cast<std::size_t>(key.level));
}

geo::PixelWindow FileLayout::windowOf(const BlockKey& key) const {
    const LevelLayout& level = levelOf(key);
    geo::PixelWindow window;
    window.column = key.column * level.blockColumns;
    window.row = key.row * level.blockRows;
    window.columns = std::min(level.blockColumns, level.columns - window.column);
    window.rows = std::min(level.blockRows, level.rows - window.row);
    return window;
}

std::size_t FileLayout::bytesOf(const BlockKey& key) const {
    const PlaneLayout& plane = planes.at(key.plane);
    const geo::PixelWindow window = windowOf(key);
    return static_cast<std::size_t>(window.columns) * static_cast<std::size_t>(window.rows) *
           static_cast<std::size_t>(plane.bands) *
           static_cast<std::size_t>(GDALGetDataTypeSizeBytes(plane.type));
}

std::vector<BlockKey> FileLayout::blocksUnder(std::uint64_t file, int plane, int level,
                                              const geo::PixelWindow& window) const {
    std::vector<BlockKey> keys;
    const LevelLayout& cutting = planes.at(plane).levels.at(static_cast<std::size_t>(level));
    for (int row = window.row / cutting.blockRows; row * cutting.blockRows < window.row + window.rows;
         ++row) {
        for (int column = window.column / cutting.blockColumns;
             column * cutting.blockColumns < window.column + window.columns; ++column) {
            keys.push_back({file, plane, level, column, row});
        }
    }
    return keys;
}

std::vector<BlockKey> FileLayout::blocksFor(std::uint64_t file, std::span<const int> bands, int overview,
                                            const geo::PixelWindow& window) const {
    std::vector<BlockKey> keys;
    std::vector<std::pair<int, int>> seen; // planes and their levels
    const auto add = [&](int plane, int level) {
        if (std::find(seen.begin(), seen.end(), std::pair{plane, level}) == seen.end()) {
            seen.emplace_back(plane, level);
            const auto more = blocksUnder(file, plane, level, window);
            keys.insert(keys.end(), more.begin(), more.end());
        }
    };
    for (const int band : bands) {
        add(planeOf(band), overview + 1);
        if (const auto mask = masks.find(band); mask != masks.end()) {
            if (const auto level = mask->second.levels[static_cast<std::size_t>(overview) + 1]) {
                add(mask->second.plane > 0 ? planeOf(mask->second.plane) : mask->second.plane, *level);
            }
        }
    }
    return keys;
}

} // namespace nunatak::raster
