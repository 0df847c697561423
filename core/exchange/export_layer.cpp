// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/export_layer.h"

#include "base/error.h"
#include "exchange/vector_format.h"

namespace nunatak::exchange {

WrittenOutlines exportLayer(const std::string& layer, const std::vector<outlines::OutlineHandle>& outlines,
                            const geo::Crs& crs, const std::filesystem::path& file, const Progress& progress,
                            const Claim& claim) {
    if (outlines.empty()) {
        throw Error("Layer \"" + layer + "\" has no outlines to export.");
    }
    std::vector<outlines::Outline> copies;
    copies.reserve(outlines.size());
    for (const auto& outline : outlines) {
        copies.push_back(*outline);
    }
    return writeOutlines(copies, crs, file, progress, claim);
}

std::vector<std::filesystem::path> othersInTheWay(const std::filesystem::path& file) {
    std::vector<std::filesystem::path> names{file};
    if (lowerExtension(file) == ".shp") {
        for (const char* part : {".dbf", ".shx", ".prj", ".cpg"}) {
            names.push_back(std::filesystem::path(file).replace_extension(part));
        }
    }
    std::erase_if(names, [](const auto& name) {
        std::error_code ignored;
        return !std::filesystem::exists(std::filesystem::symlink_status(name, ignored)) ||
               isOwn(name, "export");
    });
    return names;
}

} // namespace nunatak::exchange
