// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "raster/reader_pool.h"
#include "scene/scene.h"
#include "scene/scene_overviews.h"

#include <functional>
#include <map>
#include <mutex>

namespace nunatak::scene {

/// What is opened to read the rasters of a scene: the file itself, or a view of it where the scene knows more
/// than the file (its no-data number, the tiles that continue it). Callable from several threads.
class RasterViews {
public:
    explicit RasterViews(std::shared_ptr<raster::ReaderPool> pool) : m_pool(std::move(pool)) {}

    /// Runs `work` with a reader of the raster. Throws what opening and `work` throw, with the file's name.
    template <typename Result>
    Result with(const SceneRaster& raster, const std::function<Result(const raster::RasterReader&)>& work,
                const std::stop_token& stop = {}) const {
        return named<Result>(raster.file, path(raster), work, stop);
    }
    /// The same for the raster that says where there is no data: its pixels are 1 where there is data, 0
    /// where there is none, and shares of it where they are resampled.
    template <typename Result>
    Result withValidity(const SceneRaster& raster,
                        const std::function<Result(const raster::RasterReader&)>& work,
                        const std::stop_token& stop = {}) const {
        return named<Result>(raster.fillFile, validityPath(raster), work, stop);
    }

    /// What is opened for a raster, and for the one that says where it has no data.
    OpenedRaster opened(const SceneRaster& raster) const;
    OpenedRaster openedValidity(const SceneRaster& raster) const;
    /// Runs `work` with a reader of anything else.
    template <typename Result>
    Result withPath(const std::string& opened, const std::function<Result(const raster::RasterReader&)>& work,
                    const std::stop_token& stop = {}) const {
        return m_pool->with<Result>(opened, work, stop);
    }

    raster::ReaderPool& pool() const { return *m_pool; }

private:
    template <typename Result>
    Result named(const std::string& file, const std::string& opened,
                 const std::function<Result(const raster::RasterReader&)>& work,
                 const std::stop_token& stop) const {
        try {
            return m_pool->with<Result>(opened, work, stop);
        } catch (const Cancelled&) {
            throw;
        } catch (const Error& error) {
            throw Error(withFile(error.what(), opened, file));
        }
    }
    /// A message about a view as one about the file.
    static std::string withFile(std::string message, const std::string& opened, const std::string& file);
    std::string path(const SceneRaster& raster) const;
    std::string validityPath(const SceneRaster& raster) const;
    raster::RasterInfo infoOf(const std::string& file) const;

    std::shared_ptr<raster::ReaderPool> m_pool;
    mutable std::mutex m_mutex;
    mutable std::map<std::string, std::string> m_views; ///< by files and rules
};

} // namespace nunatak::scene
