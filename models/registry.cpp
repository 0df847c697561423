// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/registry.h"

#include "base/error.h"
#include "base/staging_folder.h"
#include "base/utc_now.h"
#include "base/whole_file.h"
#include "models/safetensors.h"

#include <algorithm>
#include <cstring>
#include <set>

#include <cerrno>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

namespace nunatak::models {

namespace fs = std::filesystem;

namespace {

StoredModel openModelFolder(const fs::path& folder) {
    StoredModel model{readManifest(folder / "model.json"), folder};
    std::error_code problem;
    if (!fs::is_regular_file(model.weightsFile(), problem)) {
        throw Error("The model in " + folder.string() + " has no weights.safetensors.");
    }
    // A version that was kept when a newer one came lies under another name than its manifest says.
    const auto canonical = fs::weakly_canonical(folder, problem);
    if (!problem && !canonical.filename().empty()) {
        model.manifest.name = canonical.filename().string();
    }
    return model;
}

/// The model folders in `parent`, by name; hidden ones are half-written or not ours.
std::vector<fs::path> modelFolders(const fs::path& parent) {
    std::vector<fs::path> folders;
    std::error_code problem;
    for (fs::directory_iterator entry(parent, problem), end; !problem && entry != end;
         entry.increment(problem)) {
        std::error_code ignored;
        if (entry->is_directory(ignored) && !entry->path().filename().string().starts_with('.')) {
            folders.push_back(entry->path());
        }
    }
    std::sort(folders.begin(), folders.end());
    return folders;
}

void checkName(const std::string& name) {
    const bool usable = !name.empty() && name.size() <= 100 && name.front() != '.' &&
                        std::all_of(name.begin(), name.end(), [](unsigned char c) {
                            return std::isalnum(c) || c == '_' || c == '-' || c == '.';
                        });
    if (!usable) {
        throw Error("\"" + name.substr(0, 100) +
                    "\" cannot be a model's name; use letters, digits, '-', '_' and '.', not '.' first.");
    }
}

[[noreturn]] void failStoring(const fs::path& folder, const std::string& why) {
    throw Error("Cannot store the model in " + folder.string() + ": " + why + ".");
}

/// A copy of a model's folder under another name; its files are the same ones where the file system can do
/// that.
void keepUnder(const fs::path& kept, const fs::path& target, const fs::path& staging) {
    std::error_code problem;
    if (fs::is_symlink(target, problem)) {
        fs::copy_symlink(target, kept, problem);
    } else {
        const auto copy = staging / "kept";
        fs::copy(target, copy, fs::copy_options::recursive | fs::copy_options::create_hard_links, problem);
        if (problem) {
            fs::remove_all(copy, problem);
            fs::copy(target, copy, fs::copy_options::recursive, problem);
        }
        if (!problem) {
            fs::rename(copy, kept, problem);
        }
    }
    if (problem) {
        failStoring(target, "the model of that name cannot be kept (" + problem.message() + ")");
    }
}

/// Puts the new folder in place of the old one, a copy of which stays under `kept`; at every moment one of
/// them has the name. What was there lies in `staging` afterwards.
void exchangeFolders(const fs::path& fresh, const fs::path& target, const fs::path& kept,
                     const fs::path& staging) {
    keepUnder(kept, target, staging);
    if (::renameat2(AT_FDCWD, fresh.c_str(), AT_FDCWD, target.c_str(), RENAME_EXCHANGE) == 0) {
        return;
    }
    std::error_code problem(errno, std::generic_category());
    if (errno == EINVAL || errno == ENOSYS) {
        // A file system that cannot exchange: two steps, and the first one undone if the second fails.
        const auto old = staging / "old";
        fs::rename(target, old, problem);
        if (!problem) {
            fs::rename(fresh, target, problem);
            if (problem) {
                std::error_code ignored;
                fs::rename(old, target, ignored);
            }
        }
    }
    if (problem) {
        std::error_code ignored;
        fs::remove_all(kept, ignored);
        failStoring(target, problem.message());
    }
}

/// A model, whole or damaged; what else has the name is not replaced.
void throwUnlessModel(const fs::path& target) {
    std::error_code problem;
    if (!fs::exists(fs::symlink_status(target / "model.json", problem)) &&
        !fs::exists(fs::symlink_status(target / "weights.safetensors", problem))) {
        failStoring(target, "what is there is no model, so it is kept. Choose another name, or move it away");
    }
}

/// NAME.v<version> beside the model, with a number behind it where that name is taken.
fs::path keptPath(const fs::path& target, int version) {
    const auto base = target.string() + ".v" + std::to_string(version);
    fs::path path = base;
    std::error_code ignored;
    for (int copy = 2; fs::exists(fs::symlink_status(path, ignored)); ++copy) {
        path = base + "-" + std::to_string(copy);
    }
    return path;
}

} // namespace

Registry::Registry(fs::path installed, fs::path user)
    : m_installed(std::move(installed)), m_user(std::move(user)) {}

std::vector<StoredModel> Registry::list(std::vector<std::string>* problems) const {
    std::vector<StoredModel> models;
    for (const auto& parent : {m_user, m_installed}) {
        for (const auto& folder : modelFolders(parent)) {
            try {
                models.push_back(openModelFolder(folder));
            } catch (const Error& error) {
                if (problems) {
                    problems->push_back(error.what());
                }
            }
        }
    }
    return models;
}

StoredModel Registry::find(const std::string& nameOrPath) const {
    std::error_code ignored;
    const bool isName = nameOrPath.find('/') == std::string::npos && nameOrPath != "." && nameOrPath != "..";
    if (isName && !nameOrPath.empty()) {
        for (const auto& parent : {m_user, m_installed}) {
            if (!parent.empty() && fs::is_directory(parent / nameOrPath, ignored)) {
                return openModelFolder(parent / nameOrPath);
            }
        }
    }
    fs::path path = nameOrPath;
    if (path.filename() == "model.json" || path.filename() == "weights.safetensors") {
        path = fs::absolute(path, ignored).parent_path();
    }
    if (!nameOrPath.empty() && fs::exists(path / "model.json", ignored)) {
        return openModelFolder(path);
    }
    std::set<std::string> known; // once each: one of the user's hides an installed one of the same name
    for (const auto& model : list()) {
        known.insert(model.manifest.name);
    }
    std::string names;
    for (const auto& name : known) {
        names += (names.empty() ? "" : ", ") + name;
    }
    const bool isPlace = nameOrPath == "." || nameOrPath == ".."; // nobody takes these for a model
    if (!nameOrPath.empty() && !isPlace && fs::exists(path, ignored)) {
        throw Error("\"" + nameOrPath + "\" is no model: a model is a folder with model.json and " +
                    "weights.safetensors. Weights that Keras saved (.h5) are brought in with " +
                    "\"nunatak-cli model import\".");
    }
    throw Error("There is no model \"" + nameOrPath + "\"; " +
                (names.empty() ? "no models are installed" : "there are: " + names) + ".");
}

void Registry::throwUnlessWritable(const fs::path& folder, const std::string& name) const {
    const auto& parent = folder.empty() ? m_user : folder;
    std::error_code problem;
    fs::create_directories(parent, problem);
    const auto probe = parent / (".nunatak.part" + std::to_string(::getpid()));
    if (problem || !fs::create_directory(probe, problem) || problem) {
        throw Error("The new model cannot be kept: the folder " + parent.string() +
                    " cannot be made or written. Look at its rights, and whether the disk is full.");
    }
    fs::remove(probe, problem);
    if (!name.empty() && fs::exists(fs::symlink_status(parent / name, problem))) {
        throwUnlessModel(parent / name);
    }
}

StoredModel Registry::store(Manifest manifest, const NamedTensors& weights, const fs::path& folder) const {
    checkName(manifest.name);
    const auto& parent = folder.empty() ? m_user : folder;
    const auto target = parent / manifest.name;
    std::error_code problem;
    const bool replaces = fs::exists(fs::symlink_status(target, problem));
    fs::path kept;
    if (replaces) {
        throwUnlessModel(target);
        // What is there may be damaged; it is kept all the same.
        int oldVersion = 1;
        try {
            oldVersion = readManifest(target / "model.json").version;
        } catch (const Error&) {
            oldVersion = std::max(1, manifest.version - 1);
        }
        kept = keptPath(target, oldVersion);
        manifest.version = oldVersion + 1;
    }
    manifest.created = utcNow();

    fs::create_directories(parent, problem);
    if (problem) {
        failStoring(parent, problem.message());
    }
    const StagingFolder staging(parent);
    const auto fresh = staging.path() / manifest.name;
    if (!fs::create_directory(fresh, problem)) {
        failStoring(parent, problem.message());
    }
    const auto weightsFile = fresh / "weights.safetensors";
    writeSafetensors(weights, {{"format", "nunatak-model"}, {"name", manifest.name}}, weightsFile);
    manifest.fingerprint = fileSha256(weightsFile);
    writeManifest(manifest, fresh / "model.json");
    if (replaces) {
        exchangeFolders(fresh, target, kept, staging.path());
    } else {
        fs::rename(fresh, target, problem);
        if (problem) {
            failStoring(target, problem.message());
        }
    }
    syncFolder(parent);
    return {manifest, target};
}

} // namespace nunatak::models
