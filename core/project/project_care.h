// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "base/progress.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

// What is done to a project's file as a whole. Every function throws Error with a sentence that names the
// file.
namespace nunatak::project {

/// Something that is wrong with a project's file, or that others did to it.
struct FileFinding {
    std::string what; ///< a sentence
    std::string toDo; ///< sentences; empty: nothing needs to be done
};
struct FileCheck {
    std::vector<FileFinding> found; ///< nothing: the file is sound, and can be opened
    bool isDamaged = false;         ///< what can be read of it should be recovered
    std::string lookedAt;           ///< a sentence
};
/// What is wrong with a project's file. Changes nothing.
FileCheck checkFile(const std::filesystem::path& file, const Progress& progress = {});

/// Gives back the room that nothing takes any more. Nobody else may have the file open.
struct Compacted {
    std::uintmax_t before = 0; ///< bytes
    std::uintmax_t after = 0;
};
Compacted compactFile(const std::filesystem::path& file, const Progress& progress = {});
/// "alps.gpkg takes 3.1 MiB, 14.2 MiB before."
std::string sentenceOn(const std::filesystem::path& file, const Compacted& sizes);

/// Makes what lies beside a new project, under its name, in the folder in which that is made. All of it is
/// put in place with the project, before that, or nothing is.
using Beside = std::function<void(const std::filesystem::path& staging, const Progress&)>;

/// Writes a copy, also of a project that somebody edits meanwhile: what is saved when it ends, whole or not
/// at all, never in the place of another file.
void copyFile(const std::filesystem::path& file, const std::filesystem::path& target,
              const Progress& progress = {}, const Beside& beside = {});

/// Writes what can be read of a damaged project into a new one, and makes sure that this opens. Returns a
/// sentence on each thing that came over and each that is missing. Where anything is, the history says so,
/// and nothing from before can be taken back. Throws Error where nothing can be read, or something of the new
/// name is there.
std::vector<std::string> recoverFile(const std::filesystem::path& damaged,
                                     const std::filesystem::path& target, const Progress& progress = {});
/// A free name beside it for that: NAME-recovered.gpkg, NAME-recovered-2.gpkg and so on.
std::filesystem::path recoveredNameFor(const std::filesystem::path& damaged);
/// Whether this failure to open a project is of a damaged file, of which recoverFile() may read something.
bool isDamage(const Error& failure);

} // namespace nunatak::project
