// SPDX-License-Identifier: GPL-3.0-or-later
#include "scene_tile_source.h"

#include "base/error.h"
#include "prediction/location.h"
#include "prediction/normalise.h"
#include "prediction/optical_gaps.h"
#include "prediction/quality.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nunatak::prediction {

namespace {

/// A block is wide enough that the price per warp does not count, and flat, since as many rows as a tile has
/// and some more are kept.
constexpr int blockColumns = 1024;
constexpr int blockRows = 128;
/// Blocks of rows this far above the newest tile's are let go; threads may be on the row of tiles before.
constexpr int rowsKept = blockRows;

/// 1 where a band has no data.
Image<std::uint8_t> gapsIn(const Image<float>& values) {
    Image<std::uint8_t> gaps(1, values.rows(), values.columns());
    for (int band = 0; band < values.bands(); ++band) {
        const float* pixels = values.band(band);
        for (std::size_t i = 0; i < values.bandSize(); ++i) {
            if (!std::isfinite(pixels[i])) {
                gaps.values()[i] = 1;
            }
        }
    }
    return gaps;
}

bool hasAny(const Image<std::uint8_t>& mask) {
    return std::any_of(mask.values().begin(), mask.values().end(),
                       [](std::uint8_t value) { return value != 0; });
}

} // namespace

std::vector<std::string> requiredFeatures(const models::Manifest& model) {
    if (!model.requiredFeatures.empty()) {
        return model.requiredFeatures;
    }
    std::vector<std::string> all;
    for (const auto& feature : model.network.features) {
        all.push_back(feature.name);
    }
    return all;
}

SceneTileSource::SceneTileSource(const scene::SceneReader& scene, const models::Manifest& model,
                                 const geo::Grid& grid, std::pair<int, int> columns)
    : m_scene(scene), m_model(model), m_grid(grid), m_columns(columns), m_required(requiredFeatures(model)) {
    m_columns.first = std::clamp(columns.first, 0, grid.columns);
    m_columns.second = std::clamp(columns.second, m_columns.first, grid.columns);
    if (isCoordinateEncoding(model)) {
        m_coordinates.emplace(grid);
    }
}

engine::Window SceneTileSource::windowOf(Place place) const {
    const int column = m_columns.first + place.second * blockColumns;
    const int row = place.first * blockRows;
    return {column, row, std::min(blockColumns, m_columns.second - column),
            std::min(blockRows, m_grid.rows - row)};
}

std::map<std::string, Image<float>> SceneTileSource::read(const engine::Window& window,
                                                          std::stop_token stop) {
    std::map<std::string, Image<float>> tile;
    for (const auto& feature : m_model.network.features) {
        tile.emplace(feature.name,
                     Image<float>(static_cast<int>(feature.bands.size()), window.rows, window.columns));
    }
    tile.emplace(usable, Image<float>(1, window.rows, window.columns));
    if (m_coordinates) {
        const auto vector = m_coordinates->at(window);
        Image<float> place(static_cast<int>(vector.size()), 1, 1);
        std::copy(vector.begin(), vector.end(), place.values().begin());
        tile.emplace(location, std::move(place));
    }
    // The part of the window that lies in the scene; the rest is padding and stays 0.
    const int firstRow = std::max(0, window.row);
    const int endRow = std::min(m_grid.rows, window.row + window.rows);
    const int firstColumn = std::max(m_columns.first, window.column);
    const int endColumn = std::min(m_columns.second, window.column + window.columns);
    if (firstRow >= endRow || firstColumn >= endColumn) {
        return tile;
    }
    {
        const std::lock_guard lock(m_mutex);
        std::erase_if(m_blocks, [&](const auto& entry) {
            return (entry.first.first + 1) * blockRows <= firstRow - rowsKept;
        });
    }
    for (const Place& place : placesUnder(window)) {
        const auto pixels = block(place, stop);
        copyFrom(*pixels, windowOf(place), window, tile);
    }
    return tile;
}

std::vector<SceneTileSource::Place> SceneTileSource::placesUnder(const engine::Window& window) const {
    std::vector<Place> places;
    const int endRow = std::min(m_grid.rows, window.row + window.rows);
    const int firstColumn = std::max(m_columns.first, window.column);
    const int endColumn = std::min(m_columns.second, window.column + window.columns);
    for (int row = std::max(0, window.row) / blockRows; row * blockRows < endRow; ++row) {
        for (int column = (firstColumn - m_columns.first) / blockColumns;
             m_columns.first + column * blockColumns < endColumn; ++column) {
            places.emplace_back(row, column);
        }
    }
    return places;
}

void SceneTileSource::expect(const std::vector<engine::Window>& windows, const Progress& progress) {
    std::vector<std::vector<scene::FeatureRead>> steps;
    for (const auto& window : windows) {
        for (const Place& place : placesUnder(window)) {
            if (!m_stepOf.emplace(place, steps.size()).second) {
                continue;
            }
            const auto part = windowOf(place);
            const auto target = m_grid.window(part.column, part.row, part.columns, part.rows);
            auto& step = steps.emplace_back();
            for (const auto& feature : m_model.network.features) {
                step.push_back({feature.name, feature.bands, target});
            }
        }
    }
    m_ahead = m_scene.lookAhead(steps, progress);
}

void SceneTileSource::copyFrom(const Block& block, const engine::Window& place, const engine::Window& window,
                               std::map<std::string, Image<float>>& tile) const {
    const int firstRow = std::max(place.row, window.row);
    const int endRow = std::min(place.row + place.rows, window.row + window.rows);
    const int firstColumn = std::max(place.column, window.column);
    const int count = std::min(place.column + place.columns, window.column + window.columns) - firstColumn;
    for (const auto& [name, pixels] : block.features) {
        auto& target = tile.at(name);
        for (int band = 0; band < pixels.bands(); ++band) {
            for (int row = firstRow; row < endRow; ++row) {
                std::copy_n(pixels.row(band, row - place.row) + (firstColumn - place.column), count,
                            target.row(band, row - window.row) + (firstColumn - window.column));
            }
        }
    }
    auto& target = tile.at(usable);
    for (int row = firstRow; row < endRow; ++row) {
        const auto* flags = block.flags->row(0, row - place.row) + (firstColumn - place.column);
        std::transform(flags, flags + count, target.row(0, row - window.row) + (firstColumn - window.column),
                       [](std::uint8_t flag) { return (flag & quality::noData) != 0 ? 0.0F : 1.0F; });
    }
}

SceneTileSource::BlockPointer SceneTileSource::block(Place place, const std::stop_token& stop) {
    std::promise<BlockPointer> promise;
    std::shared_future<BlockPointer> there;
    {
        const std::lock_guard lock(m_mutex);
        if (const auto found = m_blocks.find(place); found != m_blocks.end()) {
            there = found->second;
        } else {
            m_blocks.emplace(place, promise.get_future().share());
        }
    }
    if (there.valid()) {
        return there.get(); // waits for the thread that reads it
    }
    try {
        if (const auto step = m_stepOf.find(place); step != m_stepOf.end()) {
            m_ahead.reached(step->second);
        }
        auto read = readBlock(windowOf(place), stop);
        if (m_keepsQuality) {
            const std::lock_guard lock(m_mutex);
            m_flags[place] = read->flags;
        }
        promise.set_value(read);
        return read;
    } catch (...) {
        promise.set_exception(std::current_exception());
        const std::lock_guard lock(m_mutex);
        m_blocks.erase(place);
        throw;
    }
}

SceneTileSource::BlockPointer SceneTileSource::readBlock(const engine::Window& window,
                                                         const std::stop_token& stop) const {
    const auto target = m_grid.window(window.column, window.row, window.columns, window.rows);
    const Progress progress({}, stop);
    auto block = std::make_shared<Block>();
    Image<std::uint8_t> flags(2, window.rows, window.columns);
    for (const auto& feature : m_model.network.features) {
        auto values = readFeature(feature, target, progress);
        const auto gaps = gapsIn(values);
        if (hasAny(gaps)) {
            const bool isRequired =
                std::find(m_required.begin(), m_required.end(), feature.name) != m_required.end();
            const auto wide = isRequired && feature.name == "optical" ? wideGaps(feature, window, progress)
                                                                      : Image<std::uint8_t>();
            for (std::size_t i = 0; i < gaps.bandSize(); ++i) {
                if (gaps.values()[i] == 0) {
                    continue;
                }
                if (!isRequired) {
                    flags.band(1)[i] |= missingFeatureBit(feature.name);
                } else if (!wide.empty() && wide.values()[i] == 0) {
                    flags.band(0)[i] |= quality::gapFilled;
                } else {
                    flags.band(0)[i] |= quality::noData;
                }
            }
        }
        const auto scaling = m_model.scaling.find(feature.name);
        if (scaling == m_model.scaling.end()) {
            throw Error("The model " + m_model.name + " does not say how to scale " + feature.name +
                        "; its model.json is damaged.");
        }
        normalise(values, feature.name, scaling->second);
        block->features[feature.name] = std::move(values);
    }
    block->flags = std::make_shared<const Image<std::uint8_t>>(std::move(flags));
    return block;
}

Image<std::uint8_t> SceneTileSource::wideGaps(const models::FeatureSpec& optical,
                                              const engine::Window& window, const Progress& progress) const {
    // Whether a gap is wide is seen only with what lies around the block.
    const double pixelSize = m_grid.pixelSize * m_grid.crs.metresPerUnit();
    const int reach = gapReach(pixelSize);
    const int column = std::max(0, window.column - reach);
    const int row = std::max(0, window.row - reach);
    const auto around =
        m_grid.window(column, row, std::min(m_grid.columns, window.column + window.columns + reach) - column,
                      std::min(m_grid.rows, window.row + window.rows + reach) - row);
    const auto wide = widePixels(gapsIn(readFeature(optical, around, progress)), pixelSize);
    Image<std::uint8_t> inside(1, window.rows, window.columns);
    for (int i = 0; i < window.rows; ++i) {
        std::copy_n(wide.row(0, window.row - row + i) + (window.column - column), window.columns,
                    inside.row(0, i));
    }
    return inside;
}

Image<float> SceneTileSource::readFeature(const models::FeatureSpec& feature, const geo::Grid& target,
                                          const Progress& progress) const {
    if (m_scene.has(feature.name, feature.bands)) {
        return m_scene.read(feature.name, feature.bands, target, progress);
    }
    // A feature the model can do without: what bands there are, gaps elsewhere.
    Image<float> values(static_cast<int>(feature.bands.size()), target.rows, target.columns,
                        std::numeric_limits<float>::quiet_NaN());
    for (std::size_t i = 0; i < feature.bands.size(); ++i) {
        if (m_scene.has(feature.name, {feature.bands[i]})) {
            const auto band = m_scene.read(feature.name, {feature.bands[i]}, target, progress);
            std::copy(band.values().begin(), band.values().end(), values.band(static_cast<int>(i)));
        }
    }
    return values;
}

Image<std::uint8_t>
SceneTileSource::takeQuality(int firstRow, int rows,
                             const std::vector<std::vector<std::pair<int, int>>>& computed,
                             std::stop_token stop) {
    Image<std::uint8_t> taken(2, rows, m_grid.columns);
    std::fill_n(taken.band(0), taken.bandSize(), quality::notComputed);
    for (int i = 0; i < rows; ++i) {
        const int row = firstRow + i;
        for (const auto& [first, end] : computed[static_cast<std::size_t>(i)]) {
            for (int column = (first - m_columns.first) / blockColumns;
                 m_columns.first + column * blockColumns < end; ++column) {
                const Place place{row / blockRows, column};
                std::shared_ptr<const Image<std::uint8_t>> flags;
                {
                    const std::lock_guard lock(m_mutex);
                    flags = m_flags[place];
                }
                if (flags == nullptr) { // a run that goes on, under tiles that were done before it ended
                    flags = block(place, stop)->flags;
                    const std::lock_guard lock(m_mutex);
                    m_flags[place] = flags;
                }
                const auto window = windowOf(place);
                const int from = std::max(first, window.column);
                const int count = std::min(end, window.column + window.columns) - from;
                for (int band = 0; band < 2; ++band) {
                    std::copy_n(flags->row(band, row - window.row) + (from - window.column), count,
                                taken.row(band, i) + from);
                }
            }
        }
    }
    const std::lock_guard lock(m_mutex);
    std::erase_if(m_flags,
                  [&](const auto& entry) { return (entry.first.first + 1) * blockRows <= firstRow + rows; });
    return taken;
}

} // namespace nunatak::prediction
