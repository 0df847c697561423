// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "raster/block_cache.h"
#include "raster/block_dataset.h"

#include <list>
#include <memory>
#include <span>
#include <string>

namespace nunatak::raster {

/// The datasets that one reading thread has open.
class OpenDatasets {
public:
    /// Opens it if need be. Throws Error when that fails or the file has changed since `file` was made.
    const BlockDataset& get(const SharedFilePointer& file);
    /// Before a file is opened: lets go of those that are not wanted any more or have changed on the disk.
    void closeOld();
    void keep(const SharedFilePointer& file, std::unique_ptr<BlockDataset> dataset);
    /// One whose file failed is opened anew next time.
    void close(const SharedFile& file);

private:
    struct Entry {
        std::weak_ptr<const SharedFile> file;
        std::uint64_t id;
        std::unique_ptr<BlockDataset> dataset;
    };
    std::list<Entry> m_entries; ///< used last first
};

/// Size, time and number of a local file; empty for virtual paths.
std::string stateOnDisk(const std::string& path);
/// The same followed by that of the files it is read from.
std::string withStates(std::string state, std::span<const std::string> files);

} // namespace nunatak::raster
