// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/dice.h"

#include <cstdint>
#include <string>
#include <vector>

namespace nunatak::training {

/// How tiles are altered before they are learnt from, as published (Maslov et al. 2025), each with its
/// probability.
struct Augmentation {
    double flip = 0.5;  ///< of rows, and of columns
    double turn = 0.75; ///< by one, two or three right angles
    double crop = 0.5;  ///< a part of the tile is scaled to all of it, by the nearest pixel
    double smallestCrop = 0.8;
    double gamma = 0.5; ///< of a feature; each band gets its own exponent
    double lowestGamma = 0.8;
    double highestGamma = 1.2;
    double shift = 0.5; ///< of a feature; each band gets its own
    double shiftDeviation = 0.025;
    double noise = 0.5; ///< of a feature; each pixel gets its own
    double noiseDeviation = 0.005;
    double occlusion = 0.5;        ///< of a feature: a rectangle without data
    double largestOcclusion = 0.5; ///< of the tile's side
    double unknownRegion = 0.1;    ///< the region is not told, to models that have one
};

/// Where each pixel of a tile comes from, as places row by row in the tile as it lies: flipped, turned and
/// cropped as the dice say.
std::vector<std::uint32_t> drawnCut(const Augmentation& augmentation, int tile, Dice& dice);
/// Each from where it is.
std::vector<std::uint32_t> wholeCut(int tile);

/// Another light and another sensor: gamma, shift and noise. Values are about 0 to 1, tile × tile pixels a
/// band; 0 is no data and stays 0. Elevation and slope are measured, not lit, and left alone.
void changeLight(const Augmentation& augmentation, const std::string& feature, float* values,
                 std::size_t bands, int tile, Dice& dice);
/// Hides a rectangle of a feature behind no data.
void occlude(const Augmentation& augmentation, float* values, std::size_t bands, int tile, Dice& dice);

} // namespace nunatak::training
