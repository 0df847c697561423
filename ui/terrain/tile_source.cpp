// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/terrain/tile_source.h"

#include "ui/terrain/data_border.h"
#include "ui/terrain/drape_baker.h"
#include "ui/terrain/draped_line.h"
#include "ui/terrain/fill_holes.h"

#include <algorithm>
#include <cmath>

namespace nunatak::ui::terrain {

namespace {

/// Unknown heights get the parent's, which has them filled.
void fillFromParent(Image<float>& samples, const geo::Grid& grid, const TileData* parent) {
    if (parent == nullptr) {
        fillHoles(samples);
        return;
    }
    for (int row = 0; row < samples.rows(); ++row) {
        for (int column = 0; column < samples.columns(); ++column) {
            if (!std::isfinite(samples.at(0, row, column))) {
                samples.at(0, row, column) =
                    static_cast<float>(parent->mesh.heightAt(grid.toMap(column + 0.5, row + 0.5)));
            }
        }
    }
}

void makeMeshes(TileData& tile, const Image<float>& samples, const TileData* parent) {
    const auto& grid = tile.mesh.heightGrid;
    constexpr int step = TilePyramid::samplesPerCell;
    tile.mesh.heights = Image<float>(1, grid.rows + 1, grid.columns + 1);
    for (int row = 0; row <= grid.rows; ++row) {
        for (int column = 0; column <= grid.columns; ++column) {
            tile.mesh.heights.at(0, row, column) = samples.at(0, row * step + 1, column * step + 1);
        }
    }
    tile.coarse = tile.mesh;
    for (int row = 0; parent != nullptr && row <= grid.rows; ++row) {
        for (int column = 0; column <= grid.columns; ++column) {
            tile.coarse.heights.at(0, row, column) =
                static_cast<float>(parent->mesh.heightAt(grid.toMap(column, row)));
        }
    }
}

/// How far the samples lie from the triangles, and between which heights all of it lies.
void measure(TileData& tile, const Image<float>& samples) {
    const auto& grid = tile.mesh.heightGrid;
    constexpr int step = TilePyramid::samplesPerCell;
    double squares = 0;
    int count = 0;
    for (int row = 0; row <= grid.rows * step; ++row) {
        for (int column = 0; column <= grid.columns * step; ++column) {
            const auto map = grid.toMap(column / double(step), row / double(step));
            const double away = samples.at(0, row + 1, column + 1) - tile.mesh.heightAt(map);
            tile.error = std::max(tile.error, std::abs(away));
            squares += away * away;
            ++count;
        }
    }
    tile.roughness = std::sqrt(squares / count);
    tile.lowest = tile.highest = tile.mesh.heights.values().front();
    for (const auto* heights : {&tile.mesh.heights, &tile.coarse.heights}) {
        const auto [least, most] = std::minmax_element(heights->values().begin(), heights->values().end());
        tile.lowest = std::min(tile.lowest, *least);
        tile.highest = std::max(tile.highest, *most);
    }
}

void addWalls(TileData& tile, const DataMask& mask) {
    std::vector<Vec3> line;
    for (const auto& [from, to] : dataBorder(tile.mesh, mask, tile.edges, tile.ground)) {
        line.clear();
        appendDraped(tile.mesh, from, to, line);
        MorphLine wall;
        wall.reserve(line.size());
        for (const auto& place : line) {
            wall.push_back({place, tile.coarse.heightAt({place.x, place.y})});
        }
        if (wall.size() > 1) {
            tile.walls.push_back(std::move(wall));
        }
    }
}

} // namespace

std::shared_ptr<const TileData> TileSource::read(const TileId& id, const TileData* parent,
                                                 const TileData* pictureOwner,
                                                 const Progress& progress) const {
    auto tile = std::make_shared<TileData>();
    tile->id = id;
    tile->edges = m_pyramid.edges(id);
    tile->mesh.heightGrid = m_pyramid.meshGrid(id);
    const auto mesh = tile->mesh.heightGrid.extent();
    const auto base = m_pyramid.base().extent();
    tile->ground = {std::max(mesh.xmin, base.xmin), std::max(mesh.ymin, base.ymin),
                    std::min(mesh.xmax, base.xmax), std::min(mesh.ymax, base.ymax)};
    tile->reliefGrid = m_pyramid.sampleGrid(id);
    auto samples = readHeights(tile->reliefGrid, progress);
    fillFromParent(samples, tile->reliefGrid, parent);
    makeMeshes(*tile, samples, parent);
    measure(*tile, samples);
    progress.throwIfStopped();
    if (id.level < m_pyramid.pictureLevels()) {
        tile->pictureGrid = m_pyramid.pictureGrid(id);
        readPicture(*tile, progress);
        tile->relief = std::move(samples);
        pictureOwner = tile.get();
    }
    if (pictureOwner != nullptr) {
        DataMask mask{pictureOwner->pictureGrid, dataPixels(*pictureOwner)};
        const double slack = 1e-6 * tile->mesh.heightGrid.pixelSize;
        const bool reachesBeyond = mesh.xmax > base.xmax + slack || mesh.ymin < base.ymin - slack;
        tile->complete = !reachesBeyond && dataShare(mask) == 1;
        if (!tile->complete || tile->edges.west || tile->edges.north || tile->edges.east ||
            tile->edges.south) {
            addWalls(*tile, mask);
        }
    }
    return tile;
}

} // namespace nunatak::ui::terrain
