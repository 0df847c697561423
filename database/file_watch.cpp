// SPDX-License-Identifier: GPL-3.0-or-later
#include "file_watch.h"

#include "raw_bytes.h"

#include <cstring>

#include <sqlite3.h>
#include <sys/stat.h>

namespace nunatak::database {

FileWatch::FileWatch(SQLite::Database& connection, const std::filesystem::path& file)
    : m_connection(connection), m_file(file) {}

FileWatch::Look FileWatch::look() const {
    struct stat found {};
    if (::stat(m_file.c_str(), &found) != 0) {
        return {};
    }
    return {found.st_dev, found.st_ino, found.st_size, found.st_mtim.tv_sec, found.st_mtim.tv_nsec};
}

FileWatch::Checkpoint FileWatch::checkpoint() {
    // Offsets of the WAL-index header.
    constexpr std::size_t salts = 32;
    constexpr std::size_t backfilled = 96;
    constexpr std::size_t attempted = 128;
    constexpr int region = 32768;
    Checkpoint found{};
    sqlite3_file* file = fileOf(m_connection);
    volatile void* memory = nullptr;
    if (file == nullptr || file->pMethods->iVersion < 2 ||
        file->pMethods->xShmMap(file, 0, region, 0, &memory) != SQLITE_OK || memory == nullptr) {
        return found;
    }
    const auto at = [&](std::size_t offset) {
        return *reinterpret_cast<volatile const std::uint32_t*>(static_cast<volatile const char*>(memory) +
                                                                offset);
    };
    found = {at(salts), at(salts + 4), at(backfilled), at(attempted)};
    return found;
}

std::vector<unsigned char> FileWatch::firstPage() {
    constexpr int smallestPage = 512;
    std::vector<unsigned char> page(smallestPage);
    // Through SQLite's own handle: a descriptor of ours would drop its locks when closed.
    sqlite3_file* file = fileOf(m_connection);
    if (file == nullptr || file->pMethods->xRead(file, page.data(), smallestPage, 0) != SQLITE_OK) {
        page.clear();
    }
    return page;
}

bool FileWatch::isOverwritten(bool inWal) {
    if (m_isOverwritten || !inWal) {
        m_wasInWal = inWal;
        return m_isOverwritten;
    }
    const Checkpoint now = checkpoint();
    const Look found = look();
    if (m_wasInWal && (found.device != m_look.device || found.inode != m_look.inode)) {
        return false;
    }
    const bool isUnderWay = now[2] != now[3]; // somebody writes pages back at this moment
    if (m_wasInWal && found != m_look && now == m_checkpoint && !isUnderWay) {
        // The time alone may change by touch, or a copy of the same bytes.
        m_isOverwritten = found.size != m_look.size || firstPage() != m_firstPage;
    }
    if (!m_isOverwritten && (!m_wasInWal || found != m_look)) {
        m_firstPage = firstPage();
    }
    m_wasInWal = true;
    m_look = found;
    m_checkpoint = now;
    return m_isOverwritten;
}

} // namespace nunatak::database
