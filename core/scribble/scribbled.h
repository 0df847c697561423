// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "editing/edit.h"
#include "editing/neighbours.h"
#include "geo/crs.h"
#include "outlines/outline.h"
#include "scribble/light_head.h"
#include "scribble/stroke.h"
#include "scribble/view_features.h"

#include <string>
#include <vector>

namespace nunatak::scribble {

/// What strokes are drawn over.
struct Request {
    std::string layer;           ///< whose outlines change
    geo::Crs crs;                ///< of the outlines and the strokes
    std::vector<Stroke> strokes; ///< in the order in which they were drawn
    nunatak::editing::Neighbours neighbours = nunatak::editing::Neighbours::Together;
    outlines::Outline like{}; ///< what is known of a glacier that is new; its shape and UUID do not count
    HeadOptions head{};
};

struct Scribbled {
    nunatak::editing::Edit edit; ///< empty: the outlines say all that already
    double comes = 0;            ///< m² on the ground that become ice
    double goes = 0;             ///< m² that are none any more
    int changed = 0;             ///< glaciers with another line
    int added = 0;               ///< new ones
    int gone = 0;                ///< of which nothing is left
    int kept = 0;    ///< pieces that nobody drew in, left alone since a person has seen the glacier
    int refused = 0; ///< pieces that could not be laid over the outlines
};

/// The correction that the strokes ask for, as an edit of the outlines: a head is fitted (light_head.h), its
/// classes are smoothed as a prediction's are, and what differs (changes.h) is laid over the outlines with
/// lines as smooth as predicted ones. Ground that comes goes to the glacier that it adjoins most, ends at
/// others' lines and shares them; what adjoins none, and is at least 0.01 km² or was drawn in, is a new
/// glacier. A glacier that somebody drew, changed or judged only changes where a stroke runs through the
/// piece. Costs the view and the outlines in it. Throws Error.
Scribbled scribbled(const ViewFeatures& view, nunatak::editing::Draft draft, const Request& request);

} // namespace nunatak::scribble
