// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace nunatak {

/// For a process that reads an inventory, passes it on and ends: its outlines are a hundred thousand pieces
/// of memory that stay to the end. The system is asked for memory in a few large pieces, of large pages where
/// it has them, and none is tidied up or given back on the way. Call it first in main.
void makeRoomForOutlines();

} // namespace nunatak
