// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <filesystem>
#include <string>
#include <string_view>

namespace nunatak {

/// Does work on what a file holds (coordinates that no system can express, for instance): a sentence about it
/// that does not name the file gets its name.
template <class Work> auto ofFile(const std::filesystem::path& file, Work&& work) -> decltype(work()) {
    try {
        return work();
    } catch (const Cancelled&) {
        throw;
    } catch (const Error& error) {
        if (std::string_view(error.what()).find(file.filename().string()) != std::string_view::npos) {
            throw;
        }
        throw Error("\"" + file.string() + "\" cannot be used: " + error.what());
    }
}

} // namespace nunatak
