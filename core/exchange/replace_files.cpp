// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/replace_files.h"

#include "base/error.h"
#include "base/project_file.h"

#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

namespace nunatak::exchange {

namespace fs = std::filesystem;

namespace {

fs::path folderOf(const fs::path& file) {
    const auto folder = file.parent_path();
    return folder.empty() ? fs::path(".") : folder;
}

/// Asks the disk to keep what was written; a full disk or a lost drive shows here at the latest.
void sync(const fs::path& file) {
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0) {
        throw Error(file.string() + " could not be opened again after writing: " + std::strerror(errno) +
                    ".");
    }
    const int result = ::fsync(descriptor);
    const int reason = errno;
    ::close(descriptor);
    if (result != 0 && reason != EINVAL) {
        throw Error(file.string() + " could not be stored: " + std::strerror(reason) + ".");
    }
}

using Move = std::pair<fs::path, fs::path>;

/// Renames in order; on failure renames back in reverse order and throws.
class Moves {
public:
    void move(const fs::path& from, const fs::path& to) {
        std::error_code problem;
        fs::rename(from, to, problem);
        if (problem) {
            undo();
            throw Error(to.string() + " could not be put in place: " + problem.message() +
                        ". What was there before is kept.");
        }
        m_done.emplace_back(from, to);
    }

private:
    void undo() {
        for (auto it = m_done.rbegin(); it != m_done.rend(); ++it) {
            std::error_code ignored; // nothing better can be done, and the first failure is the one to tell
            fs::rename(it->second, it->first, ignored);
        }
    }
    std::vector<Move> m_done;
};

} // namespace

StagingFolder::StagingFolder(const fs::path& file) {
    const fs::path folder = folderOf(file);
    if (!fs::is_directory(folder)) {
        throw Error("The folder " + folder.string() +
                    " does not exist: make it first, or choose another place.");
    }
    std::string pattern = (folder / (".nunatak-" + file.stem().string() + "-XXXXXX")).string();
    if (::mkdtemp(pattern.data()) == nullptr) {
        throw Error("Nothing can be written into " + folder.string() + ": " + std::strerror(errno) + ".");
    }
    m_path = pattern;
}

StagingFolder::~StagingFolder() {
    std::error_code ignored; // a left-over hidden folder must not hide the real failure
    fs::remove_all(m_path, ignored);
}

void moveIntoPlace(const StagingFolder& staging, const fs::path& target,
                   const std::vector<fs::path>& replaced) {
    std::vector<fs::path> made;
    for (const auto& entry : fs::directory_iterator(staging.path())) {
        sync(entry.path());
        throwIfProject(folderOf(target) / entry.path().filename());
        made.push_back(entry.path());
    }
    const fs::path old = staging.path() / "replaced";
    fs::create_directory(old);
    Moves moves;
    for (const auto& file : replaced) {
        if (fs::exists(file)) {
            moves.move(file, old / file.filename());
        }
    }
    for (const auto& file : made) {
        moves.move(file, folderOf(target) / file.filename());
    }
}

} // namespace nunatak::exchange
