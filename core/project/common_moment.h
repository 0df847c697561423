// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"

#include <cstdint>
#include <optional>

namespace nunatak::project {

/// Steps of two histories after which both projects said the same.
struct CommonMoment {
    std::int64_t here = 0;
    std::int64_t there = 0;
};

/// The last one: where one was split from the other, both from a third, one was merged into the other, or one
/// is a copy of the other, by the steps that both histories have. None where they have nothing in common.
std::optional<CommonMoment> commonMoment(const Project& here, const Project& there);

} // namespace nunatak::project
