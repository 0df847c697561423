// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace nunatak {

/// How far a thread steps back behind those that draw.
enum class StepBack {
    BehindDrawing, ///< work that a picture waits for
    Last           ///< work of minutes and hours
};

/// The calling thread, and what threads it starts from now on, gets the processor after others that want it
/// (Linux: a nice value of its own). Cannot be taken back; without effect where the system refuses.
void stepBack(StepBack how);

} // namespace nunatak
