// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "geo/grid.h"
#include "scene/simulation/basins.h"
#include "scene/simulation/given_data.h"
#include "scene/simulation/ice.h"
#include "scene/simulation/moraines.h"

#include <cstdint>
#include <memory>

namespace nunatak::scene::simulation {

/// A place at one date, on grids coarse enough to be kept whole: everything from which the pixels of any
/// window can be made. The coarse grid begins `margin` pixels north-west of the picture and ends as far
/// beyond it, so that rivers leave and shadows come from where there are mountains.
struct Place {
    std::uint64_t seed = 0;
    geo::Grid grid;       ///< of the picture
    int factor = 1;       ///< pixels per coarse cell
    int reliefFactor = 1; ///< pixels per cell of `relief`
    int margin = 0;       ///< pixels, a multiple of factor
    Field relief;         ///< invented ground without ice, finer than the coarse one; empty when it was given
    std::shared_ptr<const GivenData> given; ///< null when the place is invented
    ShadeSide shade{};                      ///< on the grid
    Ice ice;
    Field surface; ///< coarse: ice where there is ice, else ground
    Field highest; ///< coarse: of the cells around, for rays of light that look over them
    Basins basins;
    FlowLines flow;
    Field remaining; ///< coarse, after a retreat: metres of tongue left below a point; empty before one
    Field melted; ///< coarse, after a retreat: metres by which the ice has become thinner; empty before one
    Field lakeLevel;   ///< coarse: metres above the sea, or very low where there is no lake
    double lowest = 0; ///< of the coarse surface, metres
    double highestGround = 0;
    double debrisThreshold = 1; ///< of FlowLines' debris, above which rock covers the ice

    double pixel() const { return grid.pixelSize; }
    double cell() const { return grid.pixelSize * factor; }
    /// Where the middle of a pixel lies on the coarse grid, in cells from the middle of the first.
    double coarse(double pixelIndex) const { return (pixelIndex + margin + 0.5) / factor - 0.5; }
};

/// The coarse grid of a picture: cells of about 120 m and a margin of mountains.
struct Layout {
    int factor = 1;
    int reliefFactor = 1;
    int margin = 0;
    int rows = 0; ///< coarse cells
    int columns = 0;
};
Layout layoutOf(const geo::Grid& picture);

/// Invents mountains with their glaciers, or takes those that are given. Throws Cancelled, Error.
Place makePlace(std::uint64_t seed, const geo::Grid& picture, std::shared_ptr<const GivenData> given,
                const Progress& progress);

/// The same place after its tongues have become shorter by `metres` along the flow (glaciers under three
/// times that length by a third of theirs) and thinner above.
Place retreated(const Place& place, double metres);

} // namespace nunatak::scene::simulation
