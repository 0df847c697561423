// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"

#include <cstdint>

namespace nunatak::scene::simulation {

/// Numbers 4-connected parts of equal number anew from 1, parts under `smallest` pixels become 0. Returns the
/// count.
int numberParts(Image<std::int32_t>& numbers, int smallest);

/// Parts of numbers under `smallest` pixels join the neighbour that they share most of their border with, and
/// larger ones join one along a third of their border, so that no sliver lies along a divide. Returns the
/// count of parts, numbered anew.
int joinSmallParts(Image<std::int32_t>& numbers, int smallest);

/// A pixel is what most of its neighbourhood is, twice: without strips of a pixel's width that no inventory
/// would draw.
Image<std::uint8_t> withoutSlivers(const Image<std::uint8_t>& mask);

} // namespace nunatak::scene::simulation
