// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/not_written.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace nunatak::exchange {

std::string notWritten(const std::filesystem::path& file, const std::string& reason) {
    // Of the system (ENOSPC, EDQUOT, EFBIG) and of SQLite.
    constexpr std::array<std::string_view, 4> full{"No space left", "disk is full", "quota exceeded",
                                                   "File too large"};
    const bool isFull = std::any_of(full.begin(), full.end(), [&](const std::string_view words) {
        return reason.find(words) != std::string::npos;
    });
    const std::string name = file.filename().string() + " could not be written";
    constexpr const char* remedy = "make room there, or choose a place on another disk";
    if (isFull) {
        return name + ": the disk is full. Nothing was changed; " + remedy + ".";
    }
    return name + (reason.empty() ? std::string() : ": " + reason) +
           ". Nothing was changed; if the disk is full, " + remedy + ".";
}

} // namespace nunatak::exchange
