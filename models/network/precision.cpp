// SPDX-License-Identifier: GPL-3.0-or-later
#include "network/precision.h"

#include <fstream>
#include <sstream>
#include <string>

namespace nunatak::models {

namespace {

bool hasMatrixUnits() {
    // What the kernel lists can be used; the processor's own word is not enough (tile state needs
    // permission).
    std::ifstream description("/proc/cpuinfo");
    for (std::string line; std::getline(description, line);) {
        if (line.starts_with("flags")) {
            std::istringstream flags(line);
            for (std::string flag; flags >> flag;) {
                if (flag == "amx_bf16") {
                    return true;
                }
            }
            return false;
        }
    }
    return false;
}

} // namespace

Precision fastestPrecision(const at::Device& device) {
    if (device.is_cuda()) {
        return Precision::Float16; // every GPU that LibTorch 2 knows has units for it
    }
    return hasMatrixUnits() ? Precision::BFloat16 : Precision::Float32;
}

} // namespace nunatak::models
