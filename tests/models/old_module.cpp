// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/network.h"

// A module that was built with another interface version: it knows none that this program asks for.
extern "C" __attribute__((visibility("default"))) nunatak::models::ModelsModule*
nunatak_models_module(std::uint32_t) {
    return nullptr;
}
