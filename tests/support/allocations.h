// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>

namespace nunatak::tests {

/// How many bytes this thread has asked `operator new` for since it began. A program that asks has
/// allocations.cpp among its sources. What a work asks for is the same in each run, however busy the machine,
/// and grows with what is copied: a measure that can be compared and needs no clock.
std::size_t allocatedBytes();

} // namespace nunatak::tests
