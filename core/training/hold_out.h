// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "training/training.h"

namespace nunatak::training {

/// Fewer reviewed glaciers than these are all learnt from.
inline constexpr int fewestForHoldOut = 8;
inline constexpr int fewestHeldOut = 2;
/// m around an outline that is held out within which it is measured, too. Further away lie other glaciers
/// that a model may find or miss, and nobody has said which.
inline constexpr double measuredAround = 100;

/// Areas parted into what is learnt from and what is only measured on.
struct HoldOut {
    std::vector<TrainingArea> learnt; ///< all there is where nothing is held out
    std::vector<TrainingArea> held;   ///< the same glaciers; looked at only around those held out
    int reviewed = 0;                 ///< glaciers
    int heldOut = 0;
    std::string missing; ///< why nothing is held out and what it takes, a sentence; else empty
};

/// Holds some reviewed glaciers out, drawn by the seed: about `share` of them, two at least. By glacier,
/// never by pixel: what is looked at around one that is held out (`margin`) is not learnt from, but for the
/// ice of a neighbour that is. Neighbours are kept together: those whose margins touch; where that leaves no
/// choice, those that share a divide. A glacier is the same in areas of several dates. Areas that say nothing
/// of single glaciers (margin 0), or are replayed, are learnt from as they are.
HoldOut heldOut(const std::vector<TrainingArea>& areas, double share, std::uint64_t seed);

} // namespace nunatak::training
