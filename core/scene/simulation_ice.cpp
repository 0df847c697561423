// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulation_ice.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

namespace nunatak::scene::simulation {

namespace {

/// 2 A (ρ g)³ / 5 of Glen's flow law with n = 3 and A of temperate ice, per year.
constexpr double flowConstant = 2.2e-5;

struct Climate {
    double equilibriumLine = 0;
    double accumulationGradient = 0.004; ///< metres of ice a year per metre above the line
    double meltGradient = 0.009;
    double mostAccumulation = 1.2;
};

/// What each cell gains at sea-level conditions of its own: shade and drifted snow lower the line, steep rock
/// holds no snow.
struct Site {
    Field lineOffset; ///< metres to add to the equilibrium line
    Field holds;      ///< share of the snow that stays, 0..1
};

Site siteOf(std::uint64_t seed, const Field& ground, double cell) {
    const Field slope = gradient(ground, cell);
    const Field around = blurred(ground, std::max(1, static_cast<int>(500 / cell)), 2);
    Site site{Field(1, ground.rows(), ground.columns()), Field(1, ground.rows(), ground.columns())};
    forRows(ground.rows(), [&](int row) {
        const int north = std::max(row - 1, 0);
        const int south = std::min(row + 1, ground.rows() - 1);
        for (int column = 0; column < ground.columns(); ++column) {
            // Positive where the ground falls to the north: shaded slopes keep their snow.
            const double northward = (ground.at(0, south, column) - ground.at(0, north, column)) / (2 * cell);
            const double hollow = around.at(0, row, column) - ground.at(0, row, column);
            const double weather = fractal(seed + 51, column * cell / 6000, row * cell / 6000, 3);
            site.lineOffset.at(0, row, column) =
                static_cast<float>(-160 * std::clamp(northward, -0.8, 0.8) -
                                   0.6 * std::clamp(hollow, -120.0, 120.0) + 130 * weather);
            site.holds.at(0, row, column) =
                static_cast<float>(1 - smoothStep(0.5, 0.9, slope.at(0, row, column)));
        }
    });
    return site;
}

/// Moves ice for some years in explicit steps; diffusivity is bounded, which makes thick ice a little stiff
/// and the steps a hundred times longer.
class Flow {
public:
    Flow(const Field& bed, double cell, Site site)
        : m_bed(bed), m_site(std::move(site)), m_cell(cell), m_rows(bed.rows()), m_columns(bed.columns()),
          m_balance(1, m_rows, m_columns), m_east(bed.bandSize()), m_south(bed.bandSize()) {}

    void run(Field& thickness, const Climate& climate, double years, const Progress& progress) {
        const double step = 0.2 * m_cell * m_cell / mostDiffusivity;
        const int steps = std::max(1, static_cast<int>(years / step));
        for (int i = 0; i < steps; ++i) {
            if (i % 25 == 0) {
                progress.report(static_cast<double>(i) / steps, "Growing glaciers");
                updateBalance(thickness, climate);
                findActiveRows(thickness);
            }
            move(thickness, step);
        }
    }

private:
    static constexpr double mostDiffusivity = 1e5; // m² a year

    struct Span {
        int row = 0;
        int first = 0;
        int last = 0; ///< one past
    };

    void updateBalance(const Field& thickness, const Climate& climate) {
        for (std::size_t i = 0; i < thickness.values().size(); ++i) {
            const double surface = m_bed.values()[i] + thickness.values()[i];
            const double above = surface - climate.equilibriumLine - m_site.lineOffset.values()[i];
            double gain = above * (above > 0 ? climate.accumulationGradient : climate.meltGradient);
            gain = std::min(gain, climate.mostAccumulation);
            if (gain > 0) {
                // Thick ice has buried the rock that held no snow.
                gain *= std::min(1.0, m_site.holds.values()[i] + thickness.values()[i] / 150.0);
            }
            m_balance.values()[i] = static_cast<float>(gain);
        }
    }

    /// Where there is or may soon be ice: most of the field is free of it and costs nothing.
    void findActiveRows(const Field& thickness) {
        m_spans.clear();
        constexpr int margin = 6;
        std::vector<char> near(static_cast<std::size_t>(m_columns));
        for (int row = 1; row < m_rows - 1; ++row) {
            std::fill(near.begin(), near.end(), char{0});
            for (int y = std::max(0, row - margin); y <= std::min(m_rows - 1, row + margin); ++y) {
                const float* ice = thickness.row(0, y);
                const float* gain = m_balance.row(0, y);
                for (int x = 0; x < m_columns; ++x) {
                    near[static_cast<std::size_t>(x)] =
                        static_cast<char>(near[static_cast<std::size_t>(x)] | (ice[x] > 0 || gain[x] > 0));
                }
            }
            int first = -1;
            int reach = -1;
            for (int x = 1; x < m_columns - 1; ++x) {
                if (near[static_cast<std::size_t>(x)] != 0) {
                    const int start = std::max(1, x - margin);
                    if (first >= 0 && start > reach) {
                        m_spans.push_back({row, first, reach});
                        first = -1;
                    }
                    if (first < 0) {
                        first = start;
                    }
                    reach = std::min(m_columns - 1, x + margin + 1);
                }
            }
            if (first >= 0) {
                m_spans.push_back({row, first, reach});
            }
        }
    }

    void move(Field& thickness, double step) {
        const float* ice = thickness.values().data();
        const float* bed = m_bed.values().data();
        const auto surface = [&](std::ptrdiff_t i) { return static_cast<double>(bed[i]) + ice[i]; };
        const std::ptrdiff_t down = m_columns;
        // Ice leaves the thicker look of a face only on its upper side, so a bare rock gives none (Jarosch et
        // al. 2013).
        const auto flux = [&](std::ptrdiff_t i, std::ptrdiff_t j, std::ptrdiff_t side) {
            const double fall = surface(i) - surface(j);
            const double upper = fall > 0 ? ice[i] : ice[j];
            if (upper <= 0) {
                return 0.0;
            }
            const double along = fall / m_cell;
            const double across =
                (surface(i + side) - surface(i - side) + surface(j + side) - surface(j - side)) /
                (4 * m_cell);
            const double square = upper * upper;
            const double diffusivity = std::min(mostDiffusivity, flowConstant * square * square * upper *
                                                                     (along * along + across * across));
            return diffusivity * along / m_cell * step; // thickness that changes sides
        };
        for (const auto& span : m_spans) {
            const auto base = static_cast<std::ptrdiff_t>(span.row) * m_columns;
            for (std::ptrdiff_t i = base + span.first; i < base + span.last; ++i) {
                m_east[static_cast<std::size_t>(i)] =
                    span.last == m_columns - 1 && i == base + span.last - 1 ? 0 : flux(i, i + 1, down);
                m_south[static_cast<std::size_t>(i)] = span.row == m_rows - 2 ? 0 : flux(i, i + down, 1);
            }
        }
        limitOutflow(ice);
        for (const auto& span : m_spans) {
            const auto base = static_cast<std::size_t>(span.row) * static_cast<std::size_t>(m_columns);
            float* to = thickness.values().data();
            for (std::size_t i = base + static_cast<std::size_t>(span.first);
                 i < base + static_cast<std::size_t>(span.last); ++i) {
                const double arrived =
                    m_east[i - 1] - m_east[i] + m_south[i - static_cast<std::size_t>(m_columns)] - m_south[i];
                to[i] = static_cast<float>(std::max(0.0, to[i] + arrived + m_balance.values()[i] * step));
            }
        }
    }

    /// No cell gives more than it has.
    void limitOutflow(const float* ice) {
        const auto columns = static_cast<std::size_t>(m_columns);
        for (const auto& span : m_spans) {
            const auto base = static_cast<std::size_t>(span.row) * columns;
            for (std::size_t i = base + static_cast<std::size_t>(span.first);
                 i < base + static_cast<std::size_t>(span.last); ++i) {
                const double out = std::max(0.0, m_east[i]) + std::max(0.0, -m_east[i - 1]) +
                                   std::max(0.0, m_south[i]) + std::max(0.0, -m_south[i - columns]);
                if (out <= ice[i] || out <= 0) {
                    continue;
                }
                const double share = ice[i] / out;
                for (double* face : {&m_east[i], &m_south[i]}) {
                    *face = *face > 0 ? *face * share : *face;
                }
                for (double* face : {&m_east[i - 1], &m_south[i - columns]}) {
                    *face = *face < 0 ? *face * share : *face;
                }
            }
        }
    }

    const Field& m_bed;
    Site m_site;
    double m_cell;
    int m_rows;
    int m_columns;
    Field m_balance;
    std::vector<double> m_east; ///< metres of ice from each cell to its eastern neighbour, this step
    std::vector<double> m_south;
    std::vector<Span> m_spans;
};

} // namespace

Ice growIce(std::uint64_t seed, const Field& ground, double cell, const Progress& progress) {
    Random random(seed, 52);
    Ice ice;
    // The line lies where it leaves glaciers on every seed's mountains, whatever their height.
    const double above = random.uniform(0.08, 0.19);
    ice.equilibriumLine = quantile(ground, 1 - above);
    const double rise = random.uniform(50, 110); // since the last advance
    Climate advance;
    advance.equilibriumLine = ice.equilibriumLine - rise;
    Climate today;
    today.equilibriumLine = ice.equilibriumLine;

    ice.bed = ground;
    const Field first = reduced(ground, 2);
    Field thickness(1, first.rows(), first.columns());
    Flow(first, cell * 2, siteOf(seed, first, cell * 2)).run(thickness, advance, 160, progress.part(0, 0.3));
    thickness = enlarged(thickness, 2, ground.rows(), ground.columns());
    for (auto& value : thickness.values()) {
        value = std::max(0.0F, value);
    }
    const Site site = siteOf(seed, ground, cell);
    Flow(ice.bed, cell, site).run(thickness, advance, 22, progress.part(0.3, 0.65));
    ice.maximum = thickness;

    const Field dug = blurred(thickness, 1, 1);
    for (std::size_t i = 0; i < dug.values().size(); ++i) {
        const auto depth = static_cast<float>(std::min(45.0, 0.18 * std::max(0.0, dug.values()[i] - 30.0)));
        ice.bed.values()[i] -= depth;
        thickness.values()[i] += thickness.values()[i] > 0 ? depth : 0;
    }
    Flow(ice.bed, cell, site).run(thickness, today, 24, progress.part(0.65, 1));
    ice.thickness = std::move(thickness);
    progress.report(1, "Growing glaciers");
    return ice;
}

} // namespace nunatak::scene::simulation
