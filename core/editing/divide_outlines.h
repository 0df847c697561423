// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"
#include "editing/draft.h"
#include "editing/edit.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace nunatak::editing {

/// What a piece is called and known by, instead of what the outline was.
struct Identity {
    std::string name;
    outlines::Attributes attributes;
    std::uint64_t describedShape = 0; ///< of the attributes
};

struct DividedPart {
    geo::MultiPolygon shape;
    std::optional<Identity> identity{};
};

/// An outline and the parts that it becomes. Together they are its ground, and what they share is the same
/// bit by bit (divides/partition.h).
struct Division {
    outlines::OutlineRef ref;
    std::vector<DividedPart> parts;
};

struct Divided {
    struct Into {
        outlines::OutlineRef outline;
        std::vector<outlines::OutlineRef> parts; ///< as the division has them
    };
    struct Left {
        outlines::OutlineRef outline;
        std::string why; ///< a sentence
    };
    Edit edit;              ///< one step; empty where nothing is divided
    std::vector<Into> done; ///< what was divided
    std::vector<Left> left; ///< what cannot be: it stays as it was
};

/// Divides outlines of a draft in which nothing was changed yet. The largest part keeps the UUID, the others
/// get new ones; all keep the name, the attributes (ids that name one outline alone the largest only), model
/// and date, as split() has it, and as nobody has seen them yet none is accepted or doubtful any more. With
/// an identity a part has that one's name and attributes, of several the first those ids. Neighbours on
/// whose edges a divide ends get a vertex there. The gate is asked for each outline; what it refuses is left,
/// as is what is no glacier. A division into one part changes nothing but its identity. Throws Error where
/// there is no such outline, and Cancelled.
Divided divideOutlines(const Draft& draft, std::span<const Division> divisions,
                       const Progress& progress = {});

} // namespace nunatak::editing
