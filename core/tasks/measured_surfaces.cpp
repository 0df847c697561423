// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/measured_surfaces.h"

#include "geo/shape_operations.h"

namespace nunatak::tasks {

outlines::MeasuredSurface MeasuredSurfaces::of(const std::string& elevation,
                                               const geo::MultiPolygon& inDegrees, double areaKm2,
                                               int utmZone,
                                               const std::function<outlines::MeasuredSurface()>& measure) {
    const Key key{elevation, geo::fingerprint(inDegrees), areaKm2, utmZone};
    {
        const std::scoped_lock lock(m_mutex);
        if (const auto known = m_known.find(key); known != m_known.end()) {
            return known->second;
        }
    }
    auto found = measure(); // takes long: others may ask meanwhile
    const std::scoped_lock lock(m_mutex);
    return m_known.emplace(key, std::move(found)).first->second;
}

} // namespace nunatak::tasks
