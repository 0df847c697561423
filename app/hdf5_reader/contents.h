// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "record_writer.h"

#include <string>
#include <vector>

#include <hdf5.h>

namespace nunatak::hdf5_reader {

/// Weights as Keras' save_weights writes them: a group per layer in the order of the attribute layer_names,
/// its arrays in the order of weight_names.
void sendWeights(hid_t file, RecordWriter& out);

/// Tiles: their number, then a group for each with its attributes and rasters. `features` are those wanted
/// beside the outlines; all when empty.
void sendTiles(hid_t file, const std::vector<std::string>& features, RecordWriter& out);

} // namespace nunatak::hdf5_reader
