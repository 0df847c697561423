// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "editing/edit.h"
#include "editing/neighbours.h"
#include "editing/region.h"
#include "geo/polygon.h"

namespace nunatak::editing {

/// What a stroke paints with; lengths in units of the layer's coordinates.
struct Brush {
    double radius = 0;
    double pixel = 0; ///< of the picture: the line that is painted is as smooth as this
    Ground ground = Ground::Add;
};

/// What a round brush covers on a straight way: a disc of as many corners as a circle within a quarter of a
/// pixel needs, the same at each place, so that the ways of one stroke have its corners in common.
geo::MultiPolygon swept(geo::Point from, geo::Point to, const Brush& brush);

/// Painting an outline: it follows the brush, and is smooth once the brush is lifted.
class BrushStroke {
public:
    /// Nothing is painted yet. `draft` is as the layers are.
    BrushStroke(Draft draft, outlines::OutlineRef ref, Brush brush, Neighbours neighbours);

    /// Paints on to this place; costs the way from the last one and the lines that it meets, and the copy of
    /// the outlines that change. Where that is refused, for a reason but that it changes nothing, it throws
    /// Refused, and the stroke is as it was: the next way begins where the last possible one ended.
    void paintTo(geo::Point place);
    /// Nothing changed, since all of it was ground of others, who keep it.
    bool isOnlyOthers() const { return m_metOthers && edit().empty(); }
    /// What was painted, as it is drawn under the brush; empty where nothing changed.
    Edit edit() const;
    /// The same with the way of the brush smoothed, from start to end one edit.
    Edit finished() const;

private:
    Edit editOf(const Draft& draft) const;

    Draft m_start;
    Draft m_painted;
    outlines::OutlineRef m_ref;
    Brush m_brush;
    Neighbours m_neighbours;
    geo::Ring m_way;
    bool m_metOthers = false;
};

} // namespace nunatak::editing
