// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/memory.h"

#include <cstdlib>
#include <cstring>
#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace nunatak::models::cpu {

std::unique_ptr<void, void (*)(void*)> zeroedMemory(std::size_t bytes) {
    constexpr std::size_t line = 64;
    constexpr std::size_t page = std::size_t{2} << 20;
    const std::size_t alignment = bytes >= page ? page : line;
    const std::size_t whole = (bytes + alignment - 1) / alignment * alignment;
    std::unique_ptr<void, void (*)(void*)> memory(std::aligned_alloc(alignment, whole > 0 ? whole : line),
                                                  [](void* data) { std::free(data); });
    if (!memory) {
        throw std::bad_alloc();
    }
#if defined(__linux__)
    if (alignment == page) {
        // Only advice: the patches of a convolution touch many small pages otherwise.
        ::madvise(memory.get(), whole, MADV_HUGEPAGE);
    }
#endif
    std::memset(memory.get(), 0, bytes);
    return memory;
}

} // namespace nunatak::models::cpu
