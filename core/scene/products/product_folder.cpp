// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/products/product_folder.h"

#include "raster/archive.h"
#include "raster/virtual_files.h"

#include <algorithm>
#include <cctype>

namespace nunatak::scene::products {

std::string lower(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
    return text;
}

bool endsWith(const std::string& text, const std::string& end) {
    return lower(text).ends_with(lower(end));
}

std::string nameOf(const std::string& path) {
    const auto last = path.find_last_not_of('/');
    const std::string whole = path.substr(0, last == std::string::npos ? 0 : last + 1);
    const auto slash = whole.rfind('/');
    return slash == std::string::npos ? whole : whole.substr(slash + 1);
}

bool fits(const std::string& name, const std::string& pattern) {
    std::size_t n = 0;
    std::size_t p = 0;
    std::size_t star = std::string::npos;
    std::size_t resume = 0;
    while (n < name.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            resume = n;
        } else if (p < pattern.size() && pattern[p] == name[n]) {
            ++p;
            ++n;
        } else if (star != std::string::npos) {
            p = star + 1;
            n = ++resume;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*') {
        ++p;
    }
    return p == pattern.size();
}

bool isArchive(const std::string& path) {
    return endsWith(path, ".tar") || endsWith(path, ".tar.gz") || endsWith(path, ".tgz") ||
           endsWith(path, ".zip");
}

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
