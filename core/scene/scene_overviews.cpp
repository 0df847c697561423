// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/scene_overviews.h"

#include "base/error.h"
#include "raster/overview_file.h"
#include "scene/raster_views.h"

#include <algorithm>
#include <system_error>

namespace nunatak::scene {

namespace {

/// Size and time of each; none when one of them is no local file.
std::optional<std::string> stateOf(const std::vector<std::string>& files) {
    std::string state;
    for (const std::string& file : files) {
        std::error_code trouble;
        const auto size = std::filesystem::file_size(file, trouble);
        if (trouble) {
            return std::nullopt;
        }
        const auto time = std::filesystem::last_write_time(file, trouble);
        if (trouble) {
            return std::nullopt;
        }
        state += std::to_string(size) + " " + std::to_string(time.time_since_epoch().count()) + "; ";
    }
    return files.empty() ? std::nullopt : std::optional(state);
}

/// Begins the names of all that was ever made of a raster.
std::string placeOf(const OpenedRaster& raster) {
    return std::filesystem::path(raster.files.front()).stem().string() + "-" + raster::digestOf(raster.path) +
           "-";
}

int rankOf(const std::string& feature) {
    return feature == "optical" ? 0 : feature == "dem" ? 1 : 2;
}

} // namespace

std::optional<std::filesystem::path> SceneOverviews::fileFor(const OpenedRaster& raster) const {
    if (const auto state = stateOf(raster.files)) {
        return m_folder / (placeOf(raster) + raster::digestOf(*state) + ".vrt");
    }
    return std::nullopt;
}

std::optional<std::string> SceneOverviews::find(const OpenedRaster& raster) const {
    std::error_code unknown;
    if (!std::filesystem::exists(m_folder, unknown)) {
        return std::nullopt;
    }
    const auto file = fileFor(raster);
    if (!file || !std::filesystem::exists(*file, unknown)) {
        return std::nullopt;
    }
    const std::lock_guard lock(m_mutex);
    return m_distrusted.contains(file->string()) ? std::nullopt : std::optional(file->string());
}

void SceneOverviews::distrust(const std::string& found) const {
    const std::lock_guard lock(m_mutex);
    m_distrusted.insert(found);
}

std::vector<SceneOverviews::Missing>
SceneOverviews::missing(const Scene& scene, const std::shared_ptr<raster::ReaderPool>& pool) const {
    std::vector<Missing> result;
    const RasterViews views(pool);
    const auto add = [&](const OpenedRaster& opened, const std::string& feature) {
        const bool isKnown = std::any_of(result.begin(), result.end(),
                                         [&](const Missing& one) { return one.raster.path == opened.path; });
        if (isKnown || !fileFor(opened) || find(opened)) {
            return;
        }
        pool->with<void>(opened.path, [&](const raster::RasterReader& reader) {
            const auto& info = reader.info();
            if (reader.isSlowFromAfar()) {
                result.push_back(
                    {opened, feature, double(info.columns) * info.rows * double(info.bands.size())});
            }
        });
    };
    for (const SceneRaster& raster : scene.rasters) {
        if (raster.flags.empty()) {
            add(views.opened(raster), raster.feature);
        }
        if (!raster.fillFile.empty()) {
            add(views.openedValidity(raster), raster.feature);
        }
    }
    std::stable_sort(result.begin(), result.end(), [](const Missing& a, const Missing& b) {
        return rankOf(a.feature) < rankOf(b.feature);
    });
    return result;
}

bool SceneOverviews::areMissing(const Scene& scene, const std::shared_ptr<raster::ReaderPool>& pool) const {
    return !missing(scene, pool).empty();
}

void SceneOverviews::make(const Scene& scene, const std::shared_ptr<raster::ReaderPool>& pool,
                          const Progress& progress) const {
    progress.report(0, "Looking at the rasters");
    const auto wanted = missing(scene, pool);
    if (wanted.empty()) {
        return;
    }
    std::error_code trouble;
    std::filesystem::create_directories(m_folder, trouble);
    if (trouble) {
        throw Error("The folder \"" + m_folder.string() + "\" for overviews cannot be made (" +
                    trouble.message() + "); the view works without them.");
    }
    double all = 0;
    for (const Missing& one : wanted) {
        all += one.pixels;
    }
    double done = 0;
    for (const Missing& one : wanted) {
        const auto file = fileFor(one.raster);
        if (!file) {
            continue; // gone meanwhile
        }
        const Progress part = progress.part(done / all, (done + one.pixels) / all);
        part.report(0, std::filesystem::path(one.raster.files.front()).filename().string());
        removeOlder(one.raster);
        raster::makeOverviews(one.raster.path, *file, part);
        done += one.pixels;
    }
}

void SceneOverviews::removeOlder(const OpenedRaster& raster) const {
    const std::string begin = placeOf(raster);
    std::error_code ignored;
    for (const auto& entry : std::filesystem::directory_iterator(m_folder, ignored)) {
        if (entry.path().filename().string().starts_with(begin)) {
            std::filesystem::remove(entry.path(), ignored);
        }
    }
}

} // namespace nunatak::scene
