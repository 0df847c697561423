// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/allocations.h"

#include <cstdlib>
#include <new>

namespace {

thread_local std::size_t allocated = 0;

} // namespace

namespace nunatak::tests {

std::size_t allocatedBytes() {
    return allocated;
}

} // namespace nunatak::tests

void* operator new(std::size_t size) {
    allocated += size;
    if (void* memory = std::malloc(size > 0 ? size : 1)) {
        return memory;
    }
    throw std::bad_alloc();
}

void operator delete(void* memory) noexcept {
    std::free(memory);
}

void operator delete(void* memory, std::size_t /*size*/) noexcept {
    std::free(memory);
}
