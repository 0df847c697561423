// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"
#include "terrain/terrain.h"
#include "viewport/line_pass.h"

#include <optional>

namespace nunatak::ui {

/// The selected outline over all layers: a bright line, its vertices as round handles, one of them
/// emphasised.
class SelectionNode {
public:
    /// `order` is above all layers.
    SelectionNode(const ShaderPrograms& programs, int order);

    osg::Node* node() const { return m_root.get(); }
    /// Null shape or terrain: nothing.
    void show(const geo::MultiPolygon* shape, const terrain::Terrain* terrain, geo::Point origin,
              const QColor& color, double width);
    void setHovered(const std::optional<geo::VertexId>& vertex, const geo::MultiPolygon* shape,
                    const terrain::Terrain* terrain, geo::Point origin);
    /// Handles are drawn when vertices are far enough apart on the screen to be told from each other.
    void setMetresPerPixel(double metres);

private:
    osg::ref_ptr<osg::Group> m_root;
    LinePass m_halo;
    LinePass m_rim;
    LinePass m_core;
    LinePass m_handleRims;
    LinePass m_handles;
    LinePass m_hoverRim;
    LinePass m_hover;
    double m_spacing = 0; ///< median metres between neighbouring vertices
};

} // namespace nunatak::ui
