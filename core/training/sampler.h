// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/area_pixels.h"

#include <cstdint>
#include <random>

namespace nunatak::training {

/// How samples are drawn and altered.
struct SamplingOptions {
    double labelSmoothing = 0.1;
    bool augment = true;
    std::uint64_t seed = 1;
};

/// Draws tiles to learn from: a third around ice, a third around boundaries, a third anywhere that was looked
/// at, so that what is rare is seen often. The same seed draws the same tiles.
class Sampler {
public:
    /// The areas must outlive it. Throws Error when there is no pixel to learn from.
    Sampler(const std::vector<AreaPixels>& areas, const models::NetworkSpec& spec,
            const SamplingOptions& options);

    models::LearnBatch draw(int tiles);

private:
    /// Pixels by kind: the number of their block times its pixels, and the place in it, row by row.
    struct Places {
        const AreaPixels* area = nullptr;
        std::vector<std::uint32_t> ice;
        std::vector<std::uint32_t> boundary;
        std::vector<std::uint32_t> anywhere;
    };

    double uniform();
    std::size_t below(std::size_t count);
    void addPlaces(Places& places, std::size_t block);
    engine::Window drawWindow(const Places& places);
    void addTile(models::LearnBatch& batch, std::int64_t index, const Places& places);
    void changeLight(float* bands, std::size_t bandCount, std::size_t pixels);

    const models::NetworkSpec& m_spec;
    SamplingOptions m_options;
    std::vector<Places> m_places;
    std::vector<std::size_t> m_upTo; ///< learnable pixels of the areas up to and with each
    std::mt19937_64 m_random;        // the engine is defined bit by bit, the standard's distributions are not
};

} // namespace nunatak::training
