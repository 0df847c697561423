// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewport/map_camera.h"
#include "viewport/outline_layer.h"
#include "viewport/selection_node.h"
#include "viewport/shader_programs.h"
#include "viewport/terrain_node.h"

#include <QSize>
#include <QString>

#include <chrono>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include <osg/MatrixTransform>
#include <osgViewer/Viewer>

namespace nunatak::ui {

/// All that is drawn, and the OpenSceneGraph viewer that draws it into whatever framebuffer is bound.
/// Everything but the viewer outlives an OpenGL context, and is loaded again into the next one.
class SceneGraph {
public:
    /// Throws Error when a shader is missing.
    explicit SceneGraph(const std::filesystem::path& shaders);
    ~SceneGraph();

    /// With the new context current.
    void attachContext();
    /// With the old context current, before it goes.
    void detachContext();
    bool hasContext() const { return m_viewer.valid(); }

    /// Draws a frame into `framebuffer`, `size` pixels large, `pixelScale` of them per device-independent
    /// one. Lines that must be made first may take `forLines` of it. Returns whether nothing is missing; if
    /// so, further frames complete it.
    bool draw(const MapCamera& camera, const QSize& size, double pixelScale, unsigned framebuffer,
              std::chrono::milliseconds forLines);
    /// After the first frame: a sentence when the driver refused what the view needs, else empty.
    std::string failure() const;

    void setTerrain(std::shared_ptr<const terrain::Terrain> terrain);
    std::shared_ptr<const terrain::Terrain> terrain() const;
    TerrainNode* terrainNode() { return m_terrainNode.get(); }
    void setExaggeration(double factor);
    /// Without outlines and sky, for a picture that others are drawn on.
    void setGroundAlone(bool alone);

    void setLayer(const QString& name, std::vector<outlines::OutlineSet::Handle> outlines,
                  const LayerStyle& style);
    void setLayerStyle(const QString& name, const LayerStyle& style);
    void removeLayer(const QString& name);
    void setLiveOutline(const QString& name, outlines::OutlineSet::Handle outline);
    void setSelection(const std::optional<Viewport::Selection>& selection);
    void setHoveredVertex(const std::optional<geo::VertexId>& vertex);

private:
    void addSky();
    void setMatrices(const MapCamera& camera, const QSize& size);
    void updateSelection();
    outlines::OutlineSet::Handle selectedOutline() const;
    geo::Point origin() const;

    ShaderPrograms m_programs;
    osg::ref_ptr<osg::Group> m_root;
    osg::ref_ptr<osg::MatrixTransform> m_world; ///< exaggerates
    osg::ref_ptr<osg::Group> m_outlines;
    osg::ref_ptr<osg::Node> m_sky;
    bool m_groundAlone = false;
    osg::ref_ptr<osg::Uniform> m_viewSize;
    osg::ref_ptr<osg::Uniform> m_pixelScale;
    std::unique_ptr<TerrainNode> m_terrainNode;
    std::map<QString, std::unique_ptr<OutlineLayer>> m_layers;
    int m_nextOrder = 0;
    SelectionNode m_selectionNode;
    std::optional<Viewport::Selection> m_selection;
    std::optional<geo::VertexId> m_hovered;
    double m_exaggeration = 1;
    osg::ref_ptr<osgViewer::Viewer> m_viewer;
    osg::ref_ptr<osgViewer::GraphicsWindow> m_window;
};

} // namespace nunatak::ui
