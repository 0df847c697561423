// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/terrain/tile_lines.h"
#include "ui/viewport/line_pass.h"
#include "ui/viewport/tile_frame.h"
#include "ui/viewport/viewport.h"

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <vector>

namespace nunatak::ui::viewport {

/// The selected outlines over all layers: a bright line; of one alone its vertices as round handles, one of
/// them emphasised.
class SelectionNode {
public:
    using Shown = std::shared_ptr<const terrain::ThinnedOutline>;
    /// More are too many to be laid onto tiles between two frames.
    static constexpr std::size_t most = 32;
    enum class Lines {
        Own,  ///< laid onto the tiles here
        Given ///< whoever has them adds them to lines() after prepare()
    };

    explicit SelectionNode(const ShaderPrograms& programs);

    osg::Node* node() const { return m_root.get(); }
    /// All in this style; none: nothing. Handles are for one alone. Of one that was edited only the tiles are
    /// made again where it is another.
    void show(const std::vector<Shown>& outlines, const LayerStyle& style, Lines lines);
    osg::Group& lines() { return *m_lines; }
    void setHovered(const std::optional<geo::VertexId>& vertex);
    /// What the ground hides is drawn too, thinner and paler.
    void setHiddenShown(bool shown) { m_hidden.setVisible(shown); }
    /// Metres in a device-independent pixel at a place of the ground, heights as they are.
    using Scale = std::function<double(const terrain::Vec3& place)>;
    /// Lays it onto the tiles of this frame. Handles are drawn on tiles where vertices are far enough apart
    /// on the screen to be told from each other.
    void prepare(const TileFrame& frame, const Scale& metresPerPixel);
    void forgetTiles();
    /// Whether handles are drawn where a device-independent pixel is so many metres.
    bool showsVertices(double metresPerPixel) const;
    /// Whether there are vertices in the frame that was prepared last.
    bool hasDots() const { return m_dots->getNumChildren() > 0; }

private:
    /// Where another shape of the one outline shown differs from what is drawn; none: elsewhere, too.
    std::optional<geo::Extent> edited(const std::vector<Shown>& outlines) const;

    struct Tile {
        osg::ref_ptr<osg::Geometry> line;
        double tolerance = -1; ///< of the line; negative: it is not made yet
        osg::ref_ptr<osg::Geometry> dots;
        bool hasDots = false; ///< they were made, if there are any
        geo::Extent ground;
    };

    osg::ref_ptr<osg::Group> m_root;
    LinePass m_hidden;
    LinePass m_halo;
    LinePass m_rim;
    LinePass m_core;
    LinePass m_handleRims;
    LinePass m_handles;
    LinePass m_hoverRim;
    LinePass m_hover;
    osg::ref_ptr<osg::Group> m_lines;
    osg::ref_ptr<osg::Group> m_dots;
    osg::ref_ptr<osg::Group> m_hoverDot;
    Lines m_linesAre = Lines::Own;
    bool m_isReference = false; ///< whose vertices are not taken hold of
    std::vector<Shown> m_outlines;
    std::optional<geo::VertexId> m_hovered;
    std::map<terrain::TileId, Tile> m_tiles;
    double m_spacing = 0; ///< median metres between neighbouring vertices
};

} // namespace nunatak::ui::viewport
