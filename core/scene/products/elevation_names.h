// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace nunatak::scene::products {

/// A provider's elevation product, told by the name of a file of it.
struct ElevationSource {
    std::string name;      ///< "Copernicus DEM"; empty: none that is known
    std::string reference; ///< what its heights count from, "orthometric (EGM2008)"
};

/// The names and references are those of the providers' documents (docs/data.md lists them).
ElevationSource elevationSourceOf(const std::string& file);

/// True when the name has a word for an elevation model ("dem", "dsm", "elevation" …), is of a format for
/// heights or of a product above.
bool namesElevation(const std::string& file);

/// A format that holds heights and nothing else: SRTM's .hgt, DTED.
bool isHeightFormat(const std::string& file);

/// What a file that lies beside the heights of an elevation product shows, such as "a height error map" of
/// …_HEM.tif, or what a map computed from heights shows, such as "slope"; empty when its name says nothing of
/// the kind. Such a file never is a scene's elevation unless the user says so.
std::string elevationCompanion(const std::string& file);

} // namespace nunatak::scene::products
