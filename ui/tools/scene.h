// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "editing/edge_indices.h"
#include "geo/polygon.h"
#include "outlines/outline.h"
#include "outlines/outline_ref.h"
#include "ui/tools/selection.h"
#include "wire/cost_surface.h"

#include <QPoint>
#include <QPointF>
#include <QString>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nunatak::ui::tools {

/// What can be followed in what is shown.
struct SeenEdges {
    std::shared_ptr<const wire::CostSurface> surface{}; ///< none: not yet, or there are none
    bool isComing = false;                              ///< they are being read
    QString missing{}; ///< why there are none, a sentence without full stop; empty: there are some
};

/// What a tool may know of what is shown. It changes nothing of it: what shall happen is a Proposal.
class Scene {
public:
    virtual ~Scene() = default;

    virtual const Selection& selection() const = 0;
    /// Null where it is no more.
    virtual outlines::OutlineHandle outline(const outlines::OutlineRef& ref) const = 0;
    /// Outlines of visible layers under a point, in the order in which clicks take them.
    virtual std::vector<outlines::OutlineRef> at(geo::Point map) const = 0;
    /// Outlines of visible layers whose extents meet this one, in the same order.
    virtual std::vector<outlines::OutlineRef> near(const geo::Extent& extent) const = 0;
    /// Why this outline cannot be edited, in a few words; empty: it can.
    virtual QString lock(const outlines::OutlineRef& ref) const = 0;
    /// What people read for the layer of an outline.
    virtual QString layerTitle(const outlines::OutlineRef& ref) const = 0;
    /// The layer that new outlines come into; empty: there is none that is edited.
    virtual std::string editedLayer() const = 0;
    virtual nunatak::editing::Draft draft() const = 0;
    virtual nunatak::editing::EdgeIndices& indices() const = 0;
    /// A layer as it is now, for another thread; nothing of others is in it.
    virtual nunatak::editing::LayerSource snapshot(const std::string& layer) const = 0;
    /// Another number after each change of a layer.
    virtual std::uint64_t revision() const = 0;

    /// Whether the vertices of the one selected outline are drawn where a pixel is so many metres: what is
    /// not drawn is not taken hold of.
    virtual bool showsVertices(double metresPerPixel) const = 0;
    /// Whether they are somewhere in the view.
    virtual bool showsVertices() const = 0;

    /// Where a place on the ground is in the view; none behind the camera.
    virtual std::optional<QPointF> project(geo::Point map) const = 0;
    /// False for what the ground hides.
    virtual bool isSeen(geo::Point map) const = 0;
    /// The ground at a place of the view; none beside it.
    virtual std::optional<geo::Point> ground(QPointF position) const = 0;
    /// How far on the map so many pixels of the picture are, or of the view where it shows smaller ones, to
    /// the right and up as the view shows it.
    virtual geo::Point pixels(QPoint rightAndUp) const = 0;
    /// Metres on the ground that one metre of the map is at a place: widths that people read are on the
    /// ground.
    virtual double groundMetres(geo::Point map) const = 0;
    /// Edges around these places where a pixel of the view is so many metres. What is not known yet is read
    /// without waiting for it.
    virtual SeenEdges edges(wire::Along along, const geo::Extent& around, double metresPerPixel) const = 0;
};

} // namespace nunatak::ui::tools
