// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/editing/shown_edges.h"
#include "ui/editing/shown_features.h"
#include "ui/tools/scene.h"

#include <string>

namespace nunatak::ui::layers {
class LayerStack;
} // namespace nunatak::ui::layers

namespace nunatak::ui::session {
class Workspace;
} // namespace nunatak::ui::session

namespace nunatak::ui::viewport {
class Viewport;
} // namespace nunatak::ui::viewport

namespace nunatak::ui::editing {

/// The open project in the view, as tools see it. Without a project there is nothing to see.
class ProjectScene : public tools::Scene, public tools::FeatureSource {
public:
    ProjectScene(session::Workspace& workspace, const viewport::Viewport& view,
                 const layers::LayerStack& layers);

    void setSelection(tools::Selection selection) { m_selection = std::move(selection); }

    const tools::Selection& selection() const override { return m_selection; }
    outlines::OutlineHandle outline(const outlines::OutlineRef& ref) const override;
    std::vector<outlines::OutlineRef> at(geo::Point map) const override;
    std::vector<outlines::OutlineRef> near(const geo::Extent& extent) const override;
    QString lock(const outlines::OutlineRef& ref) const override;
    QString layerTitle(const outlines::OutlineRef& ref) const override;
    std::string editedLayer() const override;
    nunatak::editing::Draft draft() const override;
    nunatak::editing::LayerSource snapshot(const std::string& layer) const override;
    std::uint64_t revision() const override { return m_revision; }
    /// A layer is another one now.
    void layersChanged() { ++m_revision; }
    nunatak::editing::EdgeIndices& indices() const override { return m_indices; }
    bool showsVertices(double metresPerPixel) const override;
    bool showsVertices() const override;
    std::optional<QPointF> project(geo::Point map) const override;
    bool isSeen(geo::Point map) const override;
    std::optional<geo::Point> ground(QPointF position) const override;
    geo::Point pixels(QPoint rightAndUp) const override;
    double groundMetres(geo::Point map) const override;
    tools::SeenEdges edges(wire::Along along, const geo::Extent& around,
                           double metresPerPixel) const override;
    tools::SeenFeatures features(const geo::Extent& around) const override;
    ShownFeatures& shownFeatures() { return m_features; }

private:
    /// See LayerStack.
    std::vector<std::string> clickable() const;

    session::Workspace& m_workspace;
    const viewport::Viewport& m_view;
    const layers::LayerStack& m_layers;
    tools::Selection m_selection;
    std::uint64_t m_revision = 0;
    mutable nunatak::editing::EdgeIndices m_indices;
    mutable ShownEdges m_edges;
    mutable ShownFeatures m_features;
};

} // namespace nunatak::ui::editing
