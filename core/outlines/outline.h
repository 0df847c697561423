// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "geo/polygon.h"
#include "outlines/attribute_value.h"
#include "outlines/shape_walk.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace nunatak::outlines {

/// What an expert found when looking at an outline. Removed: it is no glacier; kept as a step of the history
/// and as what a model learns from, drawn as such, never handed in.
enum class Review { NotReviewed, Accepted, Doubtful, Removed };
/// "not reviewed", "accepted", "doubtful", "removed".
std::string toString(Review review);
/// Not reviewed where the text is empty; none when it is no state. Capital letters do not matter.
std::optional<Review> reviewFromString(const std::string& text);

/// Whose a verdict is, or a note, and of when.
struct ReviewRecord {
    std::string reviewer;
    std::string time;        ///< ISO 8601, UTC
    std::string note;        ///< what they wrote about it, in their words
    bool isOutdated = false; ///< the outline's line was changed by hand since
    bool operator==(const ReviewRecord&) const = default;
};

/// How an outline of an inventory came to be. Unknown: corrected before there were inventories, or drawn by
/// another program.
enum class Origin { Unknown, Machine, Imported, Drawn };
/// "" (unknown), "machine", "imported", "drawn".
std::string toString(Origin origin);
/// Unknown where the text is no origin.
Origin originFromString(const std::string& text);

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
    // Of outlines of an inventory; of others these are as here.
    std::string analyst{}; ///< who drew, changed or judged it last
    Origin origin = Origin::Unknown;
    bool isChanged = false;      ///< its geometry was changed by hand since it came from there
    ReviewRecord reviewRecord{}; ///< empty of verdicts from before they said whose they are
    bool operator==(const Outline&) const = default;
};

/// True when somebody drew, changed or judged the outline, or may have: nothing automatic replaces it.
bool isTouched(const Outline& outline);

/// An outline as threads share it: it never changes, and it was measured where it was made, so that indexing
/// and drawing thousands of them takes no walk along their vertices.
class SharedOutline : public Outline {
public:
    explicit SharedOutline(Outline outline);
    /// One that is known to differ from `before` in these runs: measured by them alone where that is possible
    /// (walkAfter()).
    SharedOutline(Outline outline, const SharedOutline& before, std::span<const ChangedRun> runs);

    const geo::Extent& extent() const { return m_measured.extent; }
    std::size_t vertices() const { return m_measured.vertices; }
    /// geo::planarArea() of it, in m².
    double area() const { return m_measured.area; }
    /// Each ring has at least three vertices, and all coordinates are numbers.
    bool hasSoundRings() const { return m_measured.isSound; }

private:
    ShapeWalk m_measured;
};

using OutlineHandle = std::shared_ptr<const SharedOutline>;
OutlineHandle share(Outline outline);

/// What a layer is for. An inventory is what is edited and handed in; what a model predicted and what came
/// from an expert's file is reference; side layers (debris, lakes, snow lines) are edited and may overlap the
/// others.
enum class LayerKind { Inventory, Predicted, Expert, Side };
/// "inventory", "predicted", "expert", "side".
std::string toString(LayerKind kind);
/// Throws Error when it is none of these.
LayerKind layerKindFromString(const std::string& text);
/// True for what is never edited, only looked at and taken from.
bool isReference(LayerKind kind);

/// The time that an inventory is of.
struct Epoch {
    static constexpr int defaultTolerance = 5;

    std::string name;                 ///< such as "2020"; an inventory without a year has one, too
    std::optional<int> year;          ///< the target; none: any date will do
    int tolerance = defaultTolerance; ///< years that a glacier's date may be off
    /// True when a glacier of this day (ISO, empty: unknown) may be in an inventory of this epoch.
    bool covers(const std::string& date) const;
    bool operator==(const Epoch&) const = default;
};
/// "2020 ± 5 years", or the name where that is all there is.
std::string toString(const Epoch& epoch);
/// The year of an ISO date; none where it says none.
std::optional<int> yearOf(const std::string& date);

/// A layer of outlines. Those of an inventory and those of a reference do not overlap.
struct LayerInfo {
    std::string name; ///< the GeoPackage's table, which a layer keeps for life
    LayerKind kind = LayerKind::Expert;
    std::string sceneId; ///< of an inventory: the scene that it was started on
    std::string date;
    std::string title{};            ///< what people read; empty: the name
    Epoch epoch{};                  ///< of inventories
    std::string model{};            ///< of predicted layers
    std::string modelFingerprint{}; ///< of predicted layers
    bool operator==(const LayerInfo&) const = default;
};
/// What people read: the title, else the name.
const std::string& titleOf(const LayerInfo& layer);

/// A random UUID, version 4, lower case.
std::string makeUuid();

} // namespace nunatak::outlines
