// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/export_table.h"

#include "geo/crs.h"

#include <cstddef>
#include <span>

// Shapes as files have them.
namespace nunatak::exchange {

/// A shape in longitude and latitude (degrees), on beyond 180° where it has to, as files have it: valid, and
/// cut at the 180th meridian, so that all of it lies between −180 and 180 (RFC 7946, 3.1.9). Throws Error
/// where it goes around a pole.
geo::MultiPolygon asWritten(geo::MultiPolygon inDegrees);

/// The shapes of prepared outlines, which are in `crs`, in the system of the file.
class WrittenShapes {
public:
    WrittenShapes(const PreparedExport& prepared, const geo::Crs& crs);

    /// Stays until the next is asked for.
    const geo::MultiPolygon& operator()(std::size_t i);

private:
    const PreparedExport& m_prepared;
    bool m_isSame;
    geo::CoordinateTransform m_transform;
    geo::MultiPolygon m_made;
};

/// The least range of longitudes that holds all of these extents (longitude, latitude), and their latitudes.
/// It goes on beyond 180 where they lie on both sides of that meridian; its west is within −180 and 180.
geo::Extent extentInDegrees(std::span<const geo::Extent> extents);
/// That of outlines; of those that go around a pole all longitudes, on to that pole.
geo::Extent extentInDegrees(std::span<const ExportedOutline> outlines);
/// The same longitude between −180 and 180.
double normalLongitude(double longitude);

} // namespace nunatak::exchange
