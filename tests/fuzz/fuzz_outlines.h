// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "exchange/outline_files.h"
#include "fuzz_folder.h"

namespace nunatak::tests {

/// Every outline that comes in has a shape; what is refused is so with one Error.
inline void importOutlines(const std::filesystem::path& file) {
    static const geo::Crs target = geo::Crs::fromUserInput("EPSG:32632");
    try {
        for (const auto& outline : exchange::readOutlines(file, target).outlines) {
            if (outline.geometry.empty()) {
                std::abort();
            }
        }
    } catch (const Error&) {
        // Refused, as it should be.
    }
}

} // namespace nunatak::tests
