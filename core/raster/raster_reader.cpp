// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/raster_reader.h"

#include "base/error.h"
#include "raster/cached_source.h"
#include "raster/resample.h"
#include "raster/source_dataset.h"
#include "raster/target_mapping.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace nunatak::raster {

namespace {

constexpr float nothing = std::numeric_limits<float>::quiet_NaN();

/// Part of a pixel that two grids may be apart and still be the same one.
constexpr double sameGrid = 1e-3;

/// Where `target` lies in the pixels of `source`, when its pixels are the source's.
std::optional<geo::PixelWindow> commonPixels(const geo::Grid& source, const geo::Grid& target) {
    const double growth = std::abs(target.pixelSize / source.pixelSize - 1);
    const geo::Point corner = source.toPixel({target.left, target.top});
    const geo::Point whole{std::round(corner.x), std::round(corner.y)};
    if (growth * std::max(target.columns, target.rows) > sameGrid ||
        std::abs(corner.x - whole.x) > sameGrid || std::abs(corner.y - whole.y) > sameGrid ||
        std::abs(whole.x) > 1e9 || std::abs(whole.y) > 1e9 || !(source.crs == target.crs)) {
        return std::nullopt;
    }
    return geo::PixelWindow{static_cast<int>(whole.x), static_cast<int>(whole.y), target.columns,
                            target.rows};
}

void checkSize(int columns, int rows) {
    if (columns <= 0 || rows <= 0) {
        throw Error("Pixels were asked for on a grid of " + std::to_string(columns) + " by " +
                    std::to_string(rows) + " pixels, which holds none.");
    }
}

/// Pixels as they are; NaN where the window reaches beyond the raster.
Image<float> copied(const PixelSource& source, std::span<const int> bands, const geo::PixelWindow& window) {
    Image<float> image(static_cast<int>(bands.size()), window.rows, window.columns, nothing);
    const std::int64_t right = std::int64_t(window.column) + window.columns;
    const std::int64_t bottom = std::int64_t(window.row) + window.rows;
    const int left = std::max(window.column, 0);
    const int top = std::max(window.row, 0);
    const geo::PixelWindow part{left, top,
                                static_cast<int>(std::min<std::int64_t>(right, source.columns())) - left,
                                static_cast<int>(std::min<std::int64_t>(bottom, source.rows())) - top};
    if (part.empty()) {
        return image;
    }
    const Reduction none{source.fullLevel(), 1, 1, true};
    source.announce(bands, none, part);
    for (std::size_t i = 0; i < bands.size(); ++i) {
        if (part.columns == window.columns && part.rows == window.rows) {
            source.read(bands[i], none, part, image.band(static_cast<int>(i)));
            continue;
        }
        const std::vector<float> values = source.read(bands[i], none, part);
        for (int r = 0; r < part.rows; ++r) {
            std::copy_n(values.data() + std::ptrdiff_t(r) * part.columns, part.columns,
                        image.row(static_cast<int>(i), top - window.row + r) + (left - window.column));
        }
    }
    return image;
}

} // namespace

geo::Extent RasterInfo::extent() const {
    geo::Extent extent;
    if (geoTransform) {
        const auto& t = *geoTransform;
        for (const double x : {0.0, double(columns)}) {
            for (const double y : {0.0, double(rows)}) {
                extent.include(geo::Point{t[0] + x * t[1] + y * t[2], t[3] + x * t[4] + y * t[5]});
            }
        }
    }
    return extent;
}

std::optional<geo::Grid> RasterInfo::northUpGrid() const {
    if (!isGeoreferenced()) {
        return std::nullopt;
    }
    const auto& t = *geoTransform;
    const double tolerance = 1e-6 * std::abs(t[1]);
    if (!(t[1] > 0) || std::abs(t[5] + t[1]) > tolerance || std::abs(t[2]) > tolerance ||
        std::abs(t[4]) > tolerance) {
        return std::nullopt;
    }
    return geo::Grid{crs, t[0], t[3], t[1], columns, rows};
}

struct RasterReader::Dataset {
    explicit Dataset(const std::string& path) : own(std::make_unique<SourceDataset>(path)) {}
    Dataset(std::shared_ptr<BlockStore> sharedStore, SharedFilePointer sharedFile)
        : store(std::move(sharedStore)), file(std::move(sharedFile)) {}

    const FileLayout& layout() const { return own ? own->layout() : file->layout; }

    /// Runs `work` with where pixels come from.
    template <typename Work> auto read(const std::stop_token& stop, const Work& work) const {
        return own ? work(static_cast<const PixelSource&>(*own))
                   : work(static_cast<const PixelSource&>(CachedSource(*store, file, stop)));
    }

    /// From the coordinates of a target into the file's own. Making one takes milliseconds, so the last is
    /// kept.
    const geo::CoordinateTransform& transformFrom(const geo::Crs& target) {
        if (!transform || !(target.wkt() == transformSource)) {
            transform.emplace(target, layout().info.crs);
            transformSource = target.wkt();
        }
        return *transform;
    }

    /// From the pixels of a target into the file's own.
    TargetMapping mappingFrom(const geo::Grid& target) {
        const RasterInfo& info = layout().info;
        if (!info.isGeoreferenced()) {
            throw Error("\"" + info.path +
                        "\" has no georeference (a coordinate system and the place of its pixels, which must "
                        "not be 0 wide), so it cannot be put on the map; add one with gdal_translate -a_srs "
                        "and -a_ullr.");
        }
        std::optional<double> wrapFrom;
        if (info.crs.isGeographic()) {
            wrapFrom = info.extent().center().x - 180;
        }
        return {target, *info.geoTransform, &transformFrom(target.crs), wrapFrom};
    }

    std::unique_ptr<SourceDataset> own; ///< of a reader by itself
    std::shared_ptr<BlockStore> store;  ///< of one that shares
    SharedFilePointer file;
    std::optional<geo::CoordinateTransform> transform;
    std::string transformSource;
};

RasterReader::RasterReader(const std::string& path) : m_dataset(std::make_unique<Dataset>(path)) {}
RasterReader::RasterReader(std::shared_ptr<BlockStore> store, SharedFilePointer file)
    : m_dataset(std::make_unique<Dataset>(std::move(store), std::move(file))) {}
RasterReader::~RasterReader() = default;
RasterReader::RasterReader(RasterReader&&) noexcept = default;
RasterReader& RasterReader::operator=(RasterReader&&) noexcept = default;

bool RasterReader::reads(const SharedFile& file) const {
    return m_dataset->file && m_dataset->file->id == file.id;
}

const RasterInfo& RasterReader::info() const {
    return m_dataset->layout().info;
}

bool RasterReader::isSlowFromAfar() const {
    constexpr std::int64_t largePixels = std::int64_t(2048) * 2048;
    const FileLayout& layout = m_dataset->layout();
    return std::int64_t(layout.info.columns) * layout.info.rows > largePixels &&
           (layout.planes.at(1).levels.size() == 1 || layout.info.bands.front().power != PowerScale::Linear);
}

Image<float> RasterReader::readWindow(std::span<const int> bands, const geo::PixelWindow& window,
                                      int outColumns, int outRows, const std::stop_token& stop) const {
    m_dataset->layout().checkBands(bands);
    checkSize(outColumns, outRows);
    checkSize(window.columns, window.rows);
    return m_dataset->read(stop, [&](const PixelSource& source) {
        if (outColumns == window.columns && outRows == window.rows) {
            return copied(source, bands, window);
        }
        return resample(source, bands, TargetMapping(window, outColumns, outRows), outColumns, outRows,
                        Resampling::Bilinear, stop);
    });
}

Image<float> RasterReader::readOnGrid(std::span<const int> bands, const geo::Grid& target,
                                      Resampling resampling, const std::stop_token& stop) const {
    m_dataset->layout().checkBands(bands);
    checkSize(target.columns, target.rows);
    const TargetMapping mapping = m_dataset->mappingFrom(target);
    const auto grid = info().northUpGrid();
    const auto same = grid ? commonPixels(*grid, target) : std::nullopt;
    return m_dataset->read(stop, [&](const PixelSource& source) {
        if (same) {
            return copied(source, bands, *same);
        }
        return resample(source, bands, mapping, target.columns, target.rows, resampling, stop);
    });
}

std::optional<ReadRequest> RasterReader::requestFor(std::span<const int> bands, const geo::Grid& target,
                                                    Resampling resampling) const {
    m_dataset->layout().checkBands(bands);
    checkSize(target.columns, target.rows);
    ReadRequest request{info().path, {bands.begin(), bands.end()}, {}, -1};
    const TargetMapping mapping = m_dataset->mappingFrom(target);
    if (const auto grid = info().northUpGrid(); grid && bands.size() > 0) {
        if (const auto same = commonPixels(*grid, target)) {
            request.window = *same;
            return request;
        }
    }
    // Some points of the target say enough.
    constexpr int points = 4;
    geo::Extent pixels;
    for (int r = 0; r <= points; ++r) {
        for (int c = 0; c <= points; ++c) {
            const auto column = static_cast<std::int64_t>(target.columns - 1) * c / points;
            const auto row = static_cast<std::int64_t>(target.rows - 1) * r / points;
            const geo::Point place =
                mapping.positions(mapping.firstColumn() + column, mapping.firstRow() + row, 1, 1).front();
            if (std::isfinite(place.x) && std::isfinite(place.y)) {
                pixels.include(place);
            }
        }
    }
    if (pixels.empty() || bands.empty()) {
        return std::nullopt;
    }
    constexpr std::int64_t size = TargetMapping::blockSize;
    const geo::Point scale = mapping.scaleOfBlock((mapping.firstColumn() + target.columns / 2) / size,
                                                  (mapping.firstRow() + target.rows / 2) / size);
    const double expected = (scale.x + scale.y) * (double(target.columns) + target.rows);
    if (pixels.width() > std::max(2 * expected, info().columns / 2.0)) {
        return std::nullopt; // it lies at both ends of the source, where longitudes jump: no window for both
    }
    return m_dataset->read({}, [&](const PixelSource& source) -> std::optional<ReadRequest> {
        const Level level = reductionFor(source, bands.front(), scale, resampling).level;
        pixels = pixels.grown(3 * std::max(scale.x, scale.y) + 2);
        const auto bounded = [](double value, int most) {
            return static_cast<int>(std::clamp(value, 0.0, static_cast<double>(most)));
        };
        request.overview = level.overview;
        request.window.column = bounded(std::floor(pixels.xmin / level.columnScale), level.columns);
        request.window.row = bounded(std::floor(pixels.ymin / level.rowScale), level.rows);
        request.window.columns =
            bounded(std::ceil(pixels.xmax / level.columnScale), level.columns) - request.window.column;
        request.window.rows =
            bounded(std::ceil(pixels.ymax / level.rowScale), level.rows) - request.window.row;
        return request.window.empty() ? std::nullopt : std::optional(request);
    });
}

} // namespace nunatak::raster
