// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/sampler.h"

#include "base/error.h"

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
        const auto& ice = area.ice();
        const auto& learnable = area.learnable();
        for (int row = 0; row < ice.rows(); ++row) {
            for (int column = 0; column < ice.columns(); ++column) {
                if (learnable.at(0, row, column) == 0) {
                    continue;
                }
                const auto place = static_cast<std::uint32_t>(row * ice.columns() + column);
                const auto here = ice.at(0, row, column);
                places.anywhere.push_back(place);
                if (here != 0) {
                    places.ice.push_back(place);
                }
                const bool boundary = (column + 1 < ice.columns() && ice.at(0, row, column + 1) != here) ||
                                      (row + 1 < ice.rows() && ice.at(0, row + 1, column) != here);
                if (boundary) {
                    places.boundary.push_back(place);
                }
            }
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
    const auto& held = places.area->window();
    const auto place = static_cast<int>((*chosen)[below(chosen->size())]);
    const int tile = m_spec.tile;
    // Not always in the middle: a network must know a boundary wherever in a tile it lies.
    const auto shift = [&] { return static_cast<int>(below(static_cast<std::size_t>(tile / 2))) - tile / 4; };
    const int column = held.column + place % held.columns - tile / 2 + shift();
    const int row = held.row + place / held.columns - tile / 2 + shift();
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
    const auto& held = places.area->window();
    const auto yes = static_cast<float>(1 - m_options.labelSmoothing / 2);
    float* labels = batch.labels.values.data() + first * 2 * pixels;
    float* weights = batch.weights.values.data() + first * pixels;
    std::size_t pixel = 0;
    for (int row = 0; row < tile; ++row) {
        for (int column = 0; column < tile; ++column, ++pixel) {
            const auto from = static_cast<int>(sourceOf(symmetry, row, column, tile));
            const int areaRow = window.row + from / tile - held.row;
            const int areaColumn = window.column + from % tile - held.column;
            const bool inside =
                areaRow >= 0 && areaColumn >= 0 && areaRow < held.rows && areaColumn < held.columns;
            const bool ice = inside && places.area->ice().at(0, areaRow, areaColumn) != 0;
            labels[pixel] = ice ? 1 - yes : yes;
            labels[pixels + pixel] = ice ? yes : 1 - yes;
            weights[pixel] = inside && places.area->learnable().at(0, areaRow, areaColumn) != 0 ? 1.0F : 0.0F;
        }
    }
}

models::LearnBatch Sampler::draw(int tiles) {
    models::LearnBatch batch;
    for (const auto& feature : m_spec.features) {
        batch.input.features[feature.name] =
            emptyTensor({tiles, static_cast<std::int64_t>(feature.bands.size()), m_spec.tile, m_spec.tile});
    }
    if (m_spec.location > 0) {
        // The last element of a region vector means "unknown region", as when predicting.
        auto location = emptyTensor({tiles, m_spec.location});
        for (std::size_t i = 1; i <= static_cast<std::size_t>(tiles); ++i) {
            location.values[i * static_cast<std::size_t>(m_spec.location) - 1] = 1;
        }
        batch.input.location = std::move(location);
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
