// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace nunatak::ui::terrain {

/// The values between which a band is spread over black to white.
struct Stretch {
    float low = 0;
    float high = 1;
    bool operator==(const Stretch&) const = default;
};

/// 2nd and 98th percentile of the values that are there (a sample of at most about 200,000); 0 to 1 when none
/// are.
Stretch percentileStretch(const float* values, std::size_t count);

} // namespace nunatak::ui::terrain
