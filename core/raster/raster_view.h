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

/// A band of a view that has it holds numbers of files that declare no no-data number (BandInfo::usualVoids).
inline constexpr const char* usualVoidsItem = "NUNATAK_USUAL_VOIDS";
/// Metadata item of a view's band that says how it stores power, and what it says.
inline constexpr const char* powerScaleItem = "NUNATAK_POWER_SCALE";
const char* powerScaleText(PowerScale scale);

/// Files as one raster, as text that RasterReader opens like a path (GDAL's virtual format): nothing is
/// copied, overviews are the files' own. Several files must be north-up and of one coordinate system, bands,
/// scale and offset; together they cover their common bounds at the finest of their pixel sizes, the later
/// ones on top. In degrees these bounds go over the 180th meridian where that is the shorter way. Each file's
/// no data stay no data, and the numbers are of a type that holds all of theirs.
/// Throws Error when they do not fit together.
std::string viewOf(const std::vector<RasterInfo>& files, const ViewRules& rules);

} // namespace nunatak::raster
