// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/export_table.h"

#include <filesystem>
#include <string>

// What goes with a file to whoever gets it: where each outline comes from, and the document that data centres
// ask for.
namespace nunatak::exchange {

/// Names of both, beside `file`: NAME-provenance.csv and NAME-README.md.
std::filesystem::path provenanceFile(const std::filesystem::path& file);
std::filesystem::path readmeFile(const std::filesystem::path& file);

/// A row for each outline as it is written (of a complex for each of its glaciers): its id, its UUID, its
/// date, the image that it was drawn on (as people call it, the provider's name, when it was taken, sensor,
/// UUID), model with fingerprint, run, threshold and mean confidence, whether it was changed by hand, by
/// whom, and its review. RFC 4180, UTF-8.
std::string provenanceTable(const PreparedExport& prepared, const ExportOptions& options);

/// Title, abstract, content of the file, method, licence and what to cite (GlaViTU where a model of it
/// predicted, the RGI where outlines or ids of it are in the file), in Markdown.
std::string readmeText(const PreparedExport& prepared, const std::filesystem::path& file,
                       const ExportOptions& options);

} // namespace nunatak::exchange
