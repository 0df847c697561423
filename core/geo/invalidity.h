// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <optional>
#include <string>

namespace nunatak::geo {

/// Why a shape is not valid by the rules of Simple Features.
struct Invalidity {
    std::string reason;         ///< in GEOS' words
    std::optional<Point> place; ///< none: of all of it
};
/// The first that is found; none where the shape is valid.
std::optional<Invalidity> invalidityOf(const MultiPolygon& shape);

} // namespace nunatak::geo
