// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "raster/raster_reader.h"

#include <cstddef>

namespace nunatak::raster {

/// Stored numbers of a band into values, in place: scale and offset applied, dB and amplitude as power, NaN
/// for no data, for what is not finite and for what no instrument measures.
void toValues(const BandInfo& band, float* values, std::size_t count);

} // namespace nunatak::raster
