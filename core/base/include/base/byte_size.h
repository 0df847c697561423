// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <array>
#include <cstdint>
#include <cstdio>
#include <string>

namespace nunatak {

/// "820 kiB", "3.1 MiB", "12.4 GiB".
inline std::string sizeText(std::uintmax_t bytes) {
    constexpr double step = 1024;
    const double kibibytes = static_cast<double>(bytes) / step;
    std::array<char, 32> text{};
    if (kibibytes < step) {
        std::snprintf(text.data(), text.size(), "%.0f kiB", kibibytes);
    } else if (kibibytes < step * step) {
        std::snprintf(text.data(), text.size(), "%.1f MiB", kibibytes / step);
    } else {
        std::snprintf(text.data(), text.size(), "%.1f GiB", kibibytes / step / step);
    }
    return text.data();
}

} // namespace nunatak
