// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace nunatak {

/// What a result that shall take a name may take away there. Every writer of a name that the user chose asks
/// throwUnlessFree() before its work and uses giveName() after it.
struct Claim {
    /// What makes the result, as in "made by a MAKER": a file that the same maker made and nobody has changed
    /// since is the program's own.
    std::string maker{};
    /// The user agreed to lose another file of that name.
    bool overwrite = false;
    /// What was read for the result: files, or folders with all in them. Never replaced.
    std::vector<std::filesystem::path> read{};
    /// The folder is the program's own, and so is every file in it that has one of its names.
    bool ownFolder = false;
};

/// For names in folders of the program's own, such as NAME.files.
inline Claim inOwnFolder() {
    return {"program", false, {}, true};
}

/// Throws Error unless the result may take the name: nothing is there, or a file of the claim's own, or any
/// file where the claim says so. Never a folder, a device, a Nunatak project, or what was read (whatever name
/// or link leads to it).
void throwUnlessFree(const std::filesystem::path& target, const Claim& claim);

/// Renames a finished file, on the same disk, to a name for which throwUnlessFree() holds, in place of what
/// is there, and marks it as the claim's own. At every moment the old or the new file has the name. Throws
/// Error.
void giveName(const std::filesystem::path& finished, const std::filesystem::path& target, const Claim& claim);

/// The same for a folder, which takes the place of nothing.
void throwUnlessNothing(const std::filesystem::path& folder);
/// Renames a finished folder, on the same disk, to a name for which that holds. Throws Error.
void giveFolderName(const std::filesystem::path& finished, const std::filesystem::path& target);

/// Removes a file that an earlier result of the same kind left and this one has not, if it is the claim's
/// own.
void removeOwn(const std::filesystem::path& file, const Claim& claim);

/// Keeps with a file that `maker` made it, and what it was like (an extended attribute, where the file system
/// has them; where it has none, no file is known as the program's own).
void markAsOwn(const std::filesystem::path& file, const std::string& maker);
/// A regular file (no link to one) that `maker` made and whose content nobody has changed since.
bool isOwn(const std::filesystem::path& file, const std::string& maker);

} // namespace nunatak
