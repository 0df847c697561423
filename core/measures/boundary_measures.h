// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"
#include "measures/figures.h"
#include "measures/ground_measure.h"

#include <cstddef>
#include <utility>
#include <vector>

namespace nunatak::measures {

/// How boundaries are measured.
struct BoundaryOptions {
    double pixel = 10;  ///< m
    double spacing = 1; ///< m along a boundary between places that are looked at, at most
};

/// Distances along boundaries, each with the length that it stands for; of any number of outlines together.
class DistanceSpread {
public:
    DistanceSpread();
    /// m; sign: +1 where the model's outline lies outside of the expert's, −1 where it lies inside.
    void add(double distance, int sign, double length);
    DistanceSpread& operator+=(const DistanceSpread& other);

    double length() const { return m_length; }
    double mean() const;
    double rmse() const;
    double signedMean() const;
    /// Within 1 in 1,000; share in 0..1.
    double percentile(double share) const;
    /// The step of the spread in which a percentile lies, and the length of all that is nearer than it.
    std::pair<std::size_t, double> stepAt(double share) const;

private:
    std::vector<double> m_lengths; ///< by distance, in steps of 1 in 1,024; empty until something is added
    double m_length = 0, m_sum = 0, m_squares = 0, m_signed = 0;
};

/// What was measured along the boundaries of two shapes.
struct BoundarySpread {
    DistanceSpread ofModel;    ///< from the model's boundary to the expert's
    DistanceSpread ofExpert;   ///< the other way
    double within[2] = {0, 0}; ///< m of both boundaries within one pixel, and within three
    double hausdorff = unknown;
    double polisOfModel = 0; ///< sum over vertices
    double polisOfExpert = 0;
    double modelVertices = 0;
    double expertVertices = 0;
    BoundarySpread& operator+=(const BoundarySpread& other);
};

/// Distances from each boundary (all rings) to the nearest place on the other one, both ways, in m on the
/// ground. Each edge is looked at in the middles of equal parts no longer than the spacing, so the density of
/// vertices does not matter, except to PoLiS, which by its definition is a mean over vertices (Avbelj, Müller
/// and Bamler 2015). The Hausdorff distance is exact to 1 in 10^9: edges are halved where the largest
/// distance may still lie (bounded by each edge of the other boundary being nearest to all of it), never only
/// vertices.
/// @param percentiles gets median, 90th and 95th percentile of these two shapes exactly; may be null
/// Empty when one of both has no boundary. Shapes in the measure's system.
BoundarySpread measureBoundaries(const geo::MultiPolygon& model, const geo::MultiPolygon& expert,
                                 GroundMeasure& ground, const BoundaryOptions& options, Figures* percentiles);

/// The distances among the figures, as far as the spread tells them; percentiles where `withPercentiles`.
void tellDistances(const BoundarySpread& spread, bool withPercentiles, Figures& figures);

} // namespace nunatak::measures
