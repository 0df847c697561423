// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/paths.h"
#include "outlines/outline.h"

#include <span>
#include <string>
#include <string_view>

// What side layers hold, in the words of GLIMS (line_type; nsidc.org/glims/information-glims-data-providers),
// and for what GLIMS has no word in ours. Rock within a glacier (intrnl_rock) is a hole of its outline.
namespace nunatak::outlines {

struct SideKind {
    std::string_view term;  ///< the attribute line_type, and the name of a layer
    std::string_view title; ///< of a layer, as people read it
    std::string_view one;   ///< one of it, within a sentence
    geo::ShapeKind shape;
};

/// The attribute that says what kind something is.
inline constexpr const char* lineTypeAttribute = "line_type";
/// Attributes that say which glacier something belongs to: its UUID in the inventory, and its name or id.
inline constexpr const char* glacierUuidAttribute = "glac_uuid";
inline constexpr const char* glacierAttribute = "glacier";

/// debris_cov to lowest of GLIMS, and what a model learns from: reviewed_ground, ice_stroke, no_ice_stroke.
std::span<const SideKind> sideKinds();
/// By its term, also with a number as layers have it ("snow_line_2"), or as GLIMS' database writes it
/// ("snowline"). Null: none of them.
const SideKind* sideKindOf(std::string_view name);
/// Of what a side layer is; null where its name does not say, or for another layer.
const SideKind* sideKindOf(const LayerInfo& layer);
/// By its attribute line_type.
const SideKind* sideKindOf(const Outline& outline);

/// Says in the outline's attributes to which glacier it belongs; null: to none.
void setGlacierOf(Outline& outline, const Outline* glacier);

/// Why a layer does not take this shape, as the end of a sentence ("holds lines"); empty: it does.
std::string whyNotIn(const LayerInfo& layer, const geo::MultiPolygon& shape);

} // namespace nunatak::outlines
