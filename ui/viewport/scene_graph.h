// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/viewport/map_camera.h"
#include "ui/viewport/marks_node.h"
#include "ui/viewport/outline_layer.h"
#include "ui/viewport/scene_comparison.h"
#include "ui/viewport/selection_node.h"
#include "ui/viewport/shader_programs.h"
#include "ui/viewport/terrain_node.h"

#include <QSize>
#include <QString>

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <osg/MatrixTransform>
#include <osgViewer/Viewer>

namespace nunatak::ui::viewport {

/// A part of the view that is also drawn larger, for one who looks closely.
struct Loupe {
    QPointF middle;       ///< of the pane it is in, as shares of that one's width and height
    double share = 0.1;   ///< it shows a square as high as this share of the view
    double times = 1;     ///< so many times as large
    bool onOther = false; ///< it is in the right one of two panes
};

/// All that is drawn, and the OpenSceneGraph viewer that draws it into whatever framebuffer is bound.
/// Everything but the viewer outlives an OpenGL context, and is loaded again into the next one.
class SceneGraph {
public:
    /// Throws Error when a shader is missing.
    /// `wake` is called on another thread when something has arrived that a frame can show.
    SceneGraph(const std::filesystem::path& shaders, std::function<void()> wake);
    ~SceneGraph();

    /// With the new context current.
    void attachContext();
    /// With the old context current, before it goes.
    void detachContext();
    bool hasContext() const { return m_viewer.valid(); }
    /// Tiles are painted by OpenGL, where it can, rather than by the processor.
    void setPaintsByShader(bool wanted);

    /// How a frame came out.
    struct Frame {
        bool complete = true; ///< nothing is missing and nothing moves
        bool again = false;   ///< another frame shall follow at once; else one when `wake` is called
    };
    /// Draws a frame into `framebuffer`, `size` pixels large, `pixelScale` of them per device-independent
    /// one. Handing tiles to OpenGL may take `forUploads` of it. `quick`: lines in one pass, see
    /// OutlineLayer.
    Frame draw(const MapCamera& camera, const QSize& size, double pixelScale, unsigned framebuffer,
               std::chrono::milliseconds forUploads, bool quick);
    /// The same with all that it needs, for which it waits.
    void drawWhole(const MapCamera& camera, const QSize& size, double pixelScale, unsigned framebuffer);
    /// Frames from the next one on have the tiles that a loupe needs; none: it is put away.
    void setLoupe(const std::optional<Loupe>& loupe) { m_loupe = loupe; }
    /// After a frame of this camera and size: what the loupe shows of it, into a square framebuffer.
    void drawLoupe(const MapCamera& camera, const QSize& size, double pixelScale, unsigned framebuffer,
                   int side);
    /// What could not be read since the last call.
    std::vector<std::string> takeFailures();
    /// How coarse frames may be from now on.
    void setFineness(const terrain::Fineness& fineness) { m_fineness = fineness; }
    /// After the first frame: a sentence when the driver refused what the view needs, else empty.
    std::string failure() const;

    void setTerrain(std::shared_ptr<const terrain::Terrain> terrain);
    std::shared_ptr<const terrain::Terrain> terrain() const;
    TerrainNode* terrainNode() { return m_terrainNode.get(); }
    /// The ground as it was drawn last.
    const terrain::DrawnSurface& surface() const;
    void setStyle(const terrain::DrapeStyle& style);
    void setOverlay(TerrainNode::Overlay overlay);
    /// Another scene's picture over the same ground, and how both are seen; null: none.
    void setOther(std::shared_ptr<const terrain::Terrain> other);
    void setComparison(const SceneComparison& comparison) { m_comparison = comparison; }
    void setExaggeration(double factor);
    /// Without outlines and sky, for a picture that others are drawn on.
    void setGroundAlone(bool alone);
    /// All outlines, what is selected and what is marked.
    void setOutlinesShown(bool shown);

    void setLayer(const QString& name, const std::vector<outlines::OutlineSet::Handle>& outlines,
                  const LayerStyle& style);
    void changeLayer(const QString& name, const std::vector<outlines::OutlineSet::Handle>& put,
                     const std::vector<std::string>& removed);
    void setLayerOrder(const QStringList& topmostFirst);
    void setLayerStyle(const QString& name, const LayerStyle& style);
    void removeLayer(const QString& name);
    void setLiveOutlines(const QString& name, const LiveOutlines& outlines);
    void setSelection(std::vector<outlines::OutlineRef> selection);
    bool showsVertices(double metresPerPixel) const { return m_selectionNode.showsVertices(metresPerPixel); }
    /// Whether some are in the last frame.
    bool drewVertices() const { return m_selectionNode.hasDots(); }
    /// Returns whether they are others than before.
    bool setMarks(const Marks& marks);
    void setHoveredVertex(const std::optional<geo::VertexId>& vertex);
    /// Emphasises an outline unless it is selected. Returns whether the next frame is another one for it.
    bool setHoveredOutline(const std::optional<outlines::OutlineRef>& outline);
    void setHiddenShown(bool shown);

private:
    void addSky();
    void choosePainter();
    void updateMasks();
    void setMatrices(const MapCamera& camera, const QSize& size);
    /// Chooses tiles and lines and says what is wanted; the context is current.
    Frame prepare(const MapCamera& camera, const QSize& size, double pixelScale, double seconds,
                  std::chrono::steady_clock::time_point deadline);
    void render(const MapCamera& camera, const QSize& size, double pixelScale, unsigned framebuffer);
    /// A part of the framebuffer that begins at `left`, with the other scene's picture from `otherFrom` on.
    void renderPane(const MapCamera& camera, int left, const QSize& size, float otherFrom);
    QSize paneOf(const QSize& size) const;
    void updateSelection();
    void updateHovered();
    bool hasSelected(const QString& layer) const;
    geo::Point origin() const;

    ShaderPrograms m_programs;
    osg::ref_ptr<osg::Group> m_root;
    osg::ref_ptr<osg::MatrixTransform> m_world; ///< exaggerates
    osg::ref_ptr<osg::Group> m_outlines;
    osg::ref_ptr<osg::Node> m_sky;
    bool m_groundAlone = false;
    bool m_showsOutlines = true;
    osg::ref_ptr<osg::Uniform> m_viewSize;
    osg::ref_ptr<osg::Uniform> m_pixelScale;
    ShaderPainter m_painter;
    bool m_wantsPainter = false;
    bool m_canPaint = false; ///< of the context
    std::unique_ptr<TerrainNode> m_terrainNode;
    std::map<QString, std::unique_ptr<OutlineLayer>> m_layers;
    int m_nextOrder = 0;
    SelectionNode m_selectionNode;
    MarksNode m_marksNode;
    std::vector<outlines::OutlineRef> m_selection;
    std::optional<geo::VertexId> m_hovered;
    std::optional<outlines::OutlineRef> m_hoveredOutline;
    bool m_showsHidden = false;
    double m_exaggeration = 1;
    SceneComparison m_comparison;
    std::optional<Loupe> m_loupe;
    terrain::Fineness m_fineness;
    std::uint64_t m_versions = 0; ///< the last number given
    std::chrono::steady_clock::time_point m_lastFrame;
    std::vector<std::string> m_failures;
    osg::ref_ptr<osgViewer::Viewer> m_viewer;
    osg::ref_ptr<osgViewer::GraphicsWindow> m_window;
    terrain::WorkQueue m_queue; ///< last: its workers end first
};

} // namespace nunatak::ui::viewport
