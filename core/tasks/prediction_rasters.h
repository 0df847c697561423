// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "base/staging_folder.h"
#include "outlines/outline.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

// A project's file goes anywhere by itself. What a review and an export know of a model's confidence lies in
// rasters beside it (NAME.files), which have to be taken along.
namespace nunatak::tasks {

/// Rasters of predictions, with what goes with them.
struct PredictionRasters {
    std::vector<std::filesystem::path> files;
    std::uintmax_t bytes = 0;
};

/// All that lie beside a project: neither overviews nor thumbnails, which are made again when they are
/// needed, nor what a prediction keeps while it runs.
PredictionRasters rastersBeside(const std::filesystem::path& project);
/// Those that these outlines were predicted with. @param folder the project's; @param settings of the runs,
/// by their ids
PredictionRasters rastersOf(const std::vector<outlines::OutlineHandle>& outlines,
                            const std::filesystem::path& folder,
                            const std::map<std::string, std::string>& settings);

/// Up to so much nobody has to be asked.
constexpr std::uintmax_t littleRoom = std::uintmax_t{1} << 30;

/// What is lost where they are not taken along; a sentence.
std::string withoutRastersSentence(const PredictionRasters& rasters);

/// Rasters on their way to a new project: in a hidden folder until give() makes them its own.
class RastersForCopy {
public:
    /// Throws Error where the new project's folder of that kind is there already, or the disk has no room.
    RastersForCopy(const PredictionRasters& rasters, const std::filesystem::path& project,
                   const Progress& progress);
    /// Once the project is there.
    void give();

private:
    std::filesystem::path m_place;
    StagingFolder m_staging;
    bool m_areAny = false;
};

} // namespace nunatak::tasks
