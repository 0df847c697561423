// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
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

/// Copies rasters for a new project into its folder of that kind, which is put in place with the project:
/// `staging` is where both are made. Throws Error where that folder is in place already, or the disk has no
/// room.
void copyRasters(const PredictionRasters& rasters, const std::filesystem::path& staging,
                 const std::filesystem::path& project, const Progress& progress);

} // namespace nunatak::tasks
