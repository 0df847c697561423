// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "base/progress.h"
#include "geo/grid.h"
#include "wire/blocks.h"
#include "wire/local_strength.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

namespace nunatak::wire {

/// Where edges are.
enum class Along {
    Picture,    ///< the strongest change of what is shown
    Probability ///< where the probability of ice goes through one half
};

/// What each pixel of a piece of ground costs a line that shall follow edges: little on them, much where
/// there is none. Never changed once it is made.
class CostSurface {
public:
    /// Of a pixel on the strongest edges, and of one that has none; the same for pixels without data and
    /// those that look at some: their border is no edge.
    static constexpr int cheapest = StepCosts::cheapest;
    static constexpr int dearest = StepCosts::edgeless;

    CostSurface(CostSurface&&) = default;

    const geo::Grid& grid() const { return m_grid; }
    Along along() const { return m_along; }
    /// False: there are no data here at all, or nothing but one even tone.
    bool hasEdges() const { return m_hasEdges; }
    bool contains(geo::Point map) const;

    Framed framed() const { return {m_costs, m_looks, m_grid.columns, m_grid.rows}; }
    std::shared_ptr<const Blocks> blocks() const { return m_blocks; }
    int costAt(int column, int row) const { return m_costs[framed().index(column, row)]; }

    /// How far the edge lies beside a place, in pixels along `normal` (of length 1, rows down), at most one
    /// pixel; 0 where there is none.
    double offset(geo::Point pixel, geo::Point normal) const;
    /// How clear the edge is at a place for a line across `normal`, from 0 (there is none, or it runs
    /// another way) to 1.
    double clarity(geo::Point pixel, geo::Point normal) const;
    /// The strongest edge within `reach` metres of a place, nearer ones before stronger ones that are little
    /// so; on it but for a tenth of a pixel.
    std::optional<geo::Point> strongestNear(geo::Point map, double reach) const;

private:
    friend CostSurface costOfPicture(const geo::Grid&, std::span<const std::uint8_t>, const Progress&);
    friend CostSurface costOfProbability(const geo::Grid&, const Image<float>&, const Progress&);

    CostSurface(const geo::Grid& grid, Along along);
    /// Once costs and looks are known.
    void makeBlocks() { m_blocks = std::make_shared<const Blocks>(framed()); }
    double valueAt(double column, double row) const;

    geo::Grid m_grid;
    Along m_along;
    bool m_hasEdges = false;
    LocalStrength m_strong;            ///< of a picture, in the unit of m_values
    std::vector<std::uint8_t> m_costs; ///< framed, as m_looks
    std::vector<Look> m_looks;
    std::shared_ptr<const Blocks> m_blocks;
    /// Of a picture how strong its edge is, of a probability itself + 1; 0: not known.
    Image<std::uint16_t> m_values;
};

/// Of a picture as it is shown: RGBA over `grid`, alpha 0 where there are no data. The edge of a pixel is
/// that of the channel in which it is strongest (Mortensen and Barrett 1998, Graphical Models and Image
/// Processing 60, 349-384), of a gradient smoothed over a pixel; on its ridge (Canny 1986, IEEE PAMI 8,
/// 679-698) it costs less than beside it. Strong is what LocalStrength says. Throws Cancelled.
CostSurface costOfPicture(const geo::Grid& grid, std::span<const std::uint8_t> rgba,
                          const Progress& progress = {});

/// Of the probability of ice, 0 to 1, NaN for none: the edge is where it goes through one half, and the cost
/// grows with the distance from that. Throws Cancelled.
CostSurface costOfProbability(const geo::Grid& grid, const Image<float>& probability,
                              const Progress& progress = {});

} // namespace nunatak::wire
