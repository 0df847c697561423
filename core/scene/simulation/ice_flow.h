// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "scene/simulation/field.h"
#include "scene/simulation/shade_side.h"

#include <utility>
#include <vector>

namespace nunatak::scene::simulation {

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

/// `shade`: where the sun does not come from. Slopes that fall that way keep their snow.
Site siteOf(std::uint64_t seed, const Field& ground, double cell, const ShadeSide& shade);

/// Moves ice for some years in explicit steps; diffusivity is bounded, which makes thick ice a little stiff
/// and the steps a hundred times longer.
class Flow {
public:
    Flow(const Field& bed, double cell, Site site)
        : m_bed(bed), m_site(std::move(site)), m_cell(cell), m_rows(bed.rows()), m_columns(bed.columns()),
          m_balance(1, m_rows, m_columns), m_east(bed.bandSize()), m_south(bed.bandSize()) {}

    /// `thickness` in metres, changed in place. Throws Cancelled.
    void run(Field& thickness, const Climate& climate, double years, const Progress& progress);

private:
    static constexpr double mostDiffusivity = 1e5; // m² a year

    struct Span {
        int row = 0;
        int first = 0;
        int last = 0; ///< one past
    };

    void updateBalance(const Field& thickness, const Climate& climate);

    /// Where there is or may soon be ice: most of the field is free of it and costs nothing.
    void findActiveRows(const Field& thickness);

    void move(Field& thickness, double step);

    /// No cell gives more than it has.
    void limitOutflow(const float* ice);

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

} // namespace nunatak::scene::simulation
