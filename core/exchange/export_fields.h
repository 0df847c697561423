// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/paths.h"
#include "outlines/outline.h"
#include "outlines/surface_measures.h"

#include <functional>
#include <string>
#include <vector>

// What is said of each outline in a file: a schema is a list of fields, and a field says how it is worked
// out.
namespace nunatak::exchange {

/// An outline on its way into a file, with what was measured of it.
struct ExportedOutline {
    const outlines::Outline* outline = nullptr;
    double areaKm2 = 0; ///< geo::equalAreaOf()
    double lengthM = 0; ///< of lines, geodesic
    geo::Point inside;  ///< longitude, latitude of a point in the glacier
    /// In longitude and latitude, on beyond 180° where it has to; empty of what goes around a pole.
    geo::Extent extentInDegrees{};
    int utmZone = 0; ///< in which that point lies
    /// Whether the shape is the one for which the attributes were written; nothing says so of outlines that
    /// came into a project by another way, or before shapes were remembered.
    enum class Shape { AsDescribed, Other, Unknown };
    Shape shape = Shape::Unknown;
    // For the schemas that have them (export_ids.h, export_schema.h).
    std::string id{};
    std::string firstRegion{};  ///< RGI's first-order region: "11"
    std::string secondRegion{}; ///< "11-01"
    outlines::MeasuredSurface surface{};
    std::string elevationSource{}; ///< of `surface`, such as COPDEM30
};

struct ExportField {
    std::string name;
    outlines::AttributeType type = outlines::AttributeType::Text;
    /// Null where nobody knows.
    std::function<outlines::AttributeValue(const ExportedOutline&)> value;
    /// What is written then.
    outlines::AttributeValue missing{};
    /// Of a dBASE field, as the schema's own files have it; 0: as wide as the values need.
    int width = 0;
    int precision = 0;
    /// Why there may be no value, as the end of a sentence.
    std::string why{};
    /// It wants an elevation model.
    bool isOfSurface = false;
};

/// RGI 7's fields that every outline has, then those by which the program knows its own outlines again. Lines
/// have a length_m in place of the area, and neither they nor points have what is said of glaciers alone.
std::vector<ExportField> ownFields(geo::ShapeKind kind = geo::ShapeKind::Area);

/// A field for each attribute of these outlines that no field of ours stands for. Attributes that describe
/// another shape than the outline's have no value; where that leaves none at all, there is no field. What
/// that concerns or may concern, and types that differ between outlines, is told in `notes`, a sentence each.
std::vector<ExportField> attributeFields(const std::vector<ExportedOutline>& outlines,
                                         std::vector<std::string>& notes);

/// The attribute of that name, whatever its capitals; null: there is none.
const outlines::AttributeValue* attributeNamed(const outlines::Outline& outline, const std::string& name);

/// "one outline" or "5 outlines".
std::string outlinesText(std::size_t count);
/// Several names in a sentence: "a, b and c".
std::string listed(const std::vector<std::string>& names);

} // namespace nunatak::exchange
