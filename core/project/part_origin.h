// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"

#include <cstdint>
#include <optional>
#include <string>

namespace nunatak::project {

/// What a part of a project knows of the one that it was split from.
struct PartOrigin {
    std::string parent;       ///< the file's name
    HistoryStep at;           ///< the parent's last step when it was split; of id 0: it had none
    std::int64_t content = 0; ///< what that step changed there (database/store.h, withChange()); 0: unknown
    std::string name;         ///< of the part
    int number = 0;           ///< which one it is, from 1
    int parts = 0;            ///< of how many
    std::string neighbours;  ///< the layer that shows what lies beside it in other parts; empty: nothing does
    std::int64_t begins = 0; ///< the step of the part's own history that it begins with
    /// The history says how every outline came in, but for those of `neighbours`.
    bool knowsAll = false;
    std::string of{}; ///< the same of the parent, where that is a part itself, as toText() gives it
    bool operator==(const PartOrigin& other) const {
        return parent == other.parent && at.id == other.at.id && at.time == other.at.time &&
               name == other.name && begins == other.begins;
    }
};

/// None where the project is no part.
std::optional<PartOrigin> partOrigin(const Project& project);

inline constexpr const char* partSetting = "part";
std::string toText(const PartOrigin& origin);
/// None where another program wrote there.
std::optional<PartOrigin> partOriginFrom(const std::string& text);

} // namespace nunatak::project
