// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/products/product_folder.h"

#include "raster/archive.h"
#include "raster/virtual_files.h"

#include <algorithm>

namespace nunatak::scene::products {

std::optional<std::string> ProductFolder::ending(const std::string& end) const {
    const auto found = std::find_if(names.begin(), names.end(),
                                    [&](const std::string& name) { return endsWith(name, end); });
    return found == names.end() ? std::nullopt : std::optional(*found);
}

ProductFolder folderOf(const std::string& path) {
    std::string root = path;
    while (root.size() > 1 && root.ends_with('/')) {
        root.pop_back();
    }
    const bool archive = isArchive(root) && !raster::isFolder(root);
    if (archive) {
        if (!root.starts_with("/vsi")) {
            raster::checkArchive(root);
        }
        root = (endsWith(root, ".zip") ? "/vsizip/" : "/vsitar/") + root;
    } else if (raster::fileExists(root)) {
        const auto slash = root.rfind('/');
        root = slash == std::string::npos ? "." : root.substr(0, slash);
    }
    ProductFolder folder{root, path, raster::namesIn(root)};
    // An archive of a folder: that folder is the product.
    if (archive && folder.names.size() == 1 && raster::isFolder(folder.at(folder.names.front()))) {
        folder.path = folder.at(folder.names.front());
        folder.names = raster::namesIn(folder.path);
    }
    return folder;
}

} // namespace nunatak::scene::products
