// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <filesystem>

namespace nunatak {

/// Where the program finds what belongs to it; the same layout in the build tree and when installed.
struct InstallPaths {
    std::filesystem::path modelsModule; ///< lib/nunatak/nunatak_models.so
    std::filesystem::path hdf5Reader; ///< lib/nunatak/nunatak-hdf5-reader, the child that reads foreign HDF5
    std::filesystem::path installedModels; ///< share/nunatak/models: a folder per model
    std::filesystem::path userModels;      ///< the user's own models ($XDG_DATA_HOME/nunatak/models)
    std::filesystem::path shaders;         ///< share/nunatak/shaders
};

/// Paths relative to the running program's own file (bin/..). NUNATAK_MODELS_MODULE and NUNATAK_USER_MODELS
/// in the environment override the module (a CUDA build, say) and the user's folder (tests). Throws Error
/// when the program's own place cannot be found.
InstallPaths installPaths();

} // namespace nunatak
