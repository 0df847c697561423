// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace nunatak::geo {

/// The number of the UTM zone in which a place lies, 1 to 60, with the zones that convention moved: 32
/// reaches from 3° E between 56° N and 64° N (south-western Norway), and from 72° N on only 31, 33, 35 and 37
/// are used between 0° and 42° E (Svalbard). Degrees; any longitude.
int utmZone(double longitude, double latitude);

} // namespace nunatak::geo
