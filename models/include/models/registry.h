// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/manifest.h"
#include "models/tensor.h"

#include <filesystem>
#include <string>
#include <vector>

namespace nunatak::models {

/// A model on disk: a folder with model.json and weights.safetensors.
struct StoredModel {
    Manifest manifest;
    std::filesystem::path folder;
    std::filesystem::path weightsFile() const { return folder / "weights.safetensors"; }
};

/// The weights of a model, to be used: whole, finite and, by their SHA-256, those its manifest was written
/// for. The only way from a stored model to a network. Throws Error saying what is wrong with which file.
NamedTensors loadWeights(const StoredModel& model);

/// The same, and each weight of the network is there in its shape and no other. Throws Error.
NamedTensors verifiedWeights(const StoredModel& model);

/// The models of a machine: those installed with the program (read only) and the user's own.
class Registry {
public:
    Registry(std::filesystem::path installed, std::filesystem::path user);

    /// All readable models, the user's first; damaged ones are left out and described in `problems`.
    std::vector<StoredModel> list(std::vector<std::string>* problems = nullptr) const;
    /// By name in the registry, or a path to a model folder. Throws Error that names the models there are.
    StoredModel find(const std::string& nameOrPath) const;
    /// Throws Error when nothing can be stored there, or under that name; to be asked before hours of
    /// learning, not after.
    void throwUnlessWritable(const std::filesystem::path& folder = {}, const std::string& name = {}) const;
    /// Stores a model as NAME/ in the user's folder (as `folder`/NAME/ when given); whole or not at all. An
    /// existing model of that name is kept under NAME.v<version> and the new one gets the next version. Fills
    /// in fingerprint and created.
    StoredModel store(Manifest manifest, const NamedTensors& weights,
                      const std::filesystem::path& folder = {}) const;

private:
    std::filesystem::path m_installed;
    std::filesystem::path m_user;
};

} // namespace nunatak::models
