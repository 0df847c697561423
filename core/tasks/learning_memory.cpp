// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/learning_memory.h"

#include "models/weight_layout.h"

#include <fstream>
#include <string>

namespace nunatak::tasks {

double memoryToLearn(const models::Manifest& model, int batch) {
    const auto& network = model.network;
    double weights = 0;
    for (const auto& slot : models::weightLayout(network)) {
        weights += static_cast<double>(slot.elements());
    }
    // Maps in the ResU-Net: f channels at full size, twice as many at half the side, and so on over four
    // levels. How many of them are kept was measured with the starter.
    const double tile = network.tile;
    const double maps = tile * tile * network.filters * (1 + 2 / 4.0 + 4 / 16.0 + 8 / 64.0);
    constexpr double keptMaps = 34;
    // Attention keeps tokens × tokens a head and block.
    const double tokens = tile * tile / 256;
    const double attention = 3 * tokens * tokens * network.heads * network.blocks;
    // Weights, gradients, two moments, their mean, the best ones, and those of a checkpoint.
    constexpr double ofAWeight = 9;
    constexpr double program = 4e8; // LibTorch and what it sets up
    return program + 4 * (weights * ofAWeight + batch * (maps * keptMaps + attention));
}

double freeMemory() {
    std::ifstream stream("/proc/meminfo");
    std::string name;
    double kilobytes = 0;
    std::string unit;
    while (stream >> name >> kilobytes >> unit) {
        if (name == "MemAvailable:") {
            return kilobytes * 1024;
        }
    }
    return 0;
}

} // namespace nunatak::tasks
