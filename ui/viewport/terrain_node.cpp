// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewport/terrain_node.h"

#include "terrain/data_border.h"
#include "viewport/block_geometry.h"
#include "viewport/preview_tint.h"

#include <algorithm>

#include <osg/BlendFunc>
#include <osg/CullFace>
#include <osg/Depth>
#include <osg/Geometry>
#include <osg/Texture2D>

namespace nunatak::ui {

namespace {

constexpr unsigned drapeUnit = 0;
constexpr unsigned previewUnit = 1;
constexpr int shadowBin = 6; // over the sky
constexpr int largestPreview = 1024;

osg::ref_ptr<osg::Texture2D> textureOf(osg::Image* image) {
    osg::ref_ptr<osg::Texture2D> texture(new osg::Texture2D(image));
    texture->setResizeNonPowerOfTwoHint(false);
    texture->setUnRefImageDataAfterApply(false); // a new context must be able to load it again
    texture->setWrap(osg::Texture::WRAP_S, osg::Texture::CLAMP_TO_EDGE);
    texture->setWrap(osg::Texture::WRAP_T, osg::Texture::CLAMP_TO_EDGE);
    texture->setFilter(osg::Texture::MAG_FILTER, osg::Texture::LINEAR);
    return texture;
}

} // namespace

TerrainNode::TerrainNode(std::shared_ptr<const terrain::Terrain> terrain, const ShaderPrograms& programs)
    : m_terrain(std::move(terrain)), m_origin(m_terrain->heightGrid.extent().center()),
      m_root(new osg::Group), m_surface(new osg::Group), m_plinthFoot(new osg::Uniform("plinthFoot", 0.0F)) {
    const auto [lowest, highest] =
        std::minmax_element(m_terrain->heights.values().begin(), m_terrain->heights.values().end());
    m_lowest = *lowest;
    m_highest = *highest;
    const auto extent = m_terrain->heightGrid.extent();
    m_plinthHeight = 0.035 * std::max(extent.width(), extent.height());
    m_dataShare = terrain::dataShare(*m_terrain);
    m_root->getOrCreateStateSet()->addUniform(m_plinthFoot);
    addShadow(programs);
    addPlinth(programs);
    addSurface(programs);
    setExaggeration(1);
}

void TerrainNode::addSurface(const ShaderPrograms& programs) {
    auto* state = m_surface->getOrCreateStateSet();
    state->setAttributeAndModes(programs.terrain);
    state->setAttributeAndModes(new osg::CullFace(osg::CullFace::BACK));
    const auto& grid = m_terrain->drapeGrid;
    const auto extent = grid.extent();
    state->addUniform(
        new osg::Uniform("drapeOrigin", osg::Vec2(static_cast<float>(extent.xmin - m_origin.x),
                                                  static_cast<float>(extent.ymax - m_origin.y))));
    state->addUniform(new osg::Uniform("drapeScale", osg::Vec2(static_cast<float>(1 / extent.width()),
                                                               static_cast<float>(-1 / extent.height()))));
    state->addUniform(new osg::Uniform("drape", static_cast<int>(drapeUnit)));
    state->addUniform(new osg::Uniform("preview", static_cast<int>(previewUnit)));

    osg::ref_ptr<osg::Image> image(new osg::Image);
    // OSG takes a pointer to non-const, but only reads; the terrain lives as long as this node.
    auto* pixels = const_cast<unsigned char*>(m_terrain->drape.data());
    image->setImage(grid.columns, grid.rows, 1, GL_RGBA8, GL_RGBA, GL_UNSIGNED_BYTE, pixels,
                    osg::Image::NO_DELETE);
    auto texture = textureOf(image);
    texture->setUseHardwareMipMapGeneration(true);
    texture->setFilter(osg::Texture::MIN_FILTER, osg::Texture::LINEAR_MIPMAP_LINEAR);
    state->setTextureAttributeAndModes(drapeUnit, texture);
    // Whole cells may reach a little beyond the drape in the east and south.
    const auto mesh = m_terrain->heightGrid.extent();
    const bool reachesBeyond = mesh.xmax > extent.xmax || mesh.ymin < extent.ymin;
    if (m_dataShare < 1 || reachesBeyond) {
        state->setDefine("NUNATAK_HOLES");
    }
    for (const auto& patch : surfacePatches(*m_terrain, m_origin)) {
        m_surface->addChild(patch);
    }
    m_root->addChild(m_surface);
}

void TerrainNode::addPlinth(const ShaderPrograms& programs) {
    auto walls = plinthWalls(*m_terrain, m_origin);
    if (!walls) {
        return;
    }
    auto* state = walls->getOrCreateStateSet();
    state->setAttributeAndModes(programs.plinth);
    state->addUniform(new osg::Uniform("plinthTop", static_cast<float>(m_highest)));
    state->addUniform(new osg::Uniform("plinthUpper", osg::Vec3(0.56F, 0.53F, 0.50F)));
    state->addUniform(new osg::Uniform("plinthLower", osg::Vec3(0.30F, 0.29F, 0.29F)));
    // The shader moves its lower vertices, so its bounds are not what OSG would cull it by.
    walls->setCullingActive(false);
    m_root->addChild(walls);
}

void TerrainNode::addShadow(const ShaderPrograms& programs) {
    if (m_dataShare < 0.97) {
        return; // the block is no rectangle, and its shadow would be
    }
    const auto extent = m_terrain->heightGrid.extent();
    const auto half =
        osg::Vec2(static_cast<float>(extent.width() / 2), static_cast<float>(extent.height() / 2));
    const float softness = 0.09F * std::max(half.x(), half.y()) * 2;
    auto quad = groundQuad(half + osg::Vec2(softness, softness));
    auto* state = quad->getOrCreateStateSet();
    state->setAttributeAndModes(programs.shadow);
    state->addUniform(new osg::Uniform("blockHalf", half));
    state->addUniform(new osg::Uniform("softness", softness));
    state->addUniform(new osg::Uniform("darkness", 0.42F));
    state->setAttributeAndModes(new osg::BlendFunc(osg::BlendFunc::SRC_ALPHA,
                                                   osg::BlendFunc::ONE_MINUS_SRC_ALPHA, osg::BlendFunc::ONE,
                                                   osg::BlendFunc::ONE));
    state->setAttributeAndModes(new osg::Depth(osg::Depth::LESS, 0, 1, false));
    state->setRenderBinDetails(shadowBin, "RenderBin");
    quad->setCullingActive(false);
    m_root->addChild(quad);
}

void TerrainNode::setExaggeration(double factor) {
    m_exaggeration = factor;
    m_plinthFoot->set(static_cast<float>(m_lowest - m_plinthHeight / factor));
}

osg::BoundingBoxd TerrainNode::bounds() const {
    const auto extent = m_terrain->heightGrid.extent();
    const double spread = 0.2 * std::max(extent.width(), extent.height()); // the shadow
    return {extent.xmin - m_origin.x - spread,          extent.ymin - m_origin.y - spread,
            m_lowest - m_plinthHeight / m_exaggeration, extent.xmax - m_origin.x + spread,
            extent.ymax - m_origin.y + spread,          m_highest};
}

void TerrainNode::makePreview() {
    const auto& grid = m_terrain->drapeGrid;
    const double scale =
        std::min(1.0, static_cast<double>(largestPreview) / std::max(grid.columns, grid.rows));
    m_preview = new osg::Image;
    m_preview->allocateImage(std::max(1, static_cast<int>(grid.columns * scale)),
                             std::max(1, static_cast<int>(grid.rows * scale)), 1, GL_RGBA, GL_UNSIGNED_BYTE);
    m_preview->setInternalTextureFormat(GL_RGBA8);
    std::fill_n(m_preview->data(), m_preview->getTotalSizeInBytes(), static_cast<unsigned char>(0));
    auto texture = textureOf(m_preview);
    texture->setFilter(osg::Texture::MIN_FILTER, osg::Texture::LINEAR);
    auto* state = m_surface->getOrCreateStateSet();
    state->setTextureAttributeAndModes(previewUnit, texture);
    state->setDefine("NUNATAK_PREVIEW");
}

void TerrainNode::addPreviewTile(const geo::Extent& extent, const Image<float>& probability) {
    if (probability.empty() || extent.empty()) {
        return;
    }
    if (!m_preview) {
        makePreview();
    }
    paintPreviewTile(m_preview->data(), m_preview->s(), m_preview->t(), m_terrain->drapeGrid.extent(), extent,
                     probability);
    m_preview->dirty();
}

void TerrainNode::clearPreview() {
    auto* state = m_surface->getOrCreateStateSet();
    state->removeTextureAttribute(previewUnit, osg::StateAttribute::TEXTURE);
    state->removeTextureMode(previewUnit, GL_TEXTURE_2D);
    state->removeDefine("NUNATAK_PREVIEW");
    m_preview = nullptr;
}

} // namespace nunatak::ui
