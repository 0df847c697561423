// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/claim.h"
#include "base/image.h"
#include "geo/grid.h"

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nunatak::raster {

enum class PixelType { UInt8, UInt16, Float32 };

struct RasterLayout {
    geo::Grid grid;
    std::vector<std::string> bandNames; ///< one per band, stored as descriptions
    PixelType type = PixelType::Float32;
    std::optional<double> noData; ///< NaN pixels are written as this value
    double scale = 1;             ///< stored = (value − offset) / scale, rounded for integer types
    double offset = 0;
    bool cloudOptimised = false; ///< ordered so that a remote reader needs few requests (COG)
    bool isClasses = false;      ///< numbers that mean something each: overviews take pixels and average none
    std::map<std::string, std::string> metadata; ///< kept in the file, for other programs to read too
};

/// Writes a tiled, compressed GeoTIFF in a hidden folder beside its final name and renames it when it is
/// whole, so that a crash or a full disk never leaves half a file under that name.
class RasterWriter {
public:
    /// Throws Error when the folder is missing or not writable, or the claim does not let it take the name.
    RasterWriter(const std::filesystem::path& path, const RasterLayout& layout, Claim claim = inOwnFolder());
    /// Without finish() the unfinished file is removed.
    ~RasterWriter();

    /// Values (not stored numbers) at a pixel offset. Throws Error when the disk is full.
    void write(const Image<float>& pixels, int column, int row);
    /// Builds overviews and syncs, all but the name; for several rasters that shall appear together.
    void complete();
    /// Completes and renames. Throws Error when that fails; nothing half-written stays.
    void finish();

private:
    struct Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace nunatak::raster
