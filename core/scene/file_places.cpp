// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/file_places.h"

#include <string_view>
#include <vector>

namespace nunatak::scene {

namespace fs = std::filesystem;

namespace {

/// What may follow a file's name in a path of GDAL.
constexpr std::string_view delimiters = "/\":},?";

bool endsAt(const std::string& path, std::size_t position) {
    return position == path.size() || delimiters.find(path[position]) != std::string_view::npos;
}

} // namespace

bool isVirtual(const std::string& path) {
    if (path.starts_with("/vsi")) {
        return true;
    }
    const auto colon = path.find(':');
    return colon != std::string::npos && colon > 1 && path.find('/') > colon &&
           path.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == colon;
}

std::string fileWithin(const std::string& path, const std::function<bool(const std::string&)>& isFile) {
    if (!isVirtual(path)) {
        return isFile(path) ? path : std::string();
    }
    for (std::size_t begin = path.find('/'); begin != std::string::npos; begin = path.find('/', begin + 1)) {
        // Of "/vsizip//data" the last slash begins the file's path.
        const bool isPrefix = path.compare(begin, 2, "//") == 0 || path.compare(begin, 4, "/vsi") == 0;
        for (std::size_t end = isPrefix ? 0 : path.size(); end > begin + 1; --end) {
            const std::string part = endsAt(path, end) ? path.substr(begin, end - begin) : std::string();
            if (!part.empty() && part.back() != '/' && isFile(part)) {
                return part;
            }
        }
    }
    return {};
}

std::string namedWithin(const std::string& path) {
    std::string rest = path;
    while (rest.starts_with("/vsi")) {
        const auto slash = rest.find('/', 1);
        if (slash == std::string::npos || rest.starts_with("/vsicurl") || rest.starts_with("/vsis3") ||
            rest.starts_with("/vsigs") || rest.starts_with("/vsiaz") || rest.starts_with("/vsimem")) {
            return {};
        }
        rest.erase(0, slash + 1);
    }
    if (rest.size() == path.size()) { // NETCDF:"file":variable
        rest.erase(0, rest.find(':') + 1);
        const bool isQuoted = rest.starts_with('"');
        const auto end = isQuoted ? rest.find('"', 1) : rest.find(':');
        rest = rest.substr(isQuoted ? 1 : 0, end == std::string::npos ? end : end - (isQuoted ? 1 : 0));
        return rest.starts_with('/') ? rest : std::string();
    }
    if (rest.starts_with('{')) {
        rest = rest.substr(1, rest.find('}') - 1);
        return rest.starts_with('/') ? rest : std::string();
    }
    for (std::size_t end = rest.find('/', 1); rest.starts_with('/');
         end = end == std::string::npos ? end : rest.find('/', end + 1)) {
        const std::string part = rest.substr(0, end);
        if (fs::path(part).has_extension() || end == std::string::npos) {
            return part;
        }
    }
    return {};
}

std::string withFile(const std::string& path, const std::string& file, const std::string& replacement) {
    for (std::size_t at = path.find(file); at != std::string::npos; at = path.find(file, at + 1)) {
        if (endsAt(path, at + file.size()) && (at == 0 || isVirtual(path))) {
            return path.substr(0, at) + replacement + path.substr(at + file.size());
        }
    }
    return path;
}

std::string withAbsoluteFile(const std::string& path) {
    if (!isVirtual(path)) {
        return path;
    }
    std::size_t begin = 0;
    while (path.compare(begin, 4, "/vsi") == 0 && path.find('/', begin + 1) != std::string::npos) {
        begin = path.find('/', begin + 1) + (path.compare(path.find('/', begin + 1), 4, "/vsi") == 0 ? 0 : 1);
    }
    begin = begin == 0 ? path.find(':') + 1 : begin;
    begin += begin < path.size() && (path[begin] == '"' || path[begin] == '{') ? 1 : 0;
    for (std::size_t end = begin + 1; end <= path.size() && path[begin] != '/'; ++end) {
        const std::string part = endsAt(path, end) ? path.substr(begin, end - begin) : std::string();
        std::error_code trouble;
        if (!part.empty() && fs::is_regular_file(part, trouble)) {
            return path.substr(0, begin) + fs::absolute(part).lexically_normal().string() + path.substr(end);
        }
    }
    return path;
}

std::string sameUnder(const fs::path& folder, const std::string& path) {
    std::vector<fs::path> parts;
    for (const fs::path& part : fs::path(path).relative_path()) {
        parts.push_back(part);
    }
    for (std::size_t first = 0; first < parts.size(); ++first) {
        fs::path candidate = folder;
        for (std::size_t i = first; i < parts.size(); ++i) {
            candidate /= parts[i];
        }
        std::error_code trouble;
        if (fs::is_regular_file(candidate, trouble)) {
            return candidate.lexically_normal().string();
        }
    }
    return {};
}

} // namespace nunatak::scene
