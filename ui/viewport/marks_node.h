// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/viewport/line_pass.h"
#include "ui/viewport/marks.h"
#include "ui/viewport/tile_frame.h"

#include <array>
#include <map>
#include <vector>

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
    static constexpr std::size_t dots = 7; ///< after the looks of lines, which are numbered
    static constexpr std::size_t kinds = dots + 1;
    /// What is drawn one way: a core on a rim.
    struct Kind {
        Kind(const ShaderPrograms& programs, std::size_t number);
        LinePass rim;
        LinePass core;
        osg::ref_ptr<osg::Group> content;
    };
    struct Tile {
        std::array<osg::ref_ptr<osg::Geometry>, kinds> drawn;
        double tolerance = 0; ///< that it was made for
    };
    Tile laid(const TileFrame::Item& item, const TileFrame& frame) const;

    osg::ref_ptr<osg::Group> m_root;
    std::vector<Kind> m_kinds;
    Marks m_marks;
    std::map<terrain::TileId, Tile> m_tiles;
};

} // namespace nunatak::ui::viewport
