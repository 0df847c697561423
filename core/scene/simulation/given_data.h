// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/grid.h"
#include "outlines/outline.h"
#include "scene/simulation/field.h"

#include <filesystem>
#include <optional>
#include <vector>

namespace nunatak::scene::simulation {

/// Relief and outlines of a real place.
struct GivenData {
    std::filesystem::path elevation;
    double postingMetres = 0;                ///< of the elevation model, on the ground
    std::vector<std::string> notes{};        ///< what was not taken of their file as it is
    std::vector<outlines::Outline> outlines; ///< in the picture's system; empty when ice is to be grown
};

/// The picture's grid in the middle of an elevation model: in its own system if that is projected in metres,
/// else in the UTM zone of its middle; as large as fits unless a size is given. Throws Error when the file is
/// no georeferenced raster or the picture does not fit into it.
geo::Grid gridOn(const std::filesystem::path& elevation, double pixelSize, std::optional<int> columns,
                 std::optional<int> rows);

/// Metres on the ground between two elevations of the file.
double postingOf(const std::filesystem::path& elevation, const geo::Grid& near);

/// Elevation in metres, whatever the file's unit, on any grid; places without data are filled from those
/// around. Throws Error when there is none.
Field elevationOn(const std::filesystem::path& elevation, const geo::Grid& grid);

/// The number (from 1) of the outline that covers the middle of each pixel, 0 for none.
Image<std::int32_t> burnt(const std::vector<outlines::Outline>& outlines, const geo::Grid& grid);

} // namespace nunatak::scene::simulation
