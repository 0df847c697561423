// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/viewport/shader_programs.h"

#include <QColor>

#include <optional>

#include <osg/Group>
#include <osg/Stencil>

namespace nunatak::ui::viewport {

/// A group whose lines are all drawn with one colour and width, at one place in the order of drawing.
class LinePass {
public:
    /// What lies over what; each leaves room for the passes of many layers.
    enum Order { Hidden = 0, Layers = 100'000, Hovered = 200'000, Selected = 300'000 };

    /// Passes with a higher order lie over those with a lower one. One of an order below Layers draws what
    /// the ground hides, and nothing else.
    LinePass(const ShaderPrograms& programs, int order);

    osg::Node* node() const { return m_root.get(); }
    void add(osg::Node* content);
    void setLook(const QColor& color, double width); ///< device-independent pixels
    /// A casing drawn in the same pass, so much wider than the line, both sides together; 0: none. Where a
    /// line bends it lies over a bit of the piece before: good enough for a moment.
    void setCasing(const QColor& color, double width);
    /// Each pixel takes colour once, so that a translucent line is no darker where its pieces meet; twice
    /// the work.
    void setEven(bool even);
    struct Middles {
        QColor accepted;
        QColor changed;
    };
    /// Whether its lines say how their outlines are (see outlines::OutlineState), and with what: dashes, and
    /// a middle of these colours; none: nothing but the width that those need.
    void setStates(bool any, const std::optional<Middles>& middles);
    void setOrder(int order);
    void setVisible(bool visible);

private:
    osg::ref_ptr<osg::Group> m_root;
    osg::ref_ptr<osg::Group> m_inner; ///< with setEven(): what is covered whole, drawn before the rest
    osg::ref_ptr<osg::Group> m_rest;
    osg::ref_ptr<osg::Stencil> m_marking;
    osg::ref_ptr<osg::Stencil> m_sparing;
    osg::ref_ptr<osg::Uniform> m_color;
    osg::ref_ptr<osg::Uniform> m_halfWidth;
    osg::ref_ptr<osg::Uniform> m_casingColor;
    osg::ref_ptr<osg::Uniform> m_casing;
    osg::ref_ptr<osg::Uniform> m_even;
    osg::ref_ptr<osg::Uniform> m_marks;
    osg::ref_ptr<osg::Uniform> m_acceptedMiddle;
    osg::ref_ptr<osg::Uniform> m_changedMiddle;
};

} // namespace nunatak::ui::viewport
