// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/scratch_folder.h"

#include "base/error.h"

#include <system_error>

#include <stdlib.h>

namespace nunatak {

ScratchFolder::ScratchFolder(const std::string& purpose) {
    std::error_code ignored;
    const auto parent = std::filesystem::temp_directory_path(ignored);
    auto pattern = (parent / ("nunatak-" + purpose + "-XXXXXX")).string();
    if (parent.empty() || ::mkdtemp(pattern.data()) == nullptr) {
        throw Error("No temporary folder can be made in " + parent.string() + "; free some space there.");
    }
    m_path = pattern;
}

ScratchFolder::~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(m_path, ignored);
}

} // namespace nunatak
