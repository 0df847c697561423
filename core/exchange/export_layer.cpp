// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/export_layer.h"

#include "base/error.h"
#include "exchange/vector_format.h"

namespace nunatak::exchange {

namespace {

std::vector<const outlines::Outline*> pointersTo(const std::string& layer,
                                                 const std::vector<outlines::OutlineHandle>& outlines) {
    if (outlines.empty()) {
        throw Error("Layer \"" + layer + "\" has no outlines to export.");
    }
    std::vector<const outlines::Outline*> pointers;
    pointers.reserve(outlines.size());
    for (const auto& outline : outlines) {
        pointers.push_back(outline.get());
    }
    return pointers;
}

} // namespace

WrittenOutlines exportLayer(const std::string& layer, const std::vector<outlines::OutlineHandle>& outlines,
                            const geo::Crs& crs, const std::filesystem::path& file, const Progress& progress,
                            const Claim& claim) {
    return exportLayer(layer, outlines, crs, file, ExportOptions{}, progress, claim);
}

WrittenOutlines exportLayer(const std::string& layer, const std::vector<outlines::OutlineHandle>& outlines,
                            const geo::Crs& crs, const std::filesystem::path& file,
                            const ExportOptions& options, const Progress& progress, const Claim& claim) {
    return writeOutlines(pointersTo(layer, outlines), crs, file, options, progress, claim);
}

ExportPreview previewLayer(const std::string& layer, const std::vector<outlines::OutlineHandle>& outlines,
                           const geo::Crs& crs, const std::filesystem::path& file,
                           const ExportOptions& options, const Progress& progress) {
    return previewOutlines(pointersTo(layer, outlines), crs, file, options, progress);
}

std::vector<std::filesystem::path> othersInTheWay(const std::filesystem::path& file,
                                                  const std::string& schema, bool wantsReadme) {
    std::vector<std::filesystem::path> names;
    for (const auto& each : filesOfExport(file, schema, wantsReadme)) {
        names.push_back(each);
        if (lowerExtension(each) == ".shp") {
            for (const char* part : {".dbf", ".shx", ".prj", ".cpg"}) {
                names.push_back(std::filesystem::path(each).replace_extension(part));
            }
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
