// SPDX-License-Identifier: GPL-3.0-or-later
#include "exchange/stored_crs.h"

#include "raster/gdal_messages.h"

#include "base/error.h"

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include <cmath>
#include <memory>
#include <numbers>

namespace nunatak::exchange {

namespace {

geo::Crs storedCrs(const std::filesystem::path& file) {
    const raster::GdalMessages messages;
    const std::unique_ptr<GDALDataset, GDALDatasetUniquePtrDeleter> dataset(static_cast<GDALDataset*>(
        GDALOpenEx(file.c_str(), GDAL_OF_VECTOR | GDAL_OF_READONLY, nullptr, nullptr, nullptr)));
    auto* layer = dataset ? dataset->GetLayer(0) : nullptr;
    const auto* reference = layer != nullptr ? layer->GetSpatialRef() : nullptr;
    const char* const options[] = {"FORMAT=WKT2_2019", nullptr};
    char* text = nullptr;
    if (reference == nullptr || reference->exportToWkt(&text, options) != OGRERR_NONE) {
        CPLFree(text);
        throw Error("The coordinate system of " + file.filename().string() + " cannot be read again" +
                    messages.reason() + ".");
    }
    const std::string wkt = text;
    CPLFree(text);
    return geo::Crs::fromUserInput(wkt);
}

} // namespace

double misplacement(const std::filesystem::path& file, const geo::Crs& crs, geo::Point place) {
    const geo::Crs stored = storedCrs(file);
    if (stored == crs) {
        return 0;
    }
    const geo::Crs degrees = geo::Crs::fromUserInput("EPSG:4326");
    geo::Point meant = place;
    geo::Point read = place;
    geo::CoordinateTransform(crs, degrees).applyOrNan({&meant, 1});
    geo::CoordinateTransform(stored, degrees).applyOrNan({&read, 1});
    constexpr double metresPerDegree = 111195; // on a sphere of 6,371 km
    const double east = std::remainder(read.x - meant.x, 360) * std::cos(meant.y * std::numbers::pi / 180);
    return metresPerDegree * std::hypot(east, read.y - meant.y);
}

} // namespace nunatak::exchange
