// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/who_writes.h"

#include "database/writer_lock.h"

namespace nunatak::project {

std::string whoWrites(const std::filesystem::path& file) {
    const auto writer = database::WriterLock::writerOf(file);
    return !writer ? std::string() : writer->inWords().empty() ? "somebody" : writer->inWords();
}

} // namespace nunatak::project
