// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/edit.h"
#include "outlines/outline_ref.h"

#include <optional>
#include <string>
#include <vector>

namespace nunatak::editing {

/// What shall become of outlines, as one step of the history: a value that anybody may look at, draw or throw
/// away before it is done.
struct Edit {
    std::string description;                      ///< such as "Move vertex of Khumbu Glacier"
    std::vector<outlines::OutlineChange> changes; ///< of any number of outlines and layers, each once
    std::optional<outlines::OutlineRef> then;     ///< selected afterwards; none: nothing
    std::string tool;                             ///< id of the tool it was made with, for the record
    bool empty() const { return changes.empty(); }
};

} // namespace nunatak::editing
