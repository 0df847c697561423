// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/file_name.h"

#include "base/error.h"

#include <string>

namespace nunatak {

void throwIfNameTooLong(const std::filesystem::path& file) {
    if (file.filename().string().size() > longestFileName) {
        throw Error(
            "\"" + file.string() +
            "\" has a name that is too long for a file and what lies beside it while it is written (" +
            std::to_string(longestFileName) + " bytes at most); choose a shorter one.");
    }
}

} // namespace nunatak
