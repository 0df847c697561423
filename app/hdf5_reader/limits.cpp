// SPDX-License-Identifier: GPL-3.0-or-later
#include "limits.h"

#include "exchange/hdf5_records.h"

#include <sys/resource.h>
#include <unistd.h>

namespace nunatak::hdf5_reader {

namespace {

bool limit(__rlimit_resource resource, rlim_t value) {
    const rlimit both{value, value};
    return ::setrlimit(resource, &both) == 0;
}

} // namespace

bool limitThisProcess() {
    ::close_range(STDERR_FILENO + 1, ~0U, 0);
    allowMoreTime();
    return limit(RLIMIT_AS, exchange::hdf5::readerMemory) && limit(RLIMIT_CORE, 0) && limit(RLIMIT_FSIZE, 0);
}

bool forbidFurtherFiles() {
    return limit(RLIMIT_NOFILE, 0);
}

void allowMoreTime() {
    rusage used{};
    ::getrusage(RUSAGE_SELF, &used);
    const auto seconds = static_cast<rlim_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec);
    rlimit time{};
    ::getrlimit(RLIMIT_CPU, &time);
    // The hard limit is left alone: a soft one ends the process too, and can be moved for the next tile.
    time.rlim_cur = seconds + exchange::hdf5::readerSeconds;
    if (time.rlim_max != RLIM_INFINITY && time.rlim_cur > time.rlim_max) {
        time.rlim_cur = time.rlim_max;
    }
    ::setrlimit(RLIMIT_CPU, &time);
}

} // namespace nunatak::hdf5_reader
