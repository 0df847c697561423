// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/products/file_names.h"

#include "base/letters.h"

namespace nunatak::scene::products {

bool endsWith(const std::string& text, const std::string& end) {
    return lowerCase(text).ends_with(lowerCase(end));
}

std::string nameOf(const std::string& path) {
    // What follows a ? in an address is no name but a permission.
    const bool address = path.starts_with("/vsicurl/http") || path.starts_with("http");
    const std::string named = address ? path.substr(0, path.find('?')) : path;
    const auto last = named.find_last_not_of('/');
    const std::string whole = named.substr(0, last == std::string::npos ? 0 : last + 1);
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

} // namespace nunatak::scene::products
