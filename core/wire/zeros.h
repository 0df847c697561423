// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>

namespace nunatak::wire {

struct FreeZeros {
    void operator()(void* memory) const { std::free(memory); }
};
template <typename T> using Zeros = std::unique_ptr<T[], FreeZeros>;

/// Zeros that the system gives page by page: what is never touched costs nothing.
template <typename T> Zeros<T> zeros(std::size_t count) {
    auto* memory = static_cast<T*>(std::calloc(count, sizeof(T)));
    if (memory == nullptr) {
        throw std::bad_alloc();
    }
    return Zeros<T>(memory);
}

} // namespace nunatak::wire
