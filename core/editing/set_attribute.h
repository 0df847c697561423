// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editing/draft.h"
#include "outlines/outline_attributes.h"

#include <span>
#include <string>

// What is said of glaciers besides their lines: names, ids, dates, codes, notes.
namespace nunatak::editing {

/// An attribute of outlines gets this value, in those where it has another one; a value that is none leaves
/// it empty, and it stays an attribute. What describes a shape and is said now is said of the present one:
/// what else was said of an earlier shape of that outline becomes empty, as it would be in an export. Throws
/// Error where an outline is not there.
Edit setAttribute(Draft draft, std::span<const outlines::OutlineRef> refs, const std::string& name,
                  const outlines::AttributeValue& value);

/// Words come into, and go from, an attribute that is a list of words (see asWords()), which keeps what else
/// it has.
Edit changeWords(Draft draft, std::span<const outlines::OutlineRef> refs, const std::string& name,
                 const std::string& added, const std::string& removed);

/// Those of the outlines that have no such attribute get one without a value. Throws Error where the name is
/// empty, or one of the columns that the program writes itself.
Edit addAttribute(Draft draft, std::span<const outlines::OutlineRef> refs, const std::string& name,
                  outlines::AttributeType type);

/// The outlines have no such attribute any more; a name or a date is empty then.
Edit removeAttribute(Draft draft, std::span<const outlines::OutlineRef> refs, const std::string& name);

/// Throws Error where an id that names one outline alone would be on several: on more than one of these, or
/// on another of the layer.
void throwUnlessFree(const outlines::OutlineSet& layer, std::span<const outlines::OutlineRef> refs,
                     const std::string& name, const outlines::AttributeValue& value);

} // namespace nunatak::editing
