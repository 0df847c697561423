// SPDX-License-Identifier: GPL-3.0-or-later
#include "ranking/conditions.h"

#include "base/error.h"
#include "comparison/distance_transform.h"
#include "geo/ground_scale.h"
#include "geo/shape_operations.h"
#include "prediction/polygonise.h"
#include "ranking/rough_extent.h"

#include <algorithm>
#include <cmath>

namespace nunatak::ranking {

namespace {

// Bits beside Condition's.
constexpr std::uint8_t inOutline = 64;
constexpr std::uint8_t inRing = 128;

/// Numbers of pixels.
struct Count {
    double all = 0;
    double covered = 0;
    double cloud = 0;
    double shadow = 0;
    double ring = 0;
    double snow = 0; // of the ring

    void add(std::uint8_t bits) {
        if ((bits & Covered) != 0) {
            ++covered;
            cloud += (bits & Cloud) != 0 ? 1 : 0;
            shadow += (bits & Shadow) != 0 ? 1 : 0;
        }
    }
    void addRing(std::uint8_t bits) {
        ++ring;
        snow += (bits & Snow) != 0 ? 1 : 0;
    }
};

std::optional<double> share(double part, double whole) {
    return whole > 0 ? std::optional(part / whole) : std::nullopt;
}

Conditions conditionsOf(const Count& count, const ConditionMap& map) {
    Conditions result;
    result.covered = share(count.covered, count.all);
    if (map.knows(Cloud)) {
        result.cloud = share(count.cloud, count.covered);
    }
    if (map.knows(Shadow)) {
        result.shadow = share(count.shadow, count.covered);
    }
    if (map.knows(Snow)) {
        result.snow = share(count.snow, count.ring);
    }
    return result;
}

std::string nameOf(const outlines::Outline& outline) {
    if (!outline.name.empty()) {
        return outline.name;
    }
    for (const char* key : {"rgi_id", "glac_id", "RGIId"}) {
        if (const auto found = outline.attributes.find(key); found != outline.attributes.end()) {
            return found->second.text();
        }
    }
    return outline.uuid.substr(0, 8);
}

/// Surely all of what lies in an extent of another system.
geo::Extent roughlyAround(const geo::Extent& extent, const geo::CoordinateTransform& transform) {
    const auto rough = roughExtent(extent, transform);
    return rough.grown(rough.width() + rough.height());
}

class Counter {
public:
    /// `beside` are no part of any ring, and not measured.
    Counter(const ConditionMap& map, const EarlierOutlines& outlines,
            const std::vector<outlines::OutlineHandle>& beside)
        : m_map(map), m_bits(map.bits) {
        const geo::CoordinateTransform transform(outlines.crs, map.grid.crs);
        const auto extent = map.grid.extent();
        for (const auto& outline : beside) {
            if (roughlyAround(outline->extent(), transform).intersects(extent)) {
                m_beside.push_back(transform(outline->geometry));
            }
        }
        for (const auto& outline : outlines.glaciers) {
            const bool near = roughlyAround(outline->extent(), transform).intersects(extent);
            geo::MultiPolygon shape;
            if (near) {
                shape = transform(outline->geometry);
            }
            m_inScene.push_back(near && geo::extentOf(shape).intersects(extent));
            m_area.push_back(geo::geodesicArea(outline->geometry, outlines.crs));
            m_shapes.push_back(m_inScene.back() ? std::move(shape) : geo::MultiPolygon());
        }
    }

    MeasuredGlaciers measure(const EarlierOutlines& outlines, const Progress& progress) {
        markOutlines(progress.part(0, 0.1));
        MeasuredGlaciers result;
        Count together;
        for (std::size_t i = 0; i < m_shapes.size(); ++i) {
            progress.report(0.1 + 0.9 * static_cast<double>(i) / static_cast<double>(m_shapes.size()),
                            "Measuring glaciers");
            // A pixel is as large on the ground as the projection has it there.
            const double metres =
                metresAt(m_inScene[i] ? geo::extentOf(m_shapes[i]).center() : m_map.grid.extent().center());
            m_ring = ringMetres / metres + 0.5;
            // Far away only its size counts.
            const Count count = m_inScene[i] ? countIn(m_shapes[i]) : Count{m_area[i] / squared(metres)};
            const auto& outline = *outlines.glaciers[i];
            result.glaciers.push_back({outline.uuid, nameOf(outline), m_area[i], conditionsOf(count, m_map)});
            together.all += count.all;
            together.covered += count.covered;
            together.cloud += count.cloud;
            together.shadow += count.shadow;
        }
        for (const std::uint8_t bits : m_bits.values()) {
            if ((bits & inRing) != 0) {
                together.addRing(bits);
            }
        }
        result.together = conditionsOf(together, m_map);
        return result;
    }

private:
    static constexpr int stripRows = 256;
    static constexpr int farColumns = 4096; ///< of a piece of what lies beyond the scene

    static double squared(double value) { return value * value; }

    /// Metres on the ground of a pixel.
    double metresAt(geo::Point place) const {
        return m_map.grid.pixelSize * geo::groundMetresPerUnit(m_map.grid.crs, place);
    }

    void markOutlines(const Progress& progress) {
        for (int first = 0; first < m_map.grid.rows; first += stripRows) {
            progress.report(static_cast<double>(first) / m_map.grid.rows, "Drawing outlines");
            const int count = std::min(stripRows, m_map.grid.rows - first);
            const auto window = m_map.grid.window(0, first, m_map.grid.columns, count);
            auto* bits = m_bits.row(0, first);
            for (const auto* shapes : {&m_shapes, &m_beside}) {
                if (shapes->empty()) {
                    continue;
                }
                const auto labels = prediction::rasterise(*shapes, window);
                for (std::size_t i = 0; i < labels.bandSize(); ++i) {
                    bits[i] |= labels.values()[i] != 0 ? inOutline : 0;
                }
            }
        }
    }

    /// The pixels around a shape, beyond the scene as well: what lies there is not covered.
    geo::PixelWindow around(const geo::MultiPolygon& shape) const {
        const auto extent = geo::extentOf(shape);
        const auto corner = m_map.grid.toPixel({extent.xmin, extent.ymax});
        const auto opposite = m_map.grid.toPixel({extent.xmax, extent.ymin});
        const int margin = static_cast<int>(std::ceil(m_ring)) + 1;
        const int column = static_cast<int>(std::floor(corner.x)) - margin;
        const int row = static_cast<int>(std::floor(corner.y)) - margin;
        return {column, row, static_cast<int>(std::ceil(opposite.x)) + margin - column,
                static_cast<int>(std::ceil(opposite.y)) + margin - row};
    }

    /// Strip by strip, and of what lies beyond the scene only how much of it is glacier: memory is that of a
    /// strip of the scene, however large the outline's box.
    Count countIn(const geo::MultiPolygon& shape) {
        const auto window = around(shape);
        Count count = countIn(shape, window, false);
        if (count.all == 0) {
            count = countIn(shape, window, true); // smaller than a pixel
        }
        return count;
    }

    Count countIn(const geo::MultiPolygon& shape, const geo::PixelWindow& window, bool touched) {
        const int margin = static_cast<int>(std::ceil(m_ring)) + 1;
        // What can lie in the scene, or be near to what does.
        const int left = std::clamp(-margin, window.column, window.column + window.columns);
        const int right = std::clamp(m_map.grid.columns + margin, left, window.column + window.columns);
        const int top = std::clamp(-margin, window.row, window.row + window.rows);
        const int bottom = std::clamp(m_map.grid.rows + margin, top, window.row + window.rows);
        Count count;
        for (int row = top; row < bottom; row += stripRows) {
            addStrip(shape, {left, row, right - left, std::min(stripRows, bottom - row)}, margin, touched,
                     count);
        }
        count.all += pixelsIn(shape, {window.column, window.row, window.columns, top - window.row}, touched);
        count.all += pixelsIn(
            shape, {window.column, bottom, window.columns, window.row + window.rows - bottom}, touched);
        count.all += pixelsIn(shape, {window.column, top, left - window.column, bottom - top}, touched);
        count.all +=
            pixelsIn(shape, {right, top, window.column + window.columns - right, bottom - top}, touched);
        return count;
    }

    Image<std::int32_t> drawn(const geo::MultiPolygon& shape, const geo::PixelWindow& window,
                              bool touched) const {
        const auto grid = m_map.grid.window(window.column, window.row, window.columns, window.rows);
        return touched ? prediction::touchedPixels({shape}, grid) : prediction::rasterise({shape}, grid);
    }

    /// Pixels of the shape in a window that may be far larger than the scene.
    double pixelsIn(const geo::MultiPolygon& shape, const geo::PixelWindow& window, bool touched) const {
        double pixels = 0;
        for (int row = window.row; row < window.row + window.rows; row += stripRows) {
            for (int column = window.column; column < window.column + window.columns; column += farColumns) {
                const auto labels =
                    drawn(shape,
                          {column, row, std::min(farColumns, window.column + window.columns - column),
                           std::min(stripRows, window.row + window.rows - row)},
                          touched);
                pixels += static_cast<double>(std::count_if(labels.values().begin(), labels.values().end(),
                                                            [](std::int32_t label) { return label != 0; }));
            }
        }
        return pixels;
    }

    void addStrip(const geo::MultiPolygon& shape, const geo::PixelWindow& strip, int margin, bool touched,
                  Count& count) {
        // As far above and below as the ring reaches, so that every distance that matters is right.
        const auto labels =
            drawn(shape, {strip.column, strip.row - margin, strip.columns, strip.rows + 2 * margin}, touched);
        if (std::none_of(labels.values().begin(), labels.values().end(), [](int l) { return l != 0; })) {
            return;
        }
        const auto nearest = comparison::nearestSeed(labels);
        for (int i = 0; i < strip.rows; ++i) {
            const int row = strip.row + i;
            const bool rowInside = row >= 0 && row < m_map.grid.rows;
            for (int k = 0; k < strip.columns; ++k) {
                const int column = strip.column + k;
                const bool inside = rowInside && column >= 0 && column < m_map.grid.columns;
                if (labels.at(0, margin + i, k) != 0) {
                    ++count.all;
                    if (inside) {
                        count.add(m_bits.at(0, row, column));
                    }
                } else if (inside && nearest.distance.at(0, margin + i, k) <= m_ring) {
                    auto& bits = m_bits.at(0, row, column);
                    if ((bits & (Covered | Shadow | inOutline)) == Covered) {
                        bits |= inRing;
                        count.addRing(bits);
                    }
                }
            }
        }
    }

    const ConditionMap& m_map;
    Image<std::uint8_t> m_bits;
    double m_ring = 0; // of the glacier at hand: pixels between the middle of the outermost one of a glacier
                       // and that of the ring's
    std::vector<geo::MultiPolygon> m_shapes; // in the map's system; empty where far away
    std::vector<geo::MultiPolygon> m_beside;
    std::vector<bool> m_inScene;
    std::vector<double> m_area; // m² on the ground
};

/// The part of a map that a ring around the ground can reach, one pixel at least.
ConditionMap around(const ConditionMap& map, const geo::Extent& ground) {
    const double metres = map.grid.pixelSize * geo::groundMetresPerUnit(map.grid.crs, ground.center());
    const double margin = (ringMetres / metres + 4) * map.grid.pixelSize;
    const auto corner = map.grid.toPixel({ground.xmin - margin, ground.ymax + margin});
    const auto opposite = map.grid.toPixel({ground.xmax + margin, ground.ymin - margin});
    const auto first = [](double value, int end) {
        return static_cast<int>(std::clamp(std::floor(value), 0.0, end - 1.0));
    };
    const auto length = [](double value, int from, int end) {
        return static_cast<int>(std::clamp(std::ceil(value), from + 1.0, static_cast<double>(end))) - from;
    };
    const int left = first(corner.x, map.grid.columns);
    const int top = first(corner.y, map.grid.rows);
    const int columns = length(opposite.x, left, map.grid.columns);
    const int rows = length(opposite.y, top, map.grid.rows);
    ConditionMap part{map.grid.window(left, top, columns, rows), Image<std::uint8_t>(1, rows, columns),
                      map.cloudUnknown, map.snowUnknown, map.shadowUnknown};
    for (int row = 0; row < rows; ++row) {
        std::copy_n(map.bits.row(0, top + row) + left, columns, part.bits.row(0, row));
    }
    return part;
}

} // namespace

std::optional<double> Conditions::score() const {
    if (!covered) {
        return std::nullopt;
    }
    return *covered * (1 - cloud.value_or(0)) * (1 - snow.value_or(0)) * (1 - shadow.value_or(0));
}

bool Conditions::scoreIsUpperBound() const {
    return covered.value_or(0) > 0 && (!cloud || !snow || !shadow);
}

MeasuredGlaciers measure(const ConditionMap& map, const EarlierOutlines& outlines, const Progress& progress,
                         const std::vector<outlines::OutlineHandle>& beside) {
    return Counter(map, outlines, beside).measure(outlines, progress);
}

std::vector<GlacierConditions> measureSome(const ConditionMap& map, const EarlierOutlines& some,
                                           const outlines::OutlineSet& all, const Progress& progress) {
    const geo::CoordinateTransform toMap(some.crs, map.grid.crs);
    const geo::CoordinateTransform toOutlines(map.grid.crs, some.crs);
    std::vector<GlacierConditions> found;
    for (const auto& glacier : some.glaciers) {
        progress.report(static_cast<double>(found.size()) / static_cast<double>(some.glaciers.size()),
                        "Measuring glaciers");
        const auto ground = roughlyAround(glacier->extent(), toMap);
        const auto part = around(map, ground.empty() ? map.grid.extent() : ground);
        auto beside = all.in(roughlyAround(part.grid.extent(), toOutlines));
        std::erase_if(beside, [&](const auto& other) { return other->uuid == glacier->uuid; });
        found.push_back(Counter(part, {some.crs, {glacier}}, beside)
                            .measure({some.crs, {glacier}}, Progress({}, progress.stopToken()))
                            .glaciers.front());
    }
    return found;
}

Conditions measureAll(const ConditionMap& map) {
    Count count;
    count.all = static_cast<double>(map.bits.bandSize());
    for (const std::uint8_t bits : map.bits.values()) {
        count.add(bits);
    }
    return conditionsOf(count, map);
}

} // namespace nunatak::ranking
