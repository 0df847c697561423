// SPDX-License-Identifier: GPL-3.0-or-later
#include "new_file.h"

#include "base/error.h"

#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

namespace nunatak::database {

void publish(const std::filesystem::path& made, const std::filesystem::path& target) {
    if (::renameat2(AT_FDCWD, made.c_str(), AT_FDCWD, target.c_str(), RENAME_NOREPLACE) == 0) {
        return;
    }
    if (errno == EINVAL || errno == ENOSYS) { // file systems that cannot; a hard link is as good
        if (::link(made.c_str(), target.c_str()) == 0) {
            return;
        }
    }
    throw Error("The project " + target.string() + " cannot be made (" + std::strerror(errno) +
                "). Choose another name or folder.");
}

void throwUnlessFree(const std::filesystem::path& file) {
    std::error_code trouble;
    if (std::filesystem::exists(std::filesystem::symlink_status(file, trouble))) {
        throw Error("The file " + file.string() +
                    " exists already, and nothing is written over it. Choose another name.");
    }
    const std::filesystem::path folder = std::filesystem::absolute(file).parent_path();
    if (!std::filesystem::is_directory(folder, trouble)) {
        throw Error("The folder " + folder.string() + " does not exist. Make it first, or choose another.");
    }
    if (::access(folder.c_str(), W_OK | X_OK) != 0) {
        throw Error("The folder " + folder.string() + " cannot be written (" + std::strerror(errno) +
                    "). Choose another folder.");
    }
}

} // namespace nunatak::database
