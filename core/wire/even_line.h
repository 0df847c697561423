// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"

#include <span>

namespace nunatak::wire {

/// The smoothest line near places at equal distances: the sum of the squared distances from them, each times
/// how much is to be held of it (0: nothing), plus `stiffness` times the sum of its squared second
/// differences is least (Whittaker 1923, Proceedings of the Edinburgh Mathematical Society 41, 63-75). Both
/// ends stay. Where little is held it goes on as it comes, so that a gap is bridged without a kink.
geo::Ring evenLine(std::span<const geo::Point> places, std::span<const double> held, double stiffness);

} // namespace nunatak::wire
