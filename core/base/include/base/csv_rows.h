// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace nunatak {

/// Rows of a table of text with commas, semicolons or tabs between (what the first row has most of) and
/// quotes where needed, as spreadsheets write it; blank rows are left out. Throws Error where it cannot be
/// read.
std::vector<std::vector<std::string>> csvRows(const std::filesystem::path& file);

/// A row with its line's end, each value in quotes where it needs them.
std::string csvRow(const std::vector<std::string>& values);

} // namespace nunatak
