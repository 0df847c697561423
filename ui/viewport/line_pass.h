// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "viewport/shader_programs.h"

#include <QColor>

#include <osg/Group>

namespace nunatak::ui {

/// A group whose lines are all drawn with one colour and width, at one place in the order of drawing.
class LinePass {
public:
    /// Passes with a higher order lie over those with a lower one.
    LinePass(const ShaderPrograms& programs, int order);

    osg::Group* group() const { return m_group.get(); }
    void setLook(const QColor& color, double width); ///< device-independent pixels
    /// A casing drawn in the same pass, so much wider than the line, both sides together; 0: none. Where a
    /// line bends it lies over a bit of the piece before: good enough for a moment.
    void setCasing(const QColor& color, double width);
    void setVisible(bool visible);
    void replaceWith(osg::Node* node); ///< null: empty

private:
    osg::ref_ptr<osg::Group> m_group;
    osg::ref_ptr<osg::Uniform> m_color;
    osg::ref_ptr<osg::Uniform> m_halfWidth;
    osg::ref_ptr<osg::Uniform> m_casingColor;
    osg::ref_ptr<osg::Uniform> m_casing;
};

} // namespace nunatak::ui
