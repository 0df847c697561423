// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/outline_files.h"
#include "outlines/outline.h"

#include <filesystem>
#include <string>
#include <vector>

namespace nunatak::exchange {

/// Writes a project's layer as writeOutlines() does. Throws Error also where it has no outlines.
WrittenOutlines exportLayer(const std::string& layer, const std::vector<outlines::OutlineHandle>& outlines,
                            const geo::Crs& crs, const std::filesystem::path& file,
                            const Progress& progress = {}, const Claim& claim = {"export"});

} // namespace nunatak::exchange
