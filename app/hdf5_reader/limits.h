// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace nunatak::hdf5_reader {

/// Bounds what this process can do before it reads anything: memory, processor time, no core file, no file
/// written; no descriptors but the standard ones stay open. False when the system refuses.
bool limitThisProcess();

/// From here on no file can be opened: a foreign file may name others (external links, raw data elsewhere,
/// filters to load), and none of them is meant to be read.
bool forbidFurtherFiles();

/// Processor time for the next tile.
void allowMoreTime();

} // namespace nunatak::hdf5_reader
