// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "raster/raster_reader.h"

#include <optional>
#include <string>
#include <vector>

namespace nunatak::raster {

/// How a raster is looked at when its file does not say so itself.
struct ViewRules {
    std::optional<double> noData; ///< stored number without meaning; none: the files' own
    /// The pixels are 1 where the file holds another number than this one and 0 where it holds it.
    std::optional<int> otherThan;
    /// What stored × scale + offset (after the file's own scale and offset) is; pixels are read as power.
    PowerScale power = PowerScale::Linear;
    double scale = 1; ///< these two only where `power` is not Linear
    double offset = 0;
};

/// Metadata item of a view's band that says how it stores power, and what it says.
inline constexpr const char* powerScaleItem = "NUNATAK_POWER_SCALE";
const char* powerScaleText(PowerScale scale);

/// Files as one raster, as text that RasterReader opens like a path (GDAL's virtual format): nothing is
/// copied, overviews are the files' own. Several files must be north-up and of one coordinate system and
/// bands; together they cover their common bounds at the finest of their pixel sizes, the later ones on top.
/// Throws Error when they do not fit together.
std::string viewOf(const std::vector<RasterInfo>& files, const ViewRules& rules);

} // namespace nunatak::raster
