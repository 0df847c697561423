// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/examples.h"

#include "prediction/network_predictor.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>

namespace nunatak::training {

namespace {

constexpr float nothing = std::numeric_limits<float>::quiet_NaN();

/// How much a block shows: pixels of the rarer of what was said there.
struct Shown {
    std::size_t area = 0;
    engine::Window window;
    std::size_t rarer = 0;
};

/// What a tile shows of a block, whose pixels begin at a row and a column of it.
Shown shownBy(const AreaPixels::Block& block, std::size_t area, int tile, int row, int column) {
    std::size_t ice = 0;
    std::size_t none = 0;
    for (int y = std::max(0, row); y < std::min(block.state.rows(), row + tile); ++y) {
        const auto* states = block.state.row(0, y);
        for (int x = std::max(0, column); x < std::min(block.state.columns(), column + tile); ++x) {
            if ((states[x] & AreaPixels::Learnable) != 0) {
                ++((states[x] & AreaPixels::Ice) != 0 ? ice : none);
            }
        }
    }
    return {area, {block.firstColumn + column, block.firstRow + row, tile, tile}, std::min(ice, none)};
}

/// The tiles of a block: side by side in it, or one around its middle where it is the smaller one.
void addShown(const AreaPixels::Block& block, std::size_t area, int tile, std::vector<Shown>& all) {
    const auto add = [&](int row, int column) {
        if (const auto shown = shownBy(block, area, tile, row, column); shown.rarer > 0) {
            all.push_back(shown);
        }
    };
    if (tile >= AreaPixels::blockSide) {
        add((block.state.rows() - tile) / 2, (block.state.columns() - tile) / 2);
        return;
    }
    for (int row = 0; row < block.state.rows(); row += tile / 2) {
        for (int column = 0; column < block.state.columns(); column += tile / 2) {
            add(row, column);
        }
    }
}

bool overlap(const engine::Window& a, const engine::Window& b) {
    return a.row < b.row + b.rows && b.row < a.row + a.rows && a.column < b.column + b.columns &&
           b.column < a.column + a.columns;
}

/// Red, green and blue where the model has them, else its first band.
Image<float> pictureOf(const std::map<std::string, Image<float>>& features,
                       const models::NetworkSpec& network) {
    for (const auto& feature : network.features) {
        const auto& pixels = features.at(feature.name);
        std::array<int, 3> bands{};
        bool isAll = true;
        for (std::size_t i = 0; i < bands.size(); ++i) {
            const std::array names{"red", "green", "blue"};
            const auto found = std::ranges::find(feature.bands, names[i]);
            isAll = isAll && found != feature.bands.end();
            bands[i] = static_cast<int>(found - feature.bands.begin());
        }
        if (isAll) {
            Image<float> picture(3, pixels.rows(), pixels.columns());
            for (int i = 0; i < 3; ++i) {
                std::copy_n(pixels.band(bands[static_cast<std::size_t>(i)]), pixels.bandSize(),
                            picture.band(i));
            }
            return picture;
        }
    }
    const auto& first = features.at(network.features.front().name);
    Image<float> picture(1, first.rows(), first.columns());
    std::copy_n(first.band(0), first.bandSize(), picture.band(0));
    return picture;
}

Image<float> saidIn(const AreaPixels& area, const engine::Window& window) {
    Image<float> said(1, window.rows, window.columns, nothing);
    for (int row = 0; row < window.rows; ++row) {
        for (int column = 0; column < window.columns; ++column) {
            if ((area.state(window.row + row, window.column + column) & AreaPixels::Learnable) != 0) {
                said.at(0, row, column) = area.ice(window.row + row, window.column + column);
            }
        }
    }
    return said;
}

/// Keeps what lies in some windows.
class WindowSink final : public engine::RowSink {
public:
    WindowSink(const std::vector<const engine::Window*>& windows, std::vector<Image<float>*> to)
        : m_windows(windows), m_to(std::move(to)) {}

    void write(int firstRow, const Image<float>& rows) override {
        for (std::size_t i = 0; i < m_windows.size(); ++i) {
            const auto& window = *m_windows[i];
            for (int row = std::max(firstRow, window.row);
                 row < std::min(firstRow + rows.rows(), window.row + window.rows); ++row) {
                const int begin = std::max(0, window.column);
                const int end = std::min(rows.columns(), window.column + window.columns);
                if (begin < end) {
                    std::copy(rows.row(0, row - firstRow) + begin, rows.row(0, row - firstRow) + end,
                              m_to[i]->row(0, row - window.row) + (begin - window.column));
                }
            }
        }
    }

private:
    const std::vector<const engine::Window*>& m_windows;
    std::vector<Image<float>*> m_to;
};

} // namespace

ExampleTiles::ExampleTiles(std::vector<AreaPixels>& areas, const std::vector<TrainingArea>& of,
                           const models::Manifest& manifest)
    : m_manifest(manifest) {
    std::vector<Shown> all;
    for (std::size_t area = 0; area < areas.size(); ++area) {
        if (areas[area].isReplay()) {
            continue;
        }
        for (const auto& block : areas[area].blocks()) {
            addShown(block, area, manifest.network.tile, all);
        }
    }
    std::ranges::stable_sort(all, std::ranges::greater(), &Shown::rarer);
    for (const auto& shown : all) {
        const bool isNew = std::ranges::none_of(m_windows, [&](const engine::Window& window) {
            return m_areas[static_cast<std::size_t>(&window - m_windows.data())] == &areas[shown.area] &&
                   overlap(window, shown.window);
        });
        if (!isNew || m_windows.size() == most) {
            continue;
        }
        auto& area = areas[shown.area];
        m_areas.push_back(&area);
        m_windows.push_back(shown.window);
        m_tiles.push_back({of[shown.area].scene->scene().name,
                           manifest.pixelSize,
                           pictureOf(area.tile(shown.window), manifest.network),
                           saidIn(area, shown.window),
                           {},
                           {}});
    }
}

std::vector<Image<float>> ExampleTiles::predicted(models::Network& network, const Progress& progress) {
    std::vector<Image<float>> all;
    for (const auto& window : m_windows) {
        all.emplace_back(1, window.rows, window.columns, nothing);
    }
    for (auto* area : std::set<AreaPixels*>(m_areas.begin(), m_areas.end())) {
        std::vector<const engine::Window*> windows;
        std::vector<Image<float>*> to;
        for (std::size_t i = 0; i < m_windows.size(); ++i) {
            if (m_areas[i] == area) {
                windows.push_back(&m_windows[i]);
                to.push_back(&all[i]);
            }
        }
        engine::TilingOptions tiling;
        tiling.tile = m_manifest.network.tile;
        tiling.wanted = [&](const engine::Window& window) {
            return std::ranges::any_of(windows, [&](const auto* wanted) { return overlap(*wanted, window); });
        };
        WindowSink sink(windows, std::move(to));
        const auto location = area->location().empty() ? std::nullopt : std::optional(area->location());
        engine::predictTiles(area->gridColumns(), area->gridRows(), tiling, *area,
                             prediction::networkPredictor(network, m_manifest.name, {}, location), sink,
                             progress);
    }
    return all;
}

void ExampleTiles::look(models::Network& network, const Progress& progress) {
    auto said = predicted(network, progress);
    for (std::size_t i = 0; i < said.size(); ++i) {
        m_tiles[i].before = m_tiles[i].now = std::move(said[i]);
    }
}

const std::vector<Example>& ExampleTiles::lookAgain(models::Network& network, const Progress& progress) {
    auto said = predicted(network, progress);
    for (std::size_t i = 0; i < said.size(); ++i) {
        m_tiles[i].now = std::move(said[i]);
    }
    return m_tiles;
}

} // namespace nunatak::training
