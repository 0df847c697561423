// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/export_table.h"
#include "exchange/glims_transfer.h"
#include "exchange/outline_files.h"
#include "exchange/outline_writer.h"
#include "exchange/provenance.h"
#include "exchange/schema_shapes.h"
#include "exchange/stored_crs.h"
#include "raster/gdal_messages.h"

#include "base/error.h"
#include "base/file_name.h"
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
#include <fstream>
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

/// Where the file's own words for the coordinate system place the outlines elsewhere.
std::string noteOnPlace(const fs::path& file, const geo::Extent& extent, const geo::Crs& crs,
                        const VectorFormat& format) {
    constexpr double tolerance = 0.1; // metres
    const double metres = extent.empty() ? 0 : misplacement(file, crs, extent.center());
    if (!(metres > tolerance)) {
        return {};
    }
    std::string note = fmt::format(
        "{} cannot say how the coordinate system \"{}\" lies on the earth: whoever reads the file "
        "places the outlines {:.1f} m beside where they are. Export them to a name that ends in "
        ".gpkg or .geojson.",
        format.name, crs.name(), metres);
    note.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(note.front())));
    return note;
}

/// The shapes as the file has them.
class WrittenShapes {
public:
    WrittenShapes(const PreparedExport& prepared, const geo::Crs& crs)
        : m_prepared(prepared), m_isSame(prepared.crs == crs),
          m_isDegrees(prepared.crs == geo::Crs::fromUserInput("EPSG:4326")), m_transform(crs, prepared.crs) {}

    /// Stays until the next is asked for.
    const geo::MultiPolygon& operator()(std::size_t i) {
        const auto& shape = m_prepared.measured.shape(i);
        if (m_isSame) {
            return shape;
        }
        if (!m_isDegrees || geo::isPath(shape)) {
            m_made = m_transform(shape);
            return m_made;
        }
        const auto& known = m_prepared.measured.inDegrees;
        m_made = known.empty() ? m_transform(shape) : known[i];
        geo::unwrap(m_made);
        m_made = geo::cutAtAntimeridian(geo::invalidReason(m_made).empty() ? m_made : geo::madeValid(m_made));
        return m_made;
    }

private:
    const PreparedExport& m_prepared;
    bool m_isSame;
    bool m_isDegrees;
    geo::CoordinateTransform m_transform;
    geo::MultiPolygon m_made;
};

/// Beside a file of an inventory's schema, and where somebody wants it.
bool hasCompanions(const ExportSchema& schema, const ExportOptions& options) {
    return !schema.fields.empty() || options.notes.isWanted;
}

/// What lies beside a file is called after it, and longer.
void throwUnlessRoomForNames(const fs::path& file, const ExportOptions& options) {
    const ExportSchema& schema = exportSchema(options.schema);
    auto names = schema.isOfGlims ? glimsFiles(file) : std::vector<fs::path>{};
    if (hasCompanions(schema, options)) {
        names.push_back(provenanceFile(file));
        names.push_back(readmeFile(file));
    }
    for (const fs::path& beside : names) {
        const std::string name = beside.filename().string();
        if (name.size() > longestFileName) {
            throw Error(fmt::format(
                "\"{}\" has a name that is too long: with it comes \"{}\", which would have {} "
                "bytes ({} at most); choose one that is {} shorter.",
                file.string(), name, name.size(), longestFileName, name.size() - longestFileName));
        }
    }
}

void writeText(const fs::path& file, const std::string& text) {
    std::ofstream stream(file, std::ios::binary);
    stream << text;
    stream.close();
    if (!stream) {
        throw Error(file.filename().string() + " could not be written (is the disk full?)");
    }
}

/// Into the staging folder, under the names that they will have.
void write(PreparedExport& prepared, const geo::Crs& crs, const fs::path& made, const Progress& progress) {
    WrittenShapes shapes(prepared, crs);
    const auto& rows = prepared.table.rows;
    geo::Extent extent;
    OutlineWriter writer(made, prepared.format, prepared.crs, prepared.table.columns, prepared.kind());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        progress.report(static_cast<double>(i) / static_cast<double>(rows.size()), "Writing outlines");
        const auto& shape = shapes(i);
        extent.include(geo::extentOf(shape));
        writer.write(shape, rows[i]);
    }
    writer.finish();
    if (!prepared.format.isLongitudeLatitude) {
        if (auto note = noteOnPlace(made, extent, prepared.crs, prepared.format); !note.empty()) {
            prepared.table.notes.push_back(std::move(note));
        }
    }
}

} // namespace

WrittenOutlines writeOutlines(const std::vector<const outlines::Outline*>& outlines, const geo::Crs& crs,
                              const fs::path& file, const ExportOptions& options, const Progress& progress,
                              const Claim& claim) {
    raster::initialiseGdal();
    const VectorFormat format = vectorFormatOf(file);
    throwIfProject(file); // before anything reads it
    throwUnlessRoomForNames(file, options);
    if (std::string(format.driver) == "GPKG") {
        refuseToReplaceMoreThanOutlines(file);
    }
    throwUnlessFree(file, claim);
    StagingFolder staging(file.parent_path());
    const auto prepared = prepareExport(outlines, crs, file, options, progress.part(0, 0.5));
    fs::path main = file.filename();
    if (prepared->schema->isOfGlims) {
        main = glimsFiles(file).front().filename();
        writeGlims(*prepared, options, staging.path(), file, progress.part(0.5, 1));
    } else {
        write(*prepared, crs, staging.path() / (file.stem().string() + lowerExtension(file)),
              progress.part(0.5, 1));
        if (lowerExtension(file) != file.extension()) {
            matchCase(staging.path(), file);
        }
    }
    if (hasCompanions(*prepared->schema, options)) {
        writeText(staging.path() / provenanceFile(file).filename(), provenanceTable(*prepared, options));
        writeText(staging.path() / readmeFile(file).filename(), readmeText(*prepared, file, options));
    }
    std::vector<std::string> stale;
    for (const auto& extension : format.siblings) {
        stale.push_back(file.stem().string() + extension);
    }
    staging.publish(main.string(), stale, claim);
    progress.report(1, "Writing outlines");
    return {prepared->table.rows.size(), std::move(prepared->table.notes)};
}

WrittenOutlines writeOutlines(const std::vector<outlines::Outline>& outlines, const geo::Crs& crs,
                              const fs::path& file, const Progress& progress, const Claim& claim) {
    return writeOutlines(pointersTo(outlines), crs, file, ExportOptions{}, progress, claim);
}

ExportPreview previewOutlines(const std::vector<const outlines::Outline*>& outlines, const geo::Crs& crs,
                              const fs::path& file, const ExportOptions& options, const Progress& progress) {
    raster::initialiseGdal();
    const auto prepared = prepareExport(outlines, crs, file, options, progress);
    std::vector<std::string> files;
    if (prepared->schema->isOfGlims) {
        for (const auto& each : glimsFiles(file)) {
            files.push_back(each.filename().string());
        }
    } else {
        files.push_back(file.filename().string());
    }
    if (hasCompanions(*prepared->schema, options)) {
        files.push_back(provenanceFile(file).filename().string());
        files.push_back(readmeFile(file).filename().string());
    }
    return previewOf(*prepared, files);
}

} // namespace nunatak::exchange
