// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/whole_file.h"

#include "base/error.h"
#include "base/project_file.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <unistd.h>

namespace nunatak {

namespace {

/// A file descriptor that closes itself.
class Descriptor {
public:
    Descriptor(const std::filesystem::path& path, int flags)
        : m_fd(::open(path.c_str(), flags | O_CLOEXEC, 0666)) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (m_fd >= 0) {
            ::close(m_fd);
        }
    }
    int get() const { return m_fd; }
    /// What close says matters: a network file system reports a full disk only here.
    bool close() {
        const int fd = m_fd;
        m_fd = -1;
        return ::close(fd) == 0;
    }

private:
    int m_fd;
};

[[noreturn]] void failWriting(const std::filesystem::path& file, int reason) {
    throw Error("Cannot write " + file.string() + " (" + std::strerror(reason) +
                "); is the disk full or the folder not writable?");
}

bool writeAll(int fd, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(fd, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written < 0) {
            return false;
        }
        bytes.remove_prefix(static_cast<std::size_t>(written));
    }
    return true;
}

void writePieces(const std::filesystem::path& file, const std::filesystem::path& temporary,
                 const std::vector<std::string_view>& pieces) {
    Descriptor out(temporary, O_WRONLY | O_CREAT | O_TRUNC);
    if (out.get() < 0) {
        failWriting(file, errno);
    }
    for (const auto piece : pieces) {
        if (!writeAll(out.get(), piece)) {
            failWriting(file, errno);
        }
    }
    if (::fsync(out.get()) != 0 || !out.close()) {
        failWriting(file, errno);
    }
}

} // namespace

void syncFolder(const std::filesystem::path& folder) {
    Descriptor directory(folder.empty() ? std::filesystem::path(".") : folder, O_RDONLY | O_DIRECTORY);
    if (directory.get() < 0 || (::fsync(directory.get()) != 0 && errno != EINVAL)) {
        failWriting(folder, errno);
    }
}

void writeWholeFile(const std::filesystem::path& file, const std::vector<std::string_view>& pieces) {
    throwIfProject(file);
    // Two writers at once must not share a temporary file; the process' number keeps them apart.
    const std::filesystem::path temporary = file.string() + ".part" + std::to_string(::getpid());
    try {
        writePieces(file, temporary, pieces);
        if (::rename(temporary.c_str(), file.c_str()) != 0) {
            failWriting(file, errno);
        }
    } catch (...) {
        ::unlink(temporary.c_str());
        throw;
    }
    syncFolder(file.parent_path());
}

} // namespace nunatak
