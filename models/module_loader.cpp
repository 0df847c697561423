// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/module_loader.h"

#include "base/error.h"

#include <map>
#include <mutex>

#include <dlfcn.h>

namespace nunatak::models {

namespace {

std::string loaderMessage() {
    const char* message = ::dlerror();
    return message ? message : "the system gives no reason";
}

ModelsModule& openModule(const std::filesystem::path& file) {
    std::error_code problem;
    if (!std::filesystem::exists(file, problem)) {
        throw Error("The models module " + file.string() +
                    " is not there; install the program whole, or set NUNATAK_MODELS_MODULE to where it is.");
    }
    // RTLD_NOW: a missing library shows here and not in the middle of a prediction. RTLD_LOCAL: what LibTorch
    // brings along stays out of the program's own symbols.
    void* handle = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!handle) {
        throw Error("The models module " + file.string() + " cannot be loaded: " + loaderMessage() + ".");
    }
    auto factory =
        reinterpret_cast<decltype(&nunatak_models_module)>(::dlsym(handle, "nunatak_models_module"));
    if (!factory) {
        throw Error("The file " + file.string() + " is not a models module of Nunatak.");
    }
    ModelsModule* module = factory(interfaceVersion);
    if (!module) {
        throw Error("The models module " + file.string() +
                    " has another interface version than this program (" + std::to_string(interfaceVersion) +
                    "); build or install both together.");
    }
    return *module;
}

} // namespace

ModelsModule& loadModule(const std::filesystem::path& moduleFile) {
    // The one state of the process that Nunatak keeps outside of objects: a library that was loaded is
    // loaded, and LibTorch does not survive being unloaded.
    static std::mutex mutex;
    static std::map<std::filesystem::path, ModelsModule*> loaded;
    const std::scoped_lock lock(mutex);
    std::error_code problem;
    auto file = std::filesystem::weakly_canonical(moduleFile, problem);
    if (problem) {
        file = moduleFile;
    }
    const auto known = loaded.find(file);
    if (known != loaded.end()) {
        return *known->second;
    }
    auto& module = openModule(file);
    loaded.emplace(file, &module);
    return module;
}

} // namespace nunatak::models
