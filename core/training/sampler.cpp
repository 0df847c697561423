// SPDX-License-Identifier: GPL-3.0-or-later
#include "training/sampler.h"

#include "base/error.h"
#include "prediction/scene_tile_source.h"

#include <algorithm>

namespace nunatak::training {

namespace {

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
    : m_spec(spec), m_options(options), m_dice(options.seed) {
    for (const auto& area : areas) {
        if (area.learnablePixels() == 0) {
            continue;
        }
        Places places;
        places.area = &area;
        for (std::size_t block = 0; block < area.blocks().size(); ++block) {
            addPlaces(places, block);
        }
        auto& pool = area.isReplay() ? m_replay : m_corrected;
        pool.upTo.push_back((pool.upTo.empty() ? 0 : pool.upTo.back()) + area.learnablePixels());
        pool.places.push_back(std::move(places));
    }
    if (m_corrected.places.empty()) {
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
            if (!AreaPixels::teaches(here)) {
                continue;
            }
            const auto place = static_cast<std::uint32_t>(
                block * pixelsOfABlock + static_cast<std::size_t>(row * AreaPixels::blockSide + column));
            places.anywhere.push_back(place);
            if (isIce(here)) {
                places.ice.push_back(place);
            }
            if ((here & AreaPixels::Changed) != 0) {
                places.changed.push_back(place);
            }
            if (differs(isIce(here), row, column + 1) || differs(isIce(here), row + 1, column)) {
                places.boundary.push_back(place);
            }
        }
    }
}

const Sampler::Places& Sampler::drawArea() {
    const bool isReplay = !m_replay.places.empty() && m_dice.happens(m_options.replayShare);
    const auto& pool = isReplay ? m_replay : m_corrected;
    const auto pixel = m_dice.below(pool.upTo.back());
    const auto area = std::upper_bound(pool.upTo.begin(), pool.upTo.end(), pixel) - pool.upTo.begin();
    return pool.places[static_cast<std::size_t>(area)];
}

engine::Window Sampler::drawWindow(const Places& places) {
    const std::vector<std::uint32_t>* kinds[] = {&places.ice, &places.boundary, &places.anywhere,
                                                 &places.changed};
    const auto* chosen = kinds[m_dice.below(places.changed.empty() ? 3 : 4)];
    if (chosen->empty()) {
        chosen = &places.anywhere;
    }
    const auto place = (*chosen)[m_dice.below(chosen->size())];
    const auto& block = places.area->blocks()[place / pixelsOfABlock];
    const int inBlock = static_cast<int>(place % pixelsOfABlock);
    const int tile = m_spec.tile;
    // Not always in the middle: a network must know a boundary wherever in a tile it lies.
    const auto shift = [&] {
        return static_cast<int>(m_dice.below(static_cast<std::size_t>(tile / 2))) - tile / 4;
    };
    const int column = block.firstColumn + inBlock % AreaPixels::blockSide - tile / 2 + shift();
    const int row = block.firstRow + inBlock / AreaPixels::blockSide - tile / 2 + shift();
    return {column, row, tile, tile};
}

void Sampler::addFeatures(models::LearnBatch& batch, std::size_t index,
                          const std::map<std::string, Image<float>>& features,
                          const std::vector<std::uint32_t>& cut) {
    for (const auto& feature : m_spec.features) {
        const auto bands = feature.bands.size();
        const auto& source = features.at(feature.name).values();
        float* to = batch.input.features.at(feature.name).values.data() + index * bands * cut.size();
        for (std::size_t band = 0; band < bands; ++band) {
            const float* from = source.data() + band * cut.size();
            std::ranges::transform(cut, to + band * cut.size(),
                                   [&](std::uint32_t place) { return from[place]; });
        }
        if (m_options.augment) {
            changeLight(m_options.augmentation, feature.name, to, bands, m_spec.tile, m_dice);
            occlude(m_options.augmentation, to, bands, m_spec.tile, m_dice);
        }
    }
}

void Sampler::addLocation(models::LearnBatch& batch, std::size_t index, const AreaPixels& area,
                          const std::map<std::string, Image<float>>& features) {
    const auto own = features.find(prediction::SceneTileSource::location);
    const bool isUntold = m_options.augment && !area.unknownLocation().empty() &&
                          m_dice.happens(m_options.augmentation.unknownRegion);
    const auto& vector = own != features.end() ? own->second.values()
                         : isUntold            ? area.unknownLocation()
                                               : area.location();
    if (vector.size() != static_cast<std::size_t>(m_spec.location)) {
        throw Error("The network wants a location vector of length " + std::to_string(m_spec.location) +
                    ", not " + std::to_string(vector.size()) + ".");
    }
    std::ranges::copy(vector, batch.input.location->values.begin() +
                                  static_cast<std::ptrdiff_t>(index * vector.size()));
}

void Sampler::addTile(models::LearnBatch& batch, std::size_t index, const Places& places) {
    const auto& area = *places.area;
    const int tile = m_spec.tile;
    const auto window = drawWindow(places);
    const auto cut = m_options.augment ? drawnCut(m_options.augmentation, tile, m_dice) : wholeCut(tile);
    const auto features = area.tile(window);
    addFeatures(batch, index, features, cut);
    if (batch.input.location) {
        addLocation(batch, index, area, features);
    }
    const auto least = static_cast<float>(m_options.labelSmoothing / 2);
    float* labels = batch.labels.values.data() + index * 2 * cut.size();
    float* weights = batch.weights.values.data() + index * cut.size();
    for (std::size_t pixel = 0; pixel < cut.size(); ++pixel) {
        const int from = static_cast<int>(cut[pixel]);
        const int row = window.row + from / tile;
        const int column = window.column + from % tile;
        const auto state = area.state(row, column);
        const float ice = least + (1 - 2 * least) * area.ice(row, column);
        labels[pixel] = 1 - ice;
        labels[cut.size() + pixel] = ice;
        if (AreaPixels::teaches(state)) {
            const bool isChanged = (state & AreaPixels::Changed) != 0;
            weights[pixel] = isChanged ? static_cast<float>(m_options.changedWeight) : 1.0F;
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
        batch.input.location = emptyTensor({tiles, m_spec.location});
    }
    batch.labels = emptyTensor({tiles, 2, m_spec.tile, m_spec.tile});
    batch.weights = emptyTensor({tiles, m_spec.tile, m_spec.tile});
    for (int i = 0; i < tiles; ++i) {
        addTile(batch, static_cast<std::size_t>(i), drawArea());
    }
    return batch;
}

} // namespace nunatak::training
