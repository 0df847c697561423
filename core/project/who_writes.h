// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace nunatak::project {

/// Who has a project open for writing now, on this machine or another: "Anna on host-3 (process 4711) since
/// 2026-08-20 10:20 UTC", as far as it is known; empty: nobody. Ends with the one who has it, however that
/// ends.
std::string whoWrites(const std::filesystem::path& file);

} // namespace nunatak::project
