// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "network/cpu/kernels.h"
#include "network/cpu/memory.h"
#include "network/cpu/team.h"

#include "base/error.h"

#include <stop_token>
#include <vector>

namespace nunatak::models::cpu {

/// What a layer computes with.
struct Workspace {
    const Kernels& kernels;
    Team& team;
    const float* zeros; ///< as many as any pixel has channels: what lies outside a map
    /// Of each member of the team, as large as the largest layer asks for.
    std::vector<Floats>& scratch;
    std::vector<std::vector<const float*>>& pointers;

    std::stop_token stop;

    /// Throws Cancelled when the work shall stop; asked between layers.
    void check() const {
        if (stop.stop_requested()) {
            throw Cancelled();
        }
    }

    float* scratchOf(int member, std::size_t floats) const {
        auto& own = scratch[static_cast<std::size_t>(member)];
        if (own.size() < floats) {
            own = Floats(floats);
        }
        return own.data();
    }
    const float** pointersOf(int member, std::size_t count) const {
        auto& own = pointers[static_cast<std::size_t>(member)];
        if (own.size() < count) {
            own.resize(count);
        }
        return own.data();
    }
};

} // namespace nunatak::models::cpu
