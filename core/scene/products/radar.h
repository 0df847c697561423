// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/products/product.h"

namespace nunatak::scene::products {

/// Throws Error when the path is that of a Sentinel-1 GRD or SLC product, which is not corrected for terrain.
void refuseUncorrected(const std::string& path);

/// Backscatter that is corrected for terrain, or interferometric coherence, by the file's name or its bands'
/// descriptions; none when they are not radar's. Backscatter becomes power whatever it is stored as (dB are
/// told by their sign where the name does not say). A band whose orbit is not known is left unnamed ("") for
/// nameOrbits. Throws Error when the file cannot be read.
std::optional<Product> openRadar(const std::string& file, const std::string& given);

/// The backscatter of a SNAP product: its header *.dim beside the folder *.data. Throws Error.
Product openSnap(const std::string& header, const std::string& given);

/// How the numbers of a raster that somebody says is radar or thermal become values: as for one that was
/// recognised. Does nothing for other features. Throws Error when they cannot be what was said.
void readAsSaid(SceneRaster& raster, const raster::RasterReader& reader, std::vector<std::string>& notes);
/// "ascending" or "descending" where the file's name, the text beside it or the time of acquisition tells;
/// else empty.
std::string orbitFor(const raster::RasterReader& reader);

/// Bursts and scenes of one pass that lie side by side become one raster of several files, with a note.
void joinPasses(std::vector<Product>& products);

/// Gives bands without an orbit the first that is free, and says so; `swap` then exchanges ascending and
/// descending, for models that learnt them the other way round.
void nameOrbits(std::vector<Product>& products, bool swap);

} // namespace nunatak::scene::products
