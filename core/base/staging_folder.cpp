// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/staging_folder.h"

#include "base/error.h"
#include "base/whole_file.h"
#include "staging_commit.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <tuple>

#include <fcntl.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace nunatak {

namespace fs = std::filesystem;

namespace {

constexpr std::string_view prefix = ".nunatak-";
constexpr std::size_t randomLetters = 6;
constexpr const char* lockName = ".nunatak-lock";
constexpr std::string_view signature = "Nunatak makes files here";

/// A lock file that says whose it is; -1 when it cannot be made.
int makeLock(const fs::path& folder) {
    const int lock =
        ::open((folder / lockName).c_str(), O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
    if (lock < 0) {
        return -1;
    }
    const auto text = std::string(signature) + " (process " + std::to_string(::getpid()) + ").\n";
    // Unwritten, on a full disk, the folder is only never taken for a leftover.
    (void)::flock(lock, LOCK_EX | LOCK_NB);
    (void)!::write(lock, text.data(), text.size());
    return lock;
}

/// The lock of a folder that a dead process left, held by us; -1 when its process lives or it is not ours.
int takeLock(const fs::path& folder) {
    const int lock = ::open((folder / lockName).c_str(), O_RDWR | O_NOFOLLOW | O_CLOEXEC);
    if (lock < 0) {
        return -1;
    }
    struct stat found {};
    std::array<char, signature.size()> text{};
    const bool isOurs = ::fstat(lock, &found) == 0 && S_ISREG(found.st_mode) && found.st_uid == ::geteuid() &&
                        ::pread(lock, text.data(), text.size(), 0) == static_cast<ssize_t>(text.size()) &&
                        std::string_view(text.data(), text.size()) == signature;
    if (!isOurs || ::flock(lock, LOCK_EX | LOCK_NB) != 0) {
        ::close(lock);
        return -1;
    }
    return lock;
}

} // namespace

bool StagingFolder::isName(const std::string& name) {
    return name.starts_with(prefix) && name.size() == prefix.size() + randomLetters;
}

void StagingFolder::removeLeftovers(const fs::path& folder) {
    std::vector<fs::path> found;
    std::error_code problem;
    for (fs::directory_iterator entry(folder, problem), end; !problem && entry != end;
         entry.increment(problem)) {
        std::error_code ignored;
        if (isName(entry->path().filename().string()) &&
            entry->symlink_status(ignored).type() == fs::file_type::directory) {
            found.push_back(entry->path());
        }
    }
    for (const auto& left : found) {
        if (const int lock = takeLock(left); lock >= 0) {
            finishCommit(left, folder);
            fs::remove_all(left, problem);
            ::close(lock);
        }
    }
}

StagingFolder::StagingFolder(const fs::path& folder) : m_folder(folder.empty() ? fs::path(".") : folder) {
    std::error_code problem;
    if (!fs::is_directory(m_folder, problem)) {
        throw Error("The folder " + m_folder.string() +
                    " does not exist: make it first, or choose another place.");
    }
    removeLeftovers(m_folder);
    std::string pattern = (m_folder / (std::string(prefix) + std::string(randomLetters, 'X'))).string();
    const bool isMade = ::mkdtemp(pattern.data()) != nullptr;
    m_lock = isMade ? makeLock(pattern) : -1;
    if (m_lock < 0) {
        const int reason = errno;
        if (isMade) {
            ::rmdir(pattern.c_str());
        }
        throw Error("Nothing can be written into " + m_folder.string() + " (" + std::strerror(reason) +
                    "); is the disk full or the folder not writable?");
    }
    m_path = pattern;
}

StagingFolder::~StagingFolder() {
    std::error_code ignored; // a left-over hidden folder must not hide the real failure
    fs::remove_all(m_path, ignored);
    ::close(m_lock);
}

void StagingFolder::publish(const std::string& main, const std::vector<std::string>& stale,
                            const Claim& claim) {
    std::vector<std::string> made;
    for (const auto& entry : fs::directory_iterator(m_path)) {
        const auto name = entry.path().filename().string();
        if (name != lockName) {
            made.push_back(name);
        }
    }
    std::error_code ignored;
    const auto isFolder = [&](const std::string& name) {
        return fs::is_directory(fs::symlink_status(m_path / name, ignored));
    };
    std::sort(made.begin(), made.end(), [&](const auto& a, const auto& b) {
        return std::tuple(a == main, !isFolder(a), std::string_view(a)) <
               std::tuple(b == main, !isFolder(b), std::string_view(b));
    });
    for (const auto& name : made) {
        isFolder(name) ? throwUnlessNothing(m_folder / name) : throwUnlessFree(m_folder / name, claim);
    }
    // What belongs to a file that is replaced goes with it; alone it may be anybody's.
    const bool replaces = fs::exists(fs::symlink_status(m_folder / main, ignored));
    std::vector<std::string> leaving;
    for (const auto& name : stale) {
        if (std::find(made.begin(), made.end(), name) == made.end() &&
            fs::exists(fs::symlink_status(m_folder / name, ignored))) {
            if (!replaces) {
                throwUnlessFree(m_folder / name, claim);
            }
            leaving.push_back(name);
        }
    }
    for (const auto& name : made) {
        if (isFolder(name)) {
            syncFolder(m_path / name, m_folder / name);
            continue;
        }
        syncFile(m_path / name, m_folder / name);
        if (made.size() > 1) { // which another process may put in place; else giving the name marks it
            markAsOwn(m_path / name, claim.maker);
        }
    }
    commit(m_path, m_folder, made, leaving, claim);
    syncFolder(m_folder);
}

} // namespace nunatak
