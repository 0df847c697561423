// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "base/progress.h"

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace nunatak::exchange {

/// Where a tile lies, in degrees.
struct TileBounds {
    double west = 0;
    double east = 0;
    double south = 0;
    double north = 0;
};

/// One tile of a data set as published with GlaViTU. All its rasters have the same size.
struct DatasetTile {
    std::string name; ///< the group's, unique in the file
    std::string region;
    std::string subregion; ///< empty where the tile has none
    int paddingRows = 0;   ///< on each side, above and below; to be cropped from results
    int paddingColumns = 0;
    int height = 0; ///< as the attributes say; 0 where they do not
    int width = 0;
    std::optional<TileBounds> bounds;
    std::map<std::string, Image<float>> features; ///< already normalised
    Image<float> outlines;                        ///< the labels; the last band is the glacier's

    int rows() const { return outlines.rows(); }
    int columns() const { return outlines.columns(); }
};

/// How long the reader of a foreign HDF5 file may take; the tests are less patient.
struct Hdf5Patience {
    double seconds = 120; ///< for a file of weights, or for each tile
};

/// The tiles of an HDF5 file one after the other, in the order of their names; memory holds one of them. The
/// file is read by a child process with limits on memory and time, since the HDF5 library crashes on damaged
/// files: whatever happens to it is one Error that names the file. Belongs to one thread.
class TileDataset {
public:
    /// `reader` is InstallPaths::hdf5Reader; `features` those that are wanted, all when empty. Throws Error:
    /// no such file, not HDF5, no tiles in it.
    TileDataset(const std::filesystem::path& file, const std::filesystem::path& reader,
                const std::vector<std::string>& features = {}, const Progress& progress = {},
                Hdf5Patience patience = {});
    /// Ends the child process, wherever it is.
    ~TileDataset();
    TileDataset(const TileDataset&) = delete;
    TileDataset& operator=(const TileDataset&) = delete;

    /// Number of tiles in the file.
    int size() const;
    /// The next tile; none after the last. Throws Error naming the tile that lacks its region, its outlines
    /// or a wanted feature, or whose rasters differ in size; Cancelled when the progress says so.
    std::optional<DatasetTile> next();

private:
    class Impl;
    std::unique_ptr<Impl> m_impl;
};

} // namespace nunatak::exchange
