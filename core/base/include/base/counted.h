// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace nunatak {

/// "1 outline", "2 outlines".
inline std::string counted(long long number, const std::string& what) {
    return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
}

} // namespace nunatak
