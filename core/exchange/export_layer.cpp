// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/export_layer.h"

#include "base/error.h"

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

} // namespace nunatak::exchange
