// SPDX-License-Identifier: GPL-3.0-or-later
#include "viewport/line_pass.h"

#include <osg/BlendFunc>
#include <osg/Depth>

namespace nunatak::ui {

namespace {

constexpr int firstBin = 20;

/// Lines lie exactly on the surface; this many pixels towards the eye, the ground beside the line does not
/// cut into its width, except on slopes seen nearly edge-on, and ridges in front still hide it.
constexpr float reachPixels = 7;

osg::Vec4 vectorOf(const QColor& color) {
    return {static_cast<float>(color.redF()), static_cast<float>(color.greenF()),
            static_cast<float>(color.blueF()), static_cast<float>(color.alphaF())};
}

} // namespace

LinePass::LinePass(const ShaderPrograms& programs, int order)
    : m_group(new osg::Group), m_color(new osg::Uniform("lineColor", osg::Vec4(1, 1, 1, 1))),
      m_halfWidth(new osg::Uniform("halfWidth", 1.0F)),
      m_casingColor(new osg::Uniform("casingColor", osg::Vec4(0, 0, 0, 1))),
      m_casing(new osg::Uniform("casing", 0.0F)) {
    auto* state = m_group->getOrCreateStateSet();
    state->setAttributeAndModes(programs.line);
    state->addUniform(m_color);
    state->addUniform(m_halfWidth);
    state->addUniform(m_casingColor);
    state->addUniform(m_casing);
    state->addUniform(new osg::Uniform("reach", reachPixels));
    state->setAttributeAndModes(new osg::BlendFunc(osg::BlendFunc::SRC_ALPHA,
                                                   osg::BlendFunc::ONE_MINUS_SRC_ALPHA, osg::BlendFunc::ONE,
                                                   osg::BlendFunc::ONE));
    state->setAttributeAndModes(new osg::Depth(osg::Depth::LEQUAL, 0, 1, false));
    state->setRenderBinDetails(firstBin + order, "RenderBin");
}

void LinePass::setLook(const QColor& color, double width) {
    m_color->set(vectorOf(color));
    m_halfWidth->set(static_cast<float>(width / 2));
}

void LinePass::setCasing(const QColor& color, double width) {
    m_casingColor->set(vectorOf(color));
    m_casing->set(static_cast<float>(width / 2));
}

void LinePass::setVisible(bool visible) {
    m_group->setNodeMask(visible ? ~0U : 0U);
}

void LinePass::replaceWith(osg::Node* node) {
    m_group->removeChildren(0, m_group->getNumChildren());
    if (node != nullptr) {
        m_group->addChild(node);
    }
}

} // namespace nunatak::ui
