// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terrain/terrain.h"

#include <algorithm>
#include <cmath>
#include <utility>

namespace nunatak::ui::terrain {

namespace {

class ArrayTiles final : public TileSource {
public:
    explicit ArrayTiles(std::shared_ptr<const Terrain> terrain) : m_terrain(std::move(terrain)) {
        m_pyramid = TilePyramid(m_terrain->drapeGrid, m_terrain->heightGrid.pixelSize);
        const auto [least, most] =
            std::minmax_element(m_terrain->heights.values().begin(), m_terrain->heights.values().end());
        m_elevations = {*least, *most};
    }

protected:
    Image<float> readHeights(const geo::Grid& samples, const Progress&) const override {
        Image<float> heights(1, samples.rows, samples.columns);
        for (int row = 0; row < samples.rows; ++row) {
            for (int column = 0; column < samples.columns; ++column) {
                heights.at(0, row, column) =
                    static_cast<float>(m_terrain->heightAt(samples.toMap(column + 0.5, row + 0.5)));
            }
        }
        return heights;
    }

    void readPicture(TileData& tile, const Progress&) const override {
        const auto& grid = tile.pictureGrid;
        const auto& source = m_terrain->drapeGrid;
        tile.givenPicture.assign(
            static_cast<std::size_t>(grid.columns) * static_cast<std::size_t>(grid.rows) * 4, 0);
        const double pixels = grid.pixelSize / source.pixelSize;
        for (int row = 0; row < grid.rows; ++row) {
            for (int column = 0; column < grid.columns; ++column) {
                const auto first = source.toPixel(grid.toMap(column, row));
                meanOf(first, pixels,
                       tile.givenPicture.data() +
                           (static_cast<std::size_t>(row) * static_cast<std::size_t>(grid.columns) +
                            static_cast<std::size_t>(column)) *
                               4);
            }
        }
    }

private:
    /// Mean of the pixels with data whose middle lies in a square of this many pixels.
    void meanOf(geo::Point first, double pixels, std::uint8_t* result) const {
        const auto& source = m_terrain->drapeGrid;
        const int west = static_cast<int>(std::ceil(first.x - 0.5 - 1e-6));
        const int north = static_cast<int>(std::ceil(first.y - 0.5 - 1e-6));
        const int east = std::max(west + 1, static_cast<int>(std::ceil(first.x + pixels - 0.5 - 1e-6)));
        const int south = std::max(north + 1, static_cast<int>(std::ceil(first.y + pixels - 0.5 - 1e-6)));
        unsigned sum[3] = {0, 0, 0};
        unsigned count = 0;
        for (int row = std::max(0, north); row < std::min(source.rows, south); ++row) {
            for (int column = std::max(0, west); column < std::min(source.columns, east); ++column) {
                const auto* pixel = m_terrain->drape.data() + (static_cast<std::size_t>(row) *
                                                                   static_cast<std::size_t>(source.columns) +
                                                               static_cast<std::size_t>(column)) *
                                                                  4;
                if (pixel[3] == 0) {
                    continue;
                }
                for (int c = 0; c < 3; ++c) {
                    sum[c] += pixel[c];
                }
                ++count;
            }
        }
        if (count > 0) {
            for (int c = 0; c < 3; ++c) {
                result[c] = static_cast<std::uint8_t>((sum[c] + count / 2) / count);
            }
            result[3] = 255;
        }
    }

    std::shared_ptr<const Terrain> m_terrain;
};

} // namespace

std::shared_ptr<const TileSource> tilesOfArrays(std::shared_ptr<const Terrain> terrain) {
    return std::make_shared<ArrayTiles>(std::move(terrain));
}

} // namespace nunatak::ui::terrain
