// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"

#include <optional>
#include <string>
#include <vector>

// Which field of a vector file means what: RGI 6, RGI 7, GLIMS and our own names.
namespace nunatak::exchange {

/// What a field says about an outline.
enum class FieldRole {
    Uuid,
    RgiId,
    Name,
    Date,
    SceneId,
    Sensor,
    Model,
    ModelFingerprint,
    Run,
    Threshold,
    Review,
    Other, ///< kept as an attribute under its own name
};

FieldRole roleOf(const std::string& fieldName);

/// Stores a field's value where it belongs; as an attribute it keeps its type.
void setField(outlines::Outline& outline, const std::string& fieldName,
              const outlines::AttributeValue& value);

/// True for fields that describe the shape (area, elevation, length): stale once it is edited, so never
/// passed on.
bool describesTheShape(const std::string& fieldName);

/// True for the lower-case hex form with four dashes (either case is read).
bool isUuid(const std::string& text);

/// One column of a file to write.
struct Column {
    std::string name;
    outlines::AttributeType type = outlines::AttributeType::Text;
    std::string attribute; ///< where the value comes from Outline::attributes; empty for our own columns
};

/// The columns of these outlines: RGI 7's first, then ours, then every other attribute. At most `longestName`
/// bytes a name, all different.
std::vector<Column> columnsFor(const std::vector<outlines::Outline>& outlines, std::size_t longestName);

} // namespace nunatak::exchange
