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

} // namespace

LinePass::LinePass(const ShaderPrograms& programs, int order)
    : m_group(new osg::Group), m_color(new osg::Uniform("lineColor", osg::Vec4(1, 1, 1, 1))),
      m_halfWidth(new osg::Uniform("halfWidth", 1.0F)) {
    auto* state = m_group->getOrCreateStateSet();
    state->setAttributeAndModes(programs.line);
    state->addUniform(m_color);
    state->addUniform(m_halfWidth);
    state->addUniform(new osg::Uniform("reach", reachPixels));
    state->setAttributeAndModes(new osg::BlendFunc(osg::BlendFunc::SRC_ALPHA,
                                                   osg::BlendFunc::ONE_MINUS_SRC_ALPHA, osg::BlendFunc::ONE,
                                                   osg::BlendFunc::ONE));
    state->setAttributeAndModes(new osg::Depth(osg::Depth::LEQUAL, 0, 1, false));
    state->setRenderBinDetails(firstBin + order, "RenderBin");
}

void LinePass::setLook(const QColor& color, double width) {
    m_color->set(osg::Vec4(static_cast<float>(color.redF()), static_cast<float>(color.greenF()),
                           static_cast<float>(color.blueF()), static_cast<float>(color.alphaF())));
    m_halfWidth->set(static_cast<float>(width / 2));
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
