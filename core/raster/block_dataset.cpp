// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/block_dataset.h"

#include "base/error.h"
#include "raster/gdal_messages.h"

#include <cstring>

namespace nunatak::raster {

BlockDataset::BlockDataset(const FileLayout& layout) : m_dataset(openDataset(layout.info.path)) {
    // Its description is known and takes longer than opening: it is only seen to be the same raster.
    if (GDALGetRasterXSize(m_dataset.get()) != layout.info.columns ||
        GDALGetRasterYSize(m_dataset.get()) != layout.info.rows ||
        GDALGetRasterCount(m_dataset.get()) != static_cast<int>(layout.info.bands.size())) {
        throw Error("The raster \"" + layout.info.path + "\" changed while it was read; try again.");
    }
}

std::vector<BlockDataset::Pixels> BlockDataset::read(const FileLayout& layout,
                                                     std::span<const BlockKey> keys) const {
    const WithoutNeighbours without(layout.holdsAll);
    std::vector<Pixels> blocks;
    for (const BlockKey& key : keys) {
        blocks.push_back(std::make_shared_for_overwrite<unsigned char[]>(layout.bytesOf(key)));
    }
    geo::PixelWindow all = layout.windowOf(keys.front());
    if (keys.size() == 1) {
        readWindow(layout, keys.front(), all, blocks.front().get());
        return blocks;
    }
    const geo::PixelWindow last = layout.windowOf(keys.back());
    all.columns = last.column + last.columns - all.column;
    const PlaneLayout& plane = layout.planes.at(keys.front().plane);
    const auto pixelBytes = static_cast<std::size_t>(GDALGetDataTypeSizeBytes(plane.type));
    const std::size_t rowBytes = static_cast<std::size_t>(all.columns) * pixelBytes;
    const std::size_t rows = static_cast<std::size_t>(all.rows) * static_cast<std::size_t>(plane.bands);
    const auto together = std::make_unique_for_overwrite<unsigned char[]>(rows * rowBytes);
    readWindow(layout, keys.front(), all, together.get());
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const geo::PixelWindow part = layout.windowOf(keys[i]);
        const std::size_t partBytes = static_cast<std::size_t>(part.columns) * pixelBytes;
        const std::size_t left = static_cast<std::size_t>(part.column - all.column) * pixelBytes;
        for (std::size_t row = 0; row < rows; ++row) {
            std::memcpy(blocks[i].get() + row * partBytes, together.get() + row * rowBytes + left, partBytes);
        }
    }
    return blocks;
}

void BlockDataset::readWindow(const FileLayout& layout, const BlockKey& key, const geo::PixelWindow& window,
                              unsigned char* pixels) const {
    const PlaneLayout& plane = layout.planes.at(key.plane);
    takeGdalMessage();
    bool read = true;
    if (key.plane == FileLayout::allBands) {
        GDALDatasetH level = m_dataset.get();
        if (key.level > 0) {
            // In most formats the overviews of all bands are a dataset of their own.
            GDALRasterBandH overview = bandOf(m_dataset, 1, key.level - 1);
            level = overview != nullptr ? GDALGetBandDataset(overview) : nullptr;
        }
        const LevelLayout& size = layout.levelOf(key);
        if (level != nullptr && GDALGetRasterCount(level) == plane.bands &&
            GDALGetRasterXSize(level) == size.columns && GDALGetRasterYSize(level) == size.rows) {
            read = GDALDatasetRasterIO(level, GF_Read, window.column, window.row, window.columns, window.rows,
                                       pixels, window.columns, window.rows, plane.type, plane.bands, nullptr,
                                       0, 0, 0) == CE_None;
        } else {
            const std::size_t bytes = static_cast<std::size_t>(window.columns) *
                                      static_cast<std::size_t>(window.rows) *
                                      static_cast<std::size_t>(GDALGetDataTypeSizeBytes(plane.type));
            for (int band = 1; read && band <= plane.bands; ++band) {
                read = readPixels(bandOf(m_dataset, band, key.level - 1), window, plane.type,
                                  pixels + bytes * static_cast<std::size_t>(band - 1));
            }
        }
    } else if (key.plane > 0) {
        read = readPixels(bandOf(m_dataset, key.plane, key.level - 1), window, plane.type, pixels);
    } else {
        GDALRasterBandH mask = GDALGetMaskBand(GDALGetRasterBand(m_dataset.get(), -key.plane));
        read = readPixels(key.level > 0 ? GDALGetOverview(mask, key.level - 1) : mask, window, plane.type,
                          pixels);
    }
    if (!read) {
        throwUnreadable(layout.info.path);
    }
}

} // namespace nunatak::raster
