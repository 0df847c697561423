// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/export_table.h"

#include "base/error.h"
#include "exchange/duplicate_ids.h"
#include "exchange/glims_transfer.h"
#include "exchange/schema_values.h"
#include "geo/rings.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace nunatak::exchange {

namespace {

/// Some height of the outline is known of this very shape from the inventory that it came from.
bool hasKnownHeights(const ExportedOutline& exported) {
    return !surfaceValue(exported, &outlines::SurfaceMeasures::lowest).isNull();
}

/// What of the surface is not measured, by its reason.
void measureSurfaces(MeasuredOutlines& measured, const ExportSchema& schema, const ExportOptions& options,
                     const Progress& progress) {
    const auto count = static_cast<double>(measured.outlines.size());
    for (std::size_t i = 0; i < measured.outlines.size(); ++i) {
        progress.report(static_cast<double>(i) / count, "Measuring heights");
        auto& exported = measured.outlines[i];
        if (!options.measuresAnew && knownReal(exported, schema.measuredBy)) {
            continue; // of this very shape, by the inventory that it came from
        }
        if (measured.aroundPoles.contains(i)) {
            exported.surface.why = "it goes around a pole, where no UTM zone is";
            continue;
        }
        exported.surface = options.surface(measured.inDegrees[i], exported.areaKm2, exported.utmZone);
        exported.elevationSource = options.elevationSource;
    }
}

/// Attributes that the schema has no column for.
void tellOfLeftOut(const PreparedExport& prepared, ExportTable& table) {
    const ExportSchema& schema = *prepared.schema;
    std::set<std::string> left;
    const auto look = [&](const std::string& name, bool isSaid) {
        if (isSaid && !schemaHas(schema, name)) {
            left.insert(name);
        }
    };
    for (std::size_t i = 0; i < prepared.measured.outlines.size(); ++i) {
        for (const auto* outline : prepared.sourcesOf(i)) {
            for (const auto& [name, value] : outline->attributes) {
                look(name, !value.isNull());
            }
            if (schema.isDissolved) { // the others have both, by whatever name
                look("glac_name", !outline->name.empty());
                look("src_date", !outline->srcDate.empty());
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

/// The reasons why outlines were not measured, with how many; of those alone that have heights from elsewhere
/// all the same, or have none.
std::vector<std::string> surfaceReasons(const MeasuredOutlines& measured, bool haveHeights) {
    std::map<std::string, std::size_t> counts;
    for (const auto& exported : measured.outlines) {
        if (!exported.surface.measures && !exported.surface.why.empty() &&
            hasKnownHeights(exported) == haveHeights) {
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
    for (const std::string& reason : surfaceReasons(measured, false)) {
        table.notes.push_back("Without heights, slope, aspect and length: " + reason + ".");
    }
    for (const std::string& reason : surfaceReasons(measured, true)) {
        table.notes.push_back("Heights, slope, aspect and length are passed on as they were imported and not "
                              "measured: " +
                              reason + ".");
    }
}

/// A file in longitude and latitude cannot have what goes around a pole.
void throwIfAroundPole(const PreparedExport& prepared) {
    const MeasuredOutlines& measured = prepared.measured;
    const ExportSchema& schema = *prepared.schema;
    if (measured.aroundPoles.empty()) {
        return;
    }
    const auto sources = prepared.sourcesOf(*measured.aroundPoles.begin());
    throw Error(fmt::format(
        "The {} {}{} goes around a pole and cannot be drawn in longitude and latitude: {}.",
        schema.isDissolved ? "complex of the outline" : "outline", called(*sources.front()),
        measured.aroundPoles.size() > 1 ? fmt::format(" (and {} more)", measured.aroundPoles.size() - 1)
                                        : std::string(),
        schema.isOfGlims
            ? "leave it out of what goes to GLIMS"
            : "leave it out, or export to .gpkg, .shp or .fgb in a polar coordinate system, such "
              "as EPSG:3995 or EPSG:3031"));
}

std::string whyUnknown(const ExportField& field) {
    return field.why.empty() ? "nothing in the project says it" : field.why;
}

/// The RGI has single polygons, and what is written in degrees is cut at 180°.
void tellOfCut(PreparedExport& prepared) {
    if (!prepared.schema->isOfSinglePolygons) {
        return;
    }
    const auto& all = prepared.measured.outlines;
    const auto count = static_cast<std::size_t>(std::count_if(all.begin(), all.end(), [](const auto& each) {
        return each.extentInDegrees.xmin < -180 || each.extentInDegrees.xmax > 180;
    }));
    if (count > 0) {
        prepared.table.notes.push_back(fmt::format(
            "Cut at 180° and written as multi-polygons, which some readers of the RGI refuse (OGGM): {}.",
            outlinesText(count)));
    }
}

} // namespace

geo::ShapeKind PreparedExport::kind() const {
    return measured.outlines.empty() ? geo::ShapeKind::Area
                                     : geo::kindOf(measured.outlines.front().outline->geometry);
}

std::vector<const outlines::Outline*> PreparedExport::sourcesOf(std::size_t i) const {
    return i < made.members.size() ? made.members[i] : std::vector{measured.outlines[i].outline};
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
    if (!prepared->crs.isGeographic() && !prepared->crs.isProjected()) {
        throw Error("\"" + prepared->crs.name() +
                    "\" is no coordinate system of maps (it has heights alone, or places in space): choose a "
                    "projected one, or longitude and latitude.");
    }
    prepared->isWgs84 = prepared->crs == degrees;
    if (schema.isOfGlims && !prepared->isWgs84) {
        throw Error("GLIMS takes longitude and latitude (WGS 84): leave the coordinate system out.");
    }
    if (schema.isOfGlims && std::string(prepared->format.driver) != "ESRI Shapefile") {
        throw Error("GLIMS takes Shapefiles: export to a name that ends in .shp.");
    }
    if (schema.isOfGlims) {
        throwUnlessForGlims(options.glims);
    }
    if (!schema.fields.empty()) {
        throwUnlessGlaciers(schema, outlines);
        throwUnlessRegions(options.regions);
    }
    auto which = outlines;
    ExportTable& table = prepared->table;
    if (schema.isOfSinglePolygons) {
        prepared->made = shapesOf(schema, outlines, crs, table.notes);
        which = pointersTo(prepared->made.outlines);
    }
    const bool hasSurface = schema.wantsSurface && options.surface;
    const MeasureChoice choice{options.measuresAnew, hasSurface || prepared->isWgs84};
    prepared->measured = measured(which, crs, choice, progress.part(0, hasSurface ? 0.2 : 1));
    MeasuredOutlines& found = prepared->measured;
    if (prepared->crs.isGeographic()) {
        throwIfAroundPole(*prepared);
        tellOfCut(*prepared);
    }
    if (hasSurface) {
        measureSurfaces(found, schema, options, progress.part(0.2, 1));
    }
    table.notes.insert(table.notes.end(), found.notes.begin(), found.notes.end());
    if (schema.fields.empty()) {
        table.fields = plainFields(found, prepared->kind(), table.notes);
    } else {
        settleRegions(found.outlines, options.regions, table.notes);
        if (schema.ids) {
            settleIds(found.outlines, *schema.ids, table.notes);
        }
        if (schema.isOfGlims) {
            settleGlimsIds(found.outlines, table.notes);
            if (options.images.empty()) {
                table.notes.push_back(
                    "No image is named: no scene of the project is that of these outlines.");
            }
        }
        table.fields = schema.fields;
        tellOfLeftOut(*prepared, table);
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
    const auto reasons = surfaceReasons(prepared.measured, false);
    const auto measuredSurfaces = std::any_of(
        prepared.measured.outlines.begin(), prepared.measured.outlines.end(), [](const auto& exported) {
            return exported.surface.measures.has_value() || !exported.surface.why.empty();
        });
    for (std::size_t i = 0; i < table.fields.size(); ++i) {
        PreviewColumn column{table.columns[i].name, table.columns[i].type, table.filled[i], {}, {}, {}};
        column.isOfSurface = table.fields[i].isOfSurface;
        column.missing = table.fields[i].missing.text();
        if (column.filled < table.rows.size()) {
            const bool isTold = table.fields[i].isOfSurface && measuredSurfaces;
            column.why = isTold ? reasons : std::vector<std::string>{whyUnknown(table.fields[i])};
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

void ShapefileSize::add(const geo::MultiPolygon& shape) {
    constexpr std::size_t ofRecord = 52; // number and length, type, box, counts
    m_shapes += ofRecord;
    geo::forEachRing(shape, [&](const geo::Ring& ring, int, int) { m_shapes += 4 + 16 * (ring.size() + 1); });
    ++m_count;
}

std::size_t ShapefileSize::largestPart(const std::vector<Column>& columns) const {
    std::size_t record = 1;
    for (const auto& column : columns) {
        record += static_cast<std::size_t>(std::max(column.width, 8));
    }
    return std::max(m_shapes, 34 + 32 * columns.size() + record * m_count);
}

std::size_t largestPartOfShapefile(const PreparedExport& prepared) {
    ShapefileSize size;
    for (std::size_t i = 0; i < prepared.measured.outlines.size(); ++i) {
        size.add(prepared.measured.shape(i));
    }
    return size.largestPart(prepared.table.columns);
}

} // namespace nunatak::exchange
