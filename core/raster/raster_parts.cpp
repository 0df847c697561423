// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/raster_parts.h"

#include "raster/dataset_handle.h"

#include <cpl_string.h>

namespace nunatak::raster {

std::vector<RasterPart> rasterParts(const std::string& path) {
    const auto dataset = openContainer(path);
    std::vector<RasterPart> parts;
    if (GDALGetRasterCount(dataset.get()) > 0) {
        return parts;
    }
    char** names = GDALGetMetadata(dataset.get(), "SUBDATASETS");
    for (int number = 1;; ++number) {
        const auto key = "SUBDATASET_" + std::to_string(number);
        const char* name = CSLFetchNameValue(names, (key + "_NAME").c_str());
        if (name == nullptr) {
            return parts;
        }
        const char* title = CSLFetchNameValue(names, (key + "_DESC").c_str());
        parts.push_back({name, title != nullptr ? title : ""});
    }
}

} // namespace nunatak::raster
