// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/viewport/marks_node.h"

#include "geo/segments.h"
#include "ui/terrain/stroke_colors.h"
#include "ui/terrain/tile_lines.h"
#include "ui/viewport/line_geometry.h"

namespace nunatak::ui::viewport {

namespace {

constexpr int firstOrder = LinePass::Selected + 10; // over the selection's passes
const QColor dark(8, 14, 22, 230);
const QColor white(255, 255, 255);
const QColor paleDark(8, 14, 22, 90);
const QColor paleWhite(255, 255, 255, 130);

QColor colorOf(const std::array<int, 3>& rgb) {
    return {rgb[0], rgb[1], rgb[2]};
}

struct KindLook {
    QColor rim;
    double rimWidth;
    QColor core;
    double coreWidth;
};
/// By number: the looks of lines, then dots.
const std::array looks{
    KindLook{paleDark, 3.4, paleWhite, 1.4},                   // Pale
    KindLook{dark, 4, white, 1.8},                             // Plain
    KindLook{dark, 6.4, white, 3.4},                           // New
    KindLook{dark, 4.6, QColor(255, 196, 0), 2.4},             // Held
    KindLook{dark, 4.8, QColor(255, 54, 46), 2.8},             // Refused
    KindLook{dark, 6.6, colorOf(terrain::strokeOfIce), 4.2},   // Ice
    KindLook{dark, 6.6, colorOf(terrain::strokeOfNoIce), 4.2}, // NoIce
    KindLook{dark, 11.5, QColor(255, 128, 0), 8.5},            // dots
};

/// A path without what lies nearer than this to the place before: a stretch of thousands of vertices is drawn
/// several times over, and anew at each move of a pointer.
std::vector<geo::Point> thinned(const std::vector<geo::Point>& path, double tolerance) {
    std::vector<geo::Point> kept;
    for (const auto& point : path) {
        if (kept.empty() || geo::distance(kept.back(), point) >= tolerance) {
            kept.push_back(point);
        }
    }
    if (!path.empty() && kept.back() != path.back()) {
        kept.push_back(path.back());
    }
    return kept;
}

} // namespace

MarksNode::Kind::Kind(const ShaderPrograms& programs, std::size_t number)
    : rim(programs, firstOrder + 2 * static_cast<int>(number)),
      core(programs, firstOrder + 2 * static_cast<int>(number) + 1), content(new osg::Group) {
    rim.setLook(looks.at(number).rim, looks.at(number).rimWidth);
    core.setLook(looks.at(number).core, looks.at(number).coreWidth);
    rim.add(content);
    core.add(content);
}

MarksNode::MarksNode(const ShaderPrograms& programs) : m_root(new osg::Group) {
    static_assert(looks.size() == kinds);
    for (std::size_t number = 0; number < kinds; ++number) {
        m_kinds.emplace_back(programs, number);
        m_root->addChild(m_kinds.back().rim.node());
        m_root->addChild(m_kinds.back().core.node());
    }
    auto& pale = m_kinds[static_cast<std::size_t>(Marks::Look::Pale)];
    pale.rim.setStates(true, std::nullopt);
    pale.core.setStates(true, LinePass::Middles{paleWhite, paleWhite});
    pale.rim.setEven(true);
    pale.core.setEven(true);
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
    for (const auto& kind : m_kinds) {
        kind.content->removeChildren(0, kind.content->getNumChildren());
    }
}

MarksNode::Tile MarksNode::laid(const TileFrame::Item& item, const TileFrame& frame) const {
    std::vector<terrain::TileLineBuilder> builders(kinds, {*item.data, frame.origin, 0});
    for (const auto& line : m_marks.lines) {
        auto& builder = builders[static_cast<std::size_t>(line.look)];
        const auto points = thinned(line.points, item.tolerance);
        if (line.look == Marks::Look::Pale) {
            builder.addDashedPath(points, line.isClosed);
        } else {
            builder.addPath(points, line.isClosed);
        }
    }
    for (const auto& dot : m_marks.dots) {
        builders[dots].addDot(dot);
    }
    Tile tile;
    tile.tolerance = item.tolerance;
    for (std::size_t kind = 0; kind < kinds; ++kind) {
        tile.drawn[kind] = lineGeometry(builders[kind].take());
    }
    return tile;
}

void MarksNode::prepare(const TileFrame& frame) {
    for (const auto& kind : m_kinds) {
        kind.content->removeChildren(0, kind.content->getNumChildren());
    }
    if (m_marks.lines.empty() && m_marks.dots.empty()) {
        return;
    }
    constexpr std::size_t mostTiles = 400;
    if (m_tiles.size() > mostTiles) {
        m_tiles.clear();
    }
    for (const auto& item : frame.drawn) {
        auto found = m_tiles.find(item.data->id);
        if (found == m_tiles.end() || found->second.tolerance != item.tolerance) {
            found = m_tiles.insert_or_assign(item.data->id, laid(item, frame)).first;
        }
        const auto& drawn = found->second.drawn;
        for (std::size_t kind = 0; kind < kinds; ++kind) {
            if (drawn[kind]) {
                drawn[kind]->setStateSet(item.morphState);
                m_kinds[kind].content->addChild(drawn[kind]);
            }
        }
    }
}

} // namespace nunatak::ui::viewport
