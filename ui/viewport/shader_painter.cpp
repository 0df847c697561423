// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/shader_painter.h"

#include "ui/terrain/ground_shading.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <osg/GLExtensions>
#include <osg/Image>
#include <osg/RenderInfo>
#include <osg/StateSet>
#include <osg/Viewport>

namespace nunatak::ui::viewport {

namespace {

using terrain::DrapeKind;

enum Unit : unsigned {
    MaskUnit,
    FirstBandUnit,
    SecondBandUnit,
    ThirdBandUnit,
    TablesUnit,
    ColorsUnit,
    ReliefUnit,
    OverlayUnit,
    OverlayColorsUnit
};

/// In place of a value that is none: NaN need not survive on its way to a shader.
constexpr float noValue = -3e38F;

osg::ref_ptr<osg::Texture2D> textureOf(osg::Image* image) {
    osg::ref_ptr<osg::Texture2D> texture(new osg::Texture2D(image));
    texture->setResizeNonPowerOfTwoHint(false);
    texture->setWrap(osg::Texture::WRAP_S, osg::Texture::CLAMP_TO_EDGE);
    texture->setWrap(osg::Texture::WRAP_T, osg::Texture::CLAMP_TO_EDGE);
    texture->setFilter(osg::Texture::MIN_FILTER, osg::Texture::NEAREST);
    texture->setFilter(osg::Texture::MAG_FILTER, osg::Texture::NEAREST);
    texture->setUnRefImageDataAfterApply(true);
    return texture;
}

/// Of an array that outlives the texture's first use.
template <typename Value>
osg::ref_ptr<osg::Texture2D> textureOf(const Value* values, int columns, int rows, GLint internalFormat,
                                       GLenum format, GLenum type) {
    osg::ref_ptr<osg::Image> image(new osg::Image);
    // OSG takes a pointer to non-const, but only reads.
    auto* bytes = reinterpret_cast<unsigned char*>(const_cast<Value*>(values));
    image->setImage(columns, rows, 1, internalFormat, format, type, bytes, osg::Image::NO_DELETE);
    return textureOf(image);
}

osg::ref_ptr<osg::Image> ownImage(int columns, int rows, GLint internalFormat, GLenum format, GLenum type) {
    osg::ref_ptr<osg::Image> image(new osg::Image);
    image->allocateImage(columns, rows, 1, format, type);
    image->setInternalTextureFormat(internalFormat);
    return image;
}

/// Its image stays, for the next context.
osg::ref_ptr<osg::Texture2D> keptTextureOf(osg::Image* image) {
    auto texture = textureOf(image);
    texture->setUnRefImageDataAfterApply(false);
    return texture;
}

osg::ref_ptr<osg::Texture2D> tablesOf(const terrain::PaintRules& rules) {
    constexpr int side = 256;
    auto image = ownImage(side, side, GL_RGB8, GL_RGB, GL_UNSIGNED_BYTE);
    std::fill_n(image->data(), image->getTotalSizeInBytes(), static_cast<unsigned char>(0));
    for (std::size_t channel = 0; channel < 3; ++channel) {
        const auto& table = rules.tables[channel];
        for (std::size_t i = 0; i < table.size(); ++i) {
            image->data()[i * 3 + channel] = table[i];
        }
    }
    return keptTextureOf(image);
}

osg::ref_ptr<osg::Texture2D> colorsOf(const terrain::ColorMap& map) {
    auto image = ownImage(static_cast<int>(map.colors.size()), 1, GL_RGB8, GL_RGB, GL_UNSIGNED_BYTE);
    std::copy_n(map.colors.front().data(), map.colors.size() * 3, image->data());
    return keptTextureOf(image);
}

void setTexture(osg::StateSet& state, Unit unit, const char* sampler, osg::Texture2D* texture) {
    state.setTextureAttribute(unit, texture);
    state.addUniform(new osg::Uniform(sampler, static_cast<int>(unit)));
}

int tintOf(DrapeKind kind) {
    switch (kind) {
    case DrapeKind::Hillshade:
        return 1;
    case DrapeKind::Slope:
        return 2;
    case DrapeKind::Aspect:
        return 3;
    case DrapeKind::Elevation:
        return 4;
    default:
        return 0;
    }
}

osg::Vec2 vectorOf(const terrain::Stretch& stretch) {
    return {stretch.low, stretch.high};
}

std::size_t texels(const osg::ref_ptr<osg::Texture2D>& texture) {
    return texture ? static_cast<std::size_t>(texture->getTextureWidth()) *
                         static_cast<std::size_t>(texture->getTextureHeight())
                   : 0;
}

} // namespace

std::size_t PaintSources::bytes() const {
    std::size_t sum = texels(given) * 4 + texels(mask) + texels(relief) * 12 + texels(overlay) * 4;
    for (const auto& band : bands) {
        sum += texels(band) * 2;
    }
    return sum;
}

ShaderPainter::Look::Look(const ShaderPrograms& programs, const terrain::PaintRules& rules)
    : m_rules(rules), m_state(new osg::StateSet) {
    m_state->setAttributeAndModes(programs.paint);
    m_state->setMode(GL_DEPTH_TEST, osg::StateAttribute::OFF);
    m_state->setMode(GL_CULL_FACE, osg::StateAttribute::OFF);
    m_state->setMode(GL_BLEND, osg::StateAttribute::OFF);
    if (rules.kind == DrapeKind::Composite) {
        setTexture(*m_state, TablesUnit, "tables", tablesOf(rules));
    }
    m_rules.tables = {}; // half a megabyte that the texture has
    const std::array<float, 2> step{(rules.stored[0].high - rules.stored[0].low) / 65534.0F,
                                    (rules.stored[1].high - rules.stored[1].low) / 65534.0F};
    setTexture(*m_state, ColorsUnit, "colors", colorsOf(rules.colors));
    m_state->addUniform(new osg::Uniform("range", vectorOf(rules.range)));
    m_state->addUniform(new osg::Uniform("storedLow", osg::Vec2(rules.stored[0].low, rules.stored[1].low)));
    m_state->addUniform(new osg::Uniform("storedStep", osg::Vec2(step[0], step[1])));
    m_state->addUniform(new osg::Uniform("isRatio", rules.kind == DrapeKind::Ratio));
    m_state->addUniform(new osg::Uniform("tint", tintOf(rules.kind)));
    m_state->addUniform(new osg::Uniform("grey", static_cast<float>(terrain::hillshadeGrey) / 255));
    m_state->addUniform(new osg::Uniform("shading", rules.shading));
    m_state->addUniform(new osg::Uniform("trueNorth", rules.trueNorth));
    osg::ref_ptr<osg::Uniform> lights(new osg::Uniform(osg::Uniform::FLOAT_VEC3, "lights", 6));
    for (unsigned i = 0; i < rules.lights.size() && i < 6; ++i) {
        lights->setElement(i, osg::Vec3(rules.lights[i].east, rules.lights[i].north, rules.lights[i].up));
    }
    m_state->addUniform(lights);
    m_state->addUniform(new osg::Uniform("lightCount", static_cast<int>(rules.lights.size())));
    m_state->addUniform(new osg::Uniform("levelLight", terrain::lightOnLevelGround(rules.lights)));
    m_state->addUniform(new osg::Uniform("ambient", terrain::ambientLight));
    m_state->addUniform(new osg::Uniform("contourInterval", rules.contourInterval));
    setTexture(*m_state, OverlayColorsUnit, "overlayColors", colorsOf(rules.overlayColors));
    m_state->addUniform(new osg::Uniform("overlayRange", osg::Vec2(static_cast<float>(rules.overlay.low),
                                                                   static_cast<float>(rules.overlay.high))));
    m_state->addUniform(new osg::Uniform("overlayOpacity", static_cast<float>(rules.overlay.opacity)));
}

ShaderPainter::ShaderPainter(const ShaderPrograms& programs)
    : m_programs(programs), m_buffer(new osg::FrameBufferObject), m_viewport(new osg::Viewport),
      m_quad(new osg::Geometry) {
    osg::ref_ptr<osg::Vec3Array> corners(new osg::Vec3Array);
    for (const auto& corner :
         {osg::Vec3(-1, -1, 0), osg::Vec3(1, -1, 0), osg::Vec3(-1, 1, 0), osg::Vec3(1, 1, 0)}) {
        corners->push_back(corner);
    }
    m_quad->setUseDisplayList(false);
    m_quad->setUseVertexBufferObjects(true);
    m_quad->setVertexArray(corners);
    m_quad->addPrimitiveSet(new osg::DrawArrays(GL_TRIANGLE_STRIP, 0, 4));
}

void ShaderPainter::Look::release(osg::State& state) const {
    m_state->releaseGLObjects(&state);
}

bool ShaderPainter::Look::showsBands() const {
    return tintOf(m_rules.kind) == 0;
}

bool ShaderPainter::isPossible(osg::State& state) {
    state.initializeExtensionProcs(); // OSG would with its first frame
    const auto* extensions = state.get<osg::GLExtensions>();
    return extensions->isFrameBufferObjectSupported &&
           osg::isGLExtensionSupported(state.getContextID(), "GL_ARB_texture_float");
}

void ShaderPainter::release(osg::State& state) {
    m_buffer->releaseGLObjects(&state);
    m_quad->releaseGLObjects(&state);
}

void ShaderPainter::addBands(const Look& look, PaintSources& sources, osg::StateSet& unit) {
    const auto& data = *sources.data;
    const auto& bands = sources.otherBands ? *sources.otherBands : data.bands;
    if (!sources.otherBands && !data.givenPicture.empty()) {
        if (!look.showsBands()) {
            return;
        }
        if (!sources.given) {
            sources.given = textureOf(data.givenPicture.data(), data.pictureGrid.columns,
                                      data.pictureGrid.rows, GL_RGBA8, GL_RGBA, GL_UNSIGNED_BYTE);
        }
        unit.setDefine("NUNATAK_GIVEN");
        setTexture(unit, FirstBandUnit, "given", sources.given);
        return;
    }
    const auto& rules = look.rules();
    if (!look.showsBands()) {
        return;
    }
    unit.setDefine(rules.kind == DrapeKind::Composite ? "NUNATAK_COMPOSITE" : "NUNATAK_INDEX");
    sources.bands.resize(static_cast<std::size_t>(bands.bands()));
    constexpr std::array<const char*, 3> samplers{"firstBand", "secondBand", "thirdBand"};
    for (std::size_t channel = 0; channel < samplers.size(); ++channel) {
        const int band = rules.channels[channel];
        const auto place = static_cast<Unit>(FirstBandUnit + channel);
        if (band < 0 || band >= bands.bands()) {
            setTexture(unit, place, samplers[channel], sources.mask); // its table is black
            continue;
        }
        auto& texture = sources.bands[static_cast<std::size_t>(band)];
        if (!texture) {
            texture = textureOf(bands.band(band), bands.columns(), bands.rows(), GL_LUMINANCE16, GL_LUMINANCE,
                                GL_UNSIGNED_SHORT);
        }
        setTexture(unit, place, samplers[channel], texture);
    }
}

void ShaderPainter::addMask(PaintSources& sources, osg::StateSet& unit) {
    const auto& grid = sources.data->pictureGrid;
    if (!sources.mask) {
        const auto data = sources.otherBands ? terrain::dataPixels(*sources.otherBands)
                                             : terrain::dataPixels(*sources.data);
        auto image = ownImage(grid.columns, grid.rows, GL_LUMINANCE8, GL_LUMINANCE, GL_UNSIGNED_BYTE);
        std::transform(data.begin(), data.end(), image->data(),
                       [](std::uint8_t there) { return static_cast<unsigned char>(there != 0 ? 255 : 0); });
        sources.mask = textureOf(image);
    }
    setTexture(unit, MaskUnit, "mask", sources.mask);
    unit.addUniform(new osg::Uniform(
        "pictureSize", osg::Vec2(static_cast<float>(grid.columns), static_cast<float>(grid.rows))));
}

void ShaderPainter::addGround(PaintSources& sources, osg::StateSet& unit) {
    const auto& data = *sources.data;
    const int columns = data.relief.columns();
    const int rows = data.relief.rows();
    if (!sources.relief) {
        auto image = ownImage(columns, rows, GL_RGB32F_ARB, GL_RGB, GL_FLOAT);
        auto* values = reinterpret_cast<float*>(image->data());
        for (const auto& place : terrain::groundSamples(data)) {
            *values++ = place.height;
            *values++ = place.eastwards;
            *values++ = place.northwards;
        }
        sources.relief = textureOf(image);
    }
    const auto& picture = data.pictureGrid;
    const auto& relief = data.reliefGrid;
    const auto vector = [](double x, double y) {
        return osg::Vec2(static_cast<float>(x), static_cast<float>(y));
    };
    const double step = picture.pixelSize / relief.pixelSize;
    unit.setDefine("NUNATAK_GROUND");
    setTexture(unit, ReliefUnit, "relief", sources.relief);
    unit.addUniform(new osg::Uniform("reliefSize", vector(columns, rows)));
    unit.addUniform(new osg::Uniform("reliefOrigin", vector((picture.left - relief.left) / relief.pixelSize,
                                                            (relief.top - picture.top) / relief.pixelSize)));
    unit.addUniform(new osg::Uniform("reliefStep", vector(step, step)));
    unit.addUniform(new osg::Uniform("pixelSize", static_cast<float>(terrain::groundMetresPerPixel(data))));
}

void ShaderPainter::addOverlay(const std::shared_ptr<const Image<float>>& overlay, PaintSources& sources,
                               osg::StateSet& unit) {
    const bool hasColors = overlay->bands() >= 3; // a picture: bytes of red, green and blue
    if (!sources.overlay || sources.overlayValues != overlay) {
        const int bands = hasColors ? 3 : 1;
        auto image =
            hasColors
                ? ownImage(overlay->columns(), overlay->rows(), GL_RGB32F_ARB, GL_RGB, GL_FLOAT)
                : ownImage(overlay->columns(), overlay->rows(), GL_LUMINANCE32F_ARB, GL_LUMINANCE, GL_FLOAT);
        auto* values = reinterpret_cast<float*>(image->data());
        for (std::size_t i = 0; i < overlay->bandSize(); ++i) {
            for (int band = 0; band < bands; ++band) {
                const float value = overlay->band(band)[i];
                *values++ = std::isfinite(value) ? value : noValue;
            }
        }
        sources.overlay = textureOf(image);
        sources.overlayValues = overlay;
    }
    unit.setDefine("NUNATAK_OVERLAY");
    setTexture(unit, OverlayUnit, "overlay", sources.overlay);
    unit.addUniform(new osg::Uniform("overlayHasColors", hasColors));
}

void ShaderPainter::paint(osg::State& state, const Look& look, PaintSources& sources,
                          const std::shared_ptr<const Image<float>>& overlay,
                          osg::ref_ptr<osg::Texture2D>& target) {
    const auto& grid = sources.data->pictureGrid;
    osg::ref_ptr<osg::StateSet> tile(new osg::StateSet);
    addMask(sources, *tile);
    addBands(look, sources, *tile);
    if (look.rules().usesGround) {
        addGround(sources, *tile);
    }
    if (overlay && look.rules().overlay.opacity > 0) {
        addOverlay(overlay, sources, *tile);
    }
    if (!target) {
        target = new osg::Texture2D;
        target->setTextureSize(grid.columns, grid.rows);
        target->setInternalFormat(GL_RGBA8);
        target->setSourceFormat(GL_RGBA);
        target->setSourceType(GL_UNSIGNED_BYTE);
        target->setResizeNonPowerOfTwoHint(false);
        target->setWrap(osg::Texture::WRAP_S, osg::Texture::CLAMP_TO_EDGE);
        target->setWrap(osg::Texture::WRAP_T, osg::Texture::CLAMP_TO_EDGE);
        target->setFilter(osg::Texture::MAG_FILTER, osg::Texture::LINEAR);
        target->setFilter(osg::Texture::MIN_FILTER, osg::Texture::LINEAR_MIPMAP_NEAREST);
        target->setUseHardwareMipMapGeneration(true);
    }
    auto* extensions = state.get<osg::GLExtensions>();
    GLint before = 0;
    glGetIntegerv(GL_FRAMEBUFFER_BINDING_EXT, &before);
    m_buffer->setAttachment(osg::Camera::COLOR_BUFFER, osg::FrameBufferAttachment(target.get()));
    m_buffer->apply(state);
    m_viewport->setViewport(0, 0, grid.columns, grid.rows);
    m_viewport->apply(state);
    state.pushStateSet(look.state());
    state.apply(tile);
    osg::RenderInfo info(&state, nullptr);
    m_quad->draw(info);
    state.popStateSet();
    extensions->glBindFramebuffer(GL_FRAMEBUFFER_EXT, static_cast<GLuint>(before));
    state.setActiveTextureUnit(0);
    target->apply(state);
    extensions->glGenerateMipmap(GL_TEXTURE_2D);
    state.haveAppliedTextureAttribute(0, target.get());
}

} // namespace nunatak::ui::viewport
