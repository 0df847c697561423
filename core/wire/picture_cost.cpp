// SPDX-License-Identifier: GPL-3.0-or-later
#include "wire/cost_surface.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <vector>

namespace nunatak::wire {

namespace {

constexpr int reach = 2;            // pixels that a gradient looks to either side
constexpr int stripRows = 32;       // worked on at once, so that what is between stays in the cache
constexpr double perLevel = 64;     // strength of a change by one of 255 levels a pixel
constexpr double faint = 1.5;       // levels a pixel: less is what rounding to 255 levels makes
constexpr double leastStrong = 6;   // levels a pixel, or an even tone would be full of edges
constexpr double besideRidge = 0.4; // how much of an edge counts that is stronger next to it

/// Which way a gradient goes up or down, as Look has it.
std::uint32_t directionOf(int x, int y) {
    const int ax = std::abs(x);
    const int ay = std::abs(y);
    const int low = std::min(ax, ay);
    const int high = std::max(ax, ay);
    // Past 11.25°, 22.5° and 33.75° from the nearer axis.
    const auto steps = static_cast<std::uint32_t>((low * 5 > high ? 1 : 0) + (low * 29 > high * 12 ? 1 : 0) +
                                                  (low * 3 > high * 2 ? 1 : 0));
    const std::uint32_t quarter = ay <= ax ? steps : 7 - steps;
    return 1 + ((x < 0) == (y < 0) ? quarter : 15 - quarter);
}

/// Which neighbours are up and down a gradient: beside, on the diagonal that falls to the right, above and
/// below, on the other one.
int neighboursAlong(std::uint32_t direction) {
    return static_cast<int>((direction + 1) / 4 % 4); // 22.5° to either side
}

/// One channel of some rows, smoothed by the binomial 1 2 1 both ways, which is 16 times as large then.
/// Rows and columns beyond the picture are as its border's.
class Smoothed {
public:
    explicit Smoothed(int columns) : m_columns(columns) {}

    void fill(std::span<const std::uint8_t> rgba, int channel, int rows, int firstRow, int count) {
        const auto width = static_cast<std::size_t>(m_columns);
        m_across.resize(width * static_cast<std::size_t>(count + 2));
        m_row.resize(width + 2);
        for (int r = 0; r < count + 2; ++r) {
            const int row = std::clamp(firstRow - 1 + r, 0, rows - 1);
            const std::uint8_t* from =
                rgba.data() + 4 * width * static_cast<std::size_t>(row) + static_cast<std::size_t>(channel);
            for (std::size_t c = 0; c < width; ++c) {
                m_row[c + 1] = from[4 * c];
            }
            m_row[0] = m_row[1];
            m_row[width + 1] = m_row[width];
            std::uint16_t* to = m_across.data() + width * static_cast<std::size_t>(r);
            const std::uint16_t* in = m_row.data();
            for (std::size_t c = 0; c < width; ++c) {
                to[c] = static_cast<std::uint16_t>(in[c] + 2 * in[c + 1] + in[c + 2]);
            }
        }
        m_values.resize(width * static_cast<std::size_t>(count));
        for (std::size_t r = 0; r < static_cast<std::size_t>(count); ++r) {
            const std::uint16_t* in = m_across.data() + width * r;
            std::uint16_t* to = m_values.data() + width * r;
            for (std::size_t c = 0; c < width; ++c) {
                to[c] = static_cast<std::uint16_t>(in[c] + 2 * in[c + width] + in[c + 2 * width]);
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

/// Strengths, and in `looks` (framed) tones and which way each edge goes up.
void findEdges(std::span<const std::uint8_t> rgba, Image<std::uint16_t>& strengths, std::vector<Look>& looks,
               const Progress& progress) {
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
            Look* look = looks.data() + (width + 2) * static_cast<std::size_t>(first + r + 1) + 1;
            for (int c = 0; c < columns; ++c) {
                const int left = std::max(0, c - 1);
                const int right = std::min(columns - 1, c + 1);
                int most = -1;
                int mx = 0;
                int my = 0;
                for (const Smoothed& channel : channels) {
                    const int x = channel.row(r + 1)[right] - channel.row(r + 1)[left];
                    const int y = channel.row(r + 2)[c] - channel.row(r)[c];
                    const int size = x * x + y * y; // 4,080² each at most
                    if (size > most) {
                        most = size;
                        mx = x;
                        my = y;
                    }
                }
                // 32: over two pixels, 16 times as large.
                strength[c] = static_cast<std::uint16_t>(
                    std::sqrt(static_cast<float>(most)) * static_cast<float>(perLevel / 32) + 1);
                const auto tone = [&](std::size_t channel) { return channels[channel].row(r + 1)[c] / 16; };
                look[c] = lookOf(tone(0), tone(1), tone(2), directionOf(mx, my));
            }
        }
    }
}

bool isRidge(const Image<std::uint16_t>& strengths, int row, int column, int along) {
    static constexpr std::array<std::array<int, 2>, 4> steps{{{1, 0}, {1, 1}, {0, 1}, {1, -1}}};
    const auto [dx, dy] = steps[static_cast<std::size_t>(along)];
    const auto at = [&](int r, int c) {
        return r >= 0 && c >= 0 && r < strengths.rows() && c < strengths.columns() ? strengths.at(0, r, c)
                                                                                   : std::uint16_t(0);
    };
    const auto here = strengths.at(0, row, column);
    const auto before = at(row - dy, column - dx);
    const auto after = at(row + dy, column + dx);
    return here >= before && here >= after && (here > before || here > after);
}

} // namespace

CostSurface costOfPicture(const geo::Grid& grid, std::span<const std::uint8_t> rgba,
                          const Progress& progress) {
    CostSurface surface(grid, Along::Picture);
    auto& strengths = surface.m_values;
    findEdges(rgba, strengths, surface.m_looks, progress);
    if (const auto sure = surePixels(rgba, grid.columns, grid.rows); !sure.empty()) {
        for (std::size_t i = 0; i < sure.size(); ++i) {
            strengths.values()[i] = sure[i] != 0 ? strengths.values()[i] : std::uint16_t(0);
        }
    }
    surface.m_strong = LocalStrength(strengths, leastStrong * perLevel);
    // Costs by quality, which is the root of the strength: a weak edge that is alone is one, too.
    constexpr double range = CostSurface::dearest - CostSurface::cheapest;
    constexpr std::size_t shares = 256;
    std::array<std::uint8_t, shares + 1> onRidge{};
    std::array<std::uint8_t, shares + 1> beside{};
    for (std::size_t share = 0; share <= shares; ++share) {
        const double quality = std::sqrt(static_cast<double>(share) / shares);
        onRidge.at(share) = static_cast<std::uint8_t>(std::lround(CostSurface::dearest - range * quality));
        beside.at(share) =
            static_cast<std::uint8_t>(std::lround(CostSurface::dearest - range * besideRidge * quality));
    }
    std::vector<float> strong;
    for (int row = 0; row < grid.rows; ++row) {
        if (row % stripRows == 0) {
            progress.throwIfStopped();
        }
        surface.m_strong.along(row, strong);
        std::uint8_t* costs = surface.m_costs.data() + surface.framed().index(0, row);
        Look* looks = surface.m_looks.data() + surface.framed().index(0, row);
        const std::uint16_t* strength = strengths.row(0, row);
        for (int column = 0; column < grid.columns; ++column) {
            const std::uint16_t here = strength[column];
            if (here < faint * perLevel) {
                costs[column] = CostSurface::dearest;
                looks[column] &= 0xFFFFFFU; // no edge, no direction
                continue;
            }
            surface.m_hasEdges = true;
            const auto share =
                std::min(shares, static_cast<std::size_t>(shares * static_cast<float>(here) /
                                                          strong[static_cast<std::size_t>(column)]));
            costs[column] = isRidge(strengths, row, column, neighboursAlong(looks[column] >> 24U))
                                ? onRidge[share]
                                : beside[share];
        }
    }
    surface.makeBlocks();
    return surface;
}

} // namespace nunatak::wire
