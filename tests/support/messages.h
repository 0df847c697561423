// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <string>
#include <utility>

// What errors say.
namespace nunatak::tests {

/// The message of the Error that `work` throws; empty where it throws none.
template <typename Work> std::string messageOf(Work&& work) {
    try {
        std::forward<Work>(work)();
    } catch (const Error& error) {
        return error.what();
    }
    return {};
}

inline bool says(const std::string& message, const std::string& part) {
    return message.find(part) != std::string::npos;
}

} // namespace nunatak::tests
