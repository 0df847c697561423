// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/install_paths.h"

#include "base/error.h"

#include <cstdlib>

namespace nunatak {

namespace {

std::filesystem::path environmentPath(const char* name) {
    const char* value = std::getenv(name);
    return value != nullptr ? std::filesystem::path(value) : std::filesystem::path();
}

std::filesystem::path userModelsFolder() {
    if (auto folder = environmentPath("NUNATAK_USER_MODELS"); !folder.empty()) {
        return folder;
    }
    if (auto data = environmentPath("XDG_DATA_HOME"); !data.empty()) {
        return data / "nunatak" / "models";
    }
    return environmentPath("HOME") / ".local" / "share" / "nunatak" / "models";
}

} // namespace

InstallPaths installPaths() {
    std::error_code failure;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", failure);
    if (failure) {
        throw Error("The program cannot find its own files: /proc/self/exe cannot be read (" +
                    failure.message() + "). Is /proc mounted?");
    }
    const auto root = program.parent_path().parent_path();
    InstallPaths paths;
    paths.modelsModule = environmentPath("NUNATAK_MODELS_MODULE");
    if (paths.modelsModule.empty()) {
        paths.modelsModule = root / "lib" / "nunatak" / "nunatak_models.so";
    }
    paths.hdf5Reader = root / "lib" / "nunatak" / "nunatak-hdf5-reader";
    paths.installedModels = root / "share" / "nunatak" / "models";
    paths.userModels = userModelsFolder();
    paths.shaders = root / "share" / "nunatak" / "shaders";
    return paths;
}

} // namespace nunatak
