// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

// What is done to a project's file as a whole. Every function throws Error with a sentence that names the
// file.
namespace nunatak::project {

/// What is wrong with a project's file, a sentence each; nothing: it is sound, and can be opened. Changes
/// nothing.
std::vector<std::string> checkFile(const std::filesystem::path& file, const Progress& progress = {});

/// Gives back the room that nothing takes any more. Nobody else may have the file open.
struct Compacted {
    std::uintmax_t before = 0; ///< bytes
    std::uintmax_t after = 0;
};
Compacted compactFile(const std::filesystem::path& file);

/// Writes a copy, also of a project that somebody edits meanwhile: what is saved when it ends, whole or not
/// at all, never in the place of another file.
void copyFile(const std::filesystem::path& file, const std::filesystem::path& target,
              const Progress& progress = {});

/// Writes what can be read of a damaged project into a new one, and makes sure that this opens. Returns a
/// sentence on each thing that came over and each that is missing. Where anything is, the history says so,
/// and nothing from before can be taken back. Throws Error where nothing can be read, or something of the new
/// name is there.
std::vector<std::string> recoverFile(const std::filesystem::path& damaged,
                                     const std::filesystem::path& target);

} // namespace nunatak::project
