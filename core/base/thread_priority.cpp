// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/thread_priority.h"

#include <sys/resource.h>
#include <unistd.h>

namespace nunatak {

void stepBack(StepBack how) {
    // For Linux a thread's number names that thread alone.
    const auto thread = static_cast<id_t>(::gettid());
    const int now = ::getpriority(PRIO_PROCESS, thread);
    const int wanted = how == StepBack::Last ? 15 : 5;
    if (wanted > now) {
        ::setpriority(PRIO_PROCESS, thread, wanted);
    }
}

} // namespace nunatak
