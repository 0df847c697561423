// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "raster/reader_pool.h"
#include "scene/scene.h"

#include <filesystem>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace nunatak::scene {

/// A raster as a scene reads it, and what it is read from.
struct OpenedRaster {
    std::string path;               ///< a file, or a view as text
    std::vector<std::string> files; ///< local ones; anything else has no overviews here
};

/// Overviews of rasters that have none of their own, in a folder beside the project: for pictures of them,
/// never for what is computed from them. Each is named by the raster and by the size and time of its files,
/// so those of a raster that has changed since are not found. Quality flags have none: they are never
/// averaged, and are read as they are at any scale. The folder need not exist, and may be removed at any
/// time. Callable from several threads.
class SceneOverviews {
public:
    explicit SceneOverviews(std::filesystem::path folder) : m_folder(std::move(folder)) {}

    /// What shows the raster, with overviews; none when there is nothing of the kind.
    std::optional<std::string> find(const OpenedRaster& raster) const;
    /// Could not be read: not found from now on.
    void distrust(const std::string& found) const;

    /// True for rasters that need overviews and have none, of their own or here.
    bool areMissing(const Scene& scene, const std::shared_ptr<raster::ReaderPool>& pool) const;
    /// Makes those that are missing, the optical rasters' first, and removes older ones of the same rasters.
    /// Each can be found as soon as it is there. Throws Error (the folder cannot be made or written, no room
    /// on the disk, a raster that cannot be read), Cancelled; what was finished before stays.
    void make(const Scene& scene, const std::shared_ptr<raster::ReaderPool>& pool,
              const Progress& progress) const;

private:
    struct Missing {
        OpenedRaster raster;
        std::string feature;
        double pixels = 0; ///< of all bands
    };
    std::vector<Missing> missing(const Scene& scene, const std::shared_ptr<raster::ReaderPool>& pool) const;
    std::optional<std::filesystem::path> fileFor(const OpenedRaster& raster) const;
    void removeOlder(const OpenedRaster& raster) const;

    std::filesystem::path m_folder;
    mutable std::mutex m_mutex;
    mutable std::set<std::string> m_distrusted;
};

} // namespace nunatak::scene
