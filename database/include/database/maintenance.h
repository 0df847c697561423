// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "database/rows.h"

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

// What is done to a project's file as a whole. Every function throws Error with a sentence that names the
// file.
namespace nunatak::database {

/// Something that is wrong with a file.
struct Finding {
    enum class Kind {
        Damage,       ///< SQLite cannot read a page, or what it says makes no sense
        MissingTable, ///< a layer that is described has none
        Shapes,       ///< outlines that cannot be read
        Names,        ///< outlines without a UUID of their own
        MissingIndex, ///< a layer has no spatial index
        Index,        ///< the spatial index and the outlines say different things
        History       ///< steps or changes are missing
    };
    Kind kind = Kind::Damage;
    std::string sentence;
};

/// Looks through all of a project's file, and says what is wrong with it; nothing: it is sound. Changes
/// nothing.
std::vector<Finding> check(const std::filesystem::path& file, const Progress& progress = {});

/// Gives back the room that removed rows took. Nobody else may have the file open; it is as it was, or
/// smaller, also where the work is stopped.
struct Compacted {
    std::uintmax_t before = 0; ///< bytes
    std::uintmax_t after = 0;
};
Compacted compact(const std::filesystem::path& file, const Progress& progress = {});

/// Writes a copy of a project, also of one that somebody edits meanwhile: what was saved when it ended, whole
/// or not at all, never in the place of another file. With all there is in it, history and undo too.
/// `beside` makes what lies beside the copy in the folder in which that is made; it is put in place with it.
void copy(const std::filesystem::path& file, const std::filesystem::path& target,
          const Progress& progress = {},
          const std::function<void(const std::filesystem::path& staging, const Progress&)>& beside = {});

/// What was read of one table of a damaged file.
struct RecoveredTable {
    std::string name;
    bool isLayer = false;
    std::int64_t rows = 0;          ///< that came over
    std::int64_t lost = 0;          ///< at least so many that are known to have been there did not
    std::vector<std::string> uuids; ///< of the lost outlines of a layer, as far as they are known
    bool hasUnknown =
        false; ///< there may have been more: pages, or the list of a layer's UUIDs, are unreadable
};
struct Recovery {
    std::vector<RecoveredTable> tables; ///< in their order in the file; of GeoPackage's and ours only such as
                                        ///< lack something
    std::vector<std::string> notes;     ///< what else was found, and what was made again, a sentence each
    bool isWhole = true;                ///< nothing is known to be missing
};

/// Writes what can be read of a damaged project into a new file, around the damage: table by table, row by
/// row. The damaged one stays as it is. Where anything is missing, `mark` becomes the last step of the
/// history (its id is given here), up to which nothing can be taken back. Throws Error where nothing can be
/// read.
Recovery recover(const std::filesystem::path& damaged, const std::filesystem::path& target, HistoryRow mark,
                 const Progress& progress = {});

} // namespace nunatak::database
