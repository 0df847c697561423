// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/whole_file.h"

#include "base/error.h"
#include "base/staging_folder.h"

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
    Descriptor out(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW);
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

void syncFolder(const std::filesystem::path& folder, const std::filesystem::path& wanted) {
    Descriptor directory(folder.empty() ? std::filesystem::path(".") : folder, O_RDONLY | O_DIRECTORY);
    if (directory.get() < 0 || (::fsync(directory.get()) != 0 && errno != EINVAL)) {
        failWriting(wanted.empty() ? folder : wanted, errno);
    }
}

void writeWholeFile(const std::filesystem::path& file, const std::vector<std::string_view>& pieces,
                    const Claim& claim) {
    throwUnlessFree(file, claim);
    const StagingFolder staging(file.parent_path());
    const auto finished = staging.path() / "file";
    writePieces(file, finished, pieces);
    giveName(finished, file, claim);
    syncFolder(file.parent_path());
}

void syncFile(const std::filesystem::path& file, const std::filesystem::path& wanted) {
    Descriptor out(file, O_RDONLY | O_NOFOLLOW);
    if (out.get() < 0 || (::fsync(out.get()) != 0 && errno != EINVAL)) {
        failWriting(wanted.empty() ? file : wanted, errno);
    }
}

} // namespace nunatak
