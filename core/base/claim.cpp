// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/claim.h"

#include "base/error.h"
#include "base/file_name.h"
#include "base/project_file.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>

namespace nunatak {

namespace fs = std::filesystem;

namespace {

/// True when `target` is `input`, or a file in the folder `input`, under whatever name.
bool isPartOf(const fs::path& target, const struct stat& found, const fs::path& input) {
    struct stat known {};
    if (::stat(input.c_str(), &known) != 0) {
        return false;
    }
    if (known.st_dev == found.st_dev && known.st_ino == found.st_ino) {
        return true;
    }
    if (!S_ISDIR(known.st_mode)) {
        return false;
    }
    std::error_code problem;
    const auto inside = fs::canonical(target, problem);
    const auto folder = problem ? fs::path() : fs::canonical(input, problem);
    return !problem &&
           std::mismatch(folder.begin(), folder.end(), inside.begin(), inside.end()).first == folder.end();
}

[[noreturn]] void refuse(const fs::path& target, const std::string& why) {
    throw Error("\"" + target.string() + "\" " + why);
}

[[noreturn]] void failNaming(const fs::path& target, int reason) {
    throw Error("\"" + target.string() + "\" could not be put in place (" + std::strerror(reason) +
                "). What was there before is kept; look at the folder, its rights and its name.");
}

} // namespace

void throwUnlessFree(const fs::path& target, const Claim& claim) {
    throwIfNameTooLong(target);
    struct stat named {};
    if (::lstat(target.c_str(), &named) != 0) {
        if (errno == ENOENT) {
            return;
        }
        refuse(target, std::string("cannot be written (") + std::strerror(errno) + "); choose another name.");
    }
    struct stat found = named;
    const bool isLink = S_ISLNK(named.st_mode);
    const bool leadsSomewhere = !isLink || ::stat(target.c_str(), &found) == 0;
    if (leadsSomewhere && S_ISDIR(found.st_mode)) {
        refuse(target, "is a folder; choose the name of a file.");
    }
    if (leadsSomewhere && !S_ISREG(found.st_mode)) {
        refuse(target, "is a device and no file; choose the name of a file.");
    }
    const auto isThis = [&](const fs::path& input) { return isPartOf(target, found, input); };
    if (leadsSomewhere && std::any_of(claim.read.begin(), claim.read.end(), isThis)) {
        refuse(target, "is what was just read, and is not replaced; choose another name.");
    }
    if (isOwn(target, claim.maker)) {
        return;
    }
    throwIfProject(target);
    if (claim.overwrite || claim.ownFolder) {
        return;
    }
    if (isLink) {
        refuse(
            target,
            "is a link, so it is kept. Choose another name, or give --overwrite to put a file in the place "
            "of the link.");
    }
    refuse(target,
           "is there already and is not what an earlier " + claim.maker +
               " made (or was changed since), so it is kept. Choose another name, or give --overwrite to "
               "replace it.");
}

void throwUnlessNothing(const fs::path& folder) {
    throwIfNameTooLong(folder);
    struct stat named {};
    if (::lstat(folder.c_str(), &named) == 0) {
        refuse(folder, "is there already, and is kept; choose another name.");
    }
}

void giveName(const fs::path& finished, const fs::path& target, const Claim& claim) {
    throwUnlessFree(target, claim);
    markAsOwn(finished, claim.maker);
    struct stat named {};
    if (::lstat(target.c_str(), &named) != 0 && errno == ENOENT) {
        // Nothing may have come there since it was looked for.
        if (::renameat2(AT_FDCWD, finished.c_str(), AT_FDCWD, target.c_str(), RENAME_NOREPLACE) == 0) {
            return;
        }
        if (errno == EEXIST) {
            throwUnlessFree(target, claim);
        } else if (errno != EINVAL && errno != ENOSYS) {
            failNaming(target, errno);
        }
    }
    if (::rename(finished.c_str(), target.c_str()) != 0) {
        failNaming(target, errno);
    }
}

void giveFolderName(const fs::path& finished, const fs::path& target) {
    throwUnlessNothing(target);
    if (::renameat2(AT_FDCWD, finished.c_str(), AT_FDCWD, target.c_str(), RENAME_NOREPLACE) == 0) {
        return;
    }
    int reason = errno;
    if (reason == EEXIST) {
        throwUnlessNothing(target);
    }
    if (reason == EINVAL || reason == ENOSYS) { // a file system without that; an empty folder alone gives way
        if (::rename(finished.c_str(), target.c_str()) == 0) {
            return;
        }
        reason = errno;
    }
    failNaming(target, reason);
}

void removeOwn(const fs::path& file, const Claim& claim) {
    std::error_code ignored;
    if (isOwn(file, claim.maker) ||
        (claim.ownFolder && fs::symlink_status(file, ignored).type() == fs::file_type::regular)) {
        fs::remove(file, ignored);
    }
}

} // namespace nunatak
