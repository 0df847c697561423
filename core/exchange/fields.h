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
    Analyst, ///< this and the next six: of a layer of a project of ours
    Origin,
    IsChanged,
    Reviewer,
    ReviewTime,
    ReviewNote,
    IsReviewOutdated,
    GlimsId,
    LineType, ///< GLIMS: what the polygon is a line of
    Analysis, ///< GLIMS: which analysis of the glacier it belongs to
    Other,    ///< kept as an attribute under its own name
};

/// The role of a column that the program itself writes.
FieldRole roleOf(const std::string& fieldName);

/// Stores a field's value where its role says; what does not fit there becomes an attribute, with its type,
/// under the field's own name. Dates are read elsewhere, since a column's order tells what they mean.
void setField(outlines::Outline& outline, FieldRole role, const std::string& fieldName,
              const outlines::AttributeValue& value);

/// True for the lower-case hex form with four dashes (either case is read).
bool isUuid(const std::string& text);

} // namespace nunatak::exchange
