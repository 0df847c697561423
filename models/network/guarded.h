// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <exception>
#include <string>

namespace nunatak::models {

/// What another library threw, as the sentence of a nunatak::Error; called within a catch block.
[[noreturn]] void rethrowAsError();

/// Runs work and lets only nunatak::Error out.
template <typename Work> auto guarded(Work&& work) -> decltype(work()) {
    try {
        return work();
    } catch (...) {
        rethrowAsError();
    }
}

} // namespace nunatak::models
