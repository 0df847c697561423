// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "editing/simplify.h"

#include <span>
#include <stop_token>

namespace nunatak::editing {

/// Outlines of one layer with smoother lines: what is shorter than the tolerance (units of the coordinates)
/// goes, bays and spurs that are longer keep their place and size, so that hardly any area goes. Lines that
/// neighbours share are smoothed once for all, ends of divides stay, and vertices come and go as the line
/// needs them within a fortieth of the tolerance. A stretch whose new line would cross another stays as it
/// was, and is counted.
/// Method: Gaussian smoothing along the line, of a deviation of a quarter of the tolerance, once more of what
/// it took away (twicing; Tukey 1977, Exploratory Data Analysis), so that lines do not shrink as they do by
/// one (Taubin 1995, SIGGRAPH 29, 351-358). Throws Refused, and Error where an outline is not there or they
/// are of several layers.
/// `only` and `groundMetres` as Simplifier has them. Throws Cancelled where it is told to stop.
Generalised smooth(Draft draft, std::span<const outlines::OutlineRef> refs, double tolerance,
                   std::span<const geo::Point> only = {}, double groundMetres = 1, std::stop_token stop = {});

} // namespace nunatak::editing
