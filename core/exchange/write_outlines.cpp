// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/export_table.h"
#include "exchange/glims_transfer.h"
#include "exchange/not_written.h"
#include "exchange/outline_files.h"
#include "exchange/outline_writer.h"
#include "exchange/provenance.h"
#include "exchange/schema_shapes.h"
#include "exchange/stored_crs.h"
#include "exchange/written_shapes.h"
#include "raster/gdal_messages.h"

#include "base/error.h"
#include "base/file_name.h"
#include "base/project_file.h"
#include "base/staging_folder.h"
#include "raster/raster_reader.h"

#include <fmt/format.h>
#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstring>
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

/// Beside a file of an inventory's schema, and where somebody wants it.
bool hasCompanions(const ExportSchema& schema, const ExportOptions& options) {
    return !schema.fields.empty() || options.notes.isWanted;
}

/// What lies beside a file is called after it, and longer.
void throwUnlessRoomForNames(const fs::path& file, const std::vector<fs::path>& names) {
    for (const fs::path& beside : names) {
        const std::string name = beside.filename().string();
        if (beside != file && name.size() > longestFileName) {
            throw Error(fmt::format(
                "\"{}\" has a name that is too long: with it comes \"{}\", which would have {} "
                "bytes ({} at most); choose one that is {} shorter.",
                file.string(), name, name.size(), longestFileName, name.size() - longestFileName));
        }
    }
}

void writeText(const fs::path& file, const std::string& text) {
    errno = 0;
    std::ofstream stream(file, std::ios::binary);
    stream << text;
    stream.close();
    if (!stream) {
        throw Error(notWritten(file, errno == 0 ? std::string() : std::strerror(errno)));
    }
}

/// The file that a README of ours speaks of, which it names first; empty: none is there.
std::string fileOfReadme(const fs::path& readme) {
    std::ifstream stream(readme);
    for (std::string line; std::getline(stream, line);) {
        if (line.starts_with("- `")) {
            return line.substr(3, line.find('`', 3) - 3);
        }
    }
    return {};
}

std::string mainName(const std::vector<fs::path>& names) {
    return names.front().filename().string();
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

std::vector<fs::path> filesOfExport(const fs::path& file, const std::string& schemaId, bool wantsReadme) {
    const ExportSchema& schema = exportSchema(schemaId);
    std::vector<fs::path> names = schema.isOfGlims ? glimsFiles(file) : std::vector<fs::path>{file};
    if (!schema.fields.empty() || wantsReadme) {
        names.push_back(provenanceFile(file));
        names.push_back(readmeFile(file));
    }
    return names;
}

WrittenOutlines writeOutlines(const std::vector<const outlines::Outline*>& outlines, const geo::Crs& crs,
                              const fs::path& file, const ExportOptions& options, const Progress& progress,
                              const Claim& claim) {
    raster::initialiseGdal();
    const VectorFormat format = vectorFormatOf(file);
    throwIfProject(file); // before anything reads it
    const auto names = filesOfExport(file, options.schema, options.notes.isWanted);
    throwUnlessRoomForNames(file, names);
    if (std::string(format.driver) == "GPKG") {
        refuseToReplaceMoreThanOutlines(file);
    }
    for (const fs::path& name : names) { // publish() asks again; here it costs no work
        throwUnlessFree(name, claim);
    }
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
        if (const std::string other = fileOfReadme(readmeFile(file));
            !other.empty() && other != mainName(names)) {
            prepared->table.notes.push_back(fmt::format(
                "{} and {} were those of {} and are those of {} now: export under another name to keep both.",
                readmeFile(file).filename().string(), provenanceFile(file).filename().string(), other,
                mainName(names)));
        }
        writeText(staging.path() / provenanceFile(file).filename(), provenanceTable(*prepared, options));
        writeText(staging.path() / readmeFile(file).filename(), readmeText(*prepared, file, options));
    }
    std::vector<std::string> stale;
    for (const fs::path& name : names) {
        for (const auto& extension : format.siblings) {
            stale.push_back(name.stem().string() + extension);
        }
    }
    if (!hasCompanions(*prepared->schema, options)) {
        for (const fs::path& left : {provenanceFile(file), readmeFile(file)}) {
            if (isOwn(left, claim.maker)) { // it speaks of the file that is replaced
                stale.push_back(left.filename().string());
            }
        }
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
    for (const fs::path& name : filesOfExport(file, options.schema, options.notes.isWanted)) {
        files.push_back(name.filename().string());
    }
    return previewOf(*prepared, files);
}

} // namespace nunatak::exchange
