// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/why_read_only.h"

#include "base/error.h"
#include "database/store.h"
#include "database/writer_lock.h"

namespace nunatak::project {

std::string whyReadOnly(const std::filesystem::path& file) {
    try {
        const database::WriterLock lock(file);
        const database::Store store(file, database::Store::Mode::ReadWrite);
    } catch (const Error& reason) {
        return reason.what();
    }
    return {};
}

} // namespace nunatak::project
