// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

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

/// True for *.tar, *.tar.gz, *.tgz and *.zip.
bool isArchive(const std::string& path);
/// The last part of a path without slashes at its end.
std::string nameOf(const std::string& path);
/// Case as in file names of other systems does not matter.
bool endsWith(const std::string& text, const std::string& end);
std::string lower(std::string text);
/// True when a name is what a pattern says, in which * stands for any number of characters.
bool fits(const std::string& name, const std::string& pattern);

} // namespace nunatak::scene::products
