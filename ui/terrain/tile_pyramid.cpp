// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terrain/tile_pyramid.h"

#include <algorithm>
#include <cmath>

namespace nunatak::ui::terrain {

TilePyramid::TilePyramid(const geo::Grid& base, double finestCell) : m_base(base) {
    int across = pixels;
    while (across < std::max(base.columns, base.rows)) {
        across *= 2;
        ++m_pictureLevels;
    }
    m_rootSize = across * base.pixelSize;
    m_finest = m_pictureLevels - 1;
    while (size(m_finest) / cells > finestCell * 1.001) {
        ++m_finest;
    }
}

double TilePyramid::size(int level) const {
    return std::ldexp(m_rootSize, -level);
}

geo::Extent TilePyramid::extent(const TileId& tile) const {
    const double side = size(tile.level);
    const double west = m_base.left + tile.column * side;
    const double north = m_base.top - tile.row * side;
    return {west, north - side, west + side, north};
}

bool TilePyramid::exists(const TileId& tile) const {
    if (tile.level < 0 || tile.level > m_finest || tile.column < 0 || tile.row < 0) {
        return false;
    }
    const double side = size(tile.level);
    const double slack = 1e-6 * m_base.pixelSize;
    return tile.column * side < m_base.columns * m_base.pixelSize - slack &&
           tile.row * side < m_base.rows * m_base.pixelSize - slack;
}

TileEdges TilePyramid::edges(const TileId& tile) const {
    return {tile.column == 0, !exists({tile.level, tile.column + 1, tile.row}), tile.row == 0,
            !exists({tile.level, tile.column, tile.row + 1})};
}

geo::Grid TilePyramid::meshGrid(const TileId& tile) const {
    const auto place = extent(tile);
    const double cell = size(tile.level) / cells;
    const auto count = [&](double metres) {
        return std::clamp(static_cast<int>(std::ceil(metres / cell - 1e-6)), 1, cells);
    };
    auto grid = m_base;
    grid.left = place.xmin;
    grid.top = place.ymax;
    grid.pixelSize = cell;
    grid.columns = count(m_base.extent().xmax - place.xmin);
    grid.rows = count(place.ymax - m_base.extent().ymin);
    return grid;
}

geo::Grid TilePyramid::sampleGrid(const TileId& tile) const {
    const auto place = extent(tile);
    const double step = size(tile.level) / (cells * samplesPerCell);
    auto grid = m_base;
    grid.left = place.xmin - 1.5 * step;
    grid.top = place.ymax + 1.5 * step;
    grid.pixelSize = step;
    grid.columns = grid.rows = cells * samplesPerCell + 3;
    return grid;
}

geo::Grid TilePyramid::pictureGrid(const TileId& tile) const {
    const auto place = extent(tile);
    const double pixel = pixelSize(tile.level);
    auto grid = m_base;
    grid.left = place.xmin - gutter * pixel;
    grid.top = place.ymax + gutter * pixel;
    grid.pixelSize = pixel;
    grid.columns = grid.rows = pixels + 2 * gutter;
    return grid;
}

TileId TilePyramid::pictureTile(const TileId& tile) const {
    return tile.level < m_pictureLevels ? tile : tile.ancestor(m_pictureLevels - 1);
}

} // namespace nunatak::ui::terrain
