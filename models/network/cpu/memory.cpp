// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/cpu/memory.h"

#include <cstdlib>
#include <cstring>
#include <new>

#if defined(__linux__)
#include <sys/mman.h>
#endif

namespace nunatak::models::cpu {

Floats::Floats(std::size_t count) : m_count(count) {
    constexpr std::size_t line = 64;
    constexpr std::size_t page = std::size_t{2} << 20;
    const std::size_t bytes = count * sizeof(float);
    const std::size_t alignment = bytes >= page ? page : line;
    const std::size_t whole = (bytes + alignment - 1) / alignment * alignment;
    m_data.reset(static_cast<float*>(std::aligned_alloc(alignment, whole > 0 ? whole : line)));
    if (!m_data) {
        throw std::bad_alloc();
    }
#if defined(__linux__)
    if (alignment == page) {
        // Only advice: the patches of a convolution touch many small pages otherwise.
        ::madvise(m_data.get(), whole, MADV_HUGEPAGE);
    }
#endif
    std::memset(m_data.get(), 0, bytes);
}

void Floats::Free::operator()(float* data) const {
    std::free(data);
}

} // namespace nunatak::models::cpu
