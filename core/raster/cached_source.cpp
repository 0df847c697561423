// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/cached_source.h"

#include "base/error.h"
#include "raster/pixel_values.h"

#include <gdal.h>

#include <algorithm>
#include <limits>

namespace nunatak::raster {

namespace {

/// As many of the blocks as may be under way at once.
std::span<const BlockKey> firstOf(const FileLayout& layout, std::span<const BlockKey> keys,
                                  std::size_t bytes) {
    std::size_t count = 0;
    while (count < keys.size()) {
        const std::size_t next = layout.bytesOf(keys[count]);
        if (count > 0 && next > bytes) {
            break;
        }
        bytes -= std::min(bytes, next);
        ++count;
    }
    return keys.first(count);
}

} // namespace

void CachedSource::announce(std::span<const int> bands, const Reduction& reduction,
                            const geo::PixelWindow& window) const {
    const std::int64_t pixels = std::int64_t(window.columns) * reduction.columns * window.rows *
                                (reduction.sparse ? 1 : reduction.rows);
    if (pixels * static_cast<std::int64_t>(bands.size()) >
        static_cast<std::int64_t>(m_store.announcedBytes())) {
        return; // readPlane announces piece by piece
    }
    const auto& layout = m_file->layout;
    std::vector<BlockKey> keys;
    const auto add = [&](const geo::PixelWindow& full) {
        const auto more = layout.blocksFor(m_file->id, bands, reduction.level.overview, full);
        keys.insert(keys.end(), more.begin(), more.end());
    };
    if (reduction.sparse) {
        for (int row = 0; row < window.rows; ++row) {
            add(middleRow(reduction, window, row));
        }
    } else {
        add(fullWindow(reduction, window));
    }
    m_store.announce(m_file, firstOf(layout, keys, m_store.announcedBytes()), m_stop);
}

void CachedSource::readLevel(int band, int overview, const geo::PixelWindow& window, float* values) const {
    const auto& layout = m_file->layout;
    const int plane = layout.planeOf(band);
    readPlane(plane, plane == FileLayout::allBands ? band - 1 : 0, overview + 1, window, values);
    const auto count = static_cast<std::size_t>(window.columns) * static_cast<std::size_t>(window.rows);
    toValues(layout.info.bands[static_cast<std::size_t>(band) - 1], values, count);
    const auto mask = layout.masks.find(band);
    if (mask == layout.masks.end()) {
        return;
    }
    const auto level = mask->second.levels[static_cast<std::size_t>(overview) + 1];
    if (!level) {
        throw Error("The raster \"" + m_file->path +
                    "\" has an overview without a mask; make its overviews anew.");
    }
    const bool isBand = mask->second.plane > 0;
    const int maskPlane = isBand ? layout.planeOf(mask->second.plane) : mask->second.plane;
    std::vector<float> valid(count);
    readPlane(maskPlane, maskPlane == FileLayout::allBands ? mask->second.plane - 1 : 0, *level, window,
              valid.data());
    for (std::size_t i = 0; i < count; ++i) {
        if (valid[i] == 0) {
            values[i] = std::numeric_limits<float>::quiet_NaN();
        }
    }
}

void CachedSource::readPlane(int plane, int bandInPlane, int level, const geo::PixelWindow& window,
                             float* values) const {
    const auto& layout = m_file->layout;
    const GDALDataType type = layout.planes.at(plane).type;
    const int pixelBytes = GDALGetDataTypeSizeBytes(type);
    const auto keys = layout.blocksUnder(m_file->id, plane, level, window);
    std::size_t announced = 0;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        if (i >= announced && i + 1 < keys.size()) {
            const auto next = firstOf(layout, std::span(keys).subspan(i), m_store.announcedBytes());
            m_store.announce(m_file, next, m_stop);
            announced = i + next.size();
        }
        const BlockPixels block = m_store.block(m_file, keys[i], m_stop);
        const geo::PixelWindow place = layout.windowOf(keys[i]);
        const int left = std::max(place.column, window.column);
        const int right = std::min(place.column + place.columns, window.column + window.columns);
        const int top = std::max(place.row, window.row);
        const int bottom = std::min(place.row + place.rows, window.row + window.rows);
        for (int row = top; row < bottom; ++row) {
            const std::ptrdiff_t from =
                (static_cast<std::ptrdiff_t>(bandInPlane) * place.rows + row - place.row) * place.columns +
                left - place.column;
            const std::ptrdiff_t to =
                static_cast<std::ptrdiff_t>(row - window.row) * window.columns + left - window.column;
            // GDAL's own conversion, so that a number becomes what GDALRasterIO makes of it.
            GDALCopyWords64(block.get() + from * pixelBytes, type, pixelBytes, values + to, GDT_Float32,
                            sizeof(float), right - left);
        }
    }
}

} // namespace nunatak::raster
