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
WrittenOutlines exportLayer(const std::string& layer, const std::vector<outlines::OutlineHandle>& outlines,
                            const geo::Crs& crs, const std::filesystem::path& file,
                            const ExportOptions& options, const Progress& progress, const Claim& claim);
/// What that would write.
ExportPreview previewLayer(const std::string& layer, const std::vector<outlines::OutlineHandle>& outlines,
                           const geo::Crs& crs, const std::filesystem::path& file,
                           const ExportOptions& options, const Progress& progress = {});

/// What an export to this name would take away that no export made, or that was changed since: the files,
/// with the parts of a Shapefile, and what lies beside them. Empty where the names are free. Whoever has a
/// user asks before that is replaced.
std::vector<std::filesystem::path> othersInTheWay(const std::filesystem::path& file,
                                                  const std::string& schema = "plain",
                                                  bool wantsReadme = false);

} // namespace nunatak::exchange
