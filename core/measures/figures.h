// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <limits>

namespace nunatak::measures {

inline constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

/// What two outlines of the same ground have in common, the model's (that is judged) and the expert's (that
/// is trusted), or two whole layers; what measures are worked out from. Areas in m² and distances in m, both
/// on the ground; NaN where a figure cannot be told or the way of comparing does not have it.
struct Figures {
    double expertArea = 0;
    double modelArea = 0;
    double iou = unknown;       ///< what both have in common by what either has
    double precision = unknown; ///< by what the model has
    double recall = unknown;    ///< by what the expert has

    // Distances from each boundary to the other one, both ways.
    double meanBoundaryDistance = unknown;   ///< mean of the two ways' means
    double maxBoundaryDistance = unknown;    ///< Hausdorff: the larger of the two ways' largest
    double medianBoundaryDistance = unknown; ///< this and the next of all that lies along either boundary
    double rmseBoundaryDistance = unknown;
    double boundaryDistance90 = unknown; ///< 90th percentile
    double boundaryDistance95 = unknown;
    double polis = unknown;      ///< Avbelj et al. (2015)
    double signedMean = unknown; ///< positive where the model's outline lies outside of the expert's
    double withinPixel = unknown;
    double withinThreePixels = unknown;
};

} // namespace nunatak::measures
