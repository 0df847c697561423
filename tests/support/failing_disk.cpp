// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/failing_disk.h"

#include <algorithm>
#include <map>
#include <mutex>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

namespace nunatak::tests {

namespace {

/// What was done to a file since it was safe.
struct Change {
    sqlite3_int64 offset = 0;
    std::vector<char> before; ///< what was there, as far as the file went
    std::vector<char> after;  ///< what was written; empty: it was shortened to `offset`
    sqlite3_int64 sizeBefore = 0;
};

} // namespace

struct DiskLayer {
    sqlite3_vfs* base = nullptr;
    sqlite3_vfs vfs{};
    std::mutex mutex;
    int failsAt = 0; ///< 0: never
    bool isForever = false;
    FailingDisk::Fault fault = FailingDisk::Fault::IoError;
    int changes = 0;
    int syncs = 0;
    bool hasFailed = false;
    std::map<std::string, std::vector<Change>> unsafe; ///< by the file's path

    /// Counts a change; true when it has to fail.
    bool fails() {
        ++changes;
        const bool now = failsAt > 0 && (isForever ? changes >= failsAt : changes == failsAt);
        hasFailed = hasFailed || now;
        return now;
    }
    void set(int n, FailingDisk::Fault wanted, bool forever) {
        const std::lock_guard lock(mutex);
        failsAt = n;
        fault = wanted;
        isForever = forever;
        changes = 0;
        syncs = 0;
        hasFailed = false;
    }
};

namespace {

/// SQLite gives room for one of these and, behind it, for its own.
struct File {
    sqlite3_file base;
    DiskLayer* layer;
    sqlite3_file* real;
    const char* path; ///< SQLite keeps it as long as the file is open; null: a temporary file
};

File& fileOf(sqlite3_file* file) {
    return *reinterpret_cast<File*>(file);
}

sqlite3_file* realOf(sqlite3_file* file) {
    return fileOf(file).real;
}

/// To the file's own method of that name.
template <auto Method, typename... Arguments> int pass(sqlite3_file* file, Arguments... arguments) {
    sqlite3_file* real = realOf(file);
    return (real->pMethods->*Method)(real, arguments...);
}

int close(sqlite3_file* file) {
    sqlite3_file* real = realOf(file);
    return real->pMethods != nullptr ? real->pMethods->xClose(real) : SQLITE_OK;
}

sqlite3_int64 sizeOf(sqlite3_file* real) {
    sqlite3_int64 size = 0;
    real->pMethods->xFileSize(real, &size);
    return size;
}

/// What lies in a file from `offset` on, at most `length` bytes.
std::vector<char> bytesAt(sqlite3_file* real, sqlite3_int64 offset, sqlite3_int64 length,
                          sqlite3_int64 size) {
    std::vector<char> bytes(
        static_cast<std::size_t>(std::max<sqlite3_int64>(0, std::min(length, size - offset))));
    if (!bytes.empty()) {
        real->pMethods->xRead(real, bytes.data(), static_cast<int>(bytes.size()), offset);
    }
    return bytes;
}

void note(const File& file, sqlite3_int64 offset, const char* data, int length) {
    if (file.path == nullptr) {
        return;
    }
    const sqlite3_int64 size = sizeOf(file.real);
    Change change{offset, bytesAt(file.real, offset, data == nullptr ? size : length, size), {}, size};
    if (data != nullptr) {
        change.after.assign(data, data + length);
    }
    file.layer->unsafe[file.path].push_back(std::move(change));
}

int write(sqlite3_file* handle, const void* data, int length, sqlite3_int64 offset) {
    File& file = fileOf(handle);
    const std::lock_guard lock(file.layer->mutex);
    const auto* bytes = static_cast<const char*>(data);
    if (file.layer->fails()) {
        if (file.layer->fault == FailingDisk::Fault::Full) {
            return SQLITE_FULL;
        }
        if (file.layer->fault == FailingDisk::Fault::Torn && length > 1) {
            note(file, offset, bytes, length / 2);
            file.real->pMethods->xWrite(file.real, data, length / 2, offset);
        }
        return SQLITE_IOERR_WRITE;
    }
    note(file, offset, bytes, length);
    return file.real->pMethods->xWrite(file.real, data, length, offset);
}

int truncate(sqlite3_file* handle, sqlite3_int64 size) {
    File& file = fileOf(handle);
    const std::lock_guard lock(file.layer->mutex);
    if (file.layer->fails()) {
        return SQLITE_IOERR_TRUNCATE;
    }
    note(file, size, nullptr, 0);
    return file.real->pMethods->xTruncate(file.real, size);
}

int sync(sqlite3_file* handle, int flags) {
    File& file = fileOf(handle);
    const std::lock_guard lock(file.layer->mutex);
    ++file.layer->syncs;
    if (file.layer->fails()) {
        return SQLITE_IOERR_FSYNC;
    }
    const int code = file.real->pMethods->xSync(file.real, flags);
    if (code == SQLITE_OK && file.path != nullptr) {
        file.layer->unsafe.erase(file.path);
    }
    return code;
}

using Methods = sqlite3_io_methods;
constexpr Methods methods{
    .iVersion = 2,
    .xClose = close,
    .xRead = pass<&Methods::xRead>,
    .xWrite = write,
    .xTruncate = truncate,
    .xSync = sync,
    .xFileSize = pass<&Methods::xFileSize>,
    .xLock = pass<&Methods::xLock>,
    .xUnlock = pass<&Methods::xUnlock>,
    .xCheckReservedLock = pass<&Methods::xCheckReservedLock>,
    .xFileControl = pass<&Methods::xFileControl>,
    .xSectorSize = pass<&Methods::xSectorSize>,
    .xDeviceCharacteristics = pass<&Methods::xDeviceCharacteristics>,
    .xShmMap = pass<&Methods::xShmMap>,
    .xShmLock = pass<&Methods::xShmLock>,
    .xShmBarrier = [](sqlite3_file* file) { realOf(file)->pMethods->xShmBarrier(realOf(file)); },
    .xShmUnmap = pass<&Methods::xShmUnmap>,
    .xFetch = nullptr,
    .xUnfetch = nullptr};

DiskLayer& layerOf(sqlite3_vfs* vfs) {
    return *static_cast<DiskLayer*>(vfs->pAppData);
}

int open(sqlite3_vfs* vfs, sqlite3_filename path, sqlite3_file* handle, int flags, int* outFlags) {
    DiskLayer& layer = layerOf(vfs);
    File& file = fileOf(handle);
    file.layer = &layer;
    file.real = reinterpret_cast<sqlite3_file*>(&file + 1);
    file.path = path;
    const int code = layer.base->xOpen(layer.base, path, file.real, flags, outFlags);
    file.base.pMethods = code == SQLITE_OK ? &methods : nullptr;
    return code;
}

int remove(sqlite3_vfs* vfs, const char* path, int syncFolder) {
    DiskLayer& layer = layerOf(vfs);
    const std::lock_guard lock(layer.mutex);
    if (layer.fails()) {
        return SQLITE_IOERR_DELETE;
    }
    layer.unsafe.erase(path);
    return layer.base->xDelete(layer.base, path, syncFolder);
}

/// Writes the file at `path` as it was, and what of the changes chance lets through.
void shuffle(const std::string& path, const std::vector<Change>& changes, std::minstd_rand& chance) {
    const int file = ::open(path.c_str(), O_RDWR);
    if (file < 0) {
        return; // it is gone
    }
    bool isFine = true;
    const auto put = [&](const std::vector<char>& bytes, std::size_t length, sqlite3_int64 offset) {
        isFine = isFine && ::pwrite(file, bytes.data(), length, offset) == static_cast<ssize_t>(length);
    };
    for (auto change = changes.rbegin(); change != changes.rend(); ++change) {
        put(change->before, change->before.size(), change->offset);
        isFine = isFine && ::ftruncate(file, change->sizeBefore) == 0;
    }
    constexpr std::size_t sector = 512;
    for (const Change& change : changes) {
        const auto kind = chance() % 4; // 0: lost, 1: torn between two sectors, else there
        if (change.after.empty()) {
            isFine = isFine && (kind == 0 || ::ftruncate(file, change.offset) == 0);
        } else if (kind > 0) {
            const std::size_t sectors = change.after.size() / sector;
            put(change.after, kind == 1 && sectors > 0 ? chance() % sectors * sector : change.after.size(),
                change.offset);
        }
    }
    ::close(file);
    if (!isFine) {
        throw std::runtime_error("cannot write " + path);
    }
}

} // namespace

FailingDisk::FailingDisk() : m_layer(std::make_unique<DiskLayer>()) {
    sqlite3_vfs* base = sqlite3_vfs_find(nullptr);
    m_layer->base = base;
    m_layer->vfs = *base; // what is not ours goes to it by its own data
    sqlite3_vfs& vfs = m_layer->vfs;
    vfs.iVersion = 2;
    vfs.pNext = nullptr;
    vfs.zName = "failing-disk";
    vfs.szOsFile = static_cast<int>(sizeof(File)) + base->szOsFile;
    vfs.pAppData = m_layer.get();
    vfs.xOpen = open;
    vfs.xDelete = remove;
    vfs.xAccess = [](sqlite3_vfs* own, const char* path, int flags, int* result) {
        sqlite3_vfs* real = layerOf(own).base;
        return real->xAccess(real, path, flags, result);
    };
    vfs.xFullPathname = [](sqlite3_vfs* own, const char* path, int length, char* out) {
        sqlite3_vfs* real = layerOf(own).base;
        return real->xFullPathname(real, path, length, out);
    };
    vfs.xGetLastError = [](sqlite3_vfs*, int, char*) { return 0; };
    sqlite3_vfs_register(&vfs, 1);
}

FailingDisk::~FailingDisk() {
    sqlite3_vfs_unregister(&m_layer->vfs);
    sqlite3_vfs_register(m_layer->base, 1);
}

void FailingDisk::failFrom(int n, Fault fault) {
    m_layer->set(n, fault, true);
}

void FailingDisk::failOnce(int n, Fault fault) {
    m_layer->set(n, fault, false);
}

void FailingDisk::mend() {
    const std::lock_guard lock(m_layer->mutex);
    m_layer->failsAt = 0;
}

bool FailingDisk::hasFailed() const {
    const std::lock_guard lock(m_layer->mutex);
    return m_layer->hasFailed;
}

int FailingDisk::changes() const {
    const std::lock_guard lock(m_layer->mutex);
    return m_layer->changes;
}

int FailingDisk::syncs() const {
    const std::lock_guard lock(m_layer->mutex);
    return m_layer->syncs;
}

void FailingDisk::cutPower(unsigned seed) {
    const std::lock_guard lock(m_layer->mutex);
    std::minstd_rand chance(seed + 1);
    for (const auto& [path, changes] : m_layer->unsafe) {
        shuffle(path, changes, chance);
    }
    m_layer->unsafe.clear();
    m_layer->failsAt = 0;
}

} // namespace nunatak::tests
