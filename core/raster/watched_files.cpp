// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/watched_files.h"

#include "raster/raster_reader.h"

#include <cpl_vsi.h>

#include <atomic>
#include <cerrno>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

namespace nunatak::raster {

struct WatchedWrites {
    std::string id;              ///< the first part of its paths
    std::atomic<int> reason = 0; ///< errno of the first failure; 0: none

    /// `isDone` as it is; where it is not, the reason is remembered.
    bool hasWorked(bool isDone) {
        int none = 0;
        if (!isDone) {
            reason.compare_exchange_strong(none, errno == 0 ? EIO : errno);
        }
        return isDone;
    }
};

namespace {

constexpr const char* prefix = "/vsinunatak/";
constexpr std::size_t bufferSize = 1U << 16U;

std::mutex mutex;
std::map<std::string, WatchedWrites*> alive; // by id

/// ID/PATH as GDAL asks for it: what watches it (null: nothing any more), and the path.
std::pair<WatchedWrites*, std::string> parted(const char* name) {
    const std::string text = name;
    const auto slash = text.find('/');
    const std::lock_guard lock(mutex);
    const auto found = alive.find(text.substr(0, slash));
    return {found == alive.end() ? nullptr : found->second,
            slash == std::string::npos ? std::string() : text.substr(slash)};
}

struct OpenFile {
    std::FILE* stream = nullptr;
    WatchedWrites* writes = nullptr;
    std::uint64_t place = 0;
    enum class Last { None, Read, Write } last = Last::None;
    std::vector<char> buffer;

    /// Between reading and writing the standard asks for a change of place, which empties the buffer.
    void turnTo(Last next) {
        if (last != next && last != Last::None) {
            writes->hasWorked(::fseeko(stream, static_cast<off_t>(place), SEEK_SET) == 0);
        }
        last = next;
    }
};

OpenFile& fileOf(void* handle) {
    return *static_cast<OpenFile*>(handle);
}

void* openFile(void*, const char* name, const char* access) {
    const auto [writes, path] = parted(name);
    std::FILE* stream = writes == nullptr ? nullptr : std::fopen(path.c_str(), access);
    if (stream == nullptr) {
        return nullptr;
    }
    auto* file = new OpenFile{stream, writes, 0, OpenFile::Last::None, std::vector<char>(bufferSize)};
    std::setvbuf(stream, file->buffer.data(), _IOFBF, file->buffer.size());
    return file; // closeFile's from here on
}

vsi_l_offset tell(void* handle) {
    return fileOf(handle).place;
}

int seek(void* handle, vsi_l_offset offset, int whence) {
    OpenFile& file = fileOf(handle);
    if (whence == SEEK_SET && offset == file.place) {
        return 0; // the drivers often ask for where they are, and the buffer stays
    }
    if (!file.writes->hasWorked(::fseeko(file.stream, static_cast<off_t>(offset), whence) == 0)) {
        return -1;
    }
    file.place = static_cast<std::uint64_t>(::ftello(file.stream));
    file.last = OpenFile::Last::None;
    return 0;
}

std::size_t readFile(void* handle, void* bytes, std::size_t size, std::size_t count) {
    OpenFile& file = fileOf(handle);
    file.turnTo(OpenFile::Last::Read);
    const std::size_t read = size == 0 ? 0 : std::fread(bytes, 1, size * count, file.stream);
    file.place += read;
    return size == 0 ? 0 : read / size;
}

std::size_t writeFile(void* handle, const void* bytes, std::size_t size, std::size_t count) {
    OpenFile& file = fileOf(handle);
    file.turnTo(OpenFile::Last::Write);
    const std::size_t written = size == 0 ? 0 : std::fwrite(bytes, 1, size * count, file.stream);
    file.writes->hasWorked(written == size * count);
    file.place += written;
    return size == 0 ? 0 : written / size;
}

int isAtEnd(void* handle) {
    return std::feof(fileOf(handle).stream) != 0 ? 1 : 0;
}

int flush(void* handle) {
    return fileOf(handle).writes->hasWorked(std::fflush(fileOf(handle).stream) == 0) ? 0 : -1;
}

int truncate(void* handle, vsi_l_offset size) {
    OpenFile& file = fileOf(handle);
    const bool isDone =
        std::fflush(file.stream) == 0 && ::ftruncate(::fileno(file.stream), static_cast<off_t>(size)) == 0;
    return file.writes->hasWorked(isDone) ? 0 : -1;
}

int closeFile(void* handle) {
    const std::unique_ptr<OpenFile> file(static_cast<OpenFile*>(handle));
    return file->writes->hasWorked(std::fclose(file->stream) == 0) ? 0 : -1;
}

int statOf(void*, const char* name, VSIStatBufL* found, int) {
    return ::stat64(parted(name).second.c_str(), found);
}

int removeFile(void*, const char* name) {
    return ::unlink(parted(name).second.c_str());
}

int renameFile(void*, const char* from, const char* to) {
    const auto [writes, path] = parted(from);
    const bool isDone = std::rename(path.c_str(), parted(to).second.c_str()) == 0;
    return writes != nullptr && writes->hasWorked(isDone) ? 0 : -1;
}

int makeFolder(void*, const char* name, long mode) {
    return ::mkdir(parted(name).second.c_str(), static_cast<mode_t>(mode));
}

char** namesIn(void*, const char* name, int most) {
    return VSIReadDirEx(parted(name).second.c_str(), most);
}

void install() {
    static std::once_flag once;
    std::call_once(once, [] {
        auto* callbacks = VSIAllocFilesystemPluginCallbacksStruct();
        callbacks->stat = statOf;
        callbacks->unlink = removeFile;
        callbacks->rename = renameFile;
        callbacks->mkdir = makeFolder;
        callbacks->read_dir = namesIn;
        callbacks->open = openFile;
        callbacks->tell = tell;
        callbacks->seek = seek;
        callbacks->read = readFile;
        callbacks->eof = isAtEnd;
        callbacks->write = writeFile;
        callbacks->flush = flush;
        callbacks->truncate = truncate;
        callbacks->close = closeFile;
        VSIInstallPluginHandler(prefix, callbacks);
        VSIFreeFilesystemPluginCallbacksStruct(callbacks);
    });
}

} // namespace

WatchedFiles::WatchedFiles() : m_writes(std::make_unique<WatchedWrites>()) {
    initialiseGdal();
    install();
    static std::atomic<unsigned> made = 0;
    m_writes->id = std::to_string(++made);
    const std::lock_guard lock(mutex);
    alive[m_writes->id] = m_writes.get();
}

WatchedFiles::~WatchedFiles() {
    const std::lock_guard lock(mutex);
    alive.erase(m_writes->id);
}

std::string WatchedFiles::pathOf(const std::filesystem::path& file) const {
    return prefix + m_writes->id + std::filesystem::absolute(file).string();
}

bool WatchedFiles::hasFailed() const {
    return m_writes->reason != 0;
}

std::string WatchedFiles::failure() const {
    const int reason = m_writes->reason;
    return reason == 0 ? std::string() : std::strerror(reason);
}

} // namespace nunatak::raster
