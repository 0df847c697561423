// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

#include <osg/Program>

namespace nunatak::ui::viewport {

/// The GLSL programs of the view, each made of NAME.vert and NAME.frag in one folder.
struct ShaderPrograms {
    osg::ref_ptr<osg::Program> sky;
    osg::ref_ptr<osg::Program> shadow;
    osg::ref_ptr<osg::Program> terrain;
    osg::ref_ptr<osg::Program> paint; ///< a tile's picture
    osg::ref_ptr<osg::Program> plinth;
    osg::ref_ptr<osg::Program> line;

    /// Where the vertex attributes that OpenGL has no name for are bound: 6 and 7 alias none of those it has.
    static constexpr unsigned firstAttribute = 6;  ///< coarse, wall, other
    static constexpr unsigned secondAttribute = 7; ///< corner

    /// Throws Error that names a file that cannot be read.
    static ShaderPrograms load(const std::filesystem::path& folder);
    /// Name of a program that the driver refused in this context; empty when all that were used are well.
    std::string refused(osg::State& state) const;
};

} // namespace nunatak::ui::viewport
