// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/crs.h"
#include "geo/polygon.h"

#include <QString>

// Places as people read and type them.
namespace nunatak::ui::editing {

/// "483210.52 3101234.20": easting and northing, to the centimetre, as typedPlace() reads them.
QString placeText(geo::Point place);
/// "27.988056 N 86.925278 E" of a place in this system; empty where it has none.
QString latitudeLongitudeText(geo::Point place, const geo::Crs& crs);

/// A place in this system: an easting and a northing, or a latitude and a longitude with the letters N, S, E
/// and W, in decimal degrees or degrees, minutes and seconds; letters before or behind. Numbers without
/// letters that can only be degrees are refused, since nobody knows which is which. Throws Error with what
/// was expected.
geo::Point typedPlace(const QString& text, const geo::Crs& crs);

} // namespace nunatak::ui::editing
