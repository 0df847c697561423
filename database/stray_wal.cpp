// SPDX-License-Identifier: GPL-3.0-or-later
#include "stray_wal.h"

#include "base/error.h"
#include "raw_bytes.h"

#include <string>
#include <system_error>

namespace nunatak::database {

bool hasStrayWal(const std::filesystem::path& file) {
    std::error_code missing;
    const auto size = std::filesystem::file_size(file.string() + "-wal", missing);
    if (missing || size == 0) {
        return false;
    }
    constexpr std::size_t writeVersion = 18; // of the header; 1: rollback journal, 2: WAL
    std::string header;
    try {
        header = RawBytes(file).at(0, writeVersion + 2);
    } catch (const SQLite::Exception&) {
        return false; // who opens it says what is wrong
    }
    return header.size() == writeVersion + 2 && header[writeVersion] == 1 && header[writeVersion + 1] == 1;
}

std::filesystem::path setAsideStrayWal(const std::filesystem::path& file) {
    std::error_code trouble;
    std::filesystem::path kept;
    for (int number = 1; kept.empty() || std::filesystem::exists(kept, trouble); ++number) {
        kept = file.string() + "-wal.kept" + (number == 1 ? "" : "-" + std::to_string(number));
    }
    std::filesystem::rename(file.string() + "-wal", kept, trouble);
    if (trouble) {
        throw Error("Beside the project " + file.string() +
                    " lies a -wal file of another state of it, which cannot be moved away (" +
                    trouble.message() + "). Move it away, or open the project read-only.");
    }
    std::filesystem::remove(file.string() + "-shm", trouble); // what was made of it
    return kept;
}

} // namespace nunatak::database
