// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terrain/height_mesh.h"

#include <algorithm>
#include <cmath>

namespace nunatak::ui::terrain {

double HeightMesh::heightAt(geo::Point map) const {
    if (heights.empty()) {
        return 0;
    }
    const auto pixel = heightGrid.toPixel(map);
    const double u = std::clamp(pixel.x, 0.0, static_cast<double>(heightGrid.columns));
    const double v = std::clamp(pixel.y, 0.0, static_cast<double>(heightGrid.rows));
    const int column = std::min(static_cast<int>(u), heightGrid.columns - 1);
    const int row = std::min(static_cast<int>(v), heightGrid.rows - 1);
    const double fu = u - column;
    const double fv = v - row;
    const double northWest = heights.at(0, row, column);
    const double southEast = heights.at(0, row + 1, column + 1);
    if (fv >= fu) {
        const double southWest = heights.at(0, row + 1, column);
        return northWest + fv * (southWest - northWest) + fu * (southEast - southWest);
    }
    const double northEast = heights.at(0, row, column + 1);
    return northWest + fu * (northEast - northWest) + fv * (southEast - northEast);
}

} // namespace nunatak::ui::terrain
