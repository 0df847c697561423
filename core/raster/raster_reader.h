// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/image.h"
#include "geo/grid.h"

#include <array>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

namespace nunatak::raster {

/// How a band stores power. What is averaged or interpolated is power, never dB or amplitude.
enum class PowerScale { Linear, Decibels, Amplitude };

struct BandInfo {
    std::string description;         ///< as in the file, may be empty
    std::string colorInterpretation; ///< GDAL's name: "Red", "Gray", "Undefined", …
    std::string dataType;            ///< GDAL's name: "Byte", "UInt16", "Float32", …
    std::optional<double> noData;
    double scale = 1; ///< value = stored × scale + offset
    double offset = 0;
    std::string unit{};   ///< of the values, as in the file: "m", "ft", "K"; mostly empty
    bool hasMask = false; ///< an alpha band or a mask beside the pixels says where there is no data
    bool usualVoids =
        false; ///< of a view: the numbers that are no data where a file declares none are so here
    /// Said by a view (viewOf), after scale and offset; values are power then. Overviews of the file are not
    /// read, for they are averages of something else.
    PowerScale power = PowerScale::Linear;
};

/// What a raster file says of itself.
struct RasterInfo {
    std::string path;
    int columns = 0;
    int rows = 0;
    geo::Crs crs;               ///< the horizontal one; empty when the file has none
    std::string heightSystem{}; ///< name of the file's vertical system, such as "EGM2008 height"
    double metresPerHeight = 1; ///< of the unit of that system
    std::optional<std::array<double, 6>>
        geoTransform; ///< GDAL's six numbers; none when the file has no georeference
    std::vector<BandInfo> bands;
    std::map<std::string, std::string> metadata; ///< what the file says of itself, such as AREA_OR_POINT

    bool isGeoreferenced() const { return geoTransform.has_value() && !crs.empty(); }
    /// Bounds in the file's own crs.
    geo::Extent extent() const;
    /// North-up with square pixels (to 1 part in 10⁶): its grid can be a scene's grid as it is.
    std::optional<geo::Grid> northUpGrid() const;
};

enum class Resampling {
    Nearest,
    Bilinear,
    Cubic,
    /// As Bilinear; but of a raster that has no overviews for so coarse a target, one row of pixels in every
    /// four or more is read, and the others are not. For pictures to look at, never to compute with.
    Glance
};

/// A window that will be read.
struct ReadRequest {
    std::string path;
    std::vector<int> bands; ///< from 1
    geo::PixelWindow window;
    int overview = -1; ///< -1: the full raster; else the window is in pixels of that overview
};

class BlockStore;
struct SharedFile;

/// The one way pixels are read, used by one thread at a time. A reader made from a path reads the file by
/// itself; one borrowed from a ReaderPool takes decoded blocks from what all readers share. Both give the
/// same pixels.
class RasterReader {
public:
    /// A file or anything GDAL opens (/vsizip/, /vsicurl/, …).
    /// Throws Error when it is missing, truncated beyond use or no raster.
    explicit RasterReader(const std::string& path);
    ~RasterReader();
    RasterReader(RasterReader&&) noexcept;
    RasterReader& operator=(RasterReader&&) noexcept;

    const RasterInfo& info() const;
    /// A large raster without overviews: for a coarse view of it all its pixels have to be read.
    bool isSlowFromAfar() const;

    RasterReader(std::shared_ptr<BlockStore> store, std::shared_ptr<const SharedFile> file);
    bool reads(const SharedFile& file) const;

    /// Pixels of `bands` (counted from 1) as values (scale and offset of the file applied), NaN where there
    /// is no data; resampled to outColumns × outRows, using overviews where that is coarser. Throws Error
    /// when reading fails (truncated file, lost connection); Cancelled.
    Image<float> readWindow(std::span<const int> bands, const geo::PixelWindow& window, int outColumns,
                            int outRows, const std::stop_token& stop = {}) const;

    /// Pixels warped onto `target` (any crs, resolution, extent); NaN where the file has no data or does not
    /// reach. Throws Error when the file has no georeference or reading fails; Cancelled.
    Image<float> readOnGrid(std::span<const int> bands, const geo::Grid& target, Resampling resampling,
                            const std::stop_token& stop = {}) const;
    /// What readOnGrid would read, or a little more; none where the file does not reach, or where it would
    /// be both ends of a raster that goes around the Earth.
    std::optional<ReadRequest> requestFor(std::span<const int> bands, const geo::Grid& target,
                                          Resampling resampling) const;

private:
    struct Dataset;
    std::unique_ptr<Dataset> m_dataset;
};

/// Sets up GDAL once per process: drivers registered, its block cache bounded (64 MB), its messages turned
/// into our errors instead of stderr. Safe to call again.
void initialiseGdal();

} // namespace nunatak::raster
