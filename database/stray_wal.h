// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace nunatak::database {

/// True when the -wal file beside a database is of another state of it: somebody put a copy in the file's
/// place after a session that was cut off. SQLite would bring its pages into the copy. A file that was closed
/// says in its header that it is not in WAL mode, and had no -wal file then.
bool hasStrayWal(const std::filesystem::path& file);

/// Moves it to NAME-wal.kept, or NAME-wal.kept-2 and so on, and returns that. Throws Error.
std::filesystem::path setAsideStrayWal(const std::filesystem::path& file);

} // namespace nunatak::database
