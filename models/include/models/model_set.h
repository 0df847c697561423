// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/claim.h"

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace nunatak::models {

/// One model of a set and where it is meant for.
struct RegionalModel {
    std::string model;                          ///< its name in the registry, or a path
    std::vector<std::string> regions;           ///< codes, such as ALP
    std::vector<std::array<double, 2>> polygon; ///< longitude, latitude in degrees; empty: by its regions
    bool operator==(const RegionalModel&) const = default;
};

/// Models that serve the world together, each its region: the regional strategy of Maslov et al. 2025. It
/// lies as NAME.model-set.json among the models of the registry, or anywhere else.
struct ModelSet {
    std::string name;
    std::vector<RegionalModel> members;
    std::string elsewhere; ///< the model where no member is meant for; empty: none
    bool operator==(const ModelSet&) const = default;
};

/// Throws Error naming the file and what is wrong in it. Paths of models in it become absolute (they are
/// relative to the file).
ModelSet readModelSet(const std::filesystem::path& file);
/// Whole or not at all. Throws Error.
void writeModelSet(const ModelSet& set, const std::filesystem::path& file,
                   const Claim& claim = {"set of models"});

/// The set of this name in one of the folders of a registry (the first counts), or the file of that path;
/// none when there is no such set. Throws Error when there is one and it is damaged.
std::optional<ModelSet> findModelSet(const std::vector<std::filesystem::path>& folders,
                                     const std::string& nameOrPath);
/// Those in the folders of a registry, by file; damaged ones are left out and described in `problems`.
std::vector<ModelSet> listModelSets(const std::vector<std::filesystem::path>& folders,
                                    std::vector<std::string>* problems = nullptr);

} // namespace nunatak::models
