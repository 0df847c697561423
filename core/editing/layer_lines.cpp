// SPDX-License-Identifier: GPL-3.0-or-later
#include "editing/layer_lines.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace nunatak::editing {

namespace {

/// A place on a curve that fills the area (Morton 1966): near on the curve is near on the map, mostly.
std::uint64_t placeOnCurve(geo::Point point, const geo::Extent& area) {
    constexpr int bits = 20;
    const auto digits = [](double from, double length, double at) {
        const double share = length > 0 ? std::clamp((at - from) / length, 0.0, 1.0) : 0;
        return static_cast<std::uint64_t>(share * ((1 << bits) - 1));
    };
    const std::uint64_t x = digits(area.xmin, area.width(), point.x);
    const std::uint64_t y = digits(area.ymin, area.height(), point.y);
    std::uint64_t place = 0;
    for (int bit = 0; bit < bits; ++bit) {
        place |= ((x >> bit & 1) << (2 * bit)) | ((y >> bit & 1) << (2 * bit + 1));
    }
    return place;
}

} // namespace

LayerLines::LayerLines(std::vector<outlines::OutlineHandle> outlines) {
    geo::Extent area;
    for (const auto& outline : outlines) {
        area.include(outline->extent());
    }
    std::vector<std::pair<std::uint64_t, std::size_t>> order;
    order.reserve(outlines.size());
    for (std::size_t i = 0; i < outlines.size(); ++i) {
        order.emplace_back(placeOnCurve(outlines[i]->extent().center(), area), i);
    }
    std::sort(order.begin(), order.end());
    std::vector<geo::Extent> boxes;
    boxes.reserve(outlines.size());
    for (const auto& [place, i] : order) {
        boxes.push_back(outlines[i]->extent());
        m_indices.push_back(std::make_shared<const geo::EdgeIndex>(outlines[i]->geometry));
        m_outlines.push_back(std::move(outlines[i]));
    }
    m_tree = geo::BoxTree(std::move(boxes));
}

} // namespace nunatak::editing
