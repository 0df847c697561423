// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene/simulation/ice_flow.h"

#include <algorithm>
#include <cmath>

namespace nunatak::scene::simulation {

namespace {

/// 2 A (ρ g)³ / 5 of Glen's flow law with n = 3 and A of temperate ice, per year.
constexpr double flowConstant = 2.2e-5;

} // namespace

Site siteOf(std::uint64_t seed, const Field& ground, double cell, const ShadeSide& shade) {
    const Field slope = gradient(ground, cell);
    const Field around = blurred(ground, std::max(1, static_cast<int>(500 / cell)), 2);
    Site site{Field(1, ground.rows(), ground.columns()), Field(1, ground.rows(), ground.columns())};
    forRows(ground.rows(), [&](int row) {
        for (int column = 0; column < ground.columns(); ++column) {
            // Shaded slopes keep their snow.
            const double shaded = shade.fallOf(ground, row, column, cell);
            const double hollow = around.at(0, row, column) - ground.at(0, row, column);
            const double weather = fractal(seed + 51, column * cell / 6000, row * cell / 6000, 3);
            site.lineOffset.at(0, row, column) =
                static_cast<float>(-160 * std::clamp(shaded, -0.8, 0.8) -
                                   0.6 * std::clamp(hollow, -120.0, 120.0) + 130 * weather);
            site.holds.at(0, row, column) =
                static_cast<float>(1 - smoothStep(0.6, 1.05, slope.at(0, row, column)));
        }
    });
    return site;
}

void Flow::run(Field& thickness, const Climate& climate, double years, const Progress& progress) {
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

void Flow::updateBalance(const Field& thickness, const Climate& climate) {
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

void Flow::findActiveRows(const Field& thickness) {
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

void Flow::move(Field& thickness, double step) {
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
            (surface(i + side) - surface(i - side) + surface(j + side) - surface(j - side)) / (4 * m_cell);
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

void Flow::limitOutflow(const float* ice) {
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

} // namespace nunatak::scene::simulation
