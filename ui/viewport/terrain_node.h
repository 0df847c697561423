// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/terrain/drape_baker.h"
#include "ui/terrain/drawn_surface.h"
#include "ui/terrain/terrain.h"
#include "ui/terrain/tile_cache.h"
#include "ui/terrain/tile_tree.h"
#include "ui/viewport/shader_programs.h"
#include "ui/viewport/tile_frame.h"
#include "ui/viewport/tile_node.h"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>

#include <osg/BoundingBox>
#include <osg/Group>
#include <osg/Image>
#include <osg/Uniform>

namespace nunatak::ui::viewport {

/// One terrain as a block: its tiles with their pictures, the walls and foot it stands on, the tint of a
/// running prediction. Coordinates are metres from `origin`, heights true ones (the node above it
/// exaggerates).
class TerrainNode {
public:
    using Clock = std::chrono::steady_clock;

    /// `version` tells this terrain's work from any other's.
    TerrainNode(std::shared_ptr<const terrain::Terrain> terrain, const ShaderPrograms& programs,
                std::uint64_t version);

    osg::Node* node() const { return m_root.get(); }
    const std::shared_ptr<const terrain::Terrain>& terrain() const { return m_terrain; }
    const terrain::TileSource& tiles() const { return *m_source; }
    /// What is local (0, 0).
    geo::Point origin() const { return m_origin; }

    /// Pictures are painted by this from now on, which must outlive the node; null: by workers, on the
    /// processor.
    void paintWith(ShaderPainter* painter);
    /// Before the context goes: what OpenGL has of tiles is made again in the next one.
    void releaseGraphics(osg::State& state);

    /// Paints all tiles anew, those in view first. `version` is a new one.
    void setStyle(const terrain::DrapeStyle& style, std::uint64_t version);
    const terrain::DrapeBaker& painter() const { return *m_painter; }
    /// Values on a grid, read on workers; null: none. `version` is a new one.
    using Overlay = std::function<Image<float>(const geo::Grid&, const Progress&)>;
    void setOverlay(Overlay overlay, std::uint64_t version);

    /// Another scene's picture over the same ground, to compare with; null: none. `version` is a new one.
    void setOther(std::shared_ptr<const terrain::Terrain> other, std::uint64_t version);
    /// From how many pixels of the framebuffer on, from the left, it is shown.
    void setOtherFrom(float pixels) { m_otherFrom->set(pixels); }

    /// Chooses what is drawn in the next frame; `othersReady` says whether what lies on a tile is. Adds what
    /// has to be worked out.
    /// Hands pictures of what is drawn to OpenGL, whose context is current.
    TileFrame choose(osg::State& state, const terrain::TileView& view, const terrain::Fineness& fineness,
                     double seconds, const std::function<bool(const terrain::TileId&)>& othersReady,
                     const terrain::WorkQueue& queue, Tasks& tasks);
    /// Hands tiles that are there to OpenGL, whose context is current, until `deadline`; at least one.
    void upload(osg::State& state, Clock::time_point deadline);
    /// Nothing is missing, as far as is known; nothing moves.
    bool isSettled() const { return m_settled; }
    /// The next frame will differ, even if no worker brings anything.
    bool isMoving() const { return m_moving; }
    /// As it is drawn at this moment.
    const terrain::DrawnSurface& surface() const { return m_surface; }
    /// Memory held for tiles: arrays, and textures and meshes handed to OpenGL.
    std::size_t cacheBytes() const { return m_cache->bytes(); }
    std::size_t graphicsBytes() const;

    /// The plinth keeps its height on the screen whatever the exaggeration.
    void setExaggeration(double factor);
    /// Of all that is drawn, local, heights true.
    osg::BoundingBoxd bounds() const;

    void addPreviewTile(const geo::Extent& extent, const Image<float>& probability);
    void clearPreview();
    /// Draws, in place of the picture, where on the map each pixel is (see terrain.frag). For tests.
    void showCoordinates(const geo::Extent& extent);
    /// Draws every tile as far on its way to its parent as this; negative: as it is. For tests.
    void holdMorph(double morph) { m_heldMorph = morph; }
    /// What is drawn as what; a picture from elsewhere changes it, and the window's view gets its own back.
    const terrain::TileTree& tree() const { return m_tree; }
    void setTree(terrain::TileTree tree) { m_tree = std::move(tree); }

private:
    struct Drawn {
        std::unique_ptr<TileNode> node;
        std::uint64_t lastFrame = 0;
    };
    void addShadow(const ShaderPrograms& programs);
    void makePreview();
    /// The tile's picture is there, or its ancestor's.
    const terrain::TileCache::Entry* pictureOwner(const terrain::TileId& id) const;
    bool isUploaded(const terrain::TileId& id) const;
    void makeNode(const terrain::TileId& id, osg::State* state);
    const TilePicture& pictureOf(const terrain::TileId& owner);
    void paintByShader(const terrain::TileCache::Entry& entry, TilePicture& picture);
    bool waitsForOverlay(const terrain::TileCache::Entry& entry) const {
        return m_overlay && entry.overlayNumber != m_overlayVersion;
    }
    void show(const terrain::TileChoice& choice);
    void addTasks(const terrain::TileChoice& choice, const terrain::WorkQueue& queue, Tasks& tasks);
    TileFrame::Item item(const terrain::TileId& id, const terrain::TileView& view) const;
    double lineTolerance(const terrain::TileData& tile, const terrain::TileView& view) const;
    void addOtherTasks(const terrain::TileChoice& choice, const terrain::WorkQueue& queue,
                       Tasks& tasks) const;
    void showOther(TileNode& node, const terrain::TileId& owner);
    void paintOtherByShader(const terrain::TileCache::Entry& entry, TilePicture& picture);
    void paintOtherAnew(const terrain::DrapeStyle& style, std::uint64_t version);
    void dropUnused(const terrain::TileChoice& choice);

    std::shared_ptr<const terrain::Terrain> m_terrain;
    std::shared_ptr<const terrain::TileSource> m_source;
    std::uint64_t m_version;
    geo::Point m_origin;
    std::shared_ptr<terrain::TileCache> m_cache; ///< shared with deliveries, which may come too late
    terrain::TileTree m_tree;
    std::shared_ptr<const terrain::DrapeBaker> m_painter;
    std::uint64_t m_styleVersion = 0;
    ShaderPainter* m_shader = nullptr; ///< null: workers paint
    std::optional<ShaderPainter::Look> m_look;
    std::optional<ShaderPainter::Look> m_otherLook;
    osg::State* m_state = nullptr; ///< of the frame under way
    Overlay m_overlay;
    std::uint64_t m_overlayVersion = 0;
    std::shared_ptr<const terrain::Terrain> m_other; ///< null: nothing to compare with
    std::uint64_t m_otherScene = 0;
    std::shared_ptr<const terrain::DrapeBaker> m_otherPainter;
    std::uint64_t m_otherStyle = 0;
    std::map<terrain::TileId, TilePicture> m_otherPictures;
    osg::ref_ptr<osg::Uniform> m_otherFrom;
    std::map<terrain::TileId, Drawn> m_nodes;
    std::map<terrain::TileId, TilePicture> m_pictures;
    TileIndices m_indices;
    std::vector<terrain::TileId> m_waiting; ///< there, but not handed to OpenGL yet, most urgent first
    std::uint64_t m_frame = 0;
    bool m_settled = false;
    bool m_moving = true;
    double m_heldMorph = -1;
    terrain::DrawnSurface m_surface;

    double m_lowest = 0;
    double m_highest = 0;
    double m_plinthHeight = 0;
    double m_exaggeration = 1;
    osg::ref_ptr<osg::Group> m_root;
    osg::ref_ptr<osg::Group> m_ground;
    osg::ref_ptr<osg::Group> m_walls;
    osg::ref_ptr<osg::Uniform> m_plinthFoot;
    osg::ref_ptr<osg::Image> m_preview; // null: none
};

} // namespace nunatak::ui::viewport
