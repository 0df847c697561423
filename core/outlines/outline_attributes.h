// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/attribute_schema.h"
#include "outlines/outline.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

// An outline's attributes by name, whether they are members of its own (its name, its date) or came with a
// file.
namespace nunatak::outlines {

/// None where the outline has no such attribute; one without a value is one. Capitals matter: a file may have
/// Name and name.
std::optional<AttributeValue> attributeOf(const Outline& outline, const std::string& name);
/// Its value becomes this; of a name or date none is an empty text.
void putAttribute(Outline& outline, const std::string& name, const AttributeValue& value);
/// Members of its own become empty.
void dropAttribute(Outline& outline, const std::string& name);

/// Words and numbers by which files say that there is no id.
bool isNoId(const std::string& id);
/// The ids of an outline that name one outline alone, by their attributes: no other outline of its layer may
/// have them.
std::vector<std::pair<std::string, std::string>> ownIds(const Outline& outline);
/// Leaves them empty: it is another outline than the one that they name, such as a piece of that.
void dropOwnIds(Outline& outline);

/// What a value says to people: what its code means, else its text.
std::string meaningOf(const std::string& name, const AttributeValue& value);

/// What somebody typed, as a value of this type. Numbers have a decimal point or comma; days are written as
/// readDate() understands them, times as 10:30 or 10:30:00; yes, no, true, false, 1 and 0 are answers; of
/// codes the meaning counts, too. Blanks at the ends go; nothing is no value. Throws Error, one sentence that
/// says what is wanted.
AttributeValue typedAttribute(const std::string& name, AttributeType type, const std::string& text);

/// "a, b": words with commas or semicolons between them, each once, without blanks around them.
std::string asWords(const std::string& text);

} // namespace nunatak::outlines
