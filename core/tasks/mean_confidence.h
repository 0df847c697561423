// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/crs.h"
#include "outlines/outline.h"
#include "raster/raster_reader.h"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

namespace nunatak::tasks {

/// How sure a model is of outlines: the mean of the confidence, over the pixels whose middle lies in the
/// outline, of the prediction that it came from. Used by one thread at a time.
class MeanConfidence {
public:
    /// @param folder of the predictions' rasters; @param settings of the runs, by their ids; @param crs of
    /// the outlines
    MeanConfidence(std::filesystem::path folder, std::map<std::string, std::string> settings, geo::Crs crs)
        : m_folder(std::move(folder)), m_settings(std::move(settings)), m_crs(std::move(crs)) {}

    /// 0 to 1. None where no model predicted the outline, or the raster is not there any more or is damaged.
    std::optional<double> of(const outlines::Outline& outline);

private:
    /// Null: there is none.
    const raster::RasterReader* rasterOf(const outlines::Outline& outline);

    std::filesystem::path m_folder;
    std::map<std::string, std::string> m_settings;
    geo::Crs m_crs;
    std::map<std::string, std::unique_ptr<raster::RasterReader>> m_rasters; ///< by scene, model and run
};

} // namespace nunatak::tasks
