// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/shared_chains.h"
#include "geo/polygon.h"

#include <span>

namespace nunatak::editing {

/// Of the chains the stretches that have all of their vertices among `points`, three at least: as chains that
/// end where they do, so that what is done to them leaves the rest of the lines as it is. No points: all
/// chains. Throws Refused where no stretch is meant.
SharedChains stretchesOf(SharedChains chains, std::span<const geo::Point> points);

} // namespace nunatak::editing
