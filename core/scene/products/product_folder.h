// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "scene/products/file_names.h"

#include <optional>
#include <string>
#include <vector>

namespace nunatak::scene::products {

/// A folder that may hold a product: on disk, within a tar or zip file (read there, never unpacked), or
/// wherever else GDAL reaches.
struct ProductFolder {
    std::string path;               ///< such as /data/LC08_…, /vsitar//data/LC08_….tar
    std::string given;              ///< what the user named
    std::vector<std::string> names; ///< of what is in it

    std::string at(const std::string& name) const { return path + "/" + name; }
    /// The first name that ends so, whatever its case; none when there is no such.
    std::optional<std::string> ending(const std::string& end) const;
};

/// Metadata files are at most a few MB.
constexpr std::size_t mostMetadata = std::size_t(64) << 20;

/// The folder that a path means: itself, what an archive holds (when that is one folder alone, that one), or
/// the folder a file lies in. Throws Error for a damaged or malicious archive.
ProductFolder folderOf(const std::string& path);

} // namespace nunatak::scene::products
