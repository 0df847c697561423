// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/claim.h"
#include "base/progress.h"
#include "exchange/export_options.h"
#include "exchange/import_options.h"
#include "geo/crs.h"
#include "outlines/outline.h"

#include <filesystem>
#include <string>
#include <vector>

namespace nunatak::exchange {

/// A column of a file, and what it was taken for.
struct SourceColumn {
    std::string name;
    FieldRole role = FieldRole::Other;
    int rank = 0; ///< of several with one role the first that has a value is taken for a feature
    DateOrder order = DateOrder::Unsaid; ///< of dates: what stands first
    long filled = 0;                     ///< features that have a value
    std::vector<std::string> samples;    ///< a few different values
};

/// A layer of a file with polygons.
struct SourceLayer {
    std::string name;     ///< as ImportOptions::sourceLayers names it
    std::string file;     ///< within an archive or a folder; empty where the file is the layer's
    std::string crs;      ///< its name; empty where the file says none
    std::string encoding; ///< that texts were read as, where they are not plain ASCII
    long features = 0;
    bool isRead = false;
    std::vector<SourceColumn> columns;
};

/// Outlines as a file has them, and what was found on the way.
struct ReadOutlines {
    std::vector<outlines::Outline> outlines;
    int repaired = 0;                ///< invalid shapes made valid
    int skipped = 0;                 ///< features that gave no outline
    std::vector<std::string> notes;  ///< a sentence for all that was not taken as it stands
    std::vector<SourceLayer> layers; ///< those with polygons, read or not
};

/// Polygons of a vector file (Shapefile, GeoPackage, GeoJSON, anything OGR reads), of a zip file or folder of
/// such files, or of a path of GDAL, transformed into `target`. Columns of RGI 6 and 7, of GLIMS and of
/// national inventories are understood, all others are kept as attributes; GLIMS' rocks become holes; rings
/// are nested by the even-odd rule; what was cut at ±180° is joined. A feature that gives no outline is named
/// in a note, and the others come in.
/// Throws Error: no such file, no polygons in it, no coordinate system, several layers of different columns
/// and no choice among them, a column or layer that the options name and the file lacks.
ReadOutlines readOutlines(const std::filesystem::path& file, const geo::Crs& target,
                          const ImportOptions& options, const Progress& progress = {});
ReadOutlines readOutlines(const std::filesystem::path& file, const geo::Crs& target,
                          const Progress& progress = {});

/// The layers with polygons, what their columns were taken for, and which of them would be read (none where
/// somebody has to choose). Throws Error as readOutlines() does where nothing can be read at all.
std::vector<SourceLayer> layersOf(const std::filesystem::path& file, const ImportOptions& options,
                                  const Progress& progress = {});

/// What became of outlines that were written.
struct WrittenOutlines {
    std::size_t count = 0;
    /// A sentence for all that is not in the file as it was in the outlines: names and texts cut, values of
    /// another type, identifiers and measures left out.
    std::vector<std::string> notes;
};

/// Writes outlines by the extension: .shp, .gpkg, .fgb, and .geojson (RFC 7946) or .kml, which are in
/// EPSG:4326 whatever is asked for; in EPSG:4326 they are cut at the 180th meridian. Columns are the
/// schema's; of "plain" those with the names of RGI 7 and then every attribute in its own type. The file
/// appears whole or not at all, in place of another where the claim lets it, and with it what goes beside
/// (provenance.h). Every polygon is valid; those with no area are refused. Throws Error: unknown extension or
/// schema, a system that the format cannot have, folder not writable, disk full, more columns than the format
/// has, more than a Shapefile can hold.
WrittenOutlines writeOutlines(const std::vector<const outlines::Outline*>& outlines, const geo::Crs& crs,
                              const std::filesystem::path& file, const ExportOptions& options,
                              const Progress& progress = {}, const Claim& claim = {"export"});
WrittenOutlines writeOutlines(const std::vector<outlines::Outline>& outlines, const geo::Crs& crs,
                              const std::filesystem::path& file, const Progress& progress = {},
                              const Claim& claim = {"export"});

/// The names that an export takes: `file`, or those of GLIMS' Shapefiles, and of what lies beside. Of a
/// Shapefile the .shp alone. Throws Error for an unknown schema.
std::vector<std::filesystem::path> filesOfExport(const std::filesystem::path& file, const std::string& schema,
                                                 bool wantsReadme);

/// The same up to the point where something would be written.
ExportPreview previewOutlines(const std::vector<const outlines::Outline*>& outlines, const geo::Crs& crs,
                              const std::filesystem::path& file, const ExportOptions& options,
                              const Progress& progress = {});

} // namespace nunatak::exchange
