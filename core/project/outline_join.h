// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"

#include <string>
#include <vector>

namespace nunatak::project {

/// What two people said otherwise of one glacier.
struct Disagreement {
    std::string what; ///< "outline", "review", "date", "name", or an attribute's name
    std::string here; ///< in words
    std::string there;
};

/// One glacier as two people have it, from what it was before both.
struct JoinedOutline {
    outlines::Outline here;                  ///< what one alone changed is in; else as it is here
    outlines::Outline there;                 ///< … else as it is there
    std::vector<Disagreement> disagreements; ///< empty: both are the same
};

/// Brings what both changed of one glacier together: its line (with what it was drawn on), its name, its
/// verdict and each attribute for itself; of tags what either added or took away. Attributes that describe a
/// shape go with the line. A verdict on a line that the other one has changed is outdated. `wasHere` and
/// `wasThere` are the same but where an earlier merge decided for one of them.
JoinedOutline joined(const outlines::Outline& wasHere, const outlines::Outline& here,
                     const outlines::Outline& wasThere, const outlines::Outline& there);

} // namespace nunatak::project
