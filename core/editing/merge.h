// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "editing/edit.h"

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

// Outlines of one layer made one.
namespace nunatak::editing {

/// A field that outlines do not agree about. What was measured on a shape is none, since the new one has
/// another; nor is an id of one outline alone that only one of them has, since it goes on.
struct Difference {
    std::string field;               ///< "name", "date", or that of an attribute
    std::vector<std::string> values; ///< of each outline, as people read it; empty: it has none
};
std::vector<Difference> differencesOf(const Draft& draft, std::span<const outlines::OutlineRef> refs);

struct MergeOptions {
    std::size_t keep = 0; ///< of the outlines that which goes on: its UUID and what is known of it stays
    std::map<std::string, std::size_t> chosen{}; ///< fields that are another one's
    bool collect = false;                        ///< also outlines that share no line, as parts of one
    double sliver = 1; ///< gaps between them that are no wider are closed; units of the coordinates
};

/// The outlines as one: lines that they share vanish, with gaps between lines that are nearly one, unless
/// another outline lies in there. Nobody has seen it yet, so it is neither accepted nor doubtful. Throws
/// Refused where they do not hang together (unless they are collected) and where some are no glaciers.
Edit merge(Draft draft, std::span<const outlines::OutlineRef> refs, const MergeOptions& options = {});

} // namespace nunatak::editing
