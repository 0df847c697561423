// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "raster/dataset_handle.h"
#include "raster/file_layout.h"

#include <memory>
#include <span>
#include <vector>

namespace nunatak::raster {

/// A handle of one thread on a raster that is known already: it reads blocks as the layout cuts them.
class BlockDataset {
public:
    using Pixels = std::shared_ptr<unsigned char[]>;

    /// Takes over what is open.
    explicit BlockDataset(DatasetHandle dataset) : m_dataset(std::move(dataset)) {}
    /// Opens the file of the layout. Throws Error when it cannot be opened or is another one now.
    explicit BlockDataset(const FileLayout& layout);

    /// The stored numbers of blocks that lie side by side in one row, layout.bytesOf(key) bytes each, band
    /// after band; read by one call, which over a network is one request. Throws Error, std::bad_alloc.
    std::vector<Pixels> read(const FileLayout& layout, std::span<const BlockKey> keys) const;

private:
    void readWindow(const FileLayout& layout, const BlockKey& key, const geo::PixelWindow& window,
                    unsigned char* pixels) const;

    DatasetHandle m_dataset;
};

} // namespace nunatak::raster
