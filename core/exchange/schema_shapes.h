// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/export_schema.h"
#include "geo/crs.h"

#include <string>
#include <vector>

// The outlines as a schema wants them.
namespace nunatak::exchange {

/// Outlines made from others for a schema.
struct MadeShapes {
    std::vector<outlines::Outline> outlines;
    /// Of each complex the glaciers that it is of; empty where an outline is of one glacier.
    std::vector<std::vector<const outlines::Outline*>> members;
};

/// Each part of a glacier as an outline of its own, of which the largest keeps the ids; of a schema of
/// complexes the glaciers that touch as one. What becomes of how many is told in `notes`. Throws Error where
/// no complex is large enough.
MadeShapes shapesOf(const ExportSchema& schema, const std::vector<const outlines::Outline*>& outlines,
                    const geo::Crs& crs, std::vector<std::string>& notes);

/// Throws Error for lines and points, which no inventory's schema has.
void throwUnlessGlaciers(const ExportSchema& schema, const std::vector<const outlines::Outline*>& outlines);

std::vector<const outlines::Outline*> pointersTo(const std::vector<outlines::Outline>& outlines);

/// Whether a column of the schema says what this attribute says.
bool schemaHas(const ExportSchema& schema, const std::string& attribute);

} // namespace nunatak::exchange
