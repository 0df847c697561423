// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string> // and with it <compare>, which Qt's moc cannot read first

namespace nunatak::outlines {

/// Names one outline of a project; the outline may be gone by the time somebody looks.
struct OutlineRef {
    std::string layer;
    std::string uuid;
    auto operator<=>(const OutlineRef&) const = default;
};

} // namespace nunatak::outlines
