// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/export_fields.h"

#include <optional>
#include <span>
#include <string>
#include <vector>

// Which columns a file has: those of the inventories that outlines are handed in to, as data.
namespace nunatak::exchange {

/// How a schema names outlines that nobody has given an id: RGI numbers its outlines itself.
struct IdForm {
    const char* field;   ///< its column
    const char* pattern; ///< of its own ids, a regular expression
    const char* format;  ///< of provisional ones, from year (four digits), region (two) and number
};

struct ExportSchema {
    const char* id;    ///< as in --schema
    const char* title; ///< what people read
    const char* what;  ///< a sentence about it, without full stop
    /// Its columns and no others. Empty: those of ownFields() and every attribute.
    std::vector<ExportField> fields{};
    bool isLongitudeLatitude = false; ///< in EPSG:4326 unless another system is asked for
    bool isOfSinglePolygons = false;  ///< a glacier of several parts is an outline for each
    bool isDissolved = false;         ///< glaciers that touch are one
    bool wantsSurface = false;        ///< has heights, slope, aspect or length
    /// The attribute by which one knows that an inventory has measured the surface; of those that want it.
    const char* measuredBy = "zmean_m";
    bool isOfGlims = false; ///< several Shapefiles, of which these are the columns of one
    std::optional<IdForm> ids{};
};

/// plain, rgi7-g, rgi7-c, rgi6, glims.
std::span<const ExportSchema> exportSchemas();
/// Throws Error that names those there are.
const ExportSchema& exportSchema(const std::string& id);

/// The columns that a file of the schema has, before any outline is looked at; of "plain" those that every
/// outline with an area has: attributes follow when they are known. None of lines and points.
std::vector<std::string> columnNames(const std::string& id, bool isOfAreas);

// Of the files that hold the tables.
ExportSchema rgi7Glaciers();
ExportSchema rgi7Complexes();
ExportSchema rgi6();
ExportSchema glimsTransfer();

} // namespace nunatak::exchange
