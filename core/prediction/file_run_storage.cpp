// SPDX-License-Identifier: GPL-3.0-or-later
#include "prediction/file_run_storage.h"

#include "base/error.h"
#include "base/staging_folder.h"
#include "base/whole_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <string_view>
#include <vector>

namespace nunatak::prediction {

namespace fs = std::filesystem;

namespace {

constexpr const char* lockName = "lock";
constexpr const char* journalName = "journal";
constexpr std::string_view journalBegin = "nunatak prediction run ";
constexpr std::string_view stripBegin = "strip";
/// What the lock of a folder holds that was made for a run; one that was there before is not removed.
constexpr std::string_view madeForRun = "made for a run\n";

std::string beginOf(const fs::path& file, std::size_t length) {
    std::string text(length, '\0');
    std::ifstream stream(file, std::ios::binary);
    stream.read(text.data(), static_cast<std::streamsize>(length));
    text.resize(static_cast<std::size_t>(stream.gcount()));
    return text;
}

/// True for what a run writes into its folder.
bool isOfRun(const fs::directory_entry& entry) {
    const auto name = entry.path().filename().string();
    std::error_code problem;
    const auto type = entry.symlink_status(problem).type();
    if (StagingFolder::isName(name)) {
        return type == fs::file_type::directory;
    }
    if (type != fs::file_type::regular) {
        return false;
    }
    if (name == lockName) {
        return entry.file_size(problem) == 0 || beginOf(entry.path(), madeForRun.size()) == madeForRun;
    }
    if (name == journalName) {
        return beginOf(entry.path(), journalBegin.size()) == journalBegin;
    }
    return name.starts_with(stripBegin) && name.size() > stripBegin.size() &&
           name.find_first_not_of("0123456789", stripBegin.size()) == std::string::npos;
}

/// Throws Error unless the folder holds what a run left and nothing else.
void throwUnlessOfRun(const fs::path& folder) {
    const auto refuse = [&](const std::string& why) {
        throw Error("The folder " + folder.string() +
                    " is where the rows of an unfinished prediction are kept, but " + why +
                    ", so it is left as it is. Move or rename it, or choose another folder.");
    };
    std::error_code problem;
    if (fs::symlink_status(folder, problem).type() != fs::file_type::directory) {
        refuse("a link or a file of that name is there");
    }
    bool hasLock = false;
    bool isEmpty = true;
    for (fs::directory_iterator entry(folder, problem), end; !problem && entry != end;
         entry.increment(problem)) {
        if (!isOfRun(*entry)) {
            refuse("it holds something else (" + entry->path().filename().string() + ")");
        }
        isEmpty = false;
        hasLock = hasLock || entry->path().filename() == lockName;
    }
    if (problem) {
        refuse("it cannot be read (" + problem.message() + ")");
    }
    if (!isEmpty && !hasLock) {
        refuse("no prediction's lock is in it");
    }
}

} // namespace

FileRunStorage::FileRunStorage(const fs::path& folder) : m_folder(folder) {
    std::error_code failure;
    if (folder.has_parent_path()) {
        fs::create_directories(folder.parent_path(), failure);
    }
    bool isMade = false;
    if (!failure && ::mkdir(folder.c_str(), 0777) == 0) {
        isMade = true;
    } else if (!failure && errno != EEXIST) {
        failure.assign(errno, std::generic_category());
    }
    if (failure) {
        throw Error("The folder " + folder.string() + " for the prediction's rows cannot be made (" +
                    failure.message() + "); choose a folder that can be written to.");
    }
    if (!isMade) {
        throwUnlessOfRun(folder);
    }
    m_lock = ::open((folder / lockName).c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0666);
    if (m_lock < 0) {
        throw Error("The folder " + folder.string() + " cannot be written to; check its permissions.");
    }
    if (::flock(m_lock, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK) {
        ::close(m_lock);
        throw Error("Another program is predicting into " + folder.string() +
                    "; wait until it has finished, or end it.");
    }
    if (isMade) { // without it only the empty folder stays in the end
        (void)!::write(m_lock, madeForRun.data(), madeForRun.size());
    }
    StagingFolder::removeLeftovers(folder);
}

FileRunStorage::~FileRunStorage() {
    ::close(m_lock);
}

void FileRunStorage::put(const std::string& name, const std::vector<std::string_view>& pieces) {
    writeWholeFile(m_folder / name, pieces);
}

std::optional<std::string> FileRunStorage::get(const std::string& name) const {
    const fs::path file = m_folder / name;
    std::error_code failure;
    const auto size = fs::file_size(file, failure);
    if (failure) {
        return std::nullopt;
    }
    std::string bytes(size, '\0');
    std::ifstream stream(file, std::ios::binary);
    if (!stream.read(bytes.data(), static_cast<std::streamsize>(size))) {
        throw Error("The file " + file.string() + " cannot be read; check the disk.");
    }
    return bytes;
}

std::string FileRunStorage::place() const {
    return m_folder.string();
}

void FileRunStorage::clear() {
    std::vector<fs::path> parts;
    std::error_code ignored;
    for (fs::directory_iterator entry(m_folder, ignored), end; !ignored && entry != end;
         entry.increment(ignored)) {
        if (isOfRun(*entry) && entry->path().filename() != lockName && !entry->is_directory(ignored)) {
            parts.push_back(entry->path());
        }
    }
    for (const auto& part : parts) {
        fs::remove(part, ignored);
    }
}

void FileRunStorage::remove() {
    clear();
    std::error_code ignored;
    const bool isMade = beginOf(m_folder / lockName, madeForRun.size()) == madeForRun;
    fs::remove(m_folder / lockName, ignored);
    if (isMade) {
        fs::remove(m_folder, ignored); // which a folder that holds something refuses
    }
}

} // namespace nunatak::prediction
