// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/export_fields.h"

#include <optional>
#include <string>

// How the columns of an inventory's schema are worked out.
namespace nunatak::exchange {

/// What an attribute says, under its name or a spelling of it; null where it describes another shape.
outlines::AttributeValue knownAttribute(const ExportedOutline& exported, const char* name);
/// The same as a whole number, as a real one; none where it is neither, or what an inventory writes of what
/// it does not know.
std::optional<std::int64_t> knownNumber(const ExportedOutline& exported, const char* name);
std::optional<double> knownReal(const ExportedOutline& exported, const char* name);

/// The attribute that a name of a file means, in whatever inventory: an id of the list, and the one it stands
/// for.
std::string inventoryMeaning(const std::string& name);

/// The value of a member of what was measured of the surface; else what an inventory says of it, where the
/// outline is the shape that it describes.
using SurfaceMember = double outlines::SurfaceMeasures::*;
outlines::AttributeValue surfaceValue(const ExportedOutline& exported, SurfaceMember member);

/// Of the main centre line, whole metres.
outlines::AttributeValue surfaceLength(const ExportedOutline& exported);

/// The codes of RGI 7 (term_type), also where a file had those of RGI 6.
std::optional<std::int64_t> terminusType(const ExportedOutline& exported);
/// The level of connection to the Greenland Ice Sheet: none elsewhere.
std::optional<std::int64_t> connectionLevel(const ExportedOutline& exported);

/// The date as it is known, 2003-07-30, 2003-07 or 2003; empty: unknown.
std::string knownDate(const outlines::Outline& outline);

outlines::AttributeValue textOrNull(const std::string& text);
outlines::AttributeValue numberOrNull(std::optional<std::int64_t> number);
outlines::AttributeValue realOrNull(std::optional<double> number);

} // namespace nunatak::exchange
