// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

namespace nunatak::scene::products {

/// What the attributes of an EOPF product or of one of its arrays say. Empty texts and none for what they do
/// not.
struct EopfAttributes {
    std::string name;
    std::string platform; ///< "sentinel-2a"
    std::string datetime; ///< as written, ISO 8601
    std::optional<double> sunElevation;
    std::optional<double> sunAzimuth;
    std::optional<double> scale;
    std::optional<double> offset;
};
/// Reads .zattrs or zarr.json, whatever the text is. `file` is its name. Throws Error when it is no JSON.
EopfAttributes parseEopfAttributes(const std::string& json, const std::string& file);

} // namespace nunatak::scene::products
