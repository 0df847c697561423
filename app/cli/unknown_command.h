// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

#include <string>

namespace nunatak::cli {

/// Where the words of a command line do not lead to a command: a sentence that says so, names the likeliest
/// and those there are. Empty where they do, or say something else first (an option).
std::string unknownCommand(CLI::App& app, int argc, const char* const* argv);

} // namespace nunatak::cli
