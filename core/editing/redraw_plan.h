// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/gate.h"
#include "editing/ring_splice.h"
#include "editing/stroke_meetings.h"
#include "geo/edge_index.h"
#include "geo/polygon.h"

#include <vector>

// Which stretches of an outline a stroke takes the place of.
namespace nunatak::editing {

/// A line drawn over an outline, in its coordinates.
struct Stroke {
    geo::Ring points;
    double reach = 0;       ///< an end that comes so near to the line (units of the coordinates) is on it
    bool otherSide = false; ///< of two stretches that could be meant the one that changes more
};

/// The stroke does not say yet what is meant; drawn on it may.
class Unfinished : public Refused {
public:
    using Refused::Refused;
};

/// A stretch of one ring, and the stretch of the stroke that takes its place.
struct Excursion {
    StrokeMeeting from; ///< where the stretch begins, as the ring runs
    StrokeMeeting to;
    geo::Ring line;                       ///< of the stroke, from `from` to `to`, both with it
    std::vector<StrokeMeeting> crossings; ///< of the line with other rings; it has a vertex at each
};

struct RedrawPlan {
    std::vector<Excursion> excursions; ///< each on another ring
    std::vector<geo::Ring> unused;     ///< stretches of the stroke that change nothing
};

/// From boundary to boundary: on each ring the stretch between the stroke's first and last meeting, on the
/// side on which all others between them are; where both are possible, the one that changes less area, which
/// is what lies beside a stroke drawn from inside, what one drawn from outside cuts off. Ends may go back to
/// a meeting within reach, so that a hand that trembles as it sets off is understood.
/// Throws Unfinished, and Refused where no stretch is meant, with the place.
RedrawPlan planRedraw(const geo::MultiPolygon& shape, const geo::EdgeIndex& index, const Stroke& stroke);

enum class Side { Left, Right };
/// The same of a line whose meetings are known: those with one ring at its ends, and what it crosses between
/// them. `ice`: the side of the line on which it lies then. Throws Refused where that cannot be.
RedrawPlan planLine(const geo::MultiPolygon& shape, geo::Ring line, std::vector<StrokeMeeting> meetings,
                    Side ice);

/// An excursion as a splice.
RingSplice spliceOf(const Excursion& excursion, const geo::MultiPolygon& shape);

/// Around the area between the stretch that goes and the line that comes.
geo::Ring areaBetween(const Excursion& excursion, const geo::MultiPolygon& shape);

} // namespace nunatak::editing
