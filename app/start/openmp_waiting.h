// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace nunatak {

/// OpenMP's threads (LibTorch, OpenBLAS) spin while they wait for one another, which makes a prediction
/// several times slower as soon as anything else, such as our own window, wants a core. libgomp reads its
/// settings while the program is loaded, before main; so the program starts itself anew with
/// OMP_WAIT_POLICY=passive, unless the environment says something about it already. Call it first in a main
/// that runs networks; returns when there is nothing to do or it cannot be done.
void restartWithWaitingThreads(char** argv);

} // namespace nunatak
