// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"
#include "viewport/line_geometry.h"

#include <cstddef>
#include <map>
#include <string>
#include <vector>

namespace nunatak::ui {

/// Where an outline's lines are among the indices of a geometry.
struct LineRange {
    std::size_t firstIndex = 0;
    std::size_t indexCount = 0;
};

/// Lines of several outlines on their way to one geometry, stretch by stretch: an outline of 100,000 vertices
/// takes longer than a window may be deaf.
class LinesInMaking {
public:
    LinesInMaking(const terrain::Terrain& terrain, geo::Point origin, double tolerance,
                  std::vector<outlines::OutlineHandle> outlines);

    /// Adds at least that many vertices, or what is left. Returns whether all are there.
    bool advance(std::size_t vertices);
    /// By uuid.
    const std::map<std::string, LineRange>& ranges() const { return m_ranges; }
    /// Null when nothing lies within the terrain. Used up by that.
    osg::ref_ptr<osg::Geometry> take() { return m_builder.take(); }

private:
    struct Stretch {
        std::size_t outline = 0;
        const geo::Ring* ring = nullptr;
        std::size_t first = 0;
        std::size_t count = 0;
    };
    void cut(std::size_t outline, const geo::Ring& ring);

    std::vector<outlines::OutlineHandle> m_outlines;
    std::vector<Stretch> m_stretches;
    std::size_t m_next = 0;
    LineGeometryBuilder m_builder;
    std::map<std::string, LineRange> m_ranges;
};

} // namespace nunatak::ui
