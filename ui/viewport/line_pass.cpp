// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/line_pass.h"

#include <osg/BlendFunc>
#include <osg/Depth>

namespace nunatak::ui::viewport {

namespace {

constexpr int firstBin = 20;
constexpr auto statesDefine = "NUNATAK_STATES";

/// Lines lie exactly on the surface; this many pixels towards the eye, the ground beside the line does not
/// cut into its width, except on slopes seen nearly edge-on, and ridges in front still hide it. What is drawn
/// as hidden is brought there too: then each pixel is either seen or hidden.
constexpr float reachPixels = 7;
/// Half of what a line that was accepted is wider than others, for its middle.
constexpr float acceptedWider = 1;
/// Share of its width that a line has from far away, see line.vert; what is hovered or selected keeps its
/// own.
constexpr float farWidth = 0.5F;
/// A pixel that the feather of an edge does not reach.
constexpr float whole = 0.999F;

osg::Vec4 vectorOf(const QColor& color) {
    return {static_cast<float>(color.redF()), static_cast<float>(color.greenF()),
            static_cast<float>(color.blueF()), static_cast<float>(color.alphaF())};
}

/// What the stencil holds where a pass has drawn; passes that may overlap have different ones.
int markOf(int order) {
    constexpr int marks = 127;
    return 1 + (order < LinePass::Layers ? marks : 0) + order % marks;
}

} // namespace

LinePass::LinePass(const ShaderPrograms& programs, int order)
    : m_root(new osg::Group), m_inner(new osg::Group), m_rest(new osg::Group), m_marking(new osg::Stencil),
      m_sparing(new osg::Stencil), m_color(new osg::Uniform("lineColor", osg::Vec4(1, 1, 1, 1))),
      m_halfWidth(new osg::Uniform("halfWidth", 1.0F)),
      m_casingColor(new osg::Uniform("casingColor", osg::Vec4(0, 0, 0, 1))),
      m_casing(new osg::Uniform("casing", 0.0F)), m_even(new osg::Uniform("even", 0.0F)),
      m_marks(new osg::Uniform("marks", 0.0F)),
      m_acceptedMiddle(new osg::Uniform("acceptedMiddle", osg::Vec3(1, 1, 1))),
      m_changedMiddle(new osg::Uniform("changedMiddle", osg::Vec3(0, 0, 0))) {
    auto* state = m_root->getOrCreateStateSet();
    state->setAttributeAndModes(programs.line);
    state->addUniform(m_color);
    state->addUniform(m_halfWidth);
    state->addUniform(m_casingColor);
    state->addUniform(m_casing);
    state->addUniform(m_even);
    state->addUniform(m_marks);
    state->addUniform(m_acceptedMiddle);
    state->addUniform(m_changedMiddle);
    state->addUniform(new osg::Uniform("reach", reachPixels));
    state->addUniform(new osg::Uniform("acceptedWider", acceptedWider));
    state->addUniform(new osg::Uniform("farWidth", order < Hovered ? farWidth : 1.0F));
    state->setAttributeAndModes(new osg::BlendFunc(osg::BlendFunc::SRC_ALPHA,
                                                   osg::BlendFunc::ONE_MINUS_SRC_ALPHA, osg::BlendFunc::ONE,
                                                   osg::BlendFunc::ONE));
    const auto seen = order < Layers ? osg::Depth::GREATER : osg::Depth::LEQUAL;
    state->setAttributeAndModes(new osg::Depth(seen, 0, 1, false));

    auto* inner = m_inner->getOrCreateStateSet();
    inner->addUniform(new osg::Uniform("leastCover", whole));
    m_marking->setOperation(osg::Stencil::KEEP, osg::Stencil::KEEP, osg::Stencil::REPLACE);
    inner->setAttributeAndModes(m_marking);
    m_rest->getOrCreateStateSet()->addUniform(new osg::Uniform("leastCover", 0.0F));
    m_sparing->setOperation(osg::Stencil::KEEP, osg::Stencil::KEEP, osg::Stencil::KEEP);
    m_rest->getOrCreateStateSet()->setAttribute(m_sparing);
    setOrder(order);
    m_root->addChild(m_inner);
    m_root->addChild(m_rest);
    setEven(false);
}

void LinePass::setOrder(int order) {
    for (auto* stencil : {m_marking.get(), m_sparing.get()}) {
        stencil->setFunction(osg::Stencil::NOTEQUAL, markOf(order), ~0U);
    }
    m_inner->getOrCreateStateSet()->setRenderBinDetails(firstBin + 2 * order, "RenderBin");
    m_rest->getOrCreateStateSet()->setRenderBinDetails(firstBin + 2 * order + 1, "RenderBin");
}

void LinePass::add(osg::Node* content) {
    m_inner->addChild(content);
    m_rest->addChild(content);
}

void LinePass::setLook(const QColor& color, double width) {
    m_color->set(vectorOf(color));
    m_halfWidth->set(static_cast<float>(width / 2));
}

void LinePass::setCasing(const QColor& color, double width) {
    m_casingColor->set(vectorOf(color));
    m_casing->set(static_cast<float>(width / 2));
}

void LinePass::setEven(bool even) {
    m_inner->setNodeMask(even ? ~0U : 0U);
    m_even->set(even ? 1.0F : 0.0F);
    m_rest->getOrCreateStateSet()->setMode(GL_STENCIL_TEST,
                                           even ? osg::StateAttribute::ON : osg::StateAttribute::OFF);
}

void LinePass::setStates(bool any, const std::optional<Middles>& middles) {
    m_marks->set(middles ? 1.0F : 0.0F);
    const auto set = [](osg::Uniform& uniform, const QColor& color) {
        const auto vector = vectorOf(color);
        uniform.set(osg::Vec3(vector.x(), vector.y(), vector.z()));
    };
    set(*m_acceptedMiddle, middles ? middles->accepted : QColor());
    set(*m_changedMiddle, middles ? middles->changed : QColor());
    auto* state = m_root->getOrCreateStateSet();
    if (any) {
        state->setDefine(statesDefine);
    } else {
        state->removeDefine(statesDefine);
    }
}

void LinePass::setVisible(bool visible) {
    m_root->setNodeMask(visible ? ~0U : 0U);
}

} // namespace nunatak::ui::viewport
