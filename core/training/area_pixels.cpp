// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/area_pixels.h"

#include "base/error.h"
#include "geo/shape_operations.h"
#include "prediction/coverage.h"
#include "prediction/location.h"
#include "prediction/polygonise.h"
#include "prediction/predict_scene.h"
#include "prediction/scene_tile_source.h"
#include "prediction/tile_selection.h"

#include <algorithm>
#include <cmath>
#include <set>

namespace nunatak::training {

namespace {

void checkBands(const scene::SceneReader& scene, const models::Manifest& manifest) {
    std::string list;
    for (const auto& band : prediction::missingBands(scene, manifest)) {
        list += (list.empty() ? "" : ", ") + band;
    }
    if (!list.empty()) {
        throw Error("The model " + manifest.name + " cannot learn from the scene " + scene.scene().name +
                    ", which lacks " + list + ": add rasters with these bands, or choose another model.");
    }
}

/// Copies what two windows share, band by band.
void copyShared(const Image<float>& from, const engine::Window& fromWindow, Image<float>& to,
                const engine::Window& toWindow) {
    const int firstColumn = std::max(fromWindow.column, toWindow.column);
    const int endColumn =
        std::min(fromWindow.column + fromWindow.columns, toWindow.column + toWindow.columns);
    const int firstRow = std::max(fromWindow.row, toWindow.row);
    const int endRow = std::min(fromWindow.row + fromWindow.rows, toWindow.row + toWindow.rows);
    if (firstColumn >= endColumn) {
        return;
    }
    for (int band = 0; band < from.bands(); ++band) {
        for (int row = firstRow; row < endRow; ++row) {
            std::copy_n(from.row(band, row - fromWindow.row) + (firstColumn - fromWindow.column),
                        endColumn - firstColumn,
                        to.row(band, row - toWindow.row) + (firstColumn - toWindow.column));
        }
    }
}

std::vector<geo::MultiPolygon> transformed(const std::vector<geo::MultiPolygon>& shapes, const geo::Crs& from,
                                           const geo::Crs& to) {
    const geo::CoordinateTransform transform(from, to);
    std::vector<geo::MultiPolygon> result;
    result.reserve(shapes.size());
    for (const auto& shape : shapes) {
        result.push_back(transform(shape));
    }
    return result;
}

/// Each polygon by itself, so that drawing a part of the scene passes by those that lie elsewhere.
std::vector<geo::MultiPolygon> takenApart(const geo::MultiPolygon& shape) {
    std::vector<geo::MultiPolygon> parts;
    for (const auto& polygon : shape) {
        parts.push_back({polygon});
    }
    return parts;
}

/// What was changed, a few pixels further: an expert looked closely there.
std::vector<geo::MultiPolygon> changedOnGrid(const TrainingArea& area, const geo::Grid& grid) {
    if (area.changed.empty()) {
        return {};
    }
    const auto shapes = transformed(area.changed, area.crs, grid.crs);
    return takenApart(geo::buffered(geo::unionOf(shapes), AreaPixels::changedMargin * grid.pixelSize));
}

constexpr int side = AreaPixels::blockSide;

engine::Window blockWindow(int blockRow, int firstBlock, int endBlock, const geo::Grid& grid) {
    const int column = firstBlock * side;
    const int row = blockRow * side;
    return {column, row, std::min(endBlock * side, grid.columns) - column, std::min(side, grid.rows - row)};
}

geo::Grid gridOf(const engine::Window& window, const geo::Grid& grid) {
    return grid.window(window.column, window.row, window.columns, window.rows);
}

/// The blocks that lie within a margin of a looked-at pixel.
std::set<std::pair<int, int>> blocksAround(const std::vector<geo::MultiPolygon>& lookedAt,
                                           const geo::Grid& grid, int margin, const Progress& progress) {
    geo::Extent extent;
    for (const auto& shape : lookedAt) {
        extent.include(geo::extentOf(shape));
    }
    std::set<std::pair<int, int>> needed;
    const auto around = geo::windowCovering(grid, extent);
    if (around.empty()) {
        return needed;
    }
    const int lastRow = (around.row + around.rows - 1) / side;
    const int firstBlock = around.column / side;
    const int endBlock = (around.column + around.columns - 1) / side + 1;
    for (int blockRow = around.row / side; blockRow <= lastRow; ++blockRow) {
        progress.throwIfStopped();
        const auto strip = blockWindow(blockRow, firstBlock, endBlock, grid);
        const auto looked = prediction::rasterise(lookedAt, gridOf(strip, grid));
        // The looked-at pixels' bounds in each block.
        std::map<int, engine::Window> bounds;
        for (int row = 0; row < strip.rows; ++row) {
            for (int column = 0; column < strip.columns; ++column) {
                if (looked.at(0, row, column) == 0) {
                    continue;
                }
                const int x = strip.column + column;
                const int y = strip.row + row;
                auto& box = bounds.try_emplace(x / side, engine::Window{x, y, 1, 1}).first->second;
                const int right = std::max(box.column + box.columns, x + 1);
                box.column = std::min(box.column, x);
                box.columns = right - box.column;
                box.rows = y + 1 - box.row;
            }
        }
        for (const auto& [block, box] : bounds) {
            const int endRow = std::min(grid.rows, box.row + box.rows + margin);
            const int endColumn = std::min(grid.columns, box.column + box.columns + margin);
            for (int row = std::max(0, box.row - margin) / side; row * side < endRow; ++row) {
                for (int column = std::max(0, box.column - margin) / side; column * side < endColumn;
                     ++column) {
                    needed.insert({row, column});
                }
            }
        }
    }
    return needed;
}

} // namespace

AreaPixels::AreaPixels(const TrainingArea& area, const models::Manifest& manifest, const Progress& progress)
    : m_network(manifest.network), m_isComplete(area.complete || !area.lookedAt), m_isReplay(area.isReplay) {
    const auto& reader = *area.scene;
    checkBands(reader, manifest);
    if (area.region == "optimise") {
        throw Error(
            "A region cannot be optimised while learning; predict with --region optimise first, which "
            "prints the numbers v1,…,v12 to give here.");
    }
    const auto location = prediction::locationFor(manifest, reader.scene(), area.region);
    m_location = location.vector;
    m_notes = location.warnings;
    if (const auto entries = prediction::regionEntries(manifest);
        manifest.strategy == models::Strategy::RegionEncoding && entries.size() == m_location.size()) {
        m_unknownLocation.resize(entries.size());
        const auto unknown = std::ranges::find(entries, "unknown");
        if (unknown != entries.end()) {
            m_unknownLocation[static_cast<std::size_t>(unknown - entries.begin())] = 1;
        }
    }
    const geo::Grid grid = prediction::predictionGrid(reader.scene(), manifest);
    if (prediction::isCoordinateEncoding(manifest)) {
        m_coordinates = std::make_unique<const prediction::TileCoordinates>(grid);
    }
    m_gridColumns = grid.columns;
    m_gridRows = grid.rows;
    std::vector<geo::MultiPolygon> lookedAt{prediction::shapeOf(grid.extent())};
    if (area.lookedAt) {
        lookedAt = takenApart(geo::CoordinateTransform(area.crs, grid.crs)(*area.lookedAt));
    }
    const auto needed = blocksAround(lookedAt, grid, manifest.network.tile, progress);
    if (!needed.empty()) {
        read(area, manifest, grid, lookedAt, {needed.begin(), needed.end()}, progress);
    }
    progress.report(1, "Reading the scene");
}

void AreaPixels::read(const TrainingArea& area, const models::Manifest& manifest, const geo::Grid& grid,
                      const std::vector<geo::MultiPolygon>& lookedAt, const std::vector<Place>& needed,
                      const Progress& progress) {
    // Blocks side by side are read together.
    std::vector<engine::Window> strips;
    std::pair<int, int> columns{grid.columns, 0};
    for (std::size_t first = 0; first < needed.size();) {
        std::size_t end = first + 1;
        while (end < needed.size() &&
               needed[end] == Place{needed[end - 1].first, needed[end - 1].second + 1}) {
            ++end;
        }
        strips.push_back(
            blockWindow(needed[first].first, needed[first].second, needed[end - 1].second + 1, grid));
        columns.first = std::min(columns.first, strips.back().column);
        columns.second = std::max(columns.second, strips.back().column + strips.back().columns);
        first = end;
    }
    prediction::SceneTileSource source(*area.scene, manifest, grid, columns);
    source.forgetQuality();
    source.expect(strips, progress);
    const auto glaciers = transformed(area.glaciers, area.crs, grid.crs);
    const auto changed = changedOnGrid(area, grid);
    const auto regions = transformed(area.regions, area.crs, grid.crs);
    m_blocks.reserve(needed.size());
    for (std::size_t i = 0; i < strips.size(); ++i) {
        progress.report(static_cast<double>(i) / static_cast<double>(strips.size()), "Reading the scene");
        const auto& strip = strips[i];
        const auto pixels = source.read(strip, progress.stopToken());
        const auto here = gridOf(strip, grid);
        const Said said{prediction::coverage(glaciers, here), prediction::coverage(lookedAt, here),
                        prediction::rasterise(changed, here), prediction::rasterise(regions, here)};
        for (int column = strip.column; column < strip.column + strip.columns; column += side) {
            const Place place{strip.row / side, column / side};
            m_places.emplace(place, m_blocks.size());
            m_blocks.push_back(blockOf(place, strip, pixels, said));
        }
    }
}

AreaPixels::Block AreaPixels::blockOf(const Place& place, const engine::Window& strip,
                                      const std::map<std::string, Image<float>>& pixels, const Said& said) {
    Block block{.firstRow = place.first * side,
                .firstColumn = place.second * side,
                .state = {},
                .ice = {},
                .features = {}};
    const int columns = std::min(side, strip.column + strip.columns - block.firstColumn);
    const engine::Window window{block.firstColumn, block.firstRow, columns, strip.rows};
    for (const auto& feature : m_network.features) {
        const auto& from = pixels.at(feature.name);
        auto& to = block.features.emplace(feature.name, Image<float>(from.bands(), strip.rows, columns))
                       .first->second;
        copyShared(from, strip, to, window);
    }
    const auto& usable = pixels.at(prediction::SceneTileSource::usable);
    block.state = Image<std::uint8_t>(1, strip.rows, columns);
    block.ice = Image<std::uint8_t>(1, strip.rows, columns);
    const int shift = block.firstColumn - strip.column;
    for (int row = 0; row < strip.rows; ++row) {
        for (int column = 0; column < columns; ++column) {
            const int there = shift + column;
            block.state.at(0, row, column) = stateOf(said, row, there, usable.at(0, row, there) > 0);
            // Of a pixel at a divide, beyond which nobody looked, what is known is ice.
            const float known = std::max(said.looked.at(0, row, there), said.ice.at(0, row, there));
            const float share = known > 0 ? said.ice.at(0, row, there) / known : 0.0F;
            block.ice.at(0, row, column) = static_cast<std::uint8_t>(std::lround(255 * share));
        }
    }
    return block;
}

std::uint8_t AreaPixels::stateOf(const Said& said, int row, int column, bool usable) {
    const bool isIce = said.ice.at(0, row, column) >= 0.5F;
    const bool isChanged = said.changed.at(0, row, column) != 0;
    std::uint8_t state = usable ? Usable : 0;
    state |= isIce ? Ice : 0;
    state |= isChanged ? Changed : 0;
    state |= isChanged || said.regions.at(0, row, column) != 0 ? Judged : 0;
    if (usable && said.looked.at(0, row, column) >= 0.5F) {
        state |= Learnable;
        ++m_learnablePixels;
        m_icePixels += isIce ? 1 : 0;
    }
    return state;
}

const AreaPixels::Block* AreaPixels::blockAt(int row, int column) const {
    if (row < 0 || column < 0) {
        return nullptr;
    }
    const auto found = m_places.find({row / side, column / side});
    if (found == m_places.end()) {
        return nullptr;
    }
    const auto& block = m_blocks[found->second];
    const bool isHeld =
        row - block.firstRow < block.state.rows() && column - block.firstColumn < block.state.columns();
    return isHeld ? &block : nullptr;
}

std::uint8_t AreaPixels::state(int row, int column) const {
    const auto* block = blockAt(row, column);
    return block == nullptr ? std::uint8_t{0}
                            : block->state.at(0, row - block->firstRow, column - block->firstColumn);
}

float AreaPixels::ice(int row, int column) const {
    const auto* block = blockAt(row, column);
    return block == nullptr
               ? 0.0F
               : static_cast<float>(block->ice.at(0, row - block->firstRow, column - block->firstColumn)) /
                     255;
}

void AreaPixels::leaveOut(const std::vector<std::pair<int, int>>& pixels) {
    for (const auto& [row, column] : pixels) {
        auto& block = m_blocks[m_places.at({row / side, column / side})];
        auto& state = block.state.at(0, row - block.firstRow, column - block.firstColumn);
        if (teaches(state)) {
            state |= LeftOut;
            --m_learnablePixels;
            m_icePixels -= (state & Ice) != 0 ? 1 : 0;
        }
    }
}

template <typename Visit> void AreaPixels::forBlocksIn(const engine::Window& window, Visit visit) const {
    for (int row = std::max(0, window.row) / side; row * side < window.row + window.rows; ++row) {
        for (int column = std::max(0, window.column) / side; column * side < window.column + window.columns;
             ++column) {
            if (const auto found = m_places.find({row, column}); found != m_places.end()) {
                visit(m_blocks[found->second]);
            }
        }
    }
}

std::map<std::string, Image<float>> AreaPixels::read(const engine::Window& window, std::stop_token) {
    return tile(window);
}

std::map<std::string, Image<float>> AreaPixels::tile(const engine::Window& window) const {
    std::map<std::string, Image<float>> parts;
    for (const auto& feature : m_network.features) {
        parts.emplace(feature.name,
                      Image<float>(static_cast<int>(feature.bands.size()), window.rows, window.columns));
    }
    auto& usable =
        parts.emplace(prediction::SceneTileSource::usable, Image<float>(1, window.rows, window.columns))
            .first->second;
    if (m_coordinates) {
        const auto vector = m_coordinates->at(window);
        Image<float> place(static_cast<int>(vector.size()), 1, 1);
        std::copy(vector.begin(), vector.end(), place.values().begin());
        parts.emplace(prediction::SceneTileSource::location, std::move(place));
    }
    forBlocksIn(window, [&](const Block& block) {
        const engine::Window held{block.firstColumn, block.firstRow, block.state.columns(),
                                  block.state.rows()};
        for (const auto& [name, pixels] : block.features) {
            copyShared(pixels, held, parts.at(name), window);
        }
        const int endRow = std::min(held.row + held.rows, window.row + window.rows);
        const int endColumn = std::min(held.column + held.columns, window.column + window.columns);
        for (int row = std::max(held.row, window.row); row < endRow; ++row) {
            for (int column = std::max(held.column, window.column); column < endColumn; ++column) {
                usable.at(0, row - window.row, column - window.column) =
                    (block.state.at(0, row - held.row, column - held.column) & Usable) != 0 ? 1.0F : 0.0F;
            }
        }
    });
    return parts;
}

bool AreaPixels::hasLearnable(const engine::Window& window) const {
    bool found = false;
    forBlocksIn(window, [&](const Block& block) {
        const int endRow = std::min(block.firstRow + block.state.rows(), window.row + window.rows);
        const int firstColumn = std::max(block.firstColumn, window.column) - block.firstColumn;
        const int endColumn =
            std::min(block.firstColumn + block.state.columns(), window.column + window.columns) -
            block.firstColumn;
        for (int row = std::max(block.firstRow, window.row); row < endRow && !found; ++row) {
            const auto* pixels = block.state.row(0, row - block.firstRow);
            found = std::any_of(pixels + firstColumn, pixels + std::max(firstColumn, endColumn),
                                [](std::uint8_t value) { return (value & Learnable) != 0; });
        }
    });
    return found;
}

} // namespace nunatak::training
