// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/resample.h"

#include "base/error.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <limits>
#include <numbers>
#include <utility>
#include <vector>

namespace nunatak::raster {

using geo::Point;

namespace {

constexpr float nothing = std::numeric_limits<float>::quiet_NaN();

/// Whole numbers and halves stay what they are in spite of the rounding noise of transformed coordinates.
double withoutNoise(double position) {
    constexpr double steps = 1 << 20;
    return std::round(position * steps) / steps;
}

/// Pixels of one band around the positions that are wanted, in thinned-out pixels.
struct Patch {
    geo::PixelWindow window;
    const float* values = nullptr;

    /// NaN outside.
    float at(std::int64_t column, std::int64_t row) const {
        const std::int64_t c = column - window.column;
        const std::int64_t r = row - window.row;
        if (c < 0 || r < 0 || c >= window.columns || r >= window.rows) {
            return nothing;
        }
        return values[static_cast<std::size_t>(r * window.columns + c)];
    }
};

/// Weights of the pixels around a position along one axis.
struct Taps {
    static constexpr int most = 10;
    std::int64_t first = 0;
    int count = 0;
    std::array<double, most> weights{};
};

// Kernels are types, so that the compiler puts them into the loops over pixels.

struct Tent {
    static constexpr double radius = 1;
    static double weight(double distance) { return std::max(0.0, 1 - distance); }
};

/// Catmull and Rom's cubic (a = -1/2), which keeps straight slopes straight.
struct Cubic {
    static constexpr double radius = 2;
    static double weight(double d) {
        if (d < 1) {
            return 1 + d * d * (1.5 * d - 2.5);
        }
        return d < 2 ? 2 + d * (-4 + d * (2.5 - 0.5 * d)) : 0;
    }
};

/// `stretch` ≥ 1 widens the kernel for a target that is coarser than the pixels.
template <typename Kernel> Taps tapsAround(double position, double stretch) {
    const double reach = Kernel::radius * stretch;
    Taps taps;
    taps.first = static_cast<std::int64_t>(std::floor(position - 0.5 - reach)) + 1;
    const auto last = static_cast<std::int64_t>(std::ceil(position - 0.5 + reach)) - 1;
    taps.count = static_cast<int>(std::clamp<std::int64_t>(last - taps.first + 1, 1, Taps::most));
    for (int i = 0; i < taps.count; ++i) {
        const double distance = std::abs(static_cast<double>(taps.first + i) + 0.5 - position);
        taps.weights[static_cast<std::size_t>(i)] = Kernel::weight(distance / stretch);
    }
    return taps;
}

/// The taps at a position, kept for the next one: pixels of a column have the same as a rule, and so have
/// those of a row.
template <typename Kernel> class KeptTaps {
public:
    const Taps& at(double position, double stretch) {
        if (position != m_position) {
            m_position = position;
            m_taps = tapsAround<Kernel>(position, stretch);
        }
        return m_taps;
    }

private:
    double m_position = std::numeric_limits<double>::quiet_NaN();
    Taps m_taps;
};

/// The weighted mean of all pixels; NaN when one of them is missing or lies outside the patch.
float weightedWhole(const Patch& patch, const Taps& x, const Taps& y) {
    const std::int64_t column = x.first - patch.window.column;
    const std::int64_t row = y.first - patch.window.row;
    if (column < 0 || row < 0 || column + x.count > patch.window.columns ||
        row + y.count > patch.window.rows) {
        return nothing;
    }
    double sum = 0;
    double weights = 0;
    for (int r = 0; r < y.count; ++r) {
        const float* values =
            patch.values + static_cast<std::size_t>((row + r) * patch.window.columns + column);
        for (int c = 0; c < x.count; ++c) {
            const double weight =
                x.weights[static_cast<std::size_t>(c)] * y.weights[static_cast<std::size_t>(r)];
            sum += weight * values[c];
            weights += weight;
        }
    }
    return weights > 0 ? static_cast<float>(sum / weights) : nothing;
}

/// The weighted mean of the pixels that are there; `whole` says whether all with a weight were.
float weighted(const Patch& patch, const Taps& x, const Taps& y, bool& whole) {
    whole = true;
    if (const float all = weightedWhole(patch, x, y); !std::isnan(all)) {
        return all;
    }
    double sum = 0;
    double weights = 0;
    for (int r = 0; r < y.count; ++r) {
        for (int c = 0; c < x.count; ++c) {
            const double weight =
                x.weights[static_cast<std::size_t>(c)] * y.weights[static_cast<std::size_t>(r)];
            if (weight == 0) {
                continue;
            }
            const float value = patch.at(x.first + c, y.first + r);
            if (std::isnan(value)) {
                whole = false;
            } else {
                sum += weight * value;
                weights += weight;
            }
        }
    }
    return weights > 0 ? static_cast<float>(sum / weights) : nothing;
}

/// Values of patches between their pixels, for the pixels of one block of a target.
class Sampler {
public:
    Sampler(Point stretch, Resampling resampling, int columns)
        : m_stretch(stretch), m_resampling(resampling), m_columns(static_cast<std::size_t>(columns)) {}

    /// `column`: of the block.
    float at(const Patch& patch, int column, Point position) {
        const float under = patch.at(static_cast<std::int64_t>(std::floor(position.x)),
                                     static_cast<std::int64_t>(std::floor(position.y)));
        if (std::isnan(under) || m_resampling == Resampling::Nearest) {
            return under;
        }
        auto& kept = m_columns[static_cast<std::size_t>(column)];
        bool whole = false;
        if (m_resampling == Resampling::Cubic) {
            const float value = weighted(patch, kept.cubic.at(position.x, m_stretch.x),
                                         m_row.cubic.at(position.y, m_stretch.y), whole);
            if (whole) {
                return value;
            }
            // Without some of its pixels a kernel with negative weights overshoots: the tent does not.
        }
        return weighted(patch, kept.tent.at(position.x, m_stretch.x), m_row.tent.at(position.y, m_stretch.y),
                        whole);
    }

private:
    struct Axis {
        KeptTaps<Tent> tent;
        KeptTaps<Cubic> cubic;
    };

    Point m_stretch;
    Resampling m_resampling;
    std::vector<Axis> m_columns;
    Axis m_row;
};

/// One block of target pixels in all bands.
class BlockResampler {
public:
    /// `positions` in full source pixels, row by row, NaN where there is none.
    BlockResampler(const PixelSource& source, Point scale, Resampling resampling, geo::PixelWindow target,
                   std::vector<Point> positions)
        : m_source(source), m_scale(scale), m_resampling(resampling), m_target(target),
          m_positions(std::move(positions)) {}

    /// Has the source begin to fetch what fill() reads.
    void announce(std::span<const int> bands) {
        for (const int band : bands) {
            prepare(band);
            if (!m_window.empty()) {
                const int one[] = {band};
                m_source.announce(one, m_thinning.reduction, m_window);
            }
        }
    }

    void fill(std::span<const int> bands, Image<float>& image) {
        for (std::size_t first = 0; first < bands.size();) {
            prepare(bands[first]);
            std::size_t end = first + 1;
            while (end < bands.size() && isAlike(thinningFor(bands[end]))) {
                ++end;
            }
            fillAlike(bands.subspan(first, end - first), image, static_cast<int>(first));
            first = end;
        }
    }

private:
    struct Thinning {
        Reduction reduction;
        Point unit;    ///< full pixels per pixel that is left
        Point stretch; ///< of the kernel
    };

    Thinning thinningFor(int band) const {
        Thinning thinning{reductionFor(m_source, band, m_scale, m_resampling), {}, {}};
        const Reduction& reduction = thinning.reduction;
        thinning.unit = {reduction.level.columnScale * reduction.columns,
                         reduction.level.rowScale * reduction.rows};
        thinning.stretch = {stretchFor(m_scale.x / thinning.unit.x), stretchFor(m_scale.y / thinning.unit.y)};
        return thinning;
    }

    bool isAlike(const Thinning& thinning) const {
        const Reduction& before = m_thinning.reduction;
        const Reduction& now = thinning.reduction;
        return before.level.overview == now.level.overview && before.level.columns == now.level.columns &&
               before.level.rows == now.level.rows && before.columns == now.columns &&
               before.rows == now.rows;
    }

    /// Bands that are thinned out alike share the places.
    void prepare(int band) {
        const Thinning thinning = thinningFor(band);
        const bool same = !m_reduced.empty() && isAlike(thinning);
        m_thinning = thinning;
        if (!same) {
            m_reduced = reducedPositions(thinning);
            m_window = windowFor(thinning, m_reduced);
        }
    }

    void fillAlike(std::span<const int> bands, Image<float>& image, int imageBand) const {
        Patch patch{m_window, nullptr};
        std::vector<float> values;
        const auto size =
            static_cast<std::size_t>(m_window.columns) * static_cast<std::size_t>(m_window.rows);
        if (!m_window.empty()) {
            values.resize(size * bands.size());
            m_source.read(bands, m_thinning.reduction, m_window, values.data());
        }
        Sampler sampler(m_thinning.stretch, m_resampling, m_target.columns);
        for (std::size_t i = 0; i < m_positions.size(); ++i) {
            if (!inside(m_positions[i])) {
                continue;
            }
            const int c = static_cast<int>(i) % m_target.columns;
            const int r = static_cast<int>(i) / m_target.columns;
            for (std::size_t band = 0; band < bands.size(); ++band) {
                patch.values = m_window.empty() ? nullptr : values.data() + band * size;
                image.at(imageBand + static_cast<int>(band), m_target.row + r, m_target.column + c) =
                    sampler.at(patch, c, m_reduced[i]);
            }
        }
    }

    std::vector<Point> reducedPositions(const Thinning& thinning) const {
        std::vector<Point> reduced(m_positions.size());
        for (std::size_t i = 0; i < m_positions.size(); ++i) {
            reduced[i] = {withoutNoise(m_positions[i].x / thinning.unit.x),
                          withoutNoise(m_positions[i].y / thinning.unit.y)};
        }
        return reduced;
    }

    /// The pixels that are left around all positions inside; empty when there is none.
    geo::PixelWindow windowFor(const Thinning& thinning, const std::vector<Point>& reduced) const {
        geo::Extent wanted;
        for (std::size_t i = 0; i < m_positions.size(); ++i) {
            if (inside(m_positions[i])) {
                wanted.include(reduced[i]);
            }
        }
        if (wanted.empty()) {
            return {};
        }
        wanted = wanted.grown(2 * std::max(thinning.stretch.x, thinning.stretch.y) + 1);
        const auto bounded = [](double value, int most) {
            return static_cast<int>(std::clamp(value, 0.0, static_cast<double>(most)));
        };
        const Reduction& reduction = thinning.reduction;
        geo::PixelWindow window;
        window.column = bounded(std::floor(wanted.xmin), reduction.reducedColumns());
        window.row = bounded(std::floor(wanted.ymin), reduction.reducedRows());
        window.columns = bounded(std::ceil(wanted.xmax), reduction.reducedColumns()) - window.column;
        window.rows = bounded(std::ceil(wanted.ymax), reduction.reducedRows()) - window.row;
        return window;
    }

    /// A widened cubic no longer keeps slopes straight, so it stays as it is for pixels that are only a
    /// little coarser.
    double stretchFor(double ratio) const {
        const double least = m_resampling == Resampling::Cubic ? 1.5 : 1;
        return ratio < least ? 1 : withoutNoise(ratio);
    }

    bool inside(Point position) const {
        return withoutNoise(position.x) >= 0 && withoutNoise(position.x) < m_source.columns() &&
               withoutNoise(position.y) >= 0 && withoutNoise(position.y) < m_source.rows();
    }

    const PixelSource& m_source;
    Point m_scale;
    Resampling m_resampling;
    geo::PixelWindow m_target; ///< in the image
    std::vector<Point> m_positions;
    Thinning m_thinning;
    std::vector<Point> m_reduced;
    geo::PixelWindow m_window; ///< pixels that are left, which fill() reads
};

/// Where longitudes jump, neighbours of the target lie at both ends of the source, and what lies between them
/// is not wanted: the positions of either end, NaN for the others. One list where there is no such jump.
std::vector<std::vector<Point>> withoutJump(std::vector<Point> positions, double columnsPerPixel,
                                            int sourceColumns) {
    geo::Extent extent;
    for (const Point& position : positions) {
        if (std::isfinite(position.x) && std::isfinite(position.y)) {
            extent.include(position);
        }
    }
    // Twice as far as the pixels of a block reach, and as far as a jump goes.
    const double farthest = 2 * TargetMapping::blockSize * std::numbers::sqrt2 * columnsPerPixel;
    if (extent.empty() || extent.width() <= std::max(farthest, sourceColumns / 2.0)) {
        return {std::move(positions)};
    }
    const double middle = extent.center().x;
    std::vector<std::vector<Point>> ends(2, positions);
    for (std::size_t i = 0; i < positions.size(); ++i) {
        ends[positions[i].x < middle ? 1 : 0][i] = {nothing, nothing};
    }
    return ends;
}

std::int64_t blockOf(std::int64_t pixel) {
    constexpr std::int64_t size = TargetMapping::blockSize;
    return pixel / size - (pixel % size < 0 ? 1 : 0);
}

/// Blocks whose pixels are on their way while another is filled: a network's delay is worth several.
constexpr std::size_t blocksAhead = 12;

} // namespace

Reduction reductionFor(const PixelSource& source, int band, Point scale, Resampling resampling) {
    Reduction reduction;
    reduction.average = resampling != Resampling::Nearest;
    // The nearest pixel must not be far off: half as much thinning out, and no averaged overviews.
    const double share = reduction.average ? 1 : 0.5;
    reduction.level = reduction.average ? source.levelFor(band, scale.x, scale.y) : source.fullLevel();
    const auto whole = [](double ratio) { return std::max(1, static_cast<int>(std::floor(ratio + 1e-3))); };
    reduction.columns =
        std::min(whole(share * scale.x / reduction.level.columnScale), reduction.level.columns);
    reduction.rows = std::min(whole(share * scale.y / reduction.level.rowScale), reduction.level.rows);
    constexpr int manyRows = 4;
    reduction.sparse = resampling == Resampling::Glance && reduction.rows >= manyRows;
    return reduction;
}

Image<float> resample(const PixelSource& source, std::span<const int> bands, const TargetMapping& mapping,
                      int columns, int rows, Resampling resampling, const std::stop_token& stop) {
    Image<float> image(static_cast<int>(bands.size()), rows, columns, nothing);
    const std::int64_t left = mapping.firstColumn();
    const std::int64_t top = mapping.firstRow();
    constexpr std::int64_t size = TargetMapping::blockSize;
    std::deque<BlockResampler> announced;
    const auto fillFirst = [&] {
        if (stop.stop_requested()) {
            throw Cancelled();
        }
        announced.front().fill(bands, image);
        announced.pop_front();
    };
    for (std::int64_t blockRow = blockOf(top); blockRow <= blockOf(top + rows - 1); ++blockRow) {
        for (std::int64_t blockColumn = blockOf(left); blockColumn <= blockOf(left + columns - 1);
             ++blockColumn) {
            const std::int64_t x = std::max(left, blockColumn * size);
            const std::int64_t y = std::max(top, blockRow * size);
            const auto width = static_cast<int>(std::min(left + columns, (blockColumn + 1) * size) - x);
            const auto height = static_cast<int>(std::min(top + rows, (blockRow + 1) * size) - y);
            const Point scale = mapping.scaleOfBlock(blockColumn, blockRow);
            for (auto& positions :
                 withoutJump(mapping.positions(x, y, width, height), scale.x, source.columns())) {
                announced.emplace_back(
                    source, scale, resampling,
                    geo::PixelWindow{static_cast<int>(x - left), static_cast<int>(y - top), width, height},
                    std::move(positions));
                if (source.isShared()) {
                    announced.back().announce(bands);
                }
                if (announced.size() > (source.isShared() ? blocksAhead : 0)) {
                    fillFirst();
                }
            }
        }
    }
    while (!announced.empty()) {
        fillFirst();
    }
    return image;
}

} // namespace nunatak::raster
