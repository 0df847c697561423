// SPDX-License-Identifier: GPL-3.0-or-later
#include "own_pixels.h"

#include "prediction/polygonise.h"

#include <algorithm>
#include <map>

namespace nunatak::comparison {

OwnPixels::OwnPixels(const std::vector<outlines::OutlineSet::Handle>& outlines,
                     const std::vector<geo::MultiPolygon>& shapes, const IceRuns& ice, const geo::Grid& grid)
    : m_outlines(outlines), m_counts(shapes.size()) {
    constexpr int stripRows = 256; // at a time: an ice cap may fill the scene
    std::vector<std::int32_t> labels;
    for (std::size_t i = 0; i < shapes.size(); ++i) {
        const auto part = geo::windowCovering(grid, geo::extentOf(shapes[i]));
        if (part.empty()) {
            continue;
        }
        Count& count = m_counts[i];
        count.touchesGrid = true;
        std::map<std::int32_t, std::int64_t> owners;
        labels.resize(static_cast<std::size_t>(part.columns));
        for (int first = part.row; first < part.row + part.rows; first += stripRows) {
            const int rows = std::min(stripRows, part.row + part.rows - first);
            const auto inside =
                prediction::rasterise({shapes[i]}, grid.window(part.column, first, part.columns, rows));
            for (int row = 0; row < rows; ++row) {
                ice.labelsOf(
                    first + row, part.column, [](const Run& run) { return run.validExpert(); }, labels);
                for (int column = 0; column < part.columns; ++column) {
                    if (inside.at(0, row, column) == 0) {
                        continue;
                    }
                    ++count.all;
                    const auto label = labels[static_cast<std::size_t>(column)];
                    if (label > 0 && label != static_cast<std::int32_t>(i) + 1) {
                        ++count.covered;
                        ++owners[label];
                    }
                }
            }
        }
        const auto most = std::max_element(owners.begin(), owners.end(),
                                           [](const auto& a, const auto& b) { return a.second < b.second; });
        count.coveredBy = most == owners.end() ? 0 : most->first;
    }
}

UnlistedGlacier OwnPixels::whyUnlisted(std::size_t outline) const {
    using Reason = UnlistedGlacier::Reason;
    const Count& count = m_counts[outline];
    const auto nameOf = [](const outlines::Outline& named) {
        return named.name.empty() ? named.uuid : named.name;
    };
    UnlistedGlacier glacier;
    glacier.uuid = m_outlines[outline]->uuid;
    glacier.name = m_outlines[outline]->name;
    glacier.extent = m_outlines[outline]->extent();
    glacier.reason = !count.touchesGrid  ? Reason::OutsideScene
                     : count.covered > 0 ? Reason::Covered
                     : count.all > 0     ? Reason::WithoutResult
                                         : Reason::BelowPixel;
    if (count.coveredBy > 0) {
        glacier.coveredBy = nameOf(*m_outlines[static_cast<std::size_t>(count.coveredBy) - 1]);
    }
    return glacier;
}

} // namespace nunatak::comparison
