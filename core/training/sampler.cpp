// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/sampler.h"

#include "base/error.h"
#include "prediction/scene_tile_source.h"

#include <algorithm>

namespace nunatak::training {

namespace {

/// Where pixel (row, column) of a square turned and mirrored in one of eight ways comes from.
std::size_t sourceOf(int symmetry, int row, int column, int size) {
    if ((symmetry & 4) != 0) {
        std::swap(row, column);
    }
    if ((symmetry & 1) != 0) {
        row = size - 1 - row;
    }
    if ((symmetry & 2) != 0) {
        column = size - 1 - column;
    }
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(size) + static_cast<std::size_t>(column);
}

constexpr std::size_t pixelsOfABlock =
    static_cast<std::size_t>(AreaPixels::blockSide) * static_cast<std::size_t>(AreaPixels::blockSide);

models::Tensor emptyTensor(std::vector<std::int64_t> shape) {
    models::Tensor tensor{std::move(shape), {}};
    tensor.values.resize(static_cast<std::size_t>(tensor.elements()));
    return tensor;
}

} // namespace

Sampler::Sampler(const std::vector<AreaPixels>& areas, const models::NetworkSpec& spec,
                 const SamplingOptions& options)
    : m_spec(spec), m_options(options), m_random(options.seed) {
    std::size_t total = 0;
    for (const auto& area : areas) {
        if (area.learnablePixels() == 0) {
            continue;
        }
        Places places;
        places.area = &area;
        for (std::size_t block = 0; block < area.blocks().size(); ++block) {
            addPlaces(places, block);
        }
        total += area.learnablePixels();
        m_places.push_back(std::move(places));
        m_upTo.push_back(total);
    }
    if (total == 0) {
        throw Error(
            "There is nothing to learn from: no looked-at place lies in a part of the scene that has data.");
    }
}

void Sampler::addPlaces(Places& places, std::size_t block) {
    const auto& pixels = places.area->blocks()[block];
    const auto& state = pixels.state;
    const auto isIce = [](std::uint8_t bits) { return (bits & AreaPixels::Ice) != 0; };
    // Beyond what is held nothing is known of the ice: no boundary.
    const auto differs = [&](bool ice, int row, int column) {
        if (row < state.rows() && column < state.columns()) {
            return isIce(state.at(0, row, column)) != ice;
        }
        const int gridRow = pixels.firstRow + row;
        const int gridColumn = pixels.firstColumn + column;
        return places.area->holds(gridRow, gridColumn) &&
               isIce(places.area->state(gridRow, gridColumn)) != ice;
    };
    for (int row = 0; row < state.rows(); ++row) {
        for (int column = 0; column < state.columns(); ++column) {
            const auto here = state.at(0, row, column);
            if ((here & AreaPixels::Learnable) == 0) {
                continue;
            }
            const auto place = static_cast<std::uint32_t>(
                block * pixelsOfABlock + static_cast<std::size_t>(row * AreaPixels::blockSide + column));
            places.anywhere.push_back(place);
            if (isIce(here)) {
                places.ice.push_back(place);
            }
            if (differs(isIce(here), row, column + 1) || differs(isIce(here), row + 1, column)) {
                places.boundary.push_back(place);
            }
        }
    }
}

double Sampler::uniform() {
    return static_cast<double>(m_random() >> 11) * 0x1.0p-53;
}

std::size_t Sampler::below(std::size_t count) {
    return static_cast<std::size_t>(m_random() % count);
}

engine::Window Sampler::drawWindow(const Places& places) {
    const std::vector<std::uint32_t>* kinds[] = {&places.ice, &places.boundary, &places.anywhere};
    const auto* chosen = kinds[below(3)];
    if (chosen->empty()) {
        chosen = &places.anywhere;
    }
    const auto place = (*chosen)[below(chosen->size())];
    const auto& block = places.area->blocks()[place / pixelsOfABlock];
    const int inBlock = static_cast<int>(place % pixelsOfABlock);
    const int tile = m_spec.tile;
    // Not always in the middle: a network must know a boundary wherever in a tile it lies.
    const auto shift = [&] { return static_cast<int>(below(static_cast<std::size_t>(tile / 2))) - tile / 4; };
    const int column = block.firstColumn + inBlock % AreaPixels::blockSide - tile / 2 + shift();
    const int row = block.firstRow + inBlock / AreaPixels::blockSide - tile / 2 + shift();
    return {column, row, tile, tile};
}

void Sampler::changeLight(float* bands, std::size_t bandCount, std::size_t pixels) {
    const double brightness = 0.8 + 0.4 * uniform();
    const double shift = 0.02 * (uniform() - 0.5);
    for (std::size_t band = 0; band < bandCount; ++band) {
        const double factor = brightness * (0.96 + 0.08 * uniform());
        float* values = bands + band * pixels;
        std::transform(values, values + pixels, values, [&](float value) {
            // Padding and gaps are 0 and stay so.
            return value == 0 ? 0.0F : static_cast<float>(value * factor + shift);
        });
    }
}

void Sampler::addTile(models::LearnBatch& batch, std::int64_t index, const Places& places) {
    const int tile = m_spec.tile;
    const auto pixels = static_cast<std::size_t>(tile) * static_cast<std::size_t>(tile);
    const auto window = drawWindow(places);
    const int symmetry = m_options.augment ? static_cast<int>(below(8)) : 0;
    const auto features = places.area->tile(window);
    const auto first = static_cast<std::size_t>(index);
    for (const auto& feature : m_spec.features) {
        const auto bands = feature.bands.size();
        const auto& source = features.at(feature.name).values();
        float* to = batch.input.features.at(feature.name).values.data() + first * bands * pixels;
        for (std::size_t band = 0; band < bands; ++band) {
            std::size_t pixel = band * pixels;
            for (int row = 0; row < tile; ++row) {
                for (int column = 0; column < tile; ++column) {
                    to[pixel++] = source[band * pixels + sourceOf(symmetry, row, column, tile)];
                }
            }
        }
        if (m_options.augment && feature.name == "optical") {
            changeLight(to, bands, pixels);
        }
    }
    const auto yes = static_cast<float>(1 - m_options.labelSmoothing / 2);
    float* labels = batch.labels.values.data() + first * 2 * pixels;
    float* weights = batch.weights.values.data() + first * pixels;
    std::size_t pixel = 0;
    for (int row = 0; row < tile; ++row) {
        for (int column = 0; column < tile; ++column, ++pixel) {
            const auto from = static_cast<int>(sourceOf(symmetry, row, column, tile));
            const auto state = places.area->state(window.row + from / tile, window.column + from % tile);
            const bool ice = (state & AreaPixels::Ice) != 0;
            labels[pixel] = ice ? 1 - yes : yes;
            labels[pixels + pixel] = ice ? yes : 1 - yes;
            weights[pixel] = (state & AreaPixels::Learnable) != 0 ? 1.0F : 0.0F;
        }
    }
    if (batch.input.location) {
        const auto own = features.find(prediction::SceneTileSource::location);
        const auto& vector = own == features.end() ? places.area->location() : own->second.values();
        if (vector.size() != static_cast<std::size_t>(m_spec.location)) {
            throw Error("The network wants a location vector of length " + std::to_string(m_spec.location) +
                        ", not " + std::to_string(vector.size()) + ".");
        }
        std::copy(vector.begin(), vector.end(),
                  batch.input.location->values.begin() + static_cast<std::ptrdiff_t>(first * vector.size()));
    }
}

models::LearnBatch Sampler::draw(int tiles) {
    models::LearnBatch batch;
    for (const auto& feature : m_spec.features) {
        batch.input.features[feature.name] =
            emptyTensor({tiles, static_cast<std::int64_t>(feature.bands.size()), m_spec.tile, m_spec.tile});
    }
    if (m_spec.location > 0) {
        batch.input.location = emptyTensor({tiles, m_spec.location});
    }
    batch.labels = emptyTensor({tiles, 2, m_spec.tile, m_spec.tile});
    batch.weights = emptyTensor({tiles, m_spec.tile, m_spec.tile});
    for (std::int64_t i = 0; i < tiles; ++i) {
        const auto pixel = below(m_upTo.back());
        const auto area = std::upper_bound(m_upTo.begin(), m_upTo.end(), pixel) - m_upTo.begin();
        addTile(batch, i, m_places[static_cast<std::size_t>(area)]);
    }
    return batch;
}

} // namespace nunatak::training
