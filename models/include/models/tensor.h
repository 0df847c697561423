// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace nunatak::models {

/// A dense float array, row-major, last axis fastest.
struct Tensor {
    std::vector<std::int64_t> shape;
    std::vector<float> values;

    std::int64_t elements() const {
        std::int64_t count = 1;
        for (auto extent : shape) {
            count *= extent;
        }
        return count;
    }
    bool operator==(const Tensor&) const = default;
};

using NamedTensors = std::map<std::string, Tensor>;

} // namespace nunatak::models
