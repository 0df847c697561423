// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "exchange/columns.h"
#include "exchange/vector_format.h"
#include "raster/gdal_messages.h"
#include "raster/watched_files.h"

#include "geo/crs.h"
#include "geo/paths.h"

#include <gdal_priv.h>

#include <filesystem>
#include <memory>
#include <vector>

class OGRLayer;

namespace nunatak::exchange {

/// A vector file that is being written, of one layer of polygons, lines or points. Throws Error where GDAL
/// fails.
class OutlineWriter {
public:
    OutlineWriter(const std::filesystem::path& file, const VectorFormat& format, const geo::Crs& crs,
                  const std::vector<Column>& columns, geo::ShapeKind kind);

    /// A value for each column, of its type or null. Outer rings are written counter-clockwise (RFC 7946).
    void write(const geo::MultiPolygon& shape, const Row& row);
    /// Closes the file and reads it back: some drivers say nothing when the disk fails.
    void finish();

private:
    [[noreturn]] void fail();

    raster::GdalMessages m_messages;
    std::filesystem::path m_file;
    raster::WatchedFiles m_watched; ///< but a database, which watches itself
    std::unique_ptr<GDALDataset, GDALDatasetUniquePtrDeleter> m_dataset;
    OGRLayer* m_layer = nullptr; // owned by the dataset
    std::vector<int> m_fields;   ///< of the layer, for each column
    std::size_t m_written = 0;
    bool m_transaction = false;
};

} // namespace nunatak::exchange
