// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace nunatak::editing {

/// What an edit of a line means for the outlines beside it.
enum class Neighbours {
    Together,  ///< a shared line moves for all whose line it is
    NoOverlap, ///< the others stay as they are; what would enter one stops at its line
    Alone      ///< the others stay as they are, and a stretch is unshared; refused where it would overlap
};

/// What the vertices that a splice brings are to those that it takes.
enum class Line {
    Same, ///< the same line: moved one by one (as many as before), removed (none come) or inserted (none go)
    Another ///< one drawn anew between the same ends
};

} // namespace nunatak::editing
