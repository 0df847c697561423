// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/writer_lock.h"

#include "base/error.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace nunatak::database {

namespace {

/// True when `descriptor` is still the file of that name: its last holder may have removed it meanwhile.
bool isSameFile(int descriptor, const std::filesystem::path& file) {
    struct stat held {};
    struct stat named {};
    return ::fstat(descriptor, &held) == 0 && ::stat(file.c_str(), &named) == 0 &&
           held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

/// True when it is a lock file of ours: it holds the number of a process, or nothing.
bool isLockFile(int descriptor) {
    struct stat found {};
    std::array<char, 32> text{};
    const ssize_t length = ::pread(descriptor, text.data(), text.size(), 0);
    return ::fstat(descriptor, &found) == 0 && S_ISREG(found.st_mode) && found.st_nlink <= 1 && length >= 0 &&
           static_cast<std::size_t>(length) < text.size() &&
           std::all_of(text.begin(), text.begin() + length, [](char c) { return c >= '0' && c <= '9'; });
}

std::string holderOf(int descriptor) {
    std::array<char, 32> text{};
    const ssize_t length = ::pread(descriptor, text.data(), text.size() - 1, 0);
    const std::string process(text.data(), length > 0 ? static_cast<std::size_t>(length) : 0);
    return process.empty() ? std::string() : " (process " + process + ")";
}

} // namespace

WriterLock::WriterLock(const std::filesystem::path& project) {
    std::error_code unresolved;
    const std::filesystem::path target = std::filesystem::weakly_canonical(project, unresolved);
    m_file = (unresolved ? project : target).string() + ".lock";
    while (m_descriptor < 0) {
        const int descriptor =
            ::open(m_file.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC, 0644);
        const bool isTaken =
            descriptor < 0 ? errno == ELOOP || errno == EISDIR || errno == ENXIO : !isLockFile(descriptor);
        if (isTaken) {
            if (descriptor >= 0) {
                ::close(descriptor);
            }
            throw Error(
                "The project " + project.string() + " cannot be opened for writing: " + m_file.string() +
                " is in the place of its lock file and is something else. Move it away, or open the project "
                "read-only.");
        }
        if (descriptor < 0) {
            throw Error("The project " + project.string() +
                        " cannot be opened for writing: its folder is not writable (" + std::strerror(errno) +
                        "). Open it read-only, or copy it elsewhere.");
        }
        if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
            const int reason = errno;
            const std::string holder = holderOf(descriptor);
            ::close(descriptor);
            if (reason == EINTR) {
                continue;
            }
            if (reason == EWOULDBLOCK) {
                throw Error("The project " + project.string() + " is already open for writing in Nunatak" +
                            holder + ". Close it there, or open it read-only.");
            }
            throw Error("The project " + project.string() + " cannot be locked (" + std::strerror(reason) +
                        "). Copy it to a local disk.");
        }
        if (isSameFile(descriptor, m_file)) {
            m_descriptor = descriptor;
        } else {
            ::close(descriptor);
        }
    }
    const std::string process = std::to_string(::getpid());
    // The number is only for the sentence another Nunatak shows; the lock holds without it.
    if (::ftruncate(m_descriptor, 0) != 0 ||
        ::pwrite(m_descriptor, process.data(), process.size(), 0) != static_cast<ssize_t>(process.size())) {
        (void)::ftruncate(m_descriptor, 0);
    }
}

WriterLock::~WriterLock() {
    if (m_descriptor >= 0) {
        // Removed while held: whoever waits for the old file sees that it is no longer the named one.
        ::unlink(m_file.c_str());
        ::close(m_descriptor);
    }
}

WriterLock::WriterLock(WriterLock&& other) noexcept
    : m_file(std::move(other.m_file)), m_descriptor(std::exchange(other.m_descriptor, -1)) {}

} // namespace nunatak::database
