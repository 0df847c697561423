// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "outlines/side_kind.h"

// Lines along ice and along what is none, for a model to learn from.
namespace nunatak::outlines {

inline constexpr const char* iceStroke = "ice_stroke";
inline constexpr const char* noIceStroke = "no_ice_stroke";

inline bool isStroke(const SideKind& kind) {
    return kind.term == iceStroke || kind.term == noIceStroke;
}

/// The attribute that says how broad the ground is that a stroke speaks of, in metres.
inline constexpr const char* strokeWidthAttribute = "width_m";
/// The same of a stroke that does not say it: so many pixels of the model that learns.
inline constexpr double strokePixels = 2;

} // namespace nunatak::outlines
