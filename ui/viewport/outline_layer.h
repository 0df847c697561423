// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline_set.h"
#include "ui/terrain/tile_lines.h"
#include "ui/viewport/line_pass.h"
#include "ui/viewport/tile_frame.h"
#include "ui/viewport/viewport.h"

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include <osg/Geometry>

namespace nunatak::ui::viewport {

/// The drawn outlines of one layer, tile by tile: lines are laid onto a tile by workers, thinned to what can
/// be seen at its level; an edit makes only the tiles again that the outline lies on.
class OutlineLayer {
public:
    using Handle = outlines::OutlineSet::Handle;
    using NextVersion = std::function<std::uint64_t()>;

    /// `order` is its place over the others from the lowest, until another one is set, and names this one's
    /// work; `nextVersion` gives numbers that nobody else has.
    OutlineLayer(const ShaderPrograms& programs, int order, NextVersion nextVersion);

    /// Casing below, colour above.
    osg::Node* node() const { return m_root.get(); }
    void setOutlines(const std::vector<Handle>& all);
    /// Adds, replaces (by uuid) and takes away: work that grows with these alone.
    void changeOutlines(const std::vector<Handle>& put, const std::vector<std::string>& removed);
    /// Its place over the others, from the lowest; costs nothing.
    void setPlace(int place);
    std::size_t size() const { return m_snapshot->size(); }
    void setStyle(const LayerStyle& style);
    /// What the ground hides is drawn too, thinner and paler.
    void setHiddenShown(bool shown);
    /// The outline with this uuid is emphasised, from the lines that are there; empty: none.
    void setHovered(const std::string& uuid);
    /// Colour and casing in one pass: half the work, and a little less clean where lines bend.
    void setQuick(bool quick);
    const LayerStyle& style() const { return m_style; }
    /// The terrain became another: all lines are made again.
    void forgetTiles();
    /// The outline with this uuid as it is drawn; null when there is none.
    std::shared_ptr<const terrain::ThinnedOutline> shown(const std::string& uuid) const;

    /// Draws these in place of the stored outlines with their uuids. Of those that differ little from what is
    /// drawn in their place by now, only the tiles where they do are made again.
    void setLive(const LiveOutlines& outlines);
    /// Which outlines addSelected() gives.
    void setSelected(std::set<std::string> uuids);
    /// Adds the lines of the selected outlines as they lie on the tiles of this frame: index arrays are all
    /// that is made, however many there are.
    void addSelected(const TileFrame& frame, osg::Group& lines);

    /// What workers have delivered becomes part of the next frame, at least one tile's; what is not taken by
    /// then waits for the frame after it. Returns whether nothing waits.
    bool takeIn(std::chrono::steady_clock::time_point deadline);
    /// Lines for this tile are there, or none are to be drawn.
    bool isReady(const terrain::TileId& id) const;
    /// Draws what there is for the tiles of this frame and adds the work that is missing. Returns whether all
    /// is there.
    bool prepare(const TileFrame& frame, Tasks& tasks);

private:
    struct Tile {
        terrain::TileLines lines;             ///< without its vertices, once they are in the geometry
        osg::ref_ptr<osg::Geometry> geometry; // null: none on this tile
        std::size_t pieces = 0;               ///< of the geometry
        std::uint64_t version = 0;
        double tolerance = 0; ///< that it was made for
        geo::Extent extent;
        std::uint64_t lastFrame = 0;
    };
    struct Arrived {
        terrain::TileLines lines;
        std::uint64_t version = 0;
        double tolerance = 0;
        geo::Extent extent;
    };
    using Mailbox = std::map<terrain::TileId, Arrived>;

    bool isAsWanted(const Tile& tile, const TileFrame::Item& item) const {
        return tile.version == m_version && tile.tolerance == item.tolerance;
    }
    void addTask(const TileFrame& frame, const TileFrame::Item& item, double urgency, Tasks& tasks) const;
    void setDrawn(const std::string& uuid, bool drawn);
    static void setDrawn(Tile& tile, const std::string& uuid, bool drawn);
    void updateStates();
    void take(const std::shared_ptr<terrain::OutlineSnapshot>& next,
              const std::vector<std::shared_ptr<const terrain::ThinnedOutline>>& changed);
    void drawLive(const TileFrame& frame);
    /// The tiles where what is shown live differs from what shall be.
    void forgetChangedLive();
    void drawHovered(const TileFrame& frame);
    bool hasArrived(const terrain::TileId& id) const;
    void dropUnused(const TileFrame& frame);

    int m_order;
    NextVersion m_nextVersion;
    LayerStyle m_style;
    bool m_quick = false;
    std::size_t m_marked = 0; ///< outlines that are not as they came
    osg::ref_ptr<osg::Group> m_root;
    LinePass m_hidden;
    LinePass m_casing;
    LinePass m_core;
    LinePass m_hoverCasing;
    LinePass m_hoverCore;
    osg::ref_ptr<osg::Group> m_stored;
    osg::ref_ptr<osg::Group> m_liveNode;
    osg::ref_ptr<osg::Group> m_hoverNode;
    std::string m_hovered;
    /// Some of a tile's lines.
    struct Excerpt {
        osg::ref_ptr<osg::Geometry> whole;  ///< that its pieces are from
        osg::ref_ptr<osg::Geometry> pieces; ///< null: none here
    };
    using Excerpts = std::map<terrain::TileId, Excerpt>;
    /// Adds, from each tile of the frame, the lines of the outlines that are wanted.
    void addExcerpts(const TileFrame& frame, const std::function<bool(const std::string& uuid)>& isWanted,
                     Excerpts& excerpts, osg::Group& lines);
    Excerpts m_hoverTiles;
    std::set<std::string> m_selected;
    Excerpts m_selectedTiles;
    std::shared_ptr<const terrain::OutlineSnapshot> m_snapshot;
    std::uint64_t m_version = 0;
    std::map<terrain::TileId, Tile> m_tiles;
    std::size_t m_pieces = 0;           ///< of all tiles
    std::shared_ptr<Mailbox> m_arrived; ///< shared with deliveries, which may come too late
    std::uint64_t m_frame = 0;
    LiveOutlines m_live;
    LiveOutlines m_shownLive; ///< stay until the stored ones are drawn as they are now
    std::map<std::string, std::shared_ptr<const terrain::ThinnedOutline>> m_thinnedLive; ///< of those
    struct LiveTile {
        osg::ref_ptr<osg::Geometry> geometry; ///< null: none here
        geo::Extent ground;
        double tolerance = 0;
    };
    std::map<terrain::TileId, LiveTile> m_liveTiles;
};

} // namespace nunatak::ui::viewport
