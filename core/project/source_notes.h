// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/project.h"

#include <string>
#include <vector>

namespace nunatak::project {

/// With what a note ends its first sentence that tells what another program did and no step says yet.
inline constexpr const char* notInHistoryYet = ", which its history does not say yet.";

/// What is told of a project at its opening, where that is read to be joined.
struct SourceNotes {
    std::vector<std::string> unrecorded; ///< what another program did, which joining tells when it comes
    std::vector<std::string> besides;
};
SourceNotes sourceNotes(const Project& source);

} // namespace nunatak::project
