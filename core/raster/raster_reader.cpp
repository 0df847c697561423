// SPDX-License-Identifier: GPL-3.0-or-later
#include "raster/raster_reader.h"

#include "base/error.h"
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
Image<float> copied(const SourceDataset& source, std::span<const int> bands, const geo::PixelWindow& window) {
    Image<float> image(static_cast<int>(bands.size()), window.rows, window.columns, nothing);
    const std::int64_t right = std::int64_t(window.column) + window.columns;
    const std::int64_t bottom = std::int64_t(window.row) + window.rows;
    const int left = std::max(window.column, 0);
    const int top = std::max(window.row, 0);
    const geo::PixelWindow part{left, top,
                                static_cast<int>(std::min<std::int64_t>(right, source.info().columns)) - left,
                                static_cast<int>(std::min<std::int64_t>(bottom, source.info().rows)) - top};
    if (part.empty()) {
        return image;
    }
    const Reduction none{source.fullLevel(), 1, 1, true};
    for (std::size_t i = 0; i < bands.size(); ++i) {
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
    explicit Dataset(const std::string& path) : source(path) {}

    /// From the coordinates of a target into the file's own. Making one takes milliseconds, so the last is
    /// kept.
    const geo::CoordinateTransform& transformFrom(const geo::Crs& target) {
        if (!transform || !(target.wkt() == transformSource)) {
            transform.emplace(target, source.info().crs);
            transformSource = target.wkt();
        }
        return *transform;
    }

    SourceDataset source;
    std::optional<geo::CoordinateTransform> transform;
    std::string transformSource;
};

RasterReader::RasterReader(const std::string& path) : m_dataset(std::make_unique<Dataset>(path)) {}
RasterReader::~RasterReader() = default;
RasterReader::RasterReader(RasterReader&&) noexcept = default;
RasterReader& RasterReader::operator=(RasterReader&&) noexcept = default;

const RasterInfo& RasterReader::info() const {
    return m_dataset->source.info();
}

Image<float> RasterReader::readWindow(std::span<const int> bands, const geo::PixelWindow& window,
                                      int outColumns, int outRows) const {
    const SourceDataset& source = m_dataset->source;
    source.checkBands(bands);
    checkSize(outColumns, outRows);
    checkSize(window.columns, window.rows);
    if (outColumns == window.columns && outRows == window.rows) {
        return copied(source, bands, window);
    }
    return resample(source, bands, TargetMapping(window, outColumns, outRows), outColumns, outRows,
                    Resampling::Bilinear);
}

Image<float> RasterReader::readOnGrid(std::span<const int> bands, const geo::Grid& target,
                                      Resampling resampling) const {
    const SourceDataset& source = m_dataset->source;
    source.checkBands(bands);
    checkSize(target.columns, target.rows);
    if (!source.info().isGeoreferenced()) {
        throw Error("\"" + source.info().path +
                    "\" has no georeference (a coordinate system and the place of its pixels), so it cannot "
                    "be put on "
                    "the map; add one with gdal_translate -a_srs and -a_ullr.");
    }
    if (const auto grid = source.info().northUpGrid()) {
        if (const auto window = commonPixels(*grid, target)) {
            return copied(source, bands, *window);
        }
    }
    std::optional<double> wrapFrom;
    if (source.info().crs.isGeographic()) {
        wrapFrom = source.info().extent().center().x - 180;
    }
    const TargetMapping mapping(target, *source.info().geoTransform, &m_dataset->transformFrom(target.crs),
                                wrapFrom);
    return resample(source, bands, mapping, target.columns, target.rows, resampling);
}

} // namespace nunatak::raster
