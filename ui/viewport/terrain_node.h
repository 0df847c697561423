// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "terrain/terrain.h"
#include "viewport/shader_programs.h"

#include <memory>

#include <osg/BoundingBox>
#include <osg/Group>
#include <osg/Image>
#include <osg/Uniform>

namespace nunatak::ui {

/// One terrain as a block: its surface in patches with the drape, the walls and foot it stands on, the tint
/// of a running prediction. Coordinates are metres from `origin`, heights true ones (the node above it
/// exaggerates).
class TerrainNode {
public:
    TerrainNode(std::shared_ptr<const terrain::Terrain> terrain, const ShaderPrograms& programs);

    osg::Node* node() const { return m_root.get(); }
    const std::shared_ptr<const terrain::Terrain>& terrain() const { return m_terrain; }
    /// What is local (0, 0).
    geo::Point origin() const { return m_origin; }

    /// The plinth keeps its height on the screen whatever the exaggeration.
    void setExaggeration(double factor);
    /// Of all that is drawn, local, heights true.
    osg::BoundingBoxd bounds() const;

    void addPreviewTile(const geo::Extent& extent, const Image<float>& probability);
    void clearPreview();

private:
    void addSurface(const ShaderPrograms& programs);
    void addPlinth(const ShaderPrograms& programs);
    void addShadow(const ShaderPrograms& programs);
    void makePreview();

    std::shared_ptr<const terrain::Terrain> m_terrain;
    geo::Point m_origin;
    double m_lowest = 0;
    double m_highest = 0;
    double m_plinthHeight = 0;
    double m_exaggeration = 1;
    double m_dataShare = 1;
    osg::ref_ptr<osg::Group> m_root;
    osg::ref_ptr<osg::Group> m_surface;
    osg::ref_ptr<osg::Uniform> m_plinthFoot;
    osg::ref_ptr<osg::Image> m_preview; // null: none
};

} // namespace nunatak::ui
