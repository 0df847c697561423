// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline_set.h"
#include "viewport/line_pass.h"
#include "viewport/viewport.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <osg/Geometry>

namespace nunatak::ui {

/// The drawn outlines of one layer: arrays made once, in chunks that lie together on the map; an edit makes
/// only the chunks again in which an outline changed.
class OutlineLayer {
public:
    using Handle = outlines::OutlineSet::Handle;

    /// `order` counts layers from the lowest.
    OutlineLayer(const ShaderPrograms& programs, int order);

    /// Casing below, colour above.
    osg::Node* node() const { return m_root.get(); }
    void setOutlines(const std::vector<Handle>& all);
    void setStyle(const LayerStyle& style);
    const LayerStyle& style() const { return m_style; }
    /// Null: nothing is drawn.
    void setTerrain(std::shared_ptr<const terrain::Terrain> terrain, geo::Point origin);
    Handle find(const std::string& uuid) const;

    /// Draws this in place of the stored outline with its uuid; null: the stored one again.
    void setLive(Handle outline);
    const Handle& live() const { return m_live; }

    /// Render orders a layer takes.
    static constexpr int passes = 2;

private:
    struct Range {
        std::size_t firstIndex = 0;
        std::size_t indexCount = 0;
    };
    struct Chunk {
        std::vector<Handle> outlines;
        std::map<std::string, Range> ranges;
        osg::ref_ptr<osg::Geometry> geometry; // null: nothing within the terrain
    };

    void makeChunks(std::vector<Handle> outlines);
    void build(Chunk& chunk) const;
    void showChunks();
    void setDrawn(const std::string& uuid, bool drawn);

    LayerStyle m_style;
    std::shared_ptr<const terrain::Terrain> m_terrain;
    geo::Point m_origin;
    osg::ref_ptr<osg::Group> m_root;
    LinePass m_casing;
    LinePass m_core;
    osg::ref_ptr<osg::Group> m_stored;
    osg::ref_ptr<osg::Group> m_liveNode;
    std::map<std::string, Handle> m_all;
    std::vector<Chunk> m_chunks;
    Handle m_live;
};

} // namespace nunatak::ui
