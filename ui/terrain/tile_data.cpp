// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terrain/tile_data.h"

namespace nunatak::ui::terrain {

std::size_t TileData::bytes() const {
    std::size_t points = 0;
    for (const auto& line : walls) {
        points += line.size();
    }
    return sizeof(TileData) +
           (mesh.heights.values().size() + coarse.heights.values().size() + relief.values().size()) *
               sizeof(float) +
           bands.values().size() * sizeof(std::uint16_t) + givenPicture.size() + points * sizeof(MorphPoint);
}

} // namespace nunatak::ui::terrain
