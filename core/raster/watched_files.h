// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <memory>
#include <string>

namespace nunatak::raster {

struct WatchedWrites;

/// Files on the disk that GDAL writes through a file system of its own (/vsinunatak/…), which remembers the
/// first failure: several of GDAL's drivers go on after one and say nothing, and the file is there with a
/// piece missing.
class WatchedFiles {
public:
    WatchedFiles();
    ~WatchedFiles();
    WatchedFiles(const WatchedFiles&) = delete;
    WatchedFiles& operator=(const WatchedFiles&) = delete;

    /// What GDAL is to be told so that it opens `file`, and what belongs to it, watched. All must be closed
    /// before this goes.
    std::string pathOf(const std::filesystem::path& file) const;
    bool hasFailed() const;
    /// Why something could not be written ("No space left on device"); empty when all was.
    std::string failure() const;

private:
    std::unique_ptr<WatchedWrites> m_writes;
};

} // namespace nunatak::raster
