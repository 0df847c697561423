// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/marks_node.h"

#include "ui/terrain/tile_lines.h"
#include "ui/viewport/line_geometry.h"

namespace nunatak::ui::viewport {

namespace {

constexpr int firstOrder = LinePass::Selected + 10; // over the selection's passes
const QColor dark(8, 14, 22, 230);
const QColor white(255, 255, 255);
const QColor paleDark(8, 14, 22, 90);
const QColor paleWhite(255, 255, 255, 130);
const QColor chosen(255, 128, 0);

} // namespace

MarksNode::MarksNode(const ShaderPrograms& programs)
    : m_root(new osg::Group), m_paleRim(programs, firstOrder), m_pale(programs, firstOrder + 1),
      m_lineRim(programs, firstOrder + 2), m_line(programs, firstOrder + 3),
      m_dotRim(programs, firstOrder + 4),
      m_dot(programs, firstOrder + 5), m_groups{new osg::Group, new osg::Group, new osg::Group} {
    const auto fill = [this](LinePass& pass, Kind kind, const QColor& color, double width) {
        pass.add(m_groups[kind]);
        pass.setLook(color, width);
        m_root->addChild(pass.node());
    };
    fill(m_paleRim, Pale, paleDark, 3.4);
    fill(m_pale, Pale, paleWhite, 1.4);
    fill(m_lineRim, Lines, dark, 4);
    fill(m_line, Lines, white, 1.8);
    fill(m_dotRim, Dots, dark, 11.5);
    fill(m_dot, Dots, chosen, 8.5);
    m_paleRim.setStates(true, std::nullopt);
    m_pale.setStates(true, LinePass::Middles{paleWhite, paleWhite});
    m_paleRim.setEven(true);
    m_pale.setEven(true);
}

bool MarksNode::show(const Marks& marks) {
    if (marks == m_marks) {
        return false;
    }
    m_marks = marks;
    m_tiles.clear();
    return true;
}

void MarksNode::forgetTiles() {
    m_tiles.clear();
    for (const auto& group : m_groups) {
        group->removeChildren(0, group->getNumChildren());
    }
}

MarksNode::Tile MarksNode::laid(const TileFrame::Item& item, const TileFrame& frame) const {
    terrain::TileLineBuilder pale(*item.data, frame.origin, 0);
    terrain::TileLineBuilder lines(*item.data, frame.origin, 0);
    terrain::TileLineBuilder dots(*item.data, frame.origin, 0);
    for (const auto& line : m_marks.lines) {
        if (line.isPale) {
            pale.addDashedPath(line.points, line.isClosed);
        } else {
            lines.addPath(line.points, line.isClosed);
        }
    }
    for (const auto& dot : m_marks.dots) {
        dots.addDot(dot);
    }
    return {lineGeometry(pale.take()), lineGeometry(lines.take()), lineGeometry(dots.take())};
}

void MarksNode::prepare(const TileFrame& frame) {
    for (const auto& group : m_groups) {
        group->removeChildren(0, group->getNumChildren());
    }
    if (m_marks.lines.empty() && m_marks.dots.empty()) {
        return;
    }
    constexpr std::size_t mostTiles = 400;
    if (m_tiles.size() > mostTiles) {
        m_tiles.clear();
    }
    for (const auto& item : frame.drawn) {
        if (!m_tiles.contains(item.data->id)) {
            m_tiles[item.data->id] = laid(item, frame);
        }
        const Tile& tile = m_tiles[item.data->id];
        for (std::size_t kind = 0; kind < kinds; ++kind) {
            if (tile[kind]) {
                tile[kind]->setStateSet(item.morphState);
                m_groups[kind]->addChild(tile[kind]);
            }
        }
    }
}

} // namespace nunatak::ui::viewport
