// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/resample.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

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
    std::vector<float> values;

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

double tent(double distance) {
    return std::max(0.0, 1 - distance);
}

/// Catmull and Rom's cubic (a = -1/2), which keeps straight slopes straight.
double cubic(double d) {
    if (d < 1) {
        return 1 + d * d * (1.5 * d - 2.5);
    }
    return d < 2 ? 2 + d * (-4 + d * (2.5 - 0.5 * d)) : 0;
}

/// `stretch` ≥ 1 widens the kernel for a target that is coarser than the pixels.
template <typename Kernel> Taps tapsAround(double position, double stretch, double radius, Kernel kernel) {
    const double reach = radius * stretch;
    Taps taps;
    taps.first = static_cast<std::int64_t>(std::floor(position - 0.5 - reach)) + 1;
    const auto last = static_cast<std::int64_t>(std::ceil(position - 0.5 + reach)) - 1;
    taps.count = static_cast<int>(std::clamp<std::int64_t>(last - taps.first + 1, 1, Taps::most));
    for (int i = 0; i < taps.count; ++i) {
        const double distance = std::abs(static_cast<double>(taps.first + i) + 0.5 - position);
        taps.weights[static_cast<std::size_t>(i)] = kernel(distance / stretch);
    }
    return taps;
}

/// The weighted mean; `whole` says whether every pixel with a weight was there.
float weighted(const Patch& patch, const Taps& x, const Taps& y, bool& whole) {
    double sum = 0;
    double weights = 0;
    whole = true;
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

float sampled(const Patch& patch, Point position, Point stretch, Resampling resampling) {
    const float under = patch.at(static_cast<std::int64_t>(std::floor(position.x)),
                                 static_cast<std::int64_t>(std::floor(position.y)));
    if (std::isnan(under) || resampling == Resampling::Nearest) {
        return under;
    }
    bool whole = false;
    if (resampling == Resampling::Cubic) {
        const float value = weighted(patch, tapsAround(position.x, stretch.x, 2, cubic),
                                     tapsAround(position.y, stretch.y, 2, cubic), whole);
        if (whole) {
            return value;
        }
        // Without some of its pixels a kernel with negative weights overshoots: the tent does not.
    }
    return weighted(patch, tapsAround(position.x, stretch.x, 1, tent),
                    tapsAround(position.y, stretch.y, 1, tent), whole);
}

/// How the source is thinned out for target pixels of this size, and what is left of the size then.
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
    return reduction;
}

/// One block of target pixels in all bands.
class BlockResampler {
public:
    BlockResampler(const PixelSource& source, Point scale, Resampling resampling)
        : m_source(source), m_scale(scale), m_resampling(resampling) {}

    /// `positions` in full source pixels, NaN where there is none.
    void fill(int band, const std::vector<Point>& positions, int columns, Image<float>& image, int imageBand,
              int column, int row) const {
        const Reduction reduction = reductionFor(m_source, band, m_scale, m_resampling);
        const Point unit{reduction.level.columnScale * reduction.columns,
                         reduction.level.rowScale * reduction.rows};
        const Point stretch{stretchFor(m_scale.x / unit.x), stretchFor(m_scale.y / unit.y)};
        const double margin = 2 * std::max(stretch.x, stretch.y) + 1;
        std::vector<Point> reduced(positions.size());
        geo::Extent wanted;
        for (std::size_t i = 0; i < positions.size(); ++i) {
            reduced[i] = {withoutNoise(positions[i].x / unit.x), withoutNoise(positions[i].y / unit.y)};
            if (inside(positions[i])) {
                wanted.include(reduced[i]);
            }
        }
        if (wanted.empty()) {
            return;
        }
        const Patch patch = patchAround(band, reduction, wanted.grown(margin));
        for (std::size_t i = 0; i < positions.size(); ++i) {
            if (inside(positions[i])) {
                const int c = static_cast<int>(i) % columns;
                const int r = static_cast<int>(i) / columns;
                image.at(imageBand, row + r, column + c) = sampled(patch, reduced[i], stretch, m_resampling);
            }
        }
    }

private:
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

    Patch patchAround(int band, const Reduction& reduction, const geo::Extent& wanted) const {
        const auto bounded = [](double value, int most) {
            return static_cast<int>(std::clamp(value, 0.0, static_cast<double>(most)));
        };
        Patch patch;
        patch.window.column = bounded(std::floor(wanted.xmin), reduction.reducedColumns());
        patch.window.row = bounded(std::floor(wanted.ymin), reduction.reducedRows());
        patch.window.columns =
            bounded(std::ceil(wanted.xmax), reduction.reducedColumns()) - patch.window.column;
        patch.window.rows = bounded(std::ceil(wanted.ymax), reduction.reducedRows()) - patch.window.row;
        if (!patch.window.empty()) {
            patch.values = m_source.read(band, reduction, patch.window);
        }
        return patch;
    }

    const PixelSource& m_source;
    Point m_scale;
    Resampling m_resampling;
};

std::int64_t blockOf(std::int64_t pixel) {
    constexpr std::int64_t size = TargetMapping::blockSize;
    return pixel / size - (pixel % size < 0 ? 1 : 0);
}

} // namespace

Image<float> resample(const PixelSource& source, std::span<const int> bands, const TargetMapping& mapping,
                      int columns, int rows, Resampling resampling) {
    Image<float> image(static_cast<int>(bands.size()), rows, columns, nothing);
    const std::int64_t left = mapping.firstColumn();
    const std::int64_t top = mapping.firstRow();
    constexpr std::int64_t size = TargetMapping::blockSize;
    for (std::int64_t blockRow = blockOf(top); blockRow <= blockOf(top + rows - 1); ++blockRow) {
        for (std::int64_t blockColumn = blockOf(left); blockColumn <= blockOf(left + columns - 1);
             ++blockColumn) {
            const std::int64_t x = std::max(left, blockColumn * size);
            const std::int64_t y = std::max(top, blockRow * size);
            const auto width = static_cast<int>(std::min(left + columns, (blockColumn + 1) * size) - x);
            const auto height = static_cast<int>(std::min(top + rows, (blockRow + 1) * size) - y);
            const std::vector<Point> positions = mapping.positions(x, y, width, height);
            const BlockResampler block(source, mapping.scaleOfBlock(blockColumn, blockRow), resampling);
            for (std::size_t i = 0; i < bands.size(); ++i) {
                block.fill(bands[i], positions, width, image, static_cast<int>(i), static_cast<int>(x - left),
                           static_cast<int>(y - top));
            }
        }
    }
    return image;
}

} // namespace nunatak::raster
