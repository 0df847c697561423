// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"
#include "outlines/surface_measures.h"

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <tuple>

namespace nunatak::tasks {

/// What elevation models said of outlines, so that what was measured for a preview is not measured again for
/// the file, and a measuring that was broken off goes on where it was. Thread-safe.
class MeasuredSurfaces {
public:
    /// What is known of this shape, else what `measure` finds, which is kept unless it throws.
    /// @param elevation which model it is, and in which state (PlannedElevation::identity)
    /// @param inDegrees longitude and latitude; areaKm2, utmZone of it
    outlines::MeasuredSurface of(const std::string& elevation, const geo::MultiPolygon& inDegrees,
                                 double areaKm2, int utmZone,
                                 const std::function<outlines::MeasuredSurface()>& measure);

private:
    /// Elevation model, fingerprint of the shape, area and zone.
    using Key = std::tuple<std::string, std::uint64_t, double, int>;

    std::mutex m_mutex;
    std::map<Key, outlines::MeasuredSurface> m_known;
};

} // namespace nunatak::tasks
