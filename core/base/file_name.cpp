// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/file_name.h"

#include "base/error.h"

#include <cstddef>
#include <string>

namespace nunatak {

void throwIfNameTooLong(const std::filesystem::path& file) {
    constexpr std::size_t longest = 255; // NAME_MAX of the usual file systems
    constexpr std::size_t beside = 8;    // SQLite's -journal, a Shapefile's endings
    if (file.filename().string().size() > longest - beside) {
        throw Error(
            "\"" + file.string() +
            "\" has a name that is too long for a file and what lies beside it while it is written (" +
            std::to_string(longest - beside) + " bytes at most); choose a shorter one.");
    }
}

} // namespace nunatak
