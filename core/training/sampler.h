// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/area_pixels.h"
#include "training/augmentation.h"

#include <cstdint>
#include <string>

namespace nunatak::training {

/// How samples are drawn and altered.
struct SamplingOptions {
    double labelSmoothing = 0.1;
    bool augment = true;
    std::uint64_t seed = 1;
    double changedWeight = 1;  ///< of what an expert changed, beside what they confirmed
    double replayShare = 0.25; ///< of the tiles, where there are areas for it
    Augmentation augmentation{};
};

/// Draws tiles to learn from, around ice, around boundaries, around what an expert changed (where there is
/// any) and anywhere that was looked at in equal parts, so that what is rare is seen often; a share of the
/// tiles from areas for replay. Labels are soft: the share of a pixel that is ice, smoothed. The same seed
/// draws the same tiles.
class Sampler {
public:
    /// The areas must outlive it. Throws Error when there is no pixel to learn from but for replay.
    Sampler(const std::vector<AreaPixels>& areas, const models::NetworkSpec& spec,
            const SamplingOptions& options);

    models::LearnBatch draw(int tiles);

    /// What it throws next (Dice::place()), to go on with the same tiles another time.
    std::string dice() const { return m_dice.place(); }
    bool throwOnFrom(const std::string& dice) { return m_dice.goTo(dice); }

private:
    /// Pixels by kind: the number of their block times its pixels, and the place in it, row by row.
    struct Places {
        const AreaPixels* area = nullptr;
        std::vector<std::uint32_t> ice;
        std::vector<std::uint32_t> boundary;
        std::vector<std::uint32_t> changed;
        std::vector<std::uint32_t> anywhere;
    };
    /// Areas that are drawn from alike, each as often as it has pixels.
    struct Pool {
        std::vector<Places> places;
        std::vector<std::size_t> upTo; ///< learnable pixels of the areas up to and with each
    };

    static void addPlaces(Places& places, std::size_t block);
    const Places& drawArea();
    engine::Window drawWindow(const Places& places);
    void addTile(models::LearnBatch& batch, std::size_t index, const Places& places);
    void addFeatures(models::LearnBatch& batch, std::size_t index,
                     const std::map<std::string, Image<float>>& features,
                     const std::vector<std::uint32_t>& cut);
    void addLocation(models::LearnBatch& batch, std::size_t index, const AreaPixels& area,
                     const std::map<std::string, Image<float>>& features);

    const models::NetworkSpec& m_spec;
    SamplingOptions m_options;
    Pool m_corrected;
    Pool m_replay;
    Dice m_dice;
};

} // namespace nunatak::training
