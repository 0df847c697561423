// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ice_runs.h"

#include <functional>
#include <numeric>
#include <vector>

namespace nunatak::comparison {

/// Runs that hang together over the edges of pixels, among those for which `isPart` holds.
class RunGroups {
public:
    RunGroups(const std::vector<Run>& runs, const std::vector<std::size_t>& firstOfRow,
              const std::function<bool(const Run&)>& isPart, const Progress& progress)
        : m_parent(runs.size()) {
        std::iota(m_parent.begin(), m_parent.end(), std::size_t{0});
        for (std::size_t row = 0; row + 1 < firstOfRow.size(); ++row) {
            progress.throwIfStopped();
            for (std::size_t i = firstOfRow[row] + 1; i < firstOfRow[row + 1]; ++i) {
                if (runs[i - 1].end == runs[i].begin && isPart(runs[i - 1]) && isPart(runs[i])) {
                    unite(i - 1, i);
                }
            }
            if (row > 0) {
                uniteRows(runs, {firstOfRow[row - 1], firstOfRow[row], firstOfRow[row + 1]}, isPart);
            }
        }
    }

    /// The same for all runs of a group.
    std::size_t of(std::size_t run) {
        while (m_parent[run] != run) {
            m_parent[run] = m_parent[m_parent[run]];
            run = m_parent[run];
        }
        return run;
    }

private:
    struct TwoRows {
        std::size_t above, below, end;
    };

    void uniteRows(const std::vector<Run>& runs, const TwoRows& rows,
                   const std::function<bool(const Run&)>& isPart) {
        std::size_t a = rows.above;
        std::size_t b = rows.below;
        while (a < rows.below && b < rows.end) {
            const bool meet = runs[a].begin < runs[b].end && runs[b].begin < runs[a].end;
            if (meet && isPart(runs[a]) && isPart(runs[b])) {
                unite(a, b);
            }
            ++(runs[a].end < runs[b].end ? a : b);
        }
    }

    void unite(std::size_t a, std::size_t b) {
        a = of(a);
        b = of(b);
        m_parent[std::max(a, b)] = std::min(a, b);
    }

    std::vector<std::size_t> m_parent;
};

} // namespace nunatak::comparison
