// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/terrain/surface_ray.h"
#include "ui/terrain/tile_data.h"

#include <memory>
#include <optional>
#include <vector>

namespace nunatak::ui::terrain {

/// The ground as it is on the screen at this moment: the tiles that are drawn, each at its morph; where none
/// is, an overview.
class DrawnSurface {
public:
    struct Part {
        std::shared_ptr<const TileData> tile;
        double morph = 0;
    };
    DrawnSurface() = default;
    DrawnSurface(std::shared_ptr<const HeightMesh> overview, std::vector<Part> parts);

    /// True height in metres.
    double heightAt(geo::Point map) const;
    /// Where a ray first meets the surface from above, see intersectSurface.
    std::optional<Vec3> intersect(const Vec3& origin, const Vec3& direction, double exaggeration) const;
    const std::vector<Part>& parts() const { return m_parts; }

private:
    std::shared_ptr<const HeightMesh> m_overview;
    std::vector<Part> m_parts;
};

} // namespace nunatak::ui::terrain
