// SPDX-License-Identifier: GPL-3.0-or-later
#include "start/room_for_outlines.h"

#include <cstdint>
#include <cstdlib>

#include <malloc.h>
#include <sys/mman.h>
#include <unistd.h>

namespace nunatak {

void makeRoomForOutlines() {
    constexpr int room = 128 << 20; // addresses, no memory before it is used
    constexpr int largestPiece = 32 << 20;
    constexpr int neverGivenBack = 1 << 30;
    constexpr std::uintptr_t largePage = 2U << 20U;
    ::mallopt(M_ARENA_MAX,
              1);           // that of a second thread grows by single pages, each with a call of the system
    ::mallopt(M_MXFAST, 0); // else every outline of some size has all small pieces gone over
    ::mallopt(M_MMAP_THRESHOLD, largestPiece);
    ::mallopt(M_TRIM_THRESHOLD, neverGivenBack);
    ::mallopt(M_TOP_PAD, room);
    const auto before = reinterpret_cast<std::uintptr_t>(::sbrk(0));
    // More than there is, so that the heap grows by that and `room`; volatile, for compilers leave out what
    // is freed at once.
    void* volatile piece = std::malloc(largestPiece / 2);
    std::free(piece);
    const auto after = reinterpret_cast<std::uintptr_t>(::sbrk(0));
    const auto begin = (before + largePage - 1) / largePage * largePage;
    if (after > begin) {
        ::madvise(reinterpret_cast<void*>(begin), after - begin, MADV_HUGEPAGE); // a wish
    }
}

} // namespace nunatak
