// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"
#include "outlines/attribute_value.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace nunatak::outlines {

/// What an expert found when looking at an outline.
enum class Review { NotReviewed, Accepted, Doubtful };
/// "not reviewed", "accepted", "doubtful".
std::string toString(Review review);
/// Not reviewed where the text is empty; none when it is no state. Capital letters do not matter.
std::optional<Review> reviewFromString(const std::string& text);

/// One glacier's outline in the project's coordinate system.
struct Outline {
    std::string uuid;           ///< survives edits, undo, import and export
    geo::MultiPolygon geometry; ///< project CRS, metres
    std::string name;
    std::string srcDate; ///< ISO date of the picture it was drawn from (RGI: src_date)
    std::string sceneId; ///< the scene's UUID, empty when unknown
    std::string sensor;
    std::string model; ///< name and version of the model, where predicted
    std::string modelFingerprint;
    std::string run;       ///< id of the prediction run, where predicted
    double threshold = 0;  ///< of probability, where predicted
    Attributes attributes; ///< what else an imported file said (rgi_id, o1region, …)
    Review review = Review::NotReviewed;
    /// geo::fingerprint() of the geometry that the attributes were written for: those that describe a shape
    /// (area_km2, zmax_m) are true only of that one. 0: unknown.
    std::uint64_t describedShape = 0;
    bool operator==(const Outline&) const = default;
};

/// An outline as threads share it: it never changes, and it was measured where it was made, so that indexing
/// and drawing thousands of them takes no walk along their vertices.
class SharedOutline : public Outline {
public:
    explicit SharedOutline(Outline outline);

    const geo::Extent& extent() const { return m_extent; }
    std::size_t vertices() const { return m_vertices; }
    /// Each ring has at least three vertices, and all coordinates are numbers.
    bool hasSoundRings() const { return m_hasSoundRings; }

private:
    geo::Extent m_extent;
    std::size_t m_vertices;
    bool m_hasSoundRings;
};

using OutlineHandle = std::shared_ptr<const SharedOutline>;
OutlineHandle share(Outline outline);

enum class LayerKind { Predicted, Expert, Corrected };
std::string toString(LayerKind kind);
/// Throws Error when it is none of predicted, expert, corrected.
LayerKind layerKindFromString(const std::string& text);

/// A layer: outlines of one kind and of one scene or date, which do not overlap.
struct LayerInfo {
    std::string name; ///< also the GeoPackage table
    LayerKind kind = LayerKind::Expert;
    std::string sceneId;
    std::string date;
    bool operator==(const LayerInfo&) const = default;
};

/// A random UUID, version 4, lower case.
std::string makeUuid();

} // namespace nunatak::outlines
