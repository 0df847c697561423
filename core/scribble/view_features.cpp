// SPDX-License-Identifier: GPL-3.0-or-later
#include "scribble/view_features.h"

#include "base/error.h"
#include "prediction/location.h"
#include "prediction/predict_scene.h"
#include "prediction/scene_tile_source.h"
#include "prediction/tile_sample.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <future>
#include <limits>
#include <optional>
#include <utility>

namespace nunatak::scribble {

namespace {

using engine::Window;
using prediction::SceneTileSource;
using Tiles = std::vector<prediction::SampleTile>;

constexpr int widestMargin = 32;
/// Small tiles go to the network in rows, so that each core has some.
constexpr int pixelsAtOnce = 16 * 64 * 64;

/// What of a tile is kept, in pixels of the view.
struct Kept {
    Window tile; ///< in the prediction grid
    int firstRow = 0, endRow = 0, firstColumn = 0, endColumn = 0;
};

std::vector<Kept> tilesOver(const geo::PixelWindow& window, int tile) {
    const int margin = std::min(tile / 4, widestMargin);
    const int inner = tile - 2 * margin;
    std::vector<Kept> all;
    for (int row = 0; row < window.rows; row += inner) {
        for (int column = 0; column < window.columns; column += inner) {
            all.push_back({{window.column + column - margin, window.row + row - margin, tile, tile},
                           row,
                           std::min(row + inner, window.rows),
                           column,
                           std::min(column + inner, window.columns)});
        }
    }
    return all;
}

/// The weights of the difference of glacier and background in the output layer, the bias last.
std::vector<float> outputWeights(models::Network& network) {
    const auto weights = network.weights();
    const auto& kernel = weights.at("heads/output/kernel").values; // (2, filters)
    const auto& bias = weights.at("heads/output/bias").values;
    const std::size_t channels = kernel.size() / 2;
    std::vector<float> difference(channels + 1);
    for (std::size_t i = 0; i < channels; ++i) {
        difference[i] = kernel[channels + i] - kernel[i];
    }
    difference[channels] = bias[1] - bias[0];
    return difference;
}

models::FeatureBatch batchOf(const Tiles& tiles, const models::NetworkSpec& spec,
                             const std::vector<float>& location) {
    models::FeatureBatch batch;
    batch.features = prediction::featuresOf(tiles, 0, tiles.size(), spec);
    if (spec.location > 0) {
        models::Tensor vectors{{static_cast<std::int64_t>(tiles.size()), spec.location}, {}};
        for (const auto& tile : tiles) {
            const auto own = tile.find(SceneTileSource::location);
            const auto& vector = location.empty() && own != tile.end() ? own->second.values() : location;
            vectors.values.insert(vectors.values.end(), vector.begin(), vector.end());
        }
        batch.location = std::move(vectors);
    }
    return batch;
}

class Filling {
public:
    Filling(ViewFeatures& view, std::vector<float> output) : m_view(view), m_output(std::move(output)) {}

    void take(const Kept& kept, const prediction::SampleTile& tile, const float* activations) {
        const auto& usable = tile.at(SceneTileSource::usable);
        const int side = kept.tile.columns;
        const auto plane = static_cast<std::size_t>(side) * static_cast<std::size_t>(side);
        const int margin = std::min(side / 4, widestMargin);
        const int channels = m_view.channels();
        const int count = kept.endColumn - kept.firstColumn;
        for (int row = kept.firstRow; row < kept.endRow; ++row) {
            const int inTile = row - kept.firstRow + margin;
            const std::size_t start = static_cast<std::size_t>(inTile) * static_cast<std::size_t>(side) +
                                      static_cast<std::size_t>(margin);
            float* logit = m_view.logit.row(0, row) + kept.firstColumn;
            std::fill_n(logit, count, m_output.back());
            for (int channel = 0; channel < channels; ++channel) {
                const float* from = activations + static_cast<std::size_t>(channel) * plane + start;
                std::uint16_t* to = m_view.values.row(channel, row) + kept.firstColumn;
                const float weight = m_output[static_cast<std::size_t>(channel)];
                for (int i = 0; i < count; ++i) {
                    to[i] = ViewFeatures::toShort(from[i]);
                    logit[i] += weight * from[i];
                }
            }
            const float* there = usable.row(0, inTile) + margin;
            for (int i = 0; i < count; ++i) {
                if (!(there[i] > 0)) {
                    logit[i] = std::numeric_limits<float>::quiet_NaN();
                }
            }
        }
    }

private:
    ViewFeatures& m_view;
    std::vector<float> m_output;
};

void measureChannels(ViewFeatures& view) {
    const std::size_t pixels = view.logit.bandSize();
    for (int channel = 0; channel < view.channels(); ++channel) {
        double sum = 0, squares = 0, count = 0;
        const std::uint16_t* values = view.values.band(channel);
        for (std::size_t i = 0; i < pixels; ++i) {
            if (view.isKnown(i)) {
                const double value = static_cast<double>(ViewFeatures::fromShort(values[i]));
                sum += value;
                squares += value * value;
                ++count;
            }
        }
        const double mean = count > 0 ? sum / count : 0;
        const double variance = count > 0 ? std::max(0.0, squares / count - mean * mean) : 0;
        view.mean.push_back(static_cast<float>(mean));
        view.deviation.push_back(static_cast<float>(std::sqrt(variance)));
    }
}

} // namespace

bool ViewFeatures::isKnown(std::size_t pixel) const {
    return std::isfinite(logit.values()[pixel]);
}

std::size_t ViewFeatures::bytes() const {
    return values.values().size() * sizeof(std::uint16_t) + logit.values().size() * sizeof(float);
}

float ViewFeatures::fromShort(std::uint16_t number) {
    return std::bit_cast<float>(static_cast<std::uint32_t>(number) << 16U);
}

std::uint16_t ViewFeatures::toShort(float number) {
    const auto bits = std::bit_cast<std::uint32_t>(number);
    return static_cast<std::uint16_t>((bits + 0x7FFFU + ((bits >> 16U) & 1U)) >> 16U);
}

std::string whyNoFeatures(const scene::SceneReader& scene, const models::Manifest& model) {
    const auto missing = prediction::missingBands(scene, model);
    if (missing.empty()) {
        return {};
    }
    std::string list;
    for (const auto& band : missing) {
        list += (list.empty() ? "" : ", ") + band;
    }
    return "The scene " + scene.scene().name + " lacks bands that the model " + model.name +
           " needs: " + list + ".";
}

ViewFeatures readViewFeatures(const scene::SceneReader& scene, const models::StoredModel& model,
                              models::Network& network, const geo::PixelWindow& window,
                              const Progress& progress) {
    if (const auto reason = whyNoFeatures(scene, model.manifest); !reason.empty()) {
        throw Error(reason);
    }
    const geo::Grid grid = prediction::predictionGrid(scene.scene(), model.manifest);
    if (window.empty() || window.columns > mostPixels || window.rows > mostPixels || window.column < 0 ||
        window.row < 0 || window.column + window.columns > grid.columns ||
        window.row + window.rows > grid.rows) {
        throw Error("A view of " + std::to_string(window.columns) + " by " + std::to_string(window.rows) +
                    " pixels cannot be looked at: it has to lie in the scene and have at most " +
                    std::to_string(mostPixels) + " a side.");
    }
    const auto& spec = network.spec();
    ViewFeatures view;
    view.grid = grid.window(window.column, window.row, window.columns, window.rows);
    view.values = Image<std::uint16_t>(spec.filters, window.rows, window.columns);
    view.logit = Image<float>(1, window.rows, window.columns);
    const auto location = prediction::locationFor(model.manifest, scene.scene(), "auto").vector;
    SceneTileSource source(scene, model.manifest, grid,
                           {std::max(0, window.column - widestMargin),
                            std::min(grid.columns, window.column + window.columns + spec.tile)});
    source.forgetQuality();
    const auto tiles = tilesOver(window, spec.tile);
    const std::size_t atOnce = static_cast<std::size_t>(std::max(1, pixelsAtOnce / (spec.tile * spec.tile)));
    const std::size_t size =
        static_cast<std::size_t>(spec.filters) * static_cast<std::size_t>(spec.tile * spec.tile);
    Filling filling(view, outputWeights(network));
    struct Asked {
        std::size_t first = 0;
        Tiles tiles;
        std::future<models::Tensor> answer;
    };
    std::optional<Asked> asked; // the network works while the next tiles are read
    const auto takeAnswer = [&] {
        if (!asked) {
            return;
        }
        const auto activations = asked->answer.get();
        for (std::size_t i = 0; i < asked->tiles.size(); ++i) {
            filling.take(tiles[asked->first + i], asked->tiles[i], activations.values.data() + i * size);
        }
        progress.report(static_cast<double>(asked->first + asked->tiles.size()) /
                            static_cast<double>(tiles.size()),
                        "What the model sees here");
    };
    for (std::size_t first = 0; first < tiles.size(); first += atOnce) {
        progress.throwIfStopped();
        Tiles read;
        for (std::size_t i = first; i < std::min(first + atOnce, tiles.size()); ++i) {
            read.push_back(source.read(tiles[i].tile, progress.stopToken()));
        }
        auto answer = network.activations(batchOf(read, spec, location), progress.stopToken());
        takeAnswer();
        asked.emplace(Asked{first, std::move(read), std::move(answer)});
    }
    takeAnswer();
    measureChannels(view);
    return view;
}

} // namespace nunatak::scribble
