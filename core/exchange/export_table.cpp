// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/export_table.h"

#include "base/error.h"
#include "exchange/duplicate_ids.h"
#include "exchange/schema_shapes.h"
#include "geo/rings.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace nunatak::exchange {

namespace {

/// What of the surface is not measured, by its reason.
void measureSurfaces(MeasuredOutlines& measured, const ExportOptions& options, const Progress& progress) {
    const auto count = static_cast<double>(measured.outlines.size());
    for (std::size_t i = 0; i < measured.outlines.size(); ++i) {
        progress.report(static_cast<double>(i) / count, "Measuring heights");
        auto& exported = measured.outlines[i];
        const bool isKnown = !options.measuresAnew && exported.shape == ExportedOutline::Shape::AsDescribed &&
                             attributeNamed(*exported.outline, "zmean_m") != nullptr;
        if (isKnown) {
            continue; // of this very shape, by the inventory that it came from
        }
        exported.surface = options.surface(measured.inDegrees[i], exported.areaKm2, exported.utmZone);
        exported.elevationSource = options.elevationSource;
    }
}

/// Attributes that the schema has no column for.
void tellOfLeftOut(const ExportSchema& schema, const MeasuredOutlines& measured, ExportTable& table) {
    std::set<std::string> left;
    for (const auto& exported : measured.outlines) {
        for (const auto& [name, value] : exported.outline->attributes) {
            if (!value.isNull() && !schemaHas(schema, name)) {
                left.insert(name);
            }
        }
    }
    if (!left.empty()) {
        table.notes.push_back(fmt::format("Left out, since {} has no column for it: {}.", schema.title,
                                          listed({left.begin(), left.end()})));
    }
}

std::vector<ExportField> plainFields(const MeasuredOutlines& measured, geo::ShapeKind kind,
                                     std::vector<std::string>& notes) {
    auto fields = ownFields(kind);
    for (auto& field : attributeFields(measured.outlines, notes)) {
        const bool isMeasured = kind != geo::ShapeKind::Area &&
                                std::any_of(fields.begin(), fields.end(),
                                            [&](const ExportField& own) { return own.name == field.name; });
        if (!isMeasured) {
            fields.push_back(std::move(field));
        }
    }
    return fields;
}

void fillRows(const MeasuredOutlines& measured, ExportTable& table) {
    table.filled.assign(table.fields.size(), 0);
    table.rows.reserve(measured.outlines.size());
    for (const auto& exported : measured.outlines) {
        Row& row = table.rows.emplace_back();
        row.reserve(table.fields.size());
        for (const auto& field : table.fields) {
            row.push_back(field.value(exported));
        }
    }
    settleSharedIds(table.fields, measured.outlines, table.rows, table.notes);
    for (Row& row : table.rows) {
        for (std::size_t i = 0; i < table.fields.size(); ++i) {
            if (!row[i].isNull()) {
                ++table.filled[i];
            } else if (!table.fields[i].missing.isNull()) {
                row[i] = table.fields[i].missing;
            }
        }
    }
}

/// The reasons why outlines have no heights, with how many.
std::vector<std::string> surfaceReasons(const MeasuredOutlines& measured) {
    std::map<std::string, std::size_t> counts;
    for (const auto& exported : measured.outlines) {
        if (!exported.surface.measures && !exported.surface.why.empty()) {
            ++counts[exported.surface.why];
        }
    }
    std::vector<std::string> reasons;
    for (const auto& [why, count] : counts) {
        reasons.push_back(fmt::format("{} ({})", why, outlinesText(count)));
    }
    return reasons;
}

void tellOfSurfaces(const MeasuredOutlines& measured, ExportTable& table) {
    for (const std::string& reason : surfaceReasons(measured)) {
        table.notes.push_back("Without heights, slope, aspect and length: " + reason + ".");
    }
}

} // namespace

geo::ShapeKind PreparedExport::kind() const {
    return measured.outlines.empty() ? geo::ShapeKind::Area
                                     : geo::kindOf(measured.outlines.front().outline->geometry);
}

std::unique_ptr<PreparedExport> prepareExport(const std::vector<const outlines::Outline*>& outlines,
                                              const geo::Crs& crs, const std::filesystem::path& file,
                                              const ExportOptions& options, const Progress& progress) {
    auto prepared = std::make_unique<PreparedExport>();
    prepared->schema = &exportSchema(options.schema);
    prepared->format = vectorFormatOf(file);
    const ExportSchema& schema = *prepared->schema;
    if (crs.empty()) {
        throw Error("Outlines without a coordinate system cannot be written to " + file.string() + ".");
    }
    const geo::Crs degrees = geo::Crs::fromUserInput("EPSG:4326");
    if (prepared->format.isLongitudeLatitude && !options.crs.empty() && !(options.crs == degrees)) {
        throw Error(prepared->format.name + " is always in longitude and latitude (WGS 84): leave the "
                                            "coordinate system out, or choose another format.");
    }
    prepared->crs = prepared->format.isLongitudeLatitude ? degrees
                    : !options.crs.empty()               ? options.crs
                    : schema.isLongitudeLatitude         ? degrees
                                                         : crs;
    if (schema.isOfGlims && !(prepared->crs == degrees)) {
        throw Error("GLIMS takes longitude and latitude (WGS 84): leave the coordinate system out.");
    }
    if (schema.isOfGlims && std::string(prepared->format.driver) != "ESRI Shapefile") {
        throw Error("GLIMS takes Shapefiles: export to a name that ends in .shp.");
    }
    if (!schema.fields.empty()) {
        throwUnlessGlaciers(schema, outlines);
    }
    auto which = outlines;
    ExportTable& table = prepared->table;
    if (schema.isOfSinglePolygons) {
        prepared->made = shapesOf(schema, outlines, table.notes);
        which = pointersTo(prepared->made);
    }
    const bool hasSurface = schema.wantsSurface && options.surface;
    const MeasureChoice choice{options.measuresAnew, hasSurface || prepared->crs == degrees};
    prepared->measured = measured(which, crs, choice, progress.part(0, hasSurface ? 0.2 : 1));
    MeasuredOutlines& found = prepared->measured;
    if (hasSurface) {
        measureSurfaces(found, options, progress.part(0.2, 1));
    }
    table.notes.insert(table.notes.end(), found.notes.begin(), found.notes.end());
    if (schema.fields.empty()) {
        table.fields = plainFields(found, prepared->kind(), table.notes);
    } else {
        settleRegions(found.outlines, options.regions);
        if (schema.ids) {
            settleIds(found.outlines, *schema.ids, table.notes);
        }
        if (schema.isOfGlims) {
            settleGlimsIds(found.outlines, table.notes);
        }
        table.fields = schema.fields;
        tellOfLeftOut(schema, found, table);
        tellOfSurfaces(found, table);
    }
    fillRows(found, table);
    table.columns = columnsFor(table.fields, prepared->format, table.rows, table.notes);
    if (prepared->format.largestFile != VectorFormat::unlimited) {
        throwIfTooLarge(largestPartOfShapefile(*prepared), prepared->format, file);
    }
    return prepared;
}

ExportPreview previewOf(const PreparedExport& prepared, const std::vector<std::string>& files) {
    const ExportTable& table = prepared.table;
    ExportPreview preview;
    preview.schema = prepared.schema->title;
    preview.format = prepared.format.name;
    preview.crs = prepared.crs.name();
    preview.outlines = table.rows.size();
    for (const auto& exported : prepared.measured.outlines) {
        preview.areaKm2 += exported.areaKm2;
    }
    const auto reasons = surfaceReasons(prepared.measured);
    const auto measuredSurfaces = std::any_of(
        prepared.measured.outlines.begin(), prepared.measured.outlines.end(), [](const auto& exported) {
            return exported.surface.measures.has_value() || !exported.surface.why.empty();
        });
    for (std::size_t i = 0; i < table.fields.size(); ++i) {
        PreviewColumn column{table.columns[i].name, table.columns[i].type, table.filled[i], {}, {}, {}};
        column.missing = table.fields[i].missing.text();
        if (column.filled < table.rows.size() && !table.fields[i].why.empty()) {
            const bool isTold = table.fields[i].isOfSurface && measuredSurfaces;
            column.why = isTold ? reasons : std::vector<std::string>{table.fields[i].why};
        }
        for (const Row& row : table.rows) {
            if (!row[i].isNull() && row[i].text() != column.missing) {
                column.example = row[i].text();
                break;
            }
        }
        preview.columns.push_back(std::move(column));
    }
    preview.files = files;
    preview.notes = table.notes;
    return preview;
}

void throwIfTooLarge(std::size_t bytes, const VectorFormat& format, const std::filesystem::path& file) {
    if (bytes > format.largestFile) {
        throw Error(
            fmt::format("{} would have {:.1f} GB, and no part of {} may have more than {:.1f} GB: export "
                        "to a name that ends in .gpkg, or a part of the outlines at a time.",
                        file.filename().string(), static_cast<double>(bytes) / 1e9, format.name,
                        static_cast<double>(format.largestFile) / 1e9));
    }
}

std::size_t largestPartOfShapefile(const PreparedExport& prepared) {
    constexpr std::size_t header = 100;
    constexpr std::size_t ofRecord = 52; // number and length, type, box, counts
    std::size_t shapes = header;
    for (std::size_t i = 0; i < prepared.measured.outlines.size(); ++i) {
        shapes += ofRecord;
        geo::forEachRing(prepared.measured.shape(i),
                         [&](const geo::Ring& ring, int, int) { shapes += 4 + 16 * (ring.size() + 1); });
    }
    std::size_t record = 1;
    for (const auto& column : prepared.table.columns) {
        record += static_cast<std::size_t>(std::max(column.width, 8));
    }
    const std::size_t values = 34 + 32 * prepared.table.columns.size() + record * prepared.table.rows.size();
    return std::max(shapes, values);
}

} // namespace nunatak::exchange
