// SPDX-License-Identifier: GPL-3.0-or-later
#include "start/openmp_waiting.h"

#include <cstdlib>
#include <unistd.h>

namespace nunatak {

void restartWithWaitingThreads(char** argv) {
    if (std::getenv("OMP_WAIT_POLICY") != nullptr || std::getenv("GOMP_SPINCOUNT") != nullptr) {
        return;
    }
    // Set even when the restart fails, so that it is tried once.
    setenv("OMP_WAIT_POLICY", "passive", 1);
    execv("/proc/self/exe", argv);
}

} // namespace nunatak
