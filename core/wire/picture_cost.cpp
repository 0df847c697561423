// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/cost_surface.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

namespace nunatak::wire {

namespace {

constexpr int reach = 3;          // pixels that a gradient looks to either side
constexpr int stripRows = 32;     // worked on at once, so that what is between stays in the cache
constexpr double perLevel = 64;   // strength of a change by one of 255 levels a pixel
constexpr double faint = 1.5;     // levels a pixel: less is what rounding to 255 levels makes
constexpr double leastStrong = 6; // levels a pixel, or an even tone would be full of edges
constexpr double strongShare = 0.95;
constexpr double besideRidge = 0.35; // how much of an edge counts that is stronger next to it

/// Which neighbours are up and down the gradient.
enum Direction : std::uint8_t { Across, Falling, Down, Rising };

Direction directionOf(int x, int y) {
    const int ax = std::abs(x);
    const int ay = std::abs(y);
    if (ay * 5 < ax * 2) { // 22°
        return Across;
    }
    if (ax * 5 < ay * 2) {
        return Down;
    }
    return (x > 0) == (y > 0) ? Falling : Rising;
}

/// One channel of some rows, smoothed by the binomial 1 4 6 4 1 both ways, which is 256 times as large then.
/// Rows and columns beyond the picture are as its border's.
class Smoothed {
public:
    explicit Smoothed(int columns) : m_columns(columns) {}

    void fill(std::span<const std::uint8_t> rgba, int channel, int rows, int firstRow, int count) {
        const auto width = static_cast<std::size_t>(m_columns);
        m_across.resize(width * static_cast<std::size_t>(count + 4));
        m_row.resize(width + 4);
        for (int r = 0; r < count + 4; ++r) {
            const int row = std::clamp(firstRow - 2 + r, 0, rows - 1);
            const std::uint8_t* from =
                rgba.data() + 4 * width * static_cast<std::size_t>(row) + static_cast<std::size_t>(channel);
            for (std::size_t c = 0; c < width; ++c) {
                m_row[c + 2] = from[4 * c];
            }
            m_row[0] = m_row[1] = m_row[2];
            m_row[width + 2] = m_row[width + 3] = m_row[width + 1];
            std::uint16_t* to = m_across.data() + width * static_cast<std::size_t>(r);
            const std::uint16_t* in = m_row.data();
            for (std::size_t c = 0; c < width; ++c) {
                to[c] = static_cast<std::uint16_t>(in[c] + 4 * in[c + 1] + 6 * in[c + 2] + 4 * in[c + 3] +
                                                   in[c + 4]);
            }
        }
        m_values.resize(width * static_cast<std::size_t>(count));
        for (std::size_t r = 0; r < static_cast<std::size_t>(count); ++r) {
            const std::uint16_t* in = m_across.data() + width * r;
            std::uint16_t* to = m_values.data() + width * r;
            for (std::size_t c = 0; c < width; ++c) {
                to[c] = static_cast<std::uint16_t>(in[c] + 4 * in[c + width] + 6 * in[c + 2 * width] +
                                                   4 * in[c + 3 * width] + in[c + 4 * width]);
            }
        }
    }
    const std::uint16_t* row(int row) const {
        return m_values.data() + static_cast<std::size_t>(m_columns) * static_cast<std::size_t>(row);
    }

private:
    int m_columns;
    std::vector<std::uint16_t> m_row;
    std::vector<std::uint16_t> m_across;
    std::vector<std::uint16_t> m_values;
};

/// 1 where no pixel within reach lacks data; empty: none does anywhere.
std::vector<std::uint8_t> surePixels(std::span<const std::uint8_t> rgba, int columns, int rows) {
    const auto width = static_cast<std::size_t>(columns);
    const std::size_t size = width * static_cast<std::size_t>(rows);
    bool isWhole = true;
    for (std::size_t i = 0; i < size && isWhole; ++i) {
        isWhole = rgba[4 * i + 3] != 0;
    }
    if (isWhole) {
        return {};
    }
    std::vector<std::uint8_t> across(size, 1);
    for (int row = 0; row < rows; ++row) {
        std::uint8_t* to = across.data() + width * static_cast<std::size_t>(row);
        const std::uint8_t* from = rgba.data() + 4 * width * static_cast<std::size_t>(row) + 3;
        for (int column = 0; column < columns; ++column) {
            if (from[4 * static_cast<std::size_t>(column)] == 0) {
                std::fill(to + std::max(0, column - reach), to + std::min(columns, column + reach + 1),
                          std::uint8_t(0));
            }
        }
    }
    std::vector<std::uint8_t> sure(across);
    for (int row = 0; row < rows; ++row) {
        std::uint8_t* to = sure.data() + width * static_cast<std::size_t>(row);
        for (int other = std::max(0, row - reach); other <= std::min(rows - 1, row + reach); ++other) {
            const std::uint8_t* from = across.data() + width * static_cast<std::size_t>(other);
            for (std::size_t c = 0; c < width; ++c) {
                to[c] &= from[c];
            }
        }
    }
    return sure;
}

/// Strengths, and in `directions` which way each goes up.
void findEdges(std::span<const std::uint8_t> rgba, Image<std::uint16_t>& strengths,
               std::vector<std::uint8_t>& directions, const Progress& progress) {
    const int columns = strengths.columns();
    const int rows = strengths.rows();
    const auto width = static_cast<std::size_t>(columns);
    std::array<Smoothed, 3> channels{Smoothed(columns), Smoothed(columns), Smoothed(columns)};
    for (int first = 0; first < rows; first += stripRows) {
        progress.throwIfStopped();
        const int count = std::min(stripRows, rows - first);
        for (int channel = 0; channel < 3; ++channel) {
            channels[static_cast<std::size_t>(channel)].fill(rgba, channel, rows, first - 1, count + 2);
        }
        for (int r = 0; r < count; ++r) {
            std::uint16_t* strength = strengths.row(0, first + r);
            std::uint8_t* direction = directions.data() + width * static_cast<std::size_t>(first + r);
            for (int c = 0; c < columns; ++c) {
                const int left = std::max(0, c - 1);
                const int right = std::min(columns - 1, c + 1);
                float most = -1;
                int mx = 0;
                int my = 0;
                for (const Smoothed& channel : channels) {
                    const int x = channel.row(r + 1)[right] - channel.row(r + 1)[left];
                    const int y = channel.row(r + 2)[c] - channel.row(r)[c];
                    const float size = static_cast<float>(x) * static_cast<float>(x) +
                                       static_cast<float>(y) * static_cast<float>(y);
                    if (size > most) {
                        most = size;
                        mx = x;
                        my = y;
                    }
                }
                // 512: over two pixels, 256 times as large.
                strength[c] =
                    static_cast<std::uint16_t>(std::sqrt(most) * static_cast<float>(perLevel / 512) + 1);
                direction[c] = directionOf(mx, my);
            }
        }
    }
}

bool isRidge(const Image<std::uint16_t>& strengths, int row, int column, std::uint8_t direction) {
    static constexpr std::array<std::array<int, 2>, 4> steps{{{1, 0}, {1, 1}, {0, 1}, {1, -1}}};
    const auto [dx, dy] = steps[direction];
    const auto at = [&](int r, int c) {
        return r >= 0 && c >= 0 && r < strengths.rows() && c < strengths.columns() ? strengths.at(0, r, c)
                                                                                   : std::uint16_t(0);
    };
    const auto here = strengths.at(0, row, column);
    const auto before = at(row - dy, column - dx);
    const auto after = at(row + dy, column + dx);
    return here >= before && here >= after && (here > before || here > after);
}

/// What few of the pixels that have an edge are stronger than.
double strongOf(const Image<std::uint16_t>& strengths) {
    constexpr auto least = static_cast<std::size_t>(faint * perLevel);
    std::vector<std::size_t> counts(65536, 0);
    std::size_t known = 0;
    for (const auto strength : strengths.values()) {
        ++counts[strength];
        known += strength >= least ? 1 : 0;
    }
    std::size_t below = 0;
    std::size_t strong = least;
    const auto wanted = static_cast<std::size_t>(strongShare * static_cast<double>(known));
    while (strong + 1 < counts.size() && below + counts[strong] <= wanted) {
        below += counts[strong++];
    }
    return std::max(static_cast<double>(strong), leastStrong * perLevel);
}

} // namespace

CostSurface costOfPicture(const geo::Grid& grid, std::span<const std::uint8_t> rgba,
                          const Progress& progress) {
    CostSurface surface(grid, Along::Picture);
    auto& strengths = surface.m_values;
    const auto width = static_cast<std::size_t>(grid.columns);
    std::vector<std::uint8_t> directions(strengths.values().size());
    findEdges(rgba, strengths, directions, progress);
    if (const auto sure = surePixels(rgba, grid.columns, grid.rows); !sure.empty()) {
        for (std::size_t i = 0; i < sure.size(); ++i) {
            strengths.values()[i] = sure[i] != 0 ? strengths.values()[i] : std::uint16_t(0);
        }
    }
    const double strong = strongOf(strengths);
    constexpr double range = CostSurface::dearest - CostSurface::cheapest;
    std::vector<std::uint8_t> onRidge(65536);
    std::vector<std::uint8_t> beside(65536);
    for (std::size_t strength = 0; strength < onRidge.size(); ++strength) {
        const auto value = static_cast<double>(strength);
        // The root: a weak edge that is alone is one, too.
        const double quality = value < faint * perLevel ? 0 : std::sqrt(std::min(1.0, value / strong));
        onRidge[strength] = static_cast<std::uint8_t>(std::lround(CostSurface::dearest - range * quality));
        beside[strength] =
            static_cast<std::uint8_t>(std::lround(CostSurface::dearest - range * besideRidge * quality));
    }
    for (int row = 0; row < grid.rows; ++row) {
        if (row % stripRows == 0) {
            progress.throwIfStopped();
        }
        std::uint8_t* costs = surface.m_costs.data() + surface.framedIndex(0, row);
        const std::uint16_t* strength = strengths.row(0, row);
        for (int column = 0; column < grid.columns; ++column) {
            const std::uint16_t here = strength[column];
            const auto direction =
                directions[static_cast<std::size_t>(row) * width + static_cast<std::size_t>(column)];
            if (here < faint * perLevel) {
                costs[column] = CostSurface::dearest;
                continue;
            }
            surface.m_hasEdges = true;
            costs[column] = isRidge(strengths, row, column, direction) ? onRidge[here] : beside[here];
        }
    }
    return surface;
}

} // namespace nunatak::wire
