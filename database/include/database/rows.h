// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

// What the store keeps, row by row. The store knows neither polygons nor coordinate systems: geometries are
// well-known binary, descriptions are text.
namespace nunatak::database {

using Bytes = std::vector<std::uint8_t>;

struct Box {
    double xmin = 0;
    double ymin = 0;
    double xmax = 0;
    double ymax = 0;
    bool operator==(const Box&) const = default;
};

/// The coordinate system of every layer of a project.
struct SpatialReference {
    std::string name;
    std::string organization = "NONE"; ///< "EPSG" where it has a code
    int code = 0;                      ///< in the organization; 0: none, the store picks an id
    std::string definition;            ///< WKT 1, what other programs read
    std::string wkt;                   ///< WKT 2, what this program reads back
};

struct LayerRow {
    std::string name; ///< the table's
    std::string kind;
    std::string scene;
    std::string date;
    std::string model;            ///< of predicted layers
    std::string modelFingerprint; ///< of predicted layers
    std::string title{};          ///< what people read; empty: the name
    std::string epoch{};          ///< of inventories: its name
    std::optional<int> epochYear{};
    int epochTolerance = 0; ///< years
    /// What a table that is made for it holds, in the standard's words; nothing that a file keeps elsewhere.
    std::string geometryType = "MULTIPOLYGON";
    bool operator==(const LayerRow&) const = default;
};

/// A layer that a step of the history made (no `before`), described anew or removed (no `after`).
struct LayerRowChange {
    std::optional<LayerRow> before;
    std::optional<LayerRow> after;
    int place = -1; ///< where a removed one stood; -1: last
};

/// What a column of another program holds.
using Value = std::variant<std::monostate, std::int64_t, double, std::string>;

struct FeatureRow {
    std::string uuid;
    std::string name;
    std::string srcDate;
    std::string scene;
    std::string sensor;
    std::string model;
    std::string modelFingerprint;
    std::string run;
    double threshold = 0;
    std::string attributes;               ///< a JSON object, empty: none
    std::string review;                   ///< what an expert found, empty: nobody looked
    Bytes wkb;                            ///< ISO well-known binary; empty: there is none
    Box box;                              ///< of the geometry
    bool isDamaged = false;               ///< there is a geometry, but its header cannot be read
    std::map<std::string, Value> added{}; ///< by name: columns that other programs added to the layer
    bool hasTypes = false;                ///< the attributes hold more than texts
    std::string analyst{};                ///< who drew or judged it last
    std::string origin{};                 ///< how it came to be
    bool isChanged = false;               ///< by hand
    bool isOfInventory = false; ///< any of the last three says something, or the review is a new one
    std::string reviewer{};     ///< whose the review is
    std::string reviewTime{};   ///< of when, ISO 8601
    std::string reviewNote{};
    bool isReviewOutdated = false; ///< the geometry was changed since
    bool hasReviewRecord = false;  ///< any of the last four says something
};

struct SceneRow {
    std::string id;
    std::string json;
    std::int64_t step = 0; ///< of the history: what it came with, and goes with; 0: none
};

/// One step of the history. Append-only: an undo is a row that names the one it takes back.
struct HistoryRow {
    std::int64_t id = 0;
    std::string time;
    std::string description;
    std::int64_t undoes = 0;
    std::string tool{};    ///< what made it; empty: unknown
    std::string analyst{}; ///< who; empty: unknown
    std::string picture{}; ///< the scene that was looked at; empty: none
};

/// A step of another project's history that came with a merge.
struct MergedRow {
    std::int64_t step = 0;                                       ///< of this project's history: the merge
    std::string source;                                          ///< the other project, as people call it
    HistoryRow what;                                             ///< as it has it
    std::int64_t content = 0;                                    ///< see Store::contentsOfSteps(); 0: unknown
    std::vector<std::pair<std::string, std::string>> outlines{}; ///< layers and UUIDs that it changed
};

/// How one outline is turned back into what it was before a step. The bytes mean nothing to the store.
struct ReverseChange {
    /// Unknown: another program changed it, and what it was is nowhere kept.
    enum class Before { Absent = 0, Whole = 1, Difference = 2, Unknown = 3 };
    std::string layer;
    std::string uuid;
    Before before = Before::Absent;
    std::uint64_t prefix = 0; ///< Difference: this many bytes of the later state, then `bytes` …
    std::uint64_t suffix = 0; ///< … then this many last bytes of the later state
    Bytes bytes;
    std::optional<std::int64_t> afterHash; ///< of the later state, none: the step removed the outline
};

/// One prediction run and the region it computed.
struct RunRow {
    std::string id;
    std::string layer;
    std::int64_t step = 0; ///< the history step that stored it
    std::string scene;
    std::string model;
    std::string modelFingerprint;
    double threshold = 0;
    std::string settings;
    std::string time;
    Bytes region; ///< well-known binary
};

struct FeatureChange {
    std::string layer;
    std::string uuid;
    std::optional<FeatureRow> row; ///< none: the outline is removed
};

/// Everything that becomes durable together or not at all.
struct Transaction {
    std::vector<LayerRow> layers;             ///< new ones are made, known ones get this description
    std::vector<LayerRowChange> layerChanges; ///< of the step; done as well as kept
    std::vector<FeatureChange> features;
    std::map<std::string, std::optional<Box>> extents; ///< of the layers touched, none: empty
    std::optional<HistoryRow> step;
    std::vector<ReverseChange> changes; ///< of the step
    std::vector<MergedRow> merged;      ///< of the step
    std::vector<RunRow> runs;
    std::vector<SceneRow> scenes; ///< in the place of those of their ids
    std::vector<std::pair<std::string, std::string>> settings;
};

/// All that is read when a project opens, outlines and histories' changes excepted.
struct Contents {
    std::string crsWkt;
    std::vector<LayerRow> layers;
    std::vector<SceneRow> scenes; ///< in the order in which they were added
    std::vector<HistoryRow> history;
    std::vector<RunRow> runs;
    std::vector<MergedRow> merged; ///< without the outlines; oldest first
    std::map<std::string, std::string> settings;
    std::vector<std::string> otherTables;               ///< of other programs; no layer can have such a name
    std::map<std::string, SpatialReference> references; ///< of layers that are not in the project's system
    std::map<std::string, std::vector<std::string>> added; ///< by layer: columns of other programs
    std::vector<std::string> notes;  ///< what other programs did to the file and the user may want to know
    std::vector<LayerRow> gone;      ///< layers without a table, which another program removed or renamed
    std::vector<std::string> strays; ///< tables built like layers, which these may be
};

/// What of a project becomes another one, which somebody else works on.
struct PartOfProject {
    std::map<std::string, std::vector<std::string>> outlines; ///< by layer: the UUIDs that stay
    std::vector<Transaction> more{};                          ///< what is written into it besides
};

} // namespace nunatak::database
