// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

#include <QtTest>

namespace nunatak::tests {

/// A file of the real data and golden numbers that lie beside a checkout of the developers, not in the
/// project.
inline std::filesystem::path sharedFile(const char* relative) {
    return std::filesystem::path(NUNATAK_SHARED_DATA) / relative;
}

} // namespace nunatak::tests

/// Skips the test, with a message, where a file of the shared data is absent.
#define NUNATAK_NEEDS_SHARED(relative)                                                                       \
    if (!std::filesystem::exists(nunatak::tests::sharedFile(relative))) {                                    \
        QSKIP("needs " relative " of the shared data, which is not beside this checkout");                   \
    }
