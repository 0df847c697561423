// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace nunatak {

/// "1 outline", "2 outlines".
inline std::string counted(long long number, const std::string& what) {
    return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

/// "1 outline is", "2 outlines are": with the verb of one, and of several.
inline std::string counted(long long number, const std::string& what, const std::string& one,
                           const std::string& several) {
    return counted(number, what) + " " + (number == 1 ? one : several);
}

} // namespace nunatak
