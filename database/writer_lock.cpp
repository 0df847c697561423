// SPDX-License-Identifier: GPL-3.0-or-later
#include "database/writer_lock.h"

#include "base/error.h"
#include "base/user_name.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <ctime>
#include <sstream>
#include <string>
#include <thread>
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

constexpr std::size_t longest = 1024;

std::string textOf(int descriptor) {
    std::array<char, longest> text{};
    const ssize_t length = ::pread(descriptor, text.data(), text.size(), 0);
    return {text.data(), length > 0 ? static_cast<std::size_t>(length) : 0};
}

/// True when it is a lock file of ours: it holds the number of a process, and in the lines after that who it
/// is; or nothing.
bool isLockFile(int descriptor) {
    struct stat found {};
    const std::string text = textOf(descriptor);
    const std::string process = text.substr(0, text.find('\n'));
    return ::fstat(descriptor, &found) == 0 && S_ISREG(found.st_mode) && found.st_nlink <= 1 &&
           text.size() < longest && (text.empty() || !process.empty()) &&
           std::all_of(process.begin(), process.end(), [](char c) { return c >= '0' && c <= '9'; });
}

Writer writerIn(int descriptor) {
    std::istringstream lines(textOf(descriptor));
    Writer writer;
    for (std::string* line : {&writer.process, &writer.user, &writer.host, &writer.since}) {
        std::getline(lines, *line);
    }
    return writer;
}

/// What another Nunatak shall read: who this one is.
std::string aboutThis() {
    std::array<char, 256> host{};
    ::gethostname(host.data(), host.size() - 1);
    const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    std::tm parts{};
    ::gmtime_r(&now, &parts);
    std::array<char, 32> time{};
    std::strftime(time.data(), time.size(), "%Y-%m-%d %H:%M UTC", &parts);
    std::string user = userName();
    std::replace(user.begin(), user.end(), '\n', ' ');
    return std::to_string(::getpid()) + "\n" + user.substr(0, 200) + "\n" + host.data() + "\n" + time.data() +
           "\n";
}

std::filesystem::path lockFileOf(const std::filesystem::path& project) {
    std::error_code unresolved;
    const std::filesystem::path target = std::filesystem::weakly_canonical(project, unresolved);
    return (unresolved ? project : target).string() + ".lock";
}

} // namespace

WriterLock::WriterLock(const std::filesystem::path& project) {
    m_file = lockFileOf(project);
    int tries = 10; // whoever asks who writes holds it for a moment
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
            const std::string holder = writerIn(descriptor).inWords();
            ::close(descriptor);
            if (reason == EINTR) {
                continue;
            }
            if (reason == EWOULDBLOCK && --tries > 0) {
                std::this_thread::sleep_for(std::chrono::milliseconds(5));
                continue;
            }
            if (reason == EWOULDBLOCK) {
                throw AlreadyOpen("The project " + project.string() +
                                  " is already open for writing in Nunatak" +
                                  (holder.empty() ? "" : " by " + holder) +
                                  ". Close it there; until then it can only be read.");
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
    const std::string about = aboutThis();
    // Only for the sentence another Nunatak shows; the lock holds without it.
    if (::ftruncate(m_descriptor, 0) != 0 ||
        ::pwrite(m_descriptor, about.data(), about.size(), 0) != static_cast<ssize_t>(about.size())) {
        (void)::ftruncate(m_descriptor, 0);
    }
}

std::optional<Writer> WriterLock::writerOf(const std::filesystem::path& project) {
    const int descriptor =
        ::open(lockFileOf(project).c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0) {
        return std::nullopt;
    }
    std::optional<Writer> writer;
    if (isLockFile(descriptor) && ::flock(descriptor, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        writer = writerIn(descriptor);
    }
    ::close(descriptor);
    return writer;
}

std::string Writer::inWords() const {
    std::string words = user;
    words += host.empty() ? "" : (words.empty() ? "somebody on " : " on ") + host;
    words += process.empty() ? "" : (words.empty() ? "process " + process : " (process " + process + ")");
    return words + (since.empty() ? "" : " since " + since);
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
