// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <CLI/CLI.hpp>

// Checks of options that are numbers. CLI11's own answer with "not in range 0.000000 to 1797…" for a number
// that must not be negative.
namespace nunatak::cli {

CLI::Validator positive();
CLI::Validator notNegative();
/// `lowest` and `highest` are allowed too.
CLI::Validator between(double lowest, double highest);
CLI::Validator wholeBetween(int lowest, int highest);

} // namespace nunatak::cli
