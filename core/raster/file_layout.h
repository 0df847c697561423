// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/grid.h"
#include "raster/pixel_source.h"
#include "raster/raster_reader.h"

#include <gdal.h>

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace nunatak::raster {

/// How the full raster or an overview is cut into blocks.
struct LevelLayout {
    int columns = 0; ///< of the level
    int rows = 0;
    int blockColumns = 0; ///< whole blocks of the file, several where they are tiny
    int blockRows = 0;
};

/// Pixels of one type that are decoded together: a band, all bands, or a mask.
struct PlaneLayout {
    GDALDataType type = GDT_Float32;
    int bands = 1;                   ///< in one block, band after band
    std::vector<LevelLayout> levels; ///< the full raster, then its overviews
};

/// Which pixels of a plane count.
struct MaskLayout {
    int plane = 0;
    std::vector<std::optional<int>> levels; ///< for each level of the band that of the mask, if there is one
};

/// Names one block of one file.
struct BlockKey {
    std::uint64_t file = 0;
    int plane = 0;
    int level = 0;
    int column = 0; ///< in blocks
    int row = 0;
    auto operator<=>(const BlockKey&) const = default;
};

/// How the pixels of a file lie in it. A plain value that any thread may read.
struct FileLayout {
    /// The plane of all bands when a block of the file holds them all; bands are 1, 2, 3, their masks -1, -2,
    /// -3.
    static constexpr int allBands = 0;

    RasterInfo info;
    std::map<int, PlaneLayout> planes;
    std::map<int, MaskLayout> masks; ///< by band, where there is one
    bool remote = false;             ///< over a network
    bool holdsAll = false;           ///< remote, and no file beside it has to be looked for
    bool sequential = false;         ///< a format that is decoded from the top (JPEG, PNG)
    /// The local files it is read from, as far as GDAL tells; of more than a hundred none.
    std::vector<std::string> files;

    /// Throws Error when the raster has no such band.
    void checkBands(std::span<const int> bands) const;
    int planeOf(int band) const { return planes.contains(allBands) ? allBands : band; }
    Level levelFor(int band, double columnsPerPixel, double rowsPerPixel) const;
    const LevelLayout& levelOf(const BlockKey& key) const;
    /// Pixels of the level that a block covers.
    geo::PixelWindow windowOf(const BlockKey& key) const;
    std::size_t bytesOf(const BlockKey& key) const;
    /// The blocks of one plane under a window that lies inside the level, row by row.
    std::vector<BlockKey> blocksUnder(std::uint64_t file, int plane, int level,
                                      const geo::PixelWindow& window) const;
    /// The blocks that bands and their masks need, each once. `overview` as in Level.
    std::vector<BlockKey> blocksFor(std::uint64_t file, std::span<const int> bands, int overview,
                                    const geo::PixelWindow& window) const;
};

/// Looks at an open dataset.
FileLayout layoutOf(GDALDatasetH dataset, RasterInfo info);

/// True for paths that lead over a network.
bool isRemotePath(const std::string& path);
/// An alpha band, or a mask beside the pixels: no-data values are looked for by ourselves, on any level.
bool hasMask(GDALRasterBandH band);
/// The overview of that size, or the band itself; null when there is none.
GDALRasterBandH overviewOfSize(GDALRasterBandH band, int columns, int rows);

} // namespace nunatak::raster
