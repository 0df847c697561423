// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/vector_files.h"

#include "base/error.h"
#include "raster/archive.h"
#include "raster/virtual_files.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <string_view>
#include <utility>

namespace nunatak::exchange {

namespace {

namespace fs = std::filesystem;

/// What is looked for, the best first where one has the same data in several.
constexpr std::array<std::string_view, 9> endings{".gpkg", ".shp", ".fgb", ".geojson", ".json",
                                                  ".gml",  ".kml", ".kmz", ".gdb"};
constexpr int deepestFolder = 6;
constexpr int deepestArchive = 4;
constexpr std::size_t mostFiles = 1000;

std::string endingOf(const std::string& name) {
    std::string ending = fs::path(name).extension().string();
    std::transform(ending.begin(), ending.end(), ending.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return ending;
}

bool isZip(const std::string& name) {
    return endingOf(name) == ".zip";
}
bool isTar(const std::string& name) {
    const std::string ending = endingOf(name);
    return ending == ".tar" || ending == ".tgz" ||
           (ending == ".gz" && endingOf(fs::path(name).stem().string()) == ".tar");
}

/// Braces say where the archive's own name ends, whatever it is.
std::string within(const std::string& archive) {
    return (isTar(archive) ? "/vsitar/{" : "/vsizip/{") + archive + "}";
}

bool isHidden(const std::string& name) {
    return name.starts_with('.') || name == "__MACOSX";
}

class Search {
public:
    void look(const std::string& folder, const std::string& shown, int folders, int archives) {
        for (const std::string& name : raster::namesIn(folder)) {
            const std::string path = folder + "/" + name;
            const std::string here = shown.empty() ? name : shown + "/" + name;
            if (isHidden(name)) {
                continue;
            }
            const std::string ending = endingOf(name);
            if (isZip(name) || isTar(name)) {
                if (archives > 0) {
                    look(within(path), here, folders, archives - 1);
                } else {
                    unread.push_back(here);
                }
            } else if (std::find(endings.begin(), endings.end(), ending) != endings.end()) {
                found.push_back({path, here});
            } else if (folders > 0 && raster::isFolder(path)) {
                look(path, here, folders - 1, archives);
            }
            if (found.size() > mostFiles) {
                throw Error("There are more than " + std::to_string(mostFiles) + " vector files in " +
                            folder + ": import them from folders of their own.");
            }
        }
    }

    std::vector<VectorFile> found;
    std::vector<std::string> unread; ///< archives too deep within others to be looked into
};

/// Of glaciers.gpkg and glaciers.shp in one folder the first.
std::vector<VectorFile> oneOfEach(std::vector<VectorFile> files, std::vector<std::string>& notes) {
    const auto rank = [](const VectorFile& file) {
        return std::find(endings.begin(), endings.end(), endingOf(file.path)) - endings.begin();
    };
    std::map<std::string, std::vector<VectorFile>> byStem;
    std::vector<std::string> order;
    for (VectorFile& file : files) {
        const std::string stem = fs::path(file.path).replace_extension().string();
        auto& same = byStem[stem];
        if (same.empty()) {
            order.push_back(stem);
        }
        same.push_back(std::move(file));
    }
    std::vector<VectorFile> left;
    for (const std::string& stem : order) {
        auto& same = byStem[stem];
        std::stable_sort(same.begin(), same.end(),
                         [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
        for (std::size_t i = 1; i < same.size(); ++i) {
            notes.push_back(same[i].shown + " was left out: " + same.front().shown +
                            " has the same name and is read instead.");
        }
        left.push_back(std::move(same.front()));
    }
    return left;
}

} // namespace

std::vector<VectorFile> vectorFilesIn(const fs::path& given, std::vector<std::string>& notes) {
    const std::string name = given.string();
    if (name.starts_with("http://") || name.starts_with("https://")) {
        return {{"/vsicurl/" + name, {}}};
    }
    const bool isVirtual = name.starts_with("/vsi");
    std::error_code ignored;
    if (!isVirtual && !fs::exists(given, ignored)) {
        throw Error(name + " does not exist: check the path.");
    }
    Search search;
    const bool isArchive = (isZip(name) || isTar(name)) && !fs::is_directory(given, ignored);
    if (isArchive && (!isVirtual || !raster::isFolder(name))) {
        if (!isVirtual) {
            raster::checkArchive(name);
        }
        search.look(within(name), {}, deepestFolder, deepestArchive);
    } else if (endingOf(name) != ".gdb" && raster::isFolder(name)) {
        std::string folder = name;
        while (folder.size() > 1 && folder.back() == '/') {
            folder.pop_back();
        }
        search.look(folder, {}, deepestFolder, deepestArchive);
    } else {
        return {{name, {}}};
    }
    if (!search.unread.empty()) {
        notes.push_back(
            search.unread.front() +
            (search.unread.size() > 1 ? " and " + std::to_string(search.unread.size() - 1) + " more"
                                      : std::string()) +
            " was left out: it lies in too many archives within each other. Unpack the outer one.");
    }
    if (search.found.empty()) {
        throw Error("There is no vector file in " + name +
                    (search.unread.empty() ? "" : " (archives within archives were not all looked into)") +
                    ": a Shapefile, GeoPackage, GeoJSON or KML file with glacier outlines is wanted.");
    }
    return oneOfEach(std::move(search.found), notes);
}

} // namespace nunatak::exchange
