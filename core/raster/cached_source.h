// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "raster/block_store.h"
#include "raster/pixel_source.h"

#include <stop_token>

namespace nunatak::raster {

/// A raster whose pixels come from blocks that all readers share. Made for one call.
class CachedSource final : public PixelSource {
public:
    CachedSource(BlockStore& store, SharedFilePointer file, std::stop_token stop)
        : m_store(store), m_file(std::move(file)), m_stop(std::move(stop)) {}

    int columns() const override { return m_file->layout.info.columns; }
    int rows() const override { return m_file->layout.info.rows; }
    Level levelFor(int band, double columnsPerPixel, double rowsPerPixel) const override {
        return m_file->layout.levelFor(band, columnsPerPixel, rowsPerPixel);
    }
    bool isShared() const override { return true; }
    void announce(std::span<const int> bands, const Reduction& reduction,
                  const geo::PixelWindow& window) const override;

protected:
    void readLevel(int band, int overview, const geo::PixelWindow& window, float* values) const override;

private:
    void readPlane(int plane, int bandInPlane, int level, const geo::PixelWindow& window,
                   float* values) const;

    BlockStore& m_store;
    SharedFilePointer m_file;
    std::stop_token m_stop;
};

} // namespace nunatak::raster
