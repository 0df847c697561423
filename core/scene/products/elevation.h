// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/products/product.h"

namespace nunatak::scene::products {

/// True when the file's name or what it says of itself is that of an elevation model (Copernicus, SRTM,
/// NASADEM, ASTER, ArcticDEM, REMA, …). Bytes are no heights.
bool looksLikeElevation(const raster::RasterInfo& info);

/// An elevation model: voids filled as they are read, and what the heights count from, where the file or its
/// name says so. Throws Error when it cannot be read or its numbers are no heights.
Product openElevation(const std::string& file, const std::string& given, int band = 1);

/// What heights count from: "orthometric (EGM2008)", "ellipsoidal (WGS 84)"; empty when unknown.
std::string heightReference(const raster::RasterInfo& info);

/// Metres per unit of the heights: by the band's unit or the vertical system. 1 when nothing is said.
double metresPerHeight(const raster::RasterInfo& info, int band = 1);
/// A sentence where that is not metres, or not known; else empty.
std::string unitNote(const raster::RasterInfo& info, int band = 1);

/// The models as one raster of tiles when there are several; whether they fit together is looked at when the
/// scene is complete (checkTiles). Gives what is worth a note.
std::vector<std::string> joinElevations(std::vector<Product>& products);

} // namespace nunatak::scene::products
