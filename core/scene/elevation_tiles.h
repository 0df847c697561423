// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "raster/raster_reader.h"
#include "scene/scene.h"

#include <vector>

namespace nunatak::scene {

/// What an elevation raster's file says of its heights and the scene does not say yet: their unit, as a
/// scale, and what they count from. What was assumed is added to `notes`, once. The one place where that is
/// done.
void takeHeightsAsSaid(SceneRaster& raster, const raster::RasterInfo& file, std::vector<std::string>& notes);

/// Tiles of an elevation model continue each other. Throws Error where they differ in unit or in what they
/// count from, lie over each other as two models of one place do, or differ where they overlap or touch; in
/// the rest (coordinate system, bands, scale) raster::viewOf looks. What cannot be told is added to `notes`.
void checkTiles(const std::vector<raster::RasterInfo>& files, std::vector<std::string>& notes);

} // namespace nunatak::scene
