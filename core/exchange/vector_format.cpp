// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/vector_format.h"

#include "base/error.h"

#include <algorithm>
#include <cctype>

namespace nunatak::exchange {

std::string lowerExtension(const std::filesystem::path& file) {
    std::string extension = file.extension().string();
    std::transform(extension.begin(), extension.end(), extension.begin(),
                   [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return extension;
}

VectorFormat vectorFormatOf(const std::filesystem::path& file) {
    const std::string extension = lowerExtension(file);
    VectorFormat format;
    if (extension == ".shp") {
        format.name = "a Shapefile";
        format.driver = "ESRI Shapefile";
        format.hasWidths = true;
        format.longestName = 10;
        format.longestText = 254;
        format.longestRecord = 65535;
        format.mostFields = 255;
        format.hasBooleans = false;
        format.hasDateTimes = false;
        format.hasInfinity = false;
        format.largestFile = 2'147'483'647; // more is read by few programs, and by none safely
        // Indexes of the replaced file, and another system beside it, would lie about the new one. What
        // somebody wrote about it (.qmd, .qml, .shp.xml) stays.
        format.siblings = {".qix", ".sbn", ".sbx", ".qpj", ".ain", ".aih", ".idm", ".ind"};
    } else if (extension == ".gpkg") {
        format.name = "a GeoPackage";
        format.driver = "GPKG";
        format.mostFields = 1998; // SQLite has 2,000, of which two are the format's own
        format.siblings = {".gpkg-wal", ".gpkg-shm", ".gpkg-journal"};
    } else if (extension == ".geojson" || extension == ".json") {
        format.name = "GeoJSON";
        format.driver = "GeoJSON";
        format.isLongitudeLatitude = true;
        format.hasInfinity = false;
        format.hasDates = false; // texts by ISO 8601, which readers take for what they are
        format.hasDateTimes = false;
    } else if (extension == ".fgb") {
        format.name = "FlatGeobuf";
        format.driver = "FlatGeobuf";
        format.hasDates = false; // days have a time of day there
        format.isReadWithDates = false;
    } else if (extension == ".kml") {
        format.name = "KML";
        format.driver = "KML";
        format.isLongitudeLatitude = true;
        format.hasBooleans = false;
        format.hasWideIntegers = false;
        format.hasDates = false;
        format.isReadWithDates = false;
        format.hasDateTimes = false;
        format.hasInfinity = false;
    } else {
        throw Error("Outlines cannot be written to " + file.string() +
                    ": use a name that ends in .gpkg, .shp, .geojson, .fgb (FlatGeobuf) or .kml.");
    }
    return format;
}

} // namespace nunatak::exchange
