// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/viewport/line_pass.h"
#include "ui/viewport/marks.h"
#include "ui/viewport/tile_frame.h"

#include <array>
#include <map>

namespace nunatak::ui::viewport {

/// Marks over all outlines.
class MarksNode {
public:
    explicit MarksNode(const ShaderPrograms& programs);

    osg::Node* node() const { return m_root.get(); }
    /// Returns whether they are others than before.
    bool show(const Marks& marks);
    /// Lays them onto the tiles of this frame.
    void prepare(const TileFrame& frame);
    void forgetTiles();

private:
    enum Kind { Pale, Lines, Dots };
    static constexpr std::size_t kinds = 3;
    using Tile = std::array<osg::ref_ptr<osg::Geometry>, kinds>;
    Tile laid(const TileFrame::Item& item, const TileFrame& frame) const;

    osg::ref_ptr<osg::Group> m_root;
    LinePass m_paleRim;
    LinePass m_pale;
    LinePass m_lineRim;
    LinePass m_line;
    LinePass m_dotRim;
    LinePass m_dot;
    std::array<osg::ref_ptr<osg::Group>, kinds> m_groups;
    Marks m_marks;
    std::map<terrain::TileId, Tile> m_tiles;
};

} // namespace nunatak::ui::viewport
