// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/columns.h"
#include "exchange/export_options.h"
#include "exchange/measured_outlines.h"
#include "exchange/schema_shapes.h"

#include <memory>
#include <string>
#include <vector>

// What an export writes, before anything is written.
namespace nunatak::exchange {

/// A table of values, a row for each outline.
struct ExportTable {
    std::vector<ExportField> fields;
    std::vector<Column> columns; ///< of the file: one for each field
    std::vector<Row> rows;
    std::vector<std::size_t> filled; ///< of each field: outlines of which somebody knows it
    std::vector<std::string> notes;
};

/// All that goes into a file. What it is of has to stay where it is, unless the schema has outlines of
/// another form (parts, complexes), which are made here.
struct PreparedExport {
    const ExportSchema* schema = nullptr;
    VectorFormat format;
    geo::Crs crs;         ///< that the file is in
    bool isWgs84 = false; ///< that is EPSG:4326
    MadeShapes made;
    MeasuredOutlines measured;
    ExportTable table;

    geo::ShapeKind kind() const;
    /// The outlines that number i of the file is of: itself, or the glaciers of a complex.
    std::vector<const outlines::Outline*> sourcesOf(std::size_t i) const;
};

/// Throws Error where the schema or the format cannot have these outlines, or no outline is there; Cancelled.
std::unique_ptr<PreparedExport> prepareExport(const std::vector<const outlines::Outline*>& outlines,
                                              const geo::Crs& crs, const std::filesystem::path& file,
                                              const ExportOptions& options, const Progress& progress);

ExportPreview previewOf(const PreparedExport& prepared, const std::vector<std::string>& files);

/// Throws Error, with the way out, where a file of so many bytes is more than the format may have.
void throwIfTooLarge(std::size_t bytes, const VectorFormat& format, const std::filesystem::path& file);

/// How large the parts of a Shapefile will be, in bytes, while its shapes are counted.
class ShapefileSize {
public:
    void add(const geo::MultiPolygon& shape);
    /// That of its parts which is the largest, with these columns and as many rows as shapes were added.
    std::size_t largestPart(const std::vector<Column>& columns) const;

private:
    std::size_t m_shapes = 100; // the header
    std::size_t m_count = 0;
};
/// The same of all that is prepared.
std::size_t largestPartOfShapefile(const PreparedExport& prepared);

} // namespace nunatak::exchange
