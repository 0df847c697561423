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

/// True for the lower-case hex form with four dashes (either case is read).
bool isUuid(const std::string& text);

} // namespace nunatak::exchange
