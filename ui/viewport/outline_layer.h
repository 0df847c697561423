// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline_set.h"
#include "viewport/line_pass.h"
#include "viewport/lines_in_making.h"
#include "viewport/map_camera.h"
#include "viewport/viewport.h"

#include <QSize>

#include <array>
#include <chrono>
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
    void setOutlines(std::vector<Handle> all);
    void setStyle(const LayerStyle& style);
    const LayerStyle& style() const { return m_style; }
    /// Null: nothing is drawn.
    void setTerrain(std::shared_ptr<const terrain::Terrain> terrain, geo::Point origin);
    Handle find(const std::string& uuid) const;

    /// Draws this in place of the stored outline with its uuid; null: the stored one again.
    void setLive(Handle outline);
    const Handle& live() const { return m_live; }

    /// Chooses and makes what this camera needs, before a frame of this size in pixels. After `deadline` only
    /// one more piece is made, and until a later frame the others are drawn as they were, or not yet. Returns
    /// whether all is there.
    bool prepare(const MapCamera& camera, const QSize& size, double exaggeration,
                 std::chrono::steady_clock::time_point deadline);

    /// Render orders a layer takes.
    static constexpr int passes = 2;

private:
    struct Detail {
        bool made = false;
        std::unique_ptr<LinesInMaking> making; // null: not begun, or made
        std::map<std::string, LineRange> ranges;
        osg::ref_ptr<osg::Geometry> geometry; // null: nothing within the terrain
    };
    static constexpr std::size_t detailCount = 5;
    struct Chunk {
        std::vector<Handle> outlines;
        geo::Extent extent;
        std::array<Detail, detailCount> details;
        std::size_t shown = 0;
        osg::ref_ptr<osg::Geometry> former; // drawn until what an edit has changed is made again
    };

    void makeChunks(std::vector<Handle> outlines);
    static void reset(Chunk& chunk);
    /// Goes on with making a degree of detail until it is made or the time is over.
    bool make(const Chunk& chunk, Detail& detail, double tolerance,
              std::chrono::steady_clock::time_point deadline) const;
    std::size_t detailFor(const Chunk& chunk, const MapCamera& camera, const QSize& size,
                          double exaggeration) const;
    void setDrawn(const std::string& uuid, bool drawn);
    static void setDrawn(Detail& detail, const std::string& uuid, bool drawn);

    LayerStyle m_style;
    std::shared_ptr<const terrain::Terrain> m_terrain;
    geo::Point m_origin;
    double m_lowest = 0; ///< heights of the terrain
    double m_highest = 0;
    osg::ref_ptr<osg::Group> m_root;
    LinePass m_casing;
    LinePass m_core;
    osg::ref_ptr<osg::Group> m_stored;
    osg::ref_ptr<osg::Group> m_liveNode;
    std::vector<Handle> m_all; ///< in order of uuid
    std::vector<Chunk> m_chunks;
    bool m_changed = true; ///< what hangs in m_stored is not what the chunks say
    Handle m_live;
};

} // namespace nunatak::ui
