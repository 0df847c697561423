// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/columns.h"
#include "exchange/measured_outlines.h"
#include "exchange/outline_files.h"
#include "exchange/outline_writer.h"
#include "exchange/stored_crs.h"
#include "raster/gdal_messages.h"

#include "base/error.h"
#include "base/project_file.h"
#include "base/staging_folder.h"
#include "geo/antimeridian.h"
#include "geo/shape_operations.h"
#include "raster/raster_reader.h"

#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <cctype>
#include <memory>
#include <utility>

namespace nunatak::exchange {

namespace fs = std::filesystem;

namespace {

/// The drivers write endings in small letters; where somebody asked for capitals, all parts of the file have
/// them.
void matchCase(const fs::path& folder, const fs::path& wanted) {
    std::vector<fs::path> files;
    const auto extension = wanted.extension().string();
    for (const auto& entry : fs::directory_iterator(folder)) {
        if (entry.path().stem() == wanted.stem()) {
            files.push_back(entry.path());
        }
    }
    const bool capitals = std::isupper(static_cast<unsigned char>(extension.back())) != 0;
    for (const auto& file : files) {
        std::string ending = lowerExtension(file);
        if (ending == lowerExtension("x" + extension)) {
            ending = extension;
        } else if (capitals) {
            std::transform(ending.begin(), ending.end(), ending.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
        }
        fs::path renamed = file;
        renamed.replace_extension(ending);
        fs::rename(file, renamed);
    }
}

/// A GeoPackage may hold much besides outlines: one that does is not replaced.
void refuseToReplaceMoreThanOutlines(const fs::path& file) {
    std::error_code ignored;
    if (!fs::is_regular_file(file, ignored)) { // a pipe would be waited for without an end
        return;
    }
    const raster::GdalMessages messages;
    const std::unique_ptr<GDALDataset, GDALDatasetUniquePtrDeleter> existing(static_cast<GDALDataset*>(
        GDALOpenEx(file.c_str(), GDAL_OF_ALL | GDAL_OF_READONLY, nullptr, nullptr, nullptr)));
    if (!existing) {
        return;
    }
    bool more = existing->GetLayerCount() > 1 || existing->GetRasterCount() > 0;
    for (auto* layer : existing->GetLayers()) {
        more = more || layer->GetGeomType() == wkbNone;
    }
    if (more) {
        throw Error(file.string() +
                    " already holds other layers, which would be lost: choose another file name.");
    }
}

/// What is written: a value of each outline for each column, and what is said of the way there.
struct Table {
    std::vector<Column> columns;
    std::vector<Row> rows;
    std::vector<std::string> notes;
};

/// Of all of them.
geo::ShapeKind kindOf(const MeasuredOutlines& measured) {
    return measured.outlines.empty() ? geo::ShapeKind::Area
                                     : geo::kindOf(measured.outlines.front().outline->geometry);
}

Table tableOf(const MeasuredOutlines& measured, const VectorFormat& format) {
    Table table;
    table.notes = measured.notes;
    auto fields = ownFields(kindOf(measured));
    const bool isOfPaths = kindOf(measured) != geo::ShapeKind::Area;
    for (auto& field : attributeFields(measured.outlines, table.notes)) {
        const bool isMeasured =
            isOfPaths && std::any_of(fields.begin(), fields.end(),
                                     [&](const ExportField& own) { return own.name == field.name; });
        if (!isMeasured) {
            fields.push_back(std::move(field));
        }
    }
    table.rows.reserve(measured.outlines.size());
    for (const auto& exported : measured.outlines) {
        Row& row = table.rows.emplace_back();
        row.reserve(fields.size());
        for (const auto& field : fields) {
            row.push_back(field.value(exported));
        }
    }
    settleSharedIds(fields, measured.outlines, table.rows, table.notes);
    table.columns = columnsFor(fields, format, table.rows, table.notes);
    return table;
}

/// Where the file's own words for the coordinate system place the outlines elsewhere.
std::string noteOnPlace(const fs::path& file, const MeasuredOutlines& measured, const geo::Crs& crs,
                        const VectorFormat& format) {
    geo::Extent extent;
    for (std::size_t i = 0; i < measured.outlines.size(); ++i) {
        extent.include(geo::extentOf(measured.shape(i)));
    }
    constexpr double tolerance = 0.1; // metres
    const double metres = extent.empty() ? 0 : misplacement(file, crs, extent.center());
    if (!(metres > tolerance)) {
        return {};
    }
    return fmt::format(
        "{} cannot say how the coordinate system \"{}\" lies on the earth: whoever reads the file "
        "places the outlines {:.1f} m beside where they are. Export them to a name that ends in "
        ".gpkg or .geojson.",
        format.name, crs.name(), metres);
}

/// The shape in longitude and latitude, valid and cut at the 180th meridian.
geo::MultiPolygon inDegrees(const geo::MultiPolygon& shape, const geo::CoordinateTransform& toDegrees) {
    if (geo::isPath(shape)) {
        return toDegrees(shape);
    }
    const auto whole = geo::unwrapped(toDegrees(shape));
    return geo::cutAtAntimeridian(geo::invalidReason(whole).empty() ? whole : geo::madeValid(whole));
}

} // namespace

WrittenOutlines writeOutlines(const std::vector<outlines::Outline>& outlines, const geo::Crs& crs,
                              const fs::path& file, const Progress& progress, const Claim& claim) {
    raster::initialiseGdal();
    const VectorFormat format = vectorFormatOf(file);
    if (crs.empty()) {
        throw Error("Outlines without a coordinate system cannot be written to " + file.string() + ".");
    }
    throwIfProject(file); // before anything reads it
    if (std::string(format.driver) == "GPKG") {
        refuseToReplaceMoreThanOutlines(file);
    }
    throwUnlessFree(file, claim);
    StagingFolder staging(file.parent_path());
    Table table;
    {
        const auto measured = exchange::measured(outlines, crs, progress.part(0, 0.5));
        table = tableOf(measured, format);
        const geo::Crs degrees = geo::Crs::fromUserInput("EPSG:4326");
        const geo::CoordinateTransform toDegrees(crs, degrees);
        const fs::path made = staging.path() / (file.stem().string() + lowerExtension(file));
        OutlineWriter writer(made, format, format.isLongitudeLatitude ? degrees : crs, table.columns,
                             kindOf(measured));
        for (std::size_t i = 0; i < outlines.size(); ++i) {
            progress.report(0.5 + 0.5 * static_cast<double>(i) / static_cast<double>(outlines.size()),
                            "Writing outlines");
            const auto& shape = measured.shape(i);
            writer.write(format.isLongitudeLatitude ? inDegrees(shape, toDegrees) : shape, table.rows[i]);
        }
        writer.finish();
        if (!format.isLongitudeLatitude) {
            if (auto note = noteOnPlace(made, measured, crs, format); !note.empty()) {
                note.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(note.front())));
                table.notes.push_back(std::move(note));
            }
        }
    }
    if (lowerExtension(file) != file.extension()) {
        matchCase(staging.path(), file);
    }
    std::vector<std::string> stale;
    for (const auto& extension : format.siblings) {
        stale.push_back(file.stem().string() + extension);
    }
    staging.publish(file.filename().string(), stale, claim);
    progress.report(1, "Writing outlines");
    return {outlines.size(), std::move(table.notes)};
}

} // namespace nunatak::exchange
