// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "outlines/outline_state.h"
#include "ui/terrain/outline_snapshot.h"
#include "ui/terrain/tile_data.h"

#include <array>
#include <string>
#include <utility>
#include <vector>

namespace nunatak::ui::terrain {

/// Lines laid onto one tile's surface, as plain arrays for the line shader: four vertices for each straight
/// piece, which the shader spreads to a constant width on the screen. Pieces follow the tile's triangles, so
/// that they lie in its surface at every morph.
struct TileLines {
    struct Vertex {
        std::array<float, 3> place; ///< metres from the local origin, true height as the tile itself
        std::array<float, 3> other; ///< the piece's other end
        /// Negative or positive along and across as seen from this end. The first one's size is 1 and the
        /// metres on the map from the beginning of the outline's ring, which a dashed line needs (0 for
        /// others); the second one's 1 and the number of its OutlineState. Then both ends' heights as the
        /// tile's parent.
        std::array<float, 4> corner;
    };
    /// Which pieces are an outline's.
    struct Range {
        std::string uuid;
        std::size_t first = 0; ///< piece
        std::size_t count = 0;
    };
    std::vector<Vertex> vertices;
    std::vector<Range> ranges;

    std::size_t pieces() const { return vertices.size() / 4; }
    std::size_t bytes() const { return vertices.size() * sizeof(Vertex) + ranges.size() * sizeof(Range); }
};

/// Lays outlines onto a tile.
class TileLineBuilder {
public:
    /// Lines may be simplified by `tolerance` metres. `origin` is what becomes local (0, 0).
    TileLineBuilder(const TileData& tile, geo::Point origin, double tolerance);

    void addOutline(const ThinnedOutline& outline, bool isReference = false);
    /// The same with its rings as they are at this tolerance: who lays an outline onto many tiles thins it
    /// once for all of a level.
    void addOutline(const ThinnedOutline& outline, const std::vector<geo::Ring>& rings, bool isReference);
    void addShape(const geo::MultiPolygon& shape);
    /// Points joined by a line; back to the first one where it is closed.
    void addPath(const std::vector<geo::Point>& points, bool isClosed);
    /// The same, dashed as the line of a reference.
    void addDashedPath(const std::vector<geo::Point>& points, bool isClosed);
    /// A round dot, where the tile has the place.
    void addDot(geo::Point map);
    TileLines take() { return std::move(m_lines); }

private:
    struct LinePoint {
        MorphPoint point;
        double travel = 0; ///< metres along the ring
    };
    void addLine();
    void addPiece(const LinePoint& from, const LinePoint& to);

    const TileData& m_tile;
    geo::Point m_origin;
    double m_tolerance;
    geo::Extent m_extent;
    std::vector<Vec3> m_segment;
    std::vector<LinePoint> m_line;
    outlines::OutlineState m_state = outlines::OutlineState::Untouched; ///< of the outline being added
    TileLines m_lines;
};

/// All outlines that reach a tile. Throws Cancelled.
TileLines buildTileLines(const OutlineSnapshot& outlines, const TileData& tile, geo::Point origin,
                         double tolerance, const Progress& progress);

} // namespace nunatak::ui::terrain
