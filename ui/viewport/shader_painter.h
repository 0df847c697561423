// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/terrain/drape_baker.h"
#include "ui/terrain/tile_data.h"
#include "ui/viewport/shader_programs.h"

#include <cstddef>
#include <memory>
#include <vector>

#include <osg/FrameBufferObject>
#include <osg/Geometry>
#include <osg/State>
#include <osg/StateSet>
#include <osg/Texture2D>
#include <osg/Viewport>

namespace nunatak::ui::viewport {

/// What OpenGL has of a tile to paint it of: textures, each made when a style first needs it.
struct PaintSources {
    std::vector<osg::ref_ptr<osg::Texture2D>> bands; ///< 16 bits each
    osg::ref_ptr<osg::Texture2D> given;              ///< a picture in place of bands
    osg::ref_ptr<osg::Texture2D> mask;
    osg::ref_ptr<osg::Texture2D> relief;
    osg::ref_ptr<osg::Texture2D> overlay;
    std::shared_ptr<const terrain::TileData> data; ///< whose arrays the textures are loaded from
    std::shared_ptr<const Image<std::uint16_t>> otherBands;
    std::shared_ptr<const Image<float>> overlayValues;

    std::size_t bytes() const;
};

/// Paints tiles with OpenGL as DrapeBaker paints them on a processor: another style of a tile whose bands
/// OpenGL has costs one rectangle. The context of the state that is given must be current.
class ShaderPainter {
public:
    explicit ShaderPainter(const ShaderPrograms& programs);

    /// True when this context can: floating-point textures and framebuffers of its own.
    static bool isPossible(osg::State& state);
    /// Before the context goes.
    void release(osg::State& state);

    /// A style as OpenGL has it.
    class Look {
    public:
        Look(const ShaderPrograms& programs, const terrain::PaintRules& rules);

        const terrain::PaintRules& rules() const { return m_rules; }
        const osg::StateSet* state() const { return m_state.get(); }
        bool showsBands() const;
        /// Before the context goes.
        void release(osg::State& state) const;

    private:
        terrain::PaintRules m_rules; ///< without its tables
        osg::ref_ptr<osg::StateSet> m_state;
    };
    Look lookOf(const terrain::PaintRules& rules) const { return {m_programs, rules}; }

    /// Paints the tile of `sources`, whose data are set, into `target`, with mipmaps; null: a new texture.
    /// `overlay`: values over the tile's pictureGrid, NaN for none; may be null. The framebuffer that was
    /// bound is bound again; other state of the context is not what it was.
    void paint(osg::State& state, const Look& look, PaintSources& sources,
               const std::shared_ptr<const Image<float>>& overlay, osg::ref_ptr<osg::Texture2D>& target);

private:
    // Each makes the textures it needs, unless they are there, and says where the shader finds them.
    static void addMask(PaintSources& sources, osg::StateSet& unit);
    static void addBands(const Look& look, PaintSources& sources, osg::StateSet& unit);
    static void addGround(PaintSources& sources, osg::StateSet& unit);
    static void addOverlay(const std::shared_ptr<const Image<float>>& overlay, PaintSources& sources,
                           osg::StateSet& unit);

    ShaderPrograms m_programs;
    osg::ref_ptr<osg::FrameBufferObject> m_buffer;
    osg::ref_ptr<osg::Viewport> m_viewport;
    osg::ref_ptr<osg::Geometry> m_quad;
};

} // namespace nunatak::ui::viewport
