// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/outline.h"

#include <string>

// Attributes of an outline as the project's table keeps them: a JSON object in which texts, numbers, true and
// false are JSON's own. What JSON has no type for is an object of one member that names the type:
// {"date": "2020-08-20"}, {"null": "integer"}, {"real": "inf"}.
namespace nunatak::project {

/// True when more than texts are kept, which programs of before there were other types would lose.
bool hasTypes(const outlines::Outline& outline);
/// Empty where there is nothing to keep. Texts have to be UTF-8.
std::string attributesToJson(const outlines::Outline& outline);
/// Fills in attributes and described shape. Another program may have written anything there; what is no
/// object is kept as one text.
void setAttributesFromJson(outlines::Outline& outline, const std::string& text);

} // namespace nunatak::project
