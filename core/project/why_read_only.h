// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>

namespace nunatak::project {

/// A sentence on why a project cannot be opened for writing at this moment; empty where it can. Opens and
/// closes it: not for what a pointer does on its way.
std::string whyReadOnly(const std::filesystem::path& file);

} // namespace nunatak::project
